"""A file that belongs to an announcement is looked over before anybody may have it.

Not here: pictures alone (`images.py`), to which a picture is handed.
"""

from webapp.domain.ports import Damaged, Missing, Unavailable
from webapp.domain.refused import Refused
from webapp.jobs import images
from webapp.jobs.registry import Later, Outside, job
from webapp.models.photos import Upload
from webapp.providers.files import Files

PDF = "application/pdf"


@job("news.look_over")
def look_over(outside: Outside, key: str) -> None:
    """A picture is made harmless; a PDF, which is only ever handed out as a download, goes past the virus scanner."""
    upload = Upload.by_key(key)
    if upload is None or upload.state != "raw":
        return
    if upload.media != PDF:
        images.clean(outside, key)
        return
    files = Files(outside.storage)
    try:
        outside.scanner.scan(files.read(upload))
    except (Refused, Missing, Damaged):
        files.shred(upload, "refused")
    except Unavailable as fault:
        raise Later from fault
    else:
        Upload.update(state="clean").where((Upload.id == upload.id) & (Upload.state == "raw")).execute()
