"""The administrator's half: who applied, yes or no, how many look-ups a day, who acts for an organisation (R-RPT-24).

Not here: what members look up (`asking.py`).
"""

from datetime import date

from peewee import Expression

from webapp.domain import clock, defaults, journal, messages, users
from webapp.domain.organisations.lifecycle import ORGANISATION, of_the_site
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.domain.roles import Role
from webapp.models import keyset, scope
from webapp.models.base import transaction
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.organisations import Member, Organisation
from webapp.models.staff import Staff

REASON = 200
"""Characters of a reason."""

MOST = 100_000
"""Look-ups a day that an organisation may be given at most."""


def listed(actor: Actor, state: str, place: Place = FIRST) -> Page:
    """Organisations in one state, newest first."""
    here = (Organisation.state == state) & _reach(actor)
    return keyset.cut(Organisation.select().where(here), (Organisation.applied, Organisation.id), place, newest=True)


def find(actor: Actor, key: str) -> Organisation | None:
    return Organisation.get_or_none((Organisation.key == key) & _reach(actor))


def people(organisation: Organisation) -> list[Staff]:
    """Who acts for it, in the order in which they came."""
    query = Staff.select().join(Member, on=(Member.staff == Staff.id)).where(Member.organisation == organisation)
    return list(query.order_by(Member.id))


def of(staff: Staff) -> Organisation | None:
    """For whom this person acts, whatever state it is in."""
    query = Organisation.select().join(Member, on=(Member.organisation == Organisation.id))
    return query.where(Member.staff == staff).first()


def quota(organisation: Organisation) -> int:
    """How many look-ups it has on a day."""
    return organisation.quota if organisation.quota is not None else defaults.value("rpt.member_day")


def approve(actor: Actor, organisation: Organisation, contract: date, login: str) -> tuple[Staff, str]:
    """Take it in under the contract signed on that day, and invite the contact as its first member.

    Returns the work account and the token of its one-time link, which is mailed too. Raises Refused: not_allowed, moved_on,
    contract_day, and those of `users.add`.
    """
    if contract > clock.today():
        raise Refused("contract_day", field="contract")
    with transaction():
        approved = ORGANISATION.move(organisation, "approve", actor, decided=clock.now(), contract=contract)
        return invite(actor, approved, login, approved.contact, approved.email)


def invite(actor: Actor, organisation: Organisation, login: str, name: str, email: str) -> tuple[Staff, str]:
    """One more person who acts for it; returns as `approve`. Raises Refused as `users.add`, not_allowed, moved_on."""
    actor.require(Can.ORGANISATIONS)
    of_the_site(organisation, actor)
    if organisation.state != "approved":
        raise Refused("moved_on")
    return users.add(actor, login, name, Role("E", organisation, clock.today()), email)


def refuse(actor: Actor, organisation: Organisation, reason: str) -> Organisation:
    """Raises Refused: not_allowed, moved_on, organisation_reason (most)."""
    return _stop(actor, organisation, "refuse", reason, "organisation_refused")


def suspend(actor: Actor, organisation: Organisation, reason: str) -> Organisation:
    """From the next look-up on its people and programs are refused; raises as `refuse`."""
    return _stop(actor, organisation, "suspend", reason, "organisation_suspended")


def resume(actor: Actor, organisation: Organisation) -> Organisation:
    """Raises Refused: not_allowed, moved_on."""
    return ORGANISATION.move(organisation, "resume", actor, decided=clock.now(), reason="")


def set_quota(actor: Actor, organisation: Organisation, many: int | None) -> None:
    """So many look-ups a day; None: as many as the setting says. Raises Refused: not_allowed, organisation_quota (most)."""
    actor.require(Can.ORGANISATIONS)
    of_the_site(organisation, actor)
    if many is not None and not 0 <= many <= MOST:
        raise Refused("organisation_quota", field="quota", most=MOST)
    with transaction():
        organisation = organisation.locked()
        organisation.quota = many
        organisation.save()
        journal.record("organisation.set_quota", actor.name, organisation, quota=many)


def _stop(actor: Actor, organisation: Organisation, move: str, reason: str, template: str) -> Organisation:
    reason = reason.strip()
    if not 0 < len(reason) <= REASON:
        raise Refused("organisation_reason", field="reason", most=REASON)
    with transaction():
        stopped = ORGANISATION.move(organisation, move, actor, decided=clock.now(), reason=reason)
        messages.mail(stopped.email, template, name=stopped.name, reason=reason)
    return stopped


def _reach(actor: Actor) -> Expression:
    """All organisations for who keeps the whole site, and none for others."""
    whole = scope.whole(actor.where(Can.ORGANISATIONS))
    return Organisation.id.is_null(not whole)
