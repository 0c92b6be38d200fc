"""Work accounts from the outside: adding colleagues, giving and ending roles, links, waking, closing, resetting.

Not here: logging in (`staff.py`), and what a role to hand out is (`roles.py`).
Every verb asks again whether the actor may hand out that role there (R-SYS-09).
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from peewee import Expression, IntegrityError

from webapp.domain import clock, defaults, journal, messages, second_factor, sessions
from webapp.domain.certification import agencies
from webapp.domain.identity import emails, names, phones
from webapp.domain.permissions import ALONE, REACH, SYSTEM, Actor, Can
from webapp.domain.refused import Refused
from webapp.domain.roles import Point, Province, Role
from webapp.domain.staff import STAFF, live_grants, manages, new_link
from webapp.models import keyset, scope
from webapp.models.base import transaction
from webapp.models.certification import Agency, AgencyMember
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.organisations import Member, Organisation
from webapp.models.school import Class, College, Unit
from webapp.models.staff import GUESTS, Grant, Staff

FIRST_LINK = timedelta(hours=1)
"""How long the link of the first administrator holds, and one made on the command line."""

KINDS = {
    Unit: "unit",
    College: "college",
    Class: "class",
    Point: "point",
    Province: "province",
    Organisation: "organisation",
    Agency: "agency",
    type(None): "instance",
}
"""What kind of reach a place is, as in `REACH`."""

_login = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}").fullmatch


def add(actor: Actor, login: str, name: str, role: Role, email: str = "", phone: str = "") -> tuple[Staff, str]:
    """A new colleague with a first role; returns the account and the token of its one-time link, mailed if an address is known.

    Raises Refused: login_format, login_taken, staff_name_*, email_format, phone_format, and those of `give`.
    """
    login, email, phone = login.strip().casefold(), emails.clean(email), phones.clean(phone)
    _check_person(login, name, email, phone)
    at = clock.now()
    try:
        with transaction():
            staff = Staff(login=login, name=name.strip(), password_hash="", created=at, used=at)
            staff.email, staff.phone = email or None, phone or None
            staff.save(force_insert=True)
            _grant(actor, staff, role)
            token = new_link(staff, _life(actor))
            _mail(staff, token)
            journal.record("staff.add", actor.name, staff, role=role.code)
    except IntegrityError:
        raise Refused("login_taken", field="login") from None
    return staff, token


def give(actor: Actor, staff: Staff, role: Role) -> Grant:
    """Another role. Raises Refused: own_account, not_yours, role_place, role_dates, role_alone (R-SYS-09)."""
    if staff.key == actor.key:
        raise Refused("own_account")
    with transaction():
        staff = staff.locked()
        if staff.state == "closed":
            raise Refused("moved_on")
        grant = _grant(actor, staff, role)
        journal.record("grant.give", actor.name, grant, role=role.code, staff=staff.key)
    return grant


def end(actor: Actor, grant: Grant, at: datetime | None = None) -> None:
    """End a role now, or at a moment to come; the next request of its holder goes without it.

    Raises Refused: own_account, not_yours, moved_on.
    """
    with transaction():
        grant = grant.locked()
        if grant.staff.key == actor.key:
            raise Refused("own_account")
        if not (actor.gives(grant.role, grant.unit_id) or agencies.leads(actor, grant.role, agencies.of(grant.staff))):
            raise Refused("not_yours")
        at = max(at or clock.now(), clock.now())
        if grant.ends is not None and grant.ends <= at:
            raise Refused("moved_on")
        grant.ends = at
        grant.save()
        journal.record("grant.end", actor.name, grant, role=grant.role, staff=grant.staff.key)


def link(actor: Actor, staff: Staff) -> str:
    """A new one-time link for who has not set a password yet; the older one ends. Returns its token."""
    with transaction():
        staff = staff.locked()
        _may_manage(actor, staff)
        if staff.password_hash or staff.state == "closed":
            raise Refused("moved_on")
        token = new_link(staff, _life(actor))
        _mail(staff, token)
        journal.record("staff.link", actor.name, staff)
    return token


def rouse(actor: Actor, staff: Staff) -> Staff:
    """Wake who slept, by one press (R-SYS-10)."""
    return STAFF.move(staff, "wake" if actor is SYSTEM else "rouse", actor, used=clock.now())


def close(actor: Actor, staff: Staff) -> Staff:
    """Close an account for good: its roles and sessions end with it (R-SYS-09)."""
    with transaction():
        staff = STAFF.move(staff, "close", actor, invite=None, invite_ends=None)
        at = clock.now()
        over = Grant.ends.is_null() | (Grant.ends > at)
        Grant.update(ends=at).where((Grant.staff == staff) & over).execute()
        sessions.end_all(staff)
    return staff


def ask_reset(actor: Actor, staff: Staff) -> None:
    """First of two: ask to reset a lost second factor; a colleague confirms within a day (R-SYS-10)."""
    with transaction():
        staff = staff.locked()
        _may_manage(actor, staff)
        if staff.state == "closed" or asked(staff):
            raise Refused("moved_on")
        staff.reset_by, staff.reset_asked = actor.key, clock.now()
        staff.save()
        journal.record("staff.ask_reset", actor.name, staff)


def asked(staff: Staff) -> bool:
    """Does a reset wait for its second person?"""
    life = timedelta(hours=defaults.value("staff.reset_hours"))
    return staff.reset_asked is not None and staff.reset_asked + life > clock.now()


def confirm_reset(actor: Actor, staff: Staff) -> str:
    """Second of two: password and second factor end, a one-time link sets up new ones. Returns its token.

    Raises Refused: own_account, not_yours, moved_on (nobody asked), second_person (the same person asked).
    """
    with transaction():
        staff = staff.locked()
        _may_manage(actor, staff)
        if not asked(staff):
            raise Refused("moved_on")
        if staff.reset_by == actor.key:
            raise Refused("second_person")
        return _reset(actor, staff)


def reset(staff: Staff) -> str:
    """Reset from the command line, where whoever holds the machine is both people. Returns the link's token."""
    with transaction():
        return _reset(SYSTEM, staff.locked())


