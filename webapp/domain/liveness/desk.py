"""The desk of holders' photos: which lie in reach, taking one, looking, deciding (R-RPV-14).

Not here: face checks, about which no person decides.
"""

from collections.abc import Iterable
from datetime import timedelta

from peewee import JOIN, Case, Expression

from webapp.domain import clock, defaults, journal, messages, reasons
from webapp.domain.certification import agencies
from webapp.domain.liveness import purposes
from webapp.domain.liveness.lifecycle import PERSON_CHECK
from webapp.domain.permissions import Actor, Can
from webapp.domain.reasons import Picked
from webapp.domain.refused import Refused
from webapp.models import keyset, scope
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.certification import Application
from webapp.models.keyset import Page, Place
from webapp.models.liveness import PersonCheck
from webapp.models.photos import Upload
from webapp.models.staff import Staff

LEASE = timedelta(minutes=15)
"""How long a photo stays with who took it; each action renews it."""

OPEN = ("waiting", "in_review")

SEEN = ("name", "number", "person", "original")
"""What a reviewer says to have looked at before a photo is accepted."""


def reach(actor: Actor) -> Expression:
    """Holders of the schools in which the actor reviews (of none: the whole site's), and who applies to the actor's agency."""
    grants, agency = actor.where(Can.REVIEW), agencies.mine(actor)
    if any(grant.everywhere for grant in grants):
        return PersonCheck.id.is_null(False)
    here = PersonCheck.unit.in_(scope.units(grants))
    return here | (PersonCheck.agency == agency) if agency is not None else here


def waiting(actor: Actor) -> Expression:
    """What waits at this desk, in somebody's hands or not."""
    return reach(actor) & PersonCheck.state.in_(OPEN)


def queue(actor: Actor, place: Place) -> Page:
    """A page of what waits, the first due first: one query, with who has each in hand, and `named`, the holder's name.

    Who sends a photo is the holder of an application or of the account itself (`purposes.py`).
    """
    named = Case(PersonCheck.purpose, [("application", Application.holder_name)], Account.name)
    applied = (PersonCheck.purpose == "application") & (PersonCheck.subject == Application.key)
    query = PersonCheck.select(PersonCheck, Staff, named.alias("named")).join(Account, JOIN.LEFT_OUTER)
    query = query.join_from(PersonCheck, Application, JOIN.LEFT_OUTER, on=applied)
    query = query.join_from(PersonCheck, Staff, JOIN.LEFT_OUTER, on=PersonCheck.holder)
    return keyset.cut(query.where(waiting(actor)), (PersonCheck.due, PersonCheck.id), place)


def of(actor: Actor, key: str) -> PersonCheck | None:
    """A check in reach whose photo people looked at or are to look at."""
    return PersonCheck.get_or_none(reach(actor) & (PersonCheck.key == key) & PersonCheck.due.is_null(False))


def next_case(actor: Actor) -> PersonCheck | None:
    """Take the photo that is due first; None when nothing waits for this reviewer. One winner where two ask at once."""
    mine = reach(actor) & (PersonCheck.state == "in_review") & PersonCheck.holder.in_(_me(actor))
    if (held := PersonCheck.get_or_none(mine & (PersonCheck.lease > clock.now()))) is not None:
        return held
    free = (PersonCheck.state == "waiting") | ((PersonCheck.state == "in_review") & (PersonCheck.lease <= clock.now()))
    for check in PersonCheck.select().where(reach(actor) & free).order_by(PersonCheck.due, PersonCheck.id).limit(50):
        try:
            return take(check, actor)
        except Refused:
            continue  # somebody was faster, or it is not for this reviewer
    return None


def _me(actor: Actor) -> Iterable:
    return Staff.select(Staff.id).where(Staff.key == actor.key)


def take(check: PersonCheck, actor: Actor) -> PersonCheck:
    """Take a photo that waits, or one whose lease ran out. Raises own_case, moved_on, not_allowed."""
    move = "take" if check.state == "waiting" else "take_over"
    return PERSON_CHECK.move(check, move, actor, holder=Staff.by_key(actor.key), lease=clock.now() + LEASE)


def put_back(check: PersonCheck, actor: Actor) -> PersonCheck:
    return PERSON_CHECK.move(check, "put_back", actor, holder=None, lease=None)


def holds(check: PersonCheck, actor: Actor) -> bool:
    return check.state == "in_review" and check.holder is not None and check.holder.key == actor.key


def look(check: PersonCheck, actor: Actor, what: str) -> None:
    """A look at the photo, or at the full number, is history before it is shown. Raises not_held."""
    with transaction():
        if not holds(check, actor):
            raise Refused("not_held")
        journal.record("person_check.look", actor.name, check, what=what)


def accept(check: PersonCheck, actor: Actor, seen: Iterable[str]) -> PersonCheck:
    """The photo shows the holder with the document; what it was asked for takes effect. Raises unseen, not_held, moved_on."""
    if set(SEEN) - set(seen):
        raise Refused("holder_unseen", field="seen")
    with transaction():
        check = PERSON_CHECK.move(check, "accept", actor, method="photo", decided=clock.now(), lease=None)
        _keep(check.photo, "ret.dup_days_ok")
        purposes.take_effect(check)
        _tell(check, "person_passed")
        return check


def refuse(check: PersonCheck, actor: Actor, picked: Picked) -> PersonCheck:
    """It does not: the holder reads why and may bring another. Raises reason_missing, note_long (most), not_held, moved_on."""
    reasons.check(picked)
    with transaction():
        told = {"reasons": " ".join(picked.codes), "note": picked.note or None}
        changes = {"decided": clock.now(), "lease": None, "holder": None, **told}
        check = PERSON_CHECK.move(check, "refuse", actor, detail={"reasons": list(picked.codes)}, **changes)
        _keep(check.photo, "ret.dup_days_refused")
        _tell(check, "person_refused")
        return check


def _keep(photo: Upload, setting: str) -> None:
    photo.expires = clock.now() + timedelta(days=defaults.value(setting))
    photo.save()


def _tell(check: PersonCheck, template: str) -> None:
    messages.tell(check.account, template, link=purposes.page(check), topic="progress")
