"""学历注册: those whom nothing stands against become qualifications with a number, some at a time (R-SCH-13, R-SCH-14).

A registered qualification is its holder's from the day of 公布 (`publishing.py`), not before.
"""

from collections.abc import Sequence

from webapp.domain import clock
from webapp.domain.graduation import checking, lifecycle, numbers
from webapp.domain.graduation.copying import qualification
from webapp.domain.graduation.lifecycle import GRADUATE
from webapp.domain.permissions import Actor
from webapp.models.base import transaction
from webapp.models.graduation import Graduate, GraduateFault, Graduation
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.records import Record


def register(actor: Actor, graduation: Graduation, ids: Sequence[int]) -> int:
    """Check these graduates once more and register those who pass, all of them or none. Returns how many.

    Raises Refused: number_out (stem), not_allowed.
    """
    lifecycle.within(graduation, actor)
    with transaction():
        graduates = checking.locked(ids, "waiting")
        found = checking.note(graduates)
        good = [one for one in graduates if not found[one.id]]
        given = numbers.give(graduation, good)
        pictures = _pictures(good)
        for one in good:
            number = one.certificate or given[one.id]
            made = qualification(one, number, checking.STATUSES[one.conclusion], pictures.get(one.record_id))
            made.updated = at = clock.now()
            made.save(force_insert=True)
            GRADUATE.move(one, "register", actor, certificate=number, qualification=made, registered=at)
    return len(good)


def _pictures(graduates: Sequence[Graduate]) -> dict[int, int]:
    mine = GraduationPhoto.current & GraduationPhoto.record.in_([one.record_id for one in graduates])
    return dict(GraduationPhoto.select(GraduationPhoto.record, GraduationPhoto.upload).where(mine).tuples())


def take_back(actor: Actor, graduate: Graduate) -> Graduate:
    """撤回注册 before the publication was asked for: the certificate keeps its number. Raises graduation_asked, moved_on."""
    with transaction():
        made = graduate.qualification_id
        graduate = GRADUATE.move(graduate, "take_back", actor, qualification=None, registered=None, checked=None)
        GraduateFault.delete().where(GraduateFault.graduate == graduate).execute()
        Record.delete().where((Record.id == made) & Record.published.is_null()).execute()
    return graduate
