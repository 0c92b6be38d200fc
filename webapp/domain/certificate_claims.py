"""认领: who finds no record of a certificate shows it; an officer binds the record, asks back or refuses (R-BND-22, R-BND-04).

What is written and shown goes through a question of its own (`tickets/`), which keeps time, pictures and looks.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from webapp.domain import clock, defaults, journal, limits, workdays
from webapp.domain.enrolment import prior, schools
from webapp.domain.identity import certificates, names
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.no_record import the_only_unit
from webapp.domain.permissions import Actor, Can, student
from webapp.domain.refused import Refused
from webapp.domain.tickets import answering, asking
from webapp.domain.tickets.lifecycle import OPEN
from webapp.models import scope
from webapp.models.accounts import ALIVE, Account
from webapp.models.base import transaction
from webapp.models.certificate_claims import CertificateClaim
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.staff import Staff
from webapp.models.tickets import Ticket

WORKDAYS = 10
"""Working days within which the office binds, asks back or refuses."""

NUMBER, SCHOOL = 40, 60
"""Characters of a certificate's number and of a school's name."""

MOST = 20
"""Records that are offered to the officer."""


class Certificate(NamedTuple):
    """What stands on it: 证书编号 of the school, NO. of the paper (or ""), the school's name, the year of graduation."""

    number: str
    serial: str
    school: str
    year: int


def answers_it(claim: CertificateClaim, actor: Actor) -> None:
    """Whoever took the question decides."""
    ticket = claim.ticket
    if ticket.state not in OPEN:
        raise Refused("ticket_over")
    if ticket.holder_id is None or ticket.holder.key != actor.key:
        raise Refused("ticket_held")


CLAIM = Lifecycle(
    CertificateClaim,
    Move("bind", ("open",), "bound", Can.SUPPORT, (answers_it,)),
    Move("refuse", ("open",), "refused", Can.SUPPORT, (answers_it,)),
)
"""Asking back is an answer to the question: the claim stays open."""


def look_over(said: Certificate, files: int) -> None:
    """Refuse what cannot be claimed, before a picture is stored. Raises certificate_empty, certificate_long (most),
    school_empty, too_old (archive), certificate_picture, ticket_files (most)."""
    if not certificates.clean(said.number):
        raise Refused("certificate_empty", field="certificate")
    if max(len(said.number), len(said.serial)) > NUMBER:
        raise Refused("certificate_long", field="certificate", most=NUMBER)
    if not said.school:
        raise Refused("school_empty", field="school")
    if said.year < defaults.value("bnd.first_year"):
        raise Refused("too_old", field="year", archive=defaults.value("site.archive_name"))
    if not files:
        raise Refused("certificate_picture", field="files")
    asking.check_files(files)


def claim(account: Account, said: Certificate, text: str, files: Sequence[Upload]) -> Ticket:
    """Put it before the office of the school, as a question with `text`. Raises as `look_over`, claim_waits, ask_limit."""
    look_over(said, len(files))
    with transaction():
        account = account.locked()
        if waits(account) is not None:
            raise Refused("claim_waits")
        limits.spend("ask:account", account.key)
        unit = next(iter(schools.named(said.school)), None) or the_only_unit()
        ticket = asking.begin("account", "records", account=account, unit=unit, language=account.language)
        ticket.due = workdays.due(clock.now(), WORKDAYS)
        ticket.save()
        asking.add(ticket, text, files)
        row = {"certificate": said.number, "serial": said.serial, "school": said.school[:SCHOOL], "year": said.year}
        made = CertificateClaim.create(ticket=ticket, **row)
        asking.tell(ticket, "ticket_received", lacks_username="", lacks_screenshot="")
        journal.record("certificate_claim.claim", student(account.key).name, made)
    return ticket


def waits(account: Account) -> CertificateClaim | None:
    """The claim of the account that the office still has."""
    mine = (Ticket.account == account) & Ticket.state.in_(OPEN) & (CertificateClaim.state == "open")
    return CertificateClaim.select(CertificateClaim, Ticket).join(Ticket).where(mine).first()


def of(ticket: Ticket) -> CertificateClaim | None:
    return CertificateClaim.get_or_none(CertificateClaim.ticket == ticket)


def candidates(claim: CertificateClaim, actor: Actor) -> list[Record]:
    """Qualifications of that year in the officer's schools that carry the holder's name or one of the numbers."""
    mine = Record.unit.in_(scope.units(actor.where(Can.SUPPORT))) & (Record.kind == "qualification")
    within = mine & Record.graduated_on.between(date(claim.year, 1, 1), date(claim.year, 12, 31))
    account = claim.ticket.account
    forms = [form for number in (claim.certificate, claim.serial) if number for form in certificates.canonical_forms(number)]
    forms += [f"NO.{form}" for form in forms]
    numbered = Record.certificate.in_(forms) | Record.certificate_serial.in_(forms)
    named = (Record.name_sort == names.sort_key(account.name)) & (Record.name_compare == account.name_compare)
    return list(Record.select().where(within & (numbered | named)).order_by(Record.id).limit(MOST))


def bind(claim: CertificateClaim, actor: Actor, staff: Staff, key: str, text: str) -> CertificateClaim:
    """Give one of the candidates to the holder, who reads `text`. Raises record_choose, record_owned, ticket_held, moved_on."""
    chosen = next((one for one in candidates(claim, actor) if one.key == key), None)
    if chosen is None:
        raise Refused("record_choose", field="record")
    with transaction():
        record, account = chosen.locked(), claim.ticket.account
        if record.account_id not in (None, account.id) and record.account.state in ALIVE:
            raise Refused("record_owned", field="record")
        record.account, record.bound, record.bound_how = account, clock.now(), "manual"
        record.save()
        journal.record("record.bind", actor.name, record, how="manual")
        prior.look(account)
        done = CLAIM.move(claim, "bind", actor, record=record, decided=clock.now())
        answering.answer(claim.ticket, actor, staff, text)
    return done


def refuse(claim: CertificateClaim, actor: Actor, staff: Staff, text: str) -> CertificateClaim:
    """Not bound, with the reason in `text`; the question is over. Raises answer_empty, ticket_held, moved_on."""
    with transaction():
        done = CLAIM.move(claim, "refuse", actor, decided=clock.now())
        answering.close(claim.ticket, actor, staff, text)
    return done