def colleagues(actor: Actor, place: Place = FIRST) -> Page:
    """A page of the staff whom the actor keeps, by login."""
    return keyset.cut(Staff.select().where(_kept(actor)), (Staff.login, Staff.id), place)


def colleague(actor: Actor, key: str) -> Staff | None:
    return Staff.get_or_none((Staff.key == key) & _kept(actor))


def _kept(actor: Actor) -> Expression:
    """The staff of the own units; who keeps the organisations and agencies keeps their people too."""
    here = scope.staff(actor.where(Can.USERS))
    if not actor.gives("E", None):
        return here
    return here | Staff.id.in_(Member.select(Member.staff)) | Staff.id.in_(AgencyMember.select(AgencyMember.staff))


def grants(actor: Actor, people: Iterable[Staff]) -> list[Grant]:
    """Roles, past ones too, of these people in the actor's own units, with their places; newest last."""
    kept = actor.where(Can.USERS)
    query = (
        Grant.select(Grant, Unit, College, Class)
        .left_outer_join(Unit, on=Grant.unit)
        .switch(Grant)
        .left_outer_join(College, on=Grant.college)
        .switch(Grant)
        .left_outer_join(Class, on=Grant.klass)
        .where(Grant.staff.in_([staff.id for staff in people]))
        .order_by(Grant.id)
    )
    if any(grant.everywhere for grant in kept):
        return list(query)
    here = Grant.unit.in_(scope.units(kept))
    return list(query.where(here | Grant.role.in_(GUESTS) if actor.gives("E", None) else here))


def may_manage(actor: Actor, staff: Staff) -> bool:
    try:
        _may_manage(actor, staff)
    except Refused:
        return False
    return True


def _may_manage(actor: Actor, staff: Staff) -> None:
    actor.require(Can.USERS)
    manages(staff, actor)


def _reset(actor: Actor, staff: Staff) -> str:
    staff.password_hash, staff.reset_by, staff.reset_asked, staff.totp_next = "", "", None, None
    second_factor.forget(staff)
    token = new_link(staff, _life(actor))
    sessions.end_all(staff)
    _mail(staff, token)
    journal.record("staff.reset", actor.name, staff)
    return token


def _grant(actor: Actor, staff: Staff, role: Role) -> Grant:
    if not (actor.gives(role.code, role.unit) or agencies.leads(actor, role.code, role.place)):
        raise Refused("not_yours", field="role")
    _check_place(actor, role)
    if role.ends is not None and role.ends < role.starts:
        raise Refused("role_dates", field="ends")
    held = {grant.role for grant in live_grants(staff)} | {role.code}
    if held & ALONE and len(held) > 1:
        raise Refused("role_alone", field="role")
    place = role.place
    if isinstance(place, Organisation):
        Member.delete().where(Member.staff == staff).execute()
        Member.create(staff=staff, organisation=place)
    if isinstance(place, Agency):
        AgencyMember.delete().where(AgencyMember.staff == staff).execute()
        AgencyMember.create(staff=staff, agency=place)
    return Grant.create(
        staff=staff,
        role=role.code,
        unit=role.unit,
        college=place if isinstance(place, College) else place.college_id if isinstance(place, Class) else None,
        klass=place if isinstance(place, Class) else None,
        province=place.code if isinstance(place, Province) else "",
        department=place.name if isinstance(place, Point) else "",
        starts=clock.day_bounds(role.starts)[0],
        ends=clock.day_bounds(role.ends)[1] if role.ends else None,
    )


def _check_place(actor: Actor, role: Role) -> None:
    """A role holds exactly where its kind says; an administrator may hold the whole instance."""
    kind = KINDS[type(role.place)]
    if kind != REACH[role.code] and (role.code, kind) != ("O", "instance"):
        raise Refused("role_place", field="place")


def _check_person(login: str, name: str, email: str, phone: str) -> None:
    if not _login(login):
        raise Refused("login_format", field="login")
    if not names.clean(name):
        raise Refused("staff_name_empty", field="name")
    if len(name.strip()) > names.LONGEST:
        raise Refused("staff_name_long", field="name", most=names.LONGEST)
    for field, text, check in (("email", email, emails.check), ("phone", phone, phones.check)):
        try:
            if text:
                check(text)
        except Refused as refusal:
            raise Refused(refusal.code, **{**refusal.facts, "field": field}) from None


def _life(actor: Actor) -> timedelta:
    return FIRST_LINK if actor is SYSTEM else timedelta(hours=defaults.value("staff.invite_hours"))


def _mail(staff: Staff, token: str) -> None:
    if staff.email:
        guest = Member.select().where(Member.staff == staff).exists()
        messages.mail(
            staff.email,
            "member_invite" if guest else "staff_invite",
            language=staff.language,
            token=token,
            until=staff.invite_ends,
        )
