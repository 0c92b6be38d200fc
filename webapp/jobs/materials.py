"""Pictures of an application that the applicant turned: turned in a child, kept as a file of their own.

Not here: making them harmless, which comes before (`images.py`).
"""

from webapp.domain.certification import materials
from webapp.domain.ports import Damaged, Missing, Unavailable
from webapp.domain.refused import Refused
from webapp.jobs.registry import Later, Outside, job
from webapp.models.certification import Material
from webapp.providers.files import Files


@job("materials.turn")
def turn(outside: Outside, key: str) -> None:
    """Turn a picture as far as was asked. A worker that dies between leaves the old file, which the next one turns.

    A file that cannot be read any more stays as it is: whoever looks at it is told so there.
    """
    material = Material.by_key(key)
    if material is None or material.upload.state != "clean" or not materials.quarters(material):
        return
    files, upload, before = Files(outside.storage), material.upload, material.turned
    try:
        jpeg = outside.images.turned(files.read(upload), materials.quarters(material), materials.MOST_BYTES)
    except (Missing, Damaged, Refused):
        materials.leave(material)
        return
    except Unavailable as fault:
        raise Later from fault
    kept = files.stored(jpeg, materials.PURPOSE, state="clean", media="image/jpeg", account=upload.account)
    materials.turned(material, before, kept)
