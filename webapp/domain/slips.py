"""注册码纸条: a code on paper from the school stands for the SMS at registration; it fits one record alone (R-SCH-33).

Not here: registering itself (`accounts.py`), and the sheet of paper (`templates/staff/slips/`).
"""

import hmac
from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from peewee import JOIN, fn

from webapp.domain import clock, journal, limits
from webapp.domain.identity import characters, names
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import SYSTEM, VISITOR, Actor, Can
from webapp.domain.refused import Refused
from webapp.models import keys, scope
from webapp.models.accounts import ALIVE, Account
from webapp.models.base import new_key, transaction
from webapp.models.records import Record
from webapp.models.school import Class, College
from webapp.models.slips import Slip
from webapp.models.staff import Grant, Staff

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32 signs: 40 bits in eight of them, and none that is read for another."""

_AS_MEANT = str.maketrans("OIL", "011")
LENGTH = 8
LIFE = timedelta(days=30)
SHEET = timedelta(hours=1)
"""How long who printed may open the sheet again; afterwards the codes are on paper alone."""

MISFITS = 3
"""After so many names or numbers that are not the record's a slip is void: somebody else has it."""


def is_unexpired(slip: Slip, actor: Actor) -> None:
    if slip.expires <= clock.now():
        raise Refused("slip_expired")


SLIP = Lifecycle(
    Slip,
    Move("use", ("open",), "used", guards=(is_unexpired,)),
    Move("replace", ("open",), "replaced", Can.SLIPS),
    Move("spoil", ("open",), "void"),
    Move("expire", ("open",), "expired"),
)


class Row(NamedTuple):
    """A class as the list of slips shows it: students, of whom still without an account, slips out, slips that did not fit."""

    klass: Class
    students: int
    waiting: int
    out: int
    misfits: int


def code(slip: Slip) -> str:
    """The eight characters of a slip, derived from its key and never stored."""
    value = int.from_bytes(hmac.digest(keys.secret("codes"), f"slip|{slip.key}".encode(), "sha256")[:5])
    return "".join(ALPHABET[value >> shift & 31] for shift in range(35, -1, -5))


def clean(typed: str) -> str:
    """A code as typed → as printed, without space and dashes; O is read as 0, I and L as 1."""
    return characters.compact(typed).upper().replace("-", "").translate(_AS_MEANT)


def grouped(told: str) -> str:
    return f"{told[:4]}-{told[4:]}"


def find(typed: str) -> Slip:
    """The slip with that code, while it can be used. Raises slip_empty, slip_length (need), slip_unknown, slip_used,
    slip_replaced, slip_void, slip_expired."""
    told = clean(typed)
    if not told:
        raise Refused("slip_empty")
    if len(told) != LENGTH:
        raise Refused("slip_length", need=LENGTH)
    slip = Slip.get_or_none(Slip.code_index == keys.blind("slip", told))
    if slip is None:
        raise Refused("slip_unknown")
    if slip.state != "open":
        raise Refused(f"slip_{slip.state}")
    is_unexpired(slip, VISITOR)
    return slip


def live(key: str | None) -> Slip | None:
    """The slip that a registration goes on with, while it can be used."""
    slip = Slip.by_key(key) if key else None
    return slip if slip is not None and slip.state == "open" and slip.expires > clock.now() else None


def check_phone(slip: Slip, phone: str) -> None:
    """Is the phone free? Told to who has a slip, five numbers a day. Raises phone_taken, slip_tries (until)."""
    limits.spend("slip:phone", slip.key)
    if Account.select().where((Account.phone_index == Account.phone_index.of(phone)) & Account.state.in_(ALIVE)).exists():
        raise Refused("phone_taken")


def fits(slip: Slip, name: str, identity_index: str) -> bool:
    """Are name and document those of the record that the slip was printed for?"""
    record = slip.record
    return record.identity_index == identity_index and record.name_compare == names.compare(name)


def match(slip: Slip, name: str, identity_index: str) -> None:
    """Who registers is whom the slip was printed for. Whoever is not, is counted and shown to the office.

    Call it outside a transaction. Raises slip_differs (left), slip_void.
    """
    if fits(slip, name, identity_index):
        return
    with transaction():
        slip = slip.locked()
        slip.misfits += 1
        slip.save()
        journal.record("slip.misfit", VISITOR.name, slip, misfits=slip.misfits)
        if slip.misfits >= MISFITS and slip.state == "open":
            SLIP.move(slip, "spoil", VISITOR)
    if slip.misfits >= MISFITS:
        raise Refused("slip_void")
    raise Refused("slip_differs", left=MISFITS - slip.misfits)


