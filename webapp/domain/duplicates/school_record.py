"""提供学籍或学历信息: what the claimant knows of the own enrolment or certificate, and a code to the phone that the school has.

Knowing is never enough against an account in use (R-DUP-19, R-DUP-20). Not here: what an approval does (`effect.py`).
"""

import json
from dataclasses import dataclass
from datetime import timedelta

from webapp.domain import clock, codes, journal, limits
from webapp.domain.duplicates import cases, effect, sending
from webapp.domain.enrolment import schools
from webapp.domain.identity import certificates, student_numbers
from webapp.domain.permissions import SYSTEM, student
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.codes import Code
from webapp.models.duplicates import Party, Submission
from webapp.models.journal import Event
from webapp.models.records import Record
from webapp.models.school import Unit

FRESH = timedelta(hours=1)
"""How long right answers hold while the claimant reads the code from the other phone."""


@dataclass(frozen=True, slots=True)
class Answers:
    """学校名称, 学号, 入学年份, 层次, as typed and chosen."""

    school: str
    student_number: str
    year: str
    level: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """证书编号, 毕业学校, 毕业年份, as typed: what who has graduated knows instead."""

    number: str
    school: str
    year: str


def answer(party: Party, given: Answers | Certificate) -> str:
    """Try the answers: `done` (it is decided), `code` (a code to the school's phone may decide it), `review` (a person will).

    What does not fit is never told. Raises record_differs (left), record_tries (until, most), claim_waiting.
    """
    account = party.account
    with transaction():
        _may_answer(party)
        limits.spend("record:account", account.key)
    record = _record(account, given)
    if record is None:
        raise Refused("record_differs", left=limits.left("record:account", account.key))
    with transaction():
        limits.clear("record:account", account.key)
        journal.record("claim.know_record", student(account.key).name, party, record=record.key)
        if cases.is_alone(party) and not cases.rival_in_use(party.claim):
            return _decide(party)
        if cases.is_alone(party) and _phone(record) is not None:
            return "code"
        return ask_person(party)


def ask_code(party: Party, network: str, language: str) -> Code:
    """Send the code to the phone on the school's roster. Raises record_first, and what `codes.request` raises."""
    return codes.request(phone(party), "record_phone", network, language=language)


def prove(party: Party, typed: str) -> str:
    """The code was right: that and the answers decide, with the time for an objection.

    Raises record_first, and what `codes.prove` raises.
    """
    proved = codes.prove(phone(party), "record_phone", typed)
    with transaction():
        journal.record("claim.prove_record_phone", student(party.account.key).name, party, code=proved.key)
        return _decide(party) if cases.is_alone(party) else ask_person(party)


def phone(party: Party) -> str:
    """The phone on the roster, for an hour after right answers. Raises record_first."""
    record = _answered(party)
    known = _phone(record) if record is not None else None
    if known is None:
        raise Refused("record_first")
    return known


def _phone(record: Record) -> str | None:
    """The phone that the school has of the person: a certificate's row seldom has one, the enrolment before it may."""
    same = (Record.unit == record.unit_id) & (Record.identity_index == record.identity_index)
    found = Record.select().where(same & Record.phone_index.is_null(False))
    return record.phone or next((one.phone for one in found.order_by(Record.id.desc()).limit(1)), None)


def ask_person(party: Party) -> str:
    """Right answers that may not decide go to a reviewer, once. Raises record_first, claim_waiting."""
    if _answered(party) is None:
        raise Refused("record_first")
    _may_answer(party)
    sending.hand_over(party, "record")
    return "review"


def _may_answer(party: Party) -> None:
    waiting = (Submission.party == party) & (Submission.way == "record") & (Submission.state == "waiting")
    if party.claim.locked().state == "approved" or Submission.select().where(waiting).exists():
        raise Refused("claim_waiting")


def _decide(party: Party) -> str:
    """By the system, where the case lies with nobody; else whoever looks at it looks at this too."""
    claim = party.claim.locked()
    if claim.state not in cases.OPEN:
        return ask_person(party)
    sending.note(party, "record")
    effect.approve(claim, SYSTEM, party, "record")
    return "done"


def _record(account: Account, given: Answers | Certificate) -> Record | None:
    """The record of the account's name and identity, in the school named, that has all of the answers."""
    kind, fits = ("enrolment", _enrolled) if isinstance(given, Answers) else ("qualification", _graduated)
    meant = {unit.id for unit in schools.named(given.school)}
    same = (Record.identity_index == account.identity_index) & (Record.name_compare == account.name_compare)
    for record in Record.select(Record, Unit).join(Unit).where(same & (Record.kind == kind)):
        if record.unit_id in meant and fits(record, given):
            return record
    return None


def _enrolled(record: Record, given: Answers) -> bool:
    entered = str(record.enrolled_on.year) if record.enrolled_on else None
    there = (_number(record.student_number), entered, record.level)
    return there == (_number(given.student_number), given.year, given.level)


def _graduated(record: Record, given: Certificate) -> bool:
    """The school's number of a certificate and its serial number are both taken, as in R-BND-06."""
    if record.graduated_on is None or str(record.graduated_on.year) != given.year:
        return False
    wanted = set(certificates.canonical_forms(given.number))
    return any(wanted & set(certificates.canonical_forms(one)) for one in (record.certificate, record.certificate_serial))


def _number(typed: str) -> str:
    return student_numbers.canonical(student_numbers.clean(typed))


def _answered(party: Party) -> Record | None:
    """The record that the claimant's right answers of the last hour named: the history remembers it."""
    mine = (Event.object == journal.name_of(party)) & (Event.action == "claim.know_record") & (Event.at >= clock.now() - FRESH)
    newest = Event.select().where(mine).order_by(Event.seq.desc()).first()
    if newest is None:
        return None
    return Record.by_key(json.loads(newest.detail)["record"])
