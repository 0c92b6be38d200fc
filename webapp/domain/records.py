"""学籍 and 学历 as their holder meets them: which records are whose, the gate before them, and the view log.

Not here: what is wrong in one (`reported.py`), its self-check (`checks.py`), or how records come in (`imports/`).
"""

from datetime import date, timedelta

from peewee import SQL, Expression, fn

from webapp.domain import checks, clock, defaults, journal, limits, matching, standing
from webapp.domain.enrolment import prior, schools
from webapp.domain.identity import certificates, names
from webapp.domain.matching import Match
from webapp.domain.permissions import Actor
from webapp.domain.refused import Refused
from webapp.models import own_record
from webapp.models.accounts import ALIVE, Account
from webapp.models.base import transaction
from webapp.models.checks import Check
from webapp.models.graduation import Graduate
from webapp.models.own_record import OwnRecord
from webapp.models.records import Record, View
from webapp.models.school import Unit

LOOK_EVERY = timedelta(minutes=10)
"""A look at the same page is written into the view log at most this often."""


def bind(account: Account) -> list[Record]:
    """Bind what matches by canonical name and identity, and return all records of the holder, newest first.

    15 and 18 digits are one identity; records of graduates before 1991 stay out; one without a number never binds by
    itself (R-BND-02 to 04); an earlier name or number that was proved does (R-BND-10). Safe to repeat: nothing is written
    where nothing is new.
    """
    if found := _free(account):
        with transaction():
            at = clock.now()
            for record, how in found:
                ours = Record.update(account=account, bound=at, bound_how=how).where((Record.id == record.id) & _unclaimed())
                if ours.execute():
                    checks.release(record)
                    journal.record("record.bind", f"student:{account.key}", record, how=how)
            prior.look(account)
    return mine(account)


def mine(account: Account) -> list[Record]:
    """The holder's records, those of the newest level first (R-BND-03)."""
    query = Record.select(Record, Unit).join(Unit).where((Record.account == account) & _still_hers(account))
    return sorted(query, key=_newest, reverse=True)


def _newest(record: Record) -> tuple[date, int]:
    return record.graduated_on or record.enrolled_on or date.min, record.id


def _still_hers(account: Account) -> Expression:
    """A record bound by identity is shown while the identity agrees: a school may have corrected the number since."""
    return Record.bound_how.in_(matching.PROVED) | (Record.identity_index == account.identity_index)


def _unclaimed() -> Expression:
    """Nobody's yet, or bound to an account that is no more."""
    return Record.account.is_null() | Record.account.in_(Account.select(Account.id).where(Account.state.not_in(ALIVE)))


def _free(account: Account) -> list[Match]:
    first = defaults.value("bnd.first_year")
    return [one for one in matching.of(account, _open(), _unclaimed()) if _year(one.record) >= first]


def owned(account: Account) -> list[Record]:
    """Records of the holder's name and number that another living account has: not shown, only that they are (R-BND-12)."""
    others = Record.account.is_null(False) & (Record.account != account)
    alive = Record.account.in_(Account.select(Account.id).where(Account.state.in_(ALIVE)))
    return [one.record for one in matching.of(account, others, alive)]


def _open() -> Expression:
    """A qualification that was registered is its holder's from the day of 公布 on (R-SCH-15)."""
    held = (Graduate.qualification == Record.id) & (Graduate.state == "registered")
    return ~fn.EXISTS(Graduate.select(SQL("1")).where(held))


def _year(record: Record) -> int:
    told = record.graduated_on or record.left_on or record.enrolled_on
    return told.year if told else clock.today().year


def bind_by_certificate(account: Account, number: str, year: int, school: str) -> Record:
    """手工绑定: find a qualification by certificate number, year of graduation and school, for the holder's real name.

    `NO.00298959`, `00298959` and `298959` are one; the school's number is tried before the certificate's serial
    (R-BND-05 to 07). Raises Refused: too_old (archive), manual_tries (until, most), record_not_matched, and record_owned
    where another living account has it (R-BND-12).
    """
    if year < defaults.value("bnd.first_year"):
        raise Refused("too_old", field="year", archive=defaults.value("site.archive_name"))
    limits.spend("manual:account", account.key)
    wanted = set(certificates.canonical_forms(number))
    candidates = _same_name(account, year, school)
    for column in ("certificate", "certificate_serial"):
        for record in candidates:
            if wanted & set(certificates.canonical_forms(getattr(record, column))):
                return _bind_manually(account, record)
    raise Refused("record_not_matched")


def _same_name(account: Account, year: int, school: str) -> list[Record]:
    """Qualifications of that name, year and school which do not carry another person's number."""
    units = [unit.id for unit in schools.named(school)]
    named = (Record.name_sort == names.sort_key(account.name)) & (Record.name_compare == account.name_compare)
    number = Record.identity_index.is_null() | (Record.identity_index == account.identity_index)
    within = Record.graduated_on.between(date(year, 1, 1), date(year, 12, 31))
    chosen = Record.unit.in_(units) & (Record.kind == "qualification") & named & number & within
    return list(Record.select().where(chosen & _open()).order_by(Record.id))


