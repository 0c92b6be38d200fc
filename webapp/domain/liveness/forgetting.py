"""The end of a check whose thing is forgotten: nothing of it is left, nor ways to it, frames and photo (R-SYS-06).

Not here: when that is (`domain/certification/standing_still.py`), nor shredding the files (`jobs/retention.py`).
"""

from webapp.domain import clock
from webapp.models.base import transaction
from webapp.models.liveness import Handoff, PersonCheck, Shot
from webapp.models.photos import Upload

IN_HAND = ("judging", "looking", "waiting", "in_review")
"""States in which a machine or a person has it, and the holder waits."""


def forget(purpose: str, subject: str) -> None:
    """Drop the checks of that thing, whoever was to be there; their files are over at once."""
    with transaction():
        those = (PersonCheck.purpose == purpose) & (PersonCheck.subject == subject)
        checks = PersonCheck.select(PersonCheck.id).where(those)
        frames = Shot.select(Shot.upload).where(Shot.check_row.in_(checks))
        photos = PersonCheck.select(PersonCheck.photo).where(those & PersonCheck.photo.is_null(False))
        Upload.update(expires=clock.now()).where(Upload.id.in_(frames) | Upload.id.in_(photos)).execute()
        for model in (Shot, Handoff):
            model.delete().where(model.check_row.in_(checks)).execute()
        PersonCheck.delete().where(those).execute()