def use(slip: Slip, account: Account) -> None:
    """The slip has become this account. Inside the transaction that makes it. Raises slip_differs, slip_expired, moved_on."""
    if not fits(slip, account.name, account.identity_index):
        raise Refused("slip_differs", left=MISFITS - slip.misfits)
    SLIP.move(slip, "use", VISITOR, used=clock.now(), account=account.id)


def made(account: Account) -> bool:
    """Did a slip stand for the SMS when this account was registered?"""
    return Slip.select().where(Slip.account == account.id).exists()


def colleges(grants: Iterable[Grant]) -> list[College]:
    query = College.select().where(scope.colleges(grants)).order_by(College.unit, College.name)
    return list(query)


def classes(grants: Iterable[Grant], college: College) -> list[Row]:
    """The classes of a college in reach of the grants, by name, with how far each is."""
    here = scope.classes(grants) & (Class.college == college)
    found = {one.id: one for one in Class.select().where(here).order_by(Class.name)}
    mine = Record.klass.in_(list(found))
    people = dict(_counted(Record.select(Record.klass, fn.COUNT(Record.id)).where(mine)))
    waiting = dict(_counted(Record.select(Record.klass, fn.COUNT(Record.id)).where(mine & _without_account())))
    joined = Slip.select(Record.klass, fn.COUNT(Slip.id)).join(Record)
    out = dict(_counted(joined.where(mine & (Slip.state == "open") & (Slip.expires > clock.now()))))
    odd = dict(_counted(joined.clone().where(mine & (Slip.misfits > 0))))
    return [Row(one, *(counts.get(n, 0) for counts in (people, waiting, out, odd))) for n, one in found.items()]


def _counted(query) -> list[tuple[int, int]]:
    return list(query.group_by(Record.klass).tuples())


def _without_account():
    """Students who have not registered: nobody holds their identity, and their record names it."""
    known = Account.select(Account.identity_index).where(Account.state.in_(ALIVE))
    return Record.account.is_null() & Record.identity_index.is_null(False) & Record.identity_index.not_in(known)


def students(of: Class) -> list[Record]:
    """Those of a class who get a slip: enrolled, and without an account."""
    mine = (Record.klass == of) & (Record.kind == "enrolment") & _without_account()
    return list(Record.select().where(mine).order_by(Record.name_sort, Record.id))


def misfits(of: Class) -> list[Slip]:
    """Slips with which somebody told another name or number, newest first."""
    query = Slip.select(Slip, Record).join(Record).where((Record.klass == of) & (Slip.misfits > 0))
    return list(query.order_by(Slip.id.desc()).limit(50))


def print_class(of: Class, actor: Actor) -> str:
    """A new slip for each student of a class without an account; earlier ones end. Returns the printing's key.

    One Event a print. Raises slips_none.
    """
    actor.require(Can.SLIPS)
    staff, at, printing = Staff.by_key(actor.key), clock.now(), new_key()
    with transaction():
        chosen = students(of)
        if not chosen:
            raise Refused("slips_none")
        for earlier in Slip.select().where(Slip.record.in_(chosen) & (Slip.state == "open")):
            SLIP.move(earlier, "replace", actor)
        for record in chosen:
            slip = Slip(record=record, printing=printing, staff=staff, printed=at, expires=at + LIFE)
            slip.code_index = keys.blind("slip", code(slip))
            slip.save(force_insert=True)
        journal.record("class.print_slips", actor.name, of, slips=len(chosen), printing=printing)
    return printing


def sheet(actor: Actor, printing: str) -> list[Slip]:
    """The slips of a printing that still hold, for who printed it, within an hour; each look is an Event."""
    mine = (Slip.printing == printing) & (Slip.printed > clock.now() - SHEET) & (Slip.state == "open")
    here = mine & Slip.staff.in_(Staff.select(Staff.id).where(Staff.key == actor.key))
    query = Slip.select(Slip, Record, Class).join(Record).join(Class, JOIN.LEFT_OUTER, on=Record.klass)
    found = list(query.where(here & scope.records(actor.where(Can.SLIPS))).order_by(Record.name_sort, Record.id))
    if found:
        with transaction():
            journal.record("class.see_slips", actor.name, found[0].record.klass, printing=printing)
    return found


def sweep() -> int:
    """End the slips whose month is over. Returns how many."""
    late = list(Slip.select().where((Slip.state == "open") & (Slip.expires <= clock.now())))
    for slip in late:
        SLIP.move(slip, "expire", SYSTEM)
    return len(late)
