"""To whom a holder may send: the catalogue less what is switched off, what schools added, or a typed address (R-INT-01).

Not here: the catalogue (`catalogue.py`), sending (`sending.py`).
"""

import re
from contextlib import suppress
from typing import NamedTuple

from peewee import Expression, IntegrityError

from webapp.domain import clock, journal
from webapp.domain.identity import emails
from webapp.domain.identity.countries import COUNTRIES
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.domain.transfers import catalogue
from webapp.models import scope
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.records import Record
from webapp.models.school import Unit
from webapp.models.staff import Staff
from webapp.models.transfers import Institution

_shapes = re.compile(r"\*|[A-Za-z0-9./-]{3,20}( [A-Za-z0-9./-]{3,20}){0,3}").fullmatch


class Receiver(NamedTuple):
    """An institution as a holder chooses it. `email` is its one address, `domain` that of its mail; both empty: any."""

    code: str
    country: str
    name: str
    english: str
    email: str = ""
    domain: str = ""
    rule: str = ""


OTHER = Receiver("", "", "其他机构", "Another institution")
"""An address that the holder types: no name is claimed, no number asked for."""


def offered(account: Account) -> list[Receiver]:
    """What the holder may choose from, by country and name."""
    rows = list(Institution.select().where(_seen_by(account)))
    off = {row.code for row in rows if row.code and not row.active}
    known = [_of_catalogue(one) for one in catalogue.KNOWN if one.code not in off]
    own = [_of_row(row) for row in rows if not row.code and row.active]
    return sorted([*known, *own], key=lambda one: (COUNTRIES[one.country].en, one.english))


def find(account: Account, code: str) -> Receiver:
    """The one chosen; an empty code is OTHER. Raises receiver_gone."""
    found = OTHER if code == "" else next((one for one in offered(account) if one.code == code), None)
    if found is None:
        raise Refused("receiver_gone", field="receiver")
    return found


def address(receiver: Receiver, typed: str) -> str:
    """Where the link goes: the institution's own address, or the typed one, which must be at its domain.

    Raises Refused: email_format, receiver_domain (domain).
    """
    if receiver.email:
        return receiver.email
    typed = emails.clean(typed)
    try:
        emails.check(typed)
    except Refused as refused:
        raise Refused(refused.code, field="email") from None
    there = typed.partition("@")[2]
    if receiver.domain and there != receiver.domain and not there.endswith(f".{receiver.domain}"):
        raise Refused("receiver_domain", field="email", domain=receiver.domain)
    return typed


def number(receiver: Receiver, typed: str) -> str:
    """The reference number as it is sent, empty where none is asked for (R-INT-02).

    Raises Refused: reference_missing, reference_format.
    """
    if not receiver.rule:
        return ""
    cleaned = catalogue.clean(typed)
    if not cleaned:
        raise Refused("reference_missing", field="reference")
    if not catalogue.fits(receiver.rule, cleaned):
        raise Refused("reference_format", field="reference")
    return cleaned


def places(actor: Actor) -> list[Unit | None]:
    """For whom a member of staff keeps the list: the whole site (None), or each of the own schools."""
    grants = actor.where(Can.RECEIVERS)
    return [None] if any(grant.everywhere for grant in grants) else list(scope.schools(grants))


def kept(unit: Unit | None) -> tuple[list[tuple[catalogue.Known, bool]], list[Institution]]:
    """The catalogue with whether each is on for that school (or the site), and what was added there."""
    rows = list(Institution.select().where(_of(unit)).order_by(Institution.country, Institution.english, Institution.id))
    off = {row.code for row in rows if row.code and not row.active}
    return [(one, one.code not in off) for one in catalogue.KNOWN], [row for row in rows if not row.code]


def switch(actor: Actor, unit: Unit | None, code: str, active: bool) -> None:
    """Offer an institution or not: one of the catalogue by its code, an added one by its key.

    Raises Refused: not_allowed, receiver_gone.
    """
    _allowed(actor, unit)
    with suppress(IntegrityError), transaction():  # the second of two taps
        row = Institution.get_or_none(_of(unit) & ((Institution.key == code) | (Institution.code == code)))
        if row is None:
            if code not in catalogue.KNOWN:
                raise Refused("receiver_gone")
            known = catalogue.KNOWN[code]
            row = Institution(unit=unit, code=code, country=known.country, name=known.zh, english=known.en)
        row.active, row.staff, row.changed = active, Staff.by_key(actor.key), clock.now()
        row.save()
        journal.record("institution.switch", actor.name, row, code=row.code, active=active)


def add(actor: Actor, unit: Unit | None, country: str, name: str, english: str, email: str, rule: str) -> Institution:
    """A receiver of the school's (or the site's) own; an empty `email` lets the holder type one.

    Raises Refused: not_allowed, institution_name, institution_english, institution_country, institution_rule, email_format.
    """
    _allowed(actor, unit)
    name, english, email, rule = name.strip(), english.strip(), emails.clean(email), rule.strip().upper()
    if not 2 <= len(name) <= 80:
        raise Refused("institution_name", field="name")
    if not (2 <= len(english) <= 120 and english.isascii()):
        raise Refused("institution_english", field="english")
    if country not in COUNTRIES:
        raise Refused("institution_country", field="country")
    if rule and not _shapes(rule):
        raise Refused("institution_rule", field="rule")
    if email:
        address(OTHER, email)
    with transaction():
        row = Institution(unit=unit, country=country, name=name, english=english, rule=rule, changed=clock.now())
        row.email, row.staff = email or None, Staff.by_key(actor.key)
        row.save(force_insert=True)
        journal.record("institution.add", actor.name, row, country=country)
    return row


def _allowed(actor: Actor, unit: Unit | None) -> None:
    actor.require(Can.RECEIVERS)
    if (unit and unit.id) not in {place and place.id for place in places(actor)}:
        raise Refused("not_allowed")


def _of(unit: Unit | None) -> Expression:
    return Institution.unit.is_null() if unit is None else Institution.unit == unit


def _seen_by(account: Account) -> Expression:
    """What the site says, and what the schools say of which the holder has a record."""
    schools = Record.select(Record.unit).where(Record.account == account)
    return Institution.unit.is_null() | Institution.unit.in_(schools)


def _of_catalogue(known: catalogue.Known) -> Receiver:
    return Receiver(known.code, known.country, known.zh, known.en, domain=known.domain, rule=known.rule)


def _of_row(row: Institution) -> Receiver:
    return Receiver(row.key, row.country, row.name, row.english, email=row.email or "", rule=row.rule)
