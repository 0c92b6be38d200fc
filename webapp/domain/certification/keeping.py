"""Keeping agencies: the administrator adds one and invites its lead, the lead keeps its contact and its certifiers (R-CRT-48).

Not here: what it takes money for (`pricing.py`), nor what it worked (`figures.py`).
"""

import json
from dataclasses import dataclass

from webapp.domain import clock, journal, users
from webapp.domain.certification import agencies
from webapp.domain.certification.catalogue import OPEN
from webapp.domain.identity.tables import PROVINCES
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.domain.roles import Role
from webapp.models.base import transaction
from webapp.models.certification import Agency, AgencyMember
from webapp.models.photos import Upload
from webapp.models.staff import Grant, Staff

MOST = {"name": 60, "english": 120, "short": 12, "address": 120, "phone": 40, "hours": 80}
"""Characters of what is told about an agency."""

NEEDED = ("name", "short", "address", "phone")

CONTACT = ("address", "phone", "hours")
"""What a lead changes; the rest is the site's."""

SEAL = "agency_seal"
"""Purpose of the picture of a seal."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told about an agency; no `provinces` are all of them, `kinds` are codes of the catalogue."""

    name: str
    english: str
    short: str
    address: str
    phone: str
    hours: str
    provinces: tuple[str, ...]
    kinds: tuple[str, ...]
    active: bool = True


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works for an agency, with the grant that holds; None where it ended."""

    staff: Staff
    grant: Grant | None


def whole_site(actor: Actor) -> bool:
    """Does the actor keep all agencies? They belong to no school."""
    return actor.may(Can.AGENCIES) and actor.gives("AL", None)


def listed(actor: Actor) -> list[Agency]:
    """All agencies by name, for who keeps them; for a lead the own one."""
    if whole_site(actor):
        return list(Agency.select().order_by(Agency.name, Agency.id))
    own = agencies.mine(actor) if actor.may(Can.LEAD) else None
    return [own] if own is not None else []


def find(actor: Actor, key: str) -> Agency | None:
    """One that the actor keeps or leads."""
    return next((one for one in listed(actor) if one.key == key), None)


def add(actor: Actor, told: Told) -> Agency:
    """A new agency. Raises Refused: not_allowed, agency_empty, agency_long (most), agency_kinds, agency_province."""
    _site_only(actor)
    _check(told)
    with transaction():
        made = Agency.create(**_columns(told), created=clock.now())
        journal.record("agency.add", actor.name, made)
    return made


def change(actor: Actor, agency: Agency, told: Told) -> Agency:
    """Everything about it; raises as `add`. One that is not active takes nothing new and finishes what it has."""
    _site_only(actor)
    _check(told)
    return _write(actor, agency, _columns(told))


def set_contact(actor: Actor, agency: Agency, address: str, phone: str, hours: str) -> Agency:
    """Where and when the agency is to be reached, by its lead too. Raises Refused: not_allowed, agency_empty, agency_long."""
    _kept(actor, agency)
    given = dict(zip(CONTACT, (address, phone, hours), strict=True))
    for field, text in given.items():
        _check_text(field, text)
    return _write(actor, agency, {field: text.strip() for field, text in given.items()})


def set_seal(actor: Actor, agency: Agency, upload: Upload) -> Agency:
    """印章图: the picture that its reports show once it is made harmless; the one before is shredded by the sweep."""
    _kept(actor, agency)
    with transaction():
        agency = agency.locked()
        if agency.seal_id is not None:
            Upload.update(expires=clock.now()).where(Upload.id == agency.seal_id).execute()
        Upload.update(expires=None).where(Upload.id == upload.id).execute()
        agency.seal = upload
        agency.save()
        journal.promise("images.clean", key=upload.key)
        journal.record("agency.seal", actor.name, agency)
    return agency


def people(agency: Agency) -> list[Person]:
    """Who works or worked for it, in the order in which they came."""
    query = Staff.select().join(AgencyMember, on=(AgencyMember.staff == Staff.id)).where(AgencyMember.agency == agency)
    found = list(query.order_by(AgencyMember.id))
    at = clock.now()
    live = Grant.role.in_(("A", "AL")) & (Grant.ends.is_null() | (Grant.ends > at))
    held = {grant.staff_id: grant for grant in Grant.select().where(live & Grant.staff.in_(found)).order_by(Grant.id)}
    return [Person(one, held.get(one.id)) for one in found]


def invite(actor: Actor, agency: Agency, role: str, login: str, name: str, email: str) -> tuple[Staff, str]:
    """One more person for it: `role` is A or AL, and only the administrator makes leads.

    Returns the work account and the token of its one-time link, which is mailed too. Raises Refused as `users.add`.
    """
    _kept(actor, agency)
    return users.add(actor, login, name, Role(role, agency, clock.today()), email)


def end(actor: Actor, agency: Agency, staff: Staff) -> None:
    """Somebody works there no more: nothing of it opens with their next request. Raises Refused as `users.end`, moved_on."""
    _kept(actor, agency)
    grant = next((one.grant for one in people(agency) if one.staff == staff), None)
    if grant is None:
        raise Refused("moved_on")
    users.end(actor, grant)


def _kept(actor: Actor, agency: Agency) -> None:
    if find(actor, agency.key) is None:
        raise Refused("not_allowed")


def _site_only(actor: Actor) -> None:
    if not whole_site(actor):
        raise Refused("not_allowed")


def _check(told: Told) -> None:
    for field in MOST:
        _check_text(field, getattr(told, field))
    if not told.kinds or set(told.kinds) - set(OPEN):
        raise Refused("agency_kinds", field="kinds")
    if any(code not in PROVINCES for code in told.provinces):
        raise Refused("agency_province", field="provinces")


def _check_text(field: str, text: str) -> None:
    if field in NEEDED and not text.strip():
        raise Refused("agency_empty", field=field)
    if len(text.strip()) > MOST[field]:
        raise Refused("agency_long", field=field, most=MOST[field])


def _columns(told: Told) -> dict[str, object]:
    texts = {field: getattr(told, field).strip() for field in MOST}
    lists = {"provinces": json.dumps(sorted(told.provinces)), "kinds": json.dumps([one for one in OPEN if one in told.kinds])}
    return {**texts, **lists, "active": told.active}


def _write(actor: Actor, agency: Agency, columns: dict[str, object]) -> Agency:
    with transaction():
        agency = agency.locked()
        changed = [name for name, value in columns.items() if getattr(agency, name) != value]
        for name, value in columns.items():
            setattr(agency, name, value)
        agency.save()
        journal.record("agency.change", actor.name, agency, changed=changed)
    return agency