def _bind_manually(account: Account, record: Record) -> Record:
    with transaction():
        record = record.locked()
        if record.account_id == account.id:
            return record
        if record.account_id is not None and record.account.state in ALIVE:
            raise Refused("record_owned")
        record.account, record.bound, record.bound_how = account, clock.now(), "manual"
        record.save()
        journal.record("record.bind", f"student:{account.key}", record, how="manual")
        prior.look(account)
    return record


def gate_due(account: Account) -> bool:
    """Must the holder name the school first: on the first visit, and after 180 days without one (R-BND-11)?

    Not where somebody, or a face check, has seen the holder: that is more than the name of a school.
    """
    if standing.level(account) >= standing.SEEN:
        return False
    if account.school_proved is None:
        return True
    last = max(account.school_proved, account.records_seen or account.school_proved)
    return last + timedelta(days=defaults.value("bnd.gate_idle_days")) <= clock.now()


def gate_stands(account: Account) -> bool:
    """`gate_due`, where there is a record behind the gate. Who has none is told so instead of being asked."""
    return gate_due(account) and bool(_behind_gate(account))


def _behind_gate(account: Account) -> list[Record]:
    return mine(account) or [one.record for one in _free(account)]


def pass_gate(account: Account, school: str) -> None:
    """院校名称核验: the name of a school where the holder has a record. Five wrong names a day, then no more that day.

    Raises Refused: school_wrong (left), school_tries (until, most).
    """
    limits.spend("school:account", account.key)
    mine = {record.unit_id for record in _behind_gate(account)}
    if not any(unit.id in mine for unit in schools.named(school)):
        raise Refused("school_wrong", left=limits.left("school:account", account.key))
    limits.clear("school:account", account.key)
    with transaction():
        if gate_due(account := account.locked()):  # a form that went off twice passes once
            account.school_proved = account.records_seen = clock.now()
            account.save()
            journal.record("account.pass_gate", f"student:{account.key}", account)


def confirm_identity(account: Account) -> None:
    """绑定实名信息: from now on name, document and phone change through a proven change alone (R-BND-13)."""
    with transaction():
        account = account.locked()
        if account.identity_confirmed is None:
            account.identity_confirmed = clock.now()
            account.save()
            journal.record("account.confirm_identity", f"student:{account.key}", account)


def look_at_list(account: Account, actor: Actor, source: str) -> None:
    """Write the visit to 学籍信息 or 学历信息 into the view log, with time and source (R-BND-01)."""
    last = View.select(View.at).where((View.object == account.key) & (View.actor == actor.name)).order_by(View.at.desc())
    newest = last.scalar()
    if newest is not None and newest + LOOK_EVERY > clock.now():
        return
    with transaction():
        View.create(actor=actor.name, what="records", object=account.key, source=source, at=clock.now())
        Account.update(records_seen=clock.now()).where(Account.id == account.id).execute()


def find(key: str, account: Account, actor: Actor) -> OwnRecord | None:
    """The holder's record under that address with its self-check (of several, the one that is open), or None."""
    rows = own_record.find(actor.name, key, account.id, account.identity_index)
    return max(rows, key=_weight) if len(rows) > 1 else next(iter(rows), None)


def _weight(found: OwnRecord) -> tuple[int, date]:
    order = ("closed", "undated", "waiting", "over", "open")
    return order.index(checks.phase(found)) if found.check_key else -1, found.starts or date.min


def look(found: OwnRecord, account: Account, actor: Actor, source: str) -> OwnRecord:
    """The holder opened a record: view log, first opening, and 已自查 inside a campaign, in one transaction (R-CHK-02).

    Returns the record as it now is; a second look within ten minutes writes nothing.
    """
    due = found.check_key is not None and found.check_state == "unseen" and checks.begun(found)
    if not due and found.looked is not None and found.looked + LOOK_EVERY > clock.now():
        return found
    at = clock.now()
    with transaction():
        View.create(actor=actor.name, what="record", object=found.key, source=source, at=at)
        Account.update(records_seen=at).where(Account.id == account.id).execute()
        if found.opened is None:
            Record.update(opened=at).where((Record.id == found.id) & Record.opened.is_null()).execute()
        if due:
            found = _see(found, actor)
    return found._replace(looked=at, opened=found.opened or at)


def _see(found: OwnRecord, actor: Actor) -> OwnRecord:
    """Mark the check as seen, unless the holder's other browser was faster."""
    check = Check.by_key(found.check_key).locked()
    if check.state == "unseen":
        check = checks.CHECK.move(check, "see", actor, seen=clock.now())
    return found._replace(check_state=check.state, seen=check.seen)
