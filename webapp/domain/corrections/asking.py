"""What the student does: begins a request, brings the evidence, sends, withdraws; nobody else can (R-COR-02).

Not here: what shall stand there (`wanted.py`), deciding (`deciding.py`), and the pictures' bytes.
"""

from datetime import timedelta
from typing import NamedTuple

from peewee import IntegrityError

from webapp.domain import clock, defaults, journal, limits, standing
from webapp.domain.corrections import blocking, grounds, lifecycle, moving
from webapp.domain.corrections.blocking import Block
from webapp.domain.corrections.grounds import Ground
from webapp.domain.enrolment import fields
from webapp.domain.identity import tables
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.domain.roles import live
from webapp.models import own_record
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.corrections import OPEN, Correction, CorrectionStep, Evidence
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.school import College, Unit
from webapp.models.staff import Staff

LEVEL = 3
"""人工审核通过: so far somebody must have seen who the holder is (R-COR-02)."""

FILES = 5
"""Pictures of one kind of evidence."""

DRAFT = timedelta(days=30)
"""How long a draft waits with its pictures."""


class Choice(NamedTuple):
    """A field that may be asked for, with its grounds."""

    field: str
    grounds: list[Ground]


def record_of(account: Account, actor: Actor, key: str) -> Record | None:
    """The holder's record under that address."""
    found = next(iter(own_record.find(actor.name, key, account.id, account.identity_index)), None)
    return Record.by_key(key) if found else None


def mine(account: Account) -> list[Correction]:
    """The holder's requests, newest first, drafts among them: one query."""
    query = Correction.select(Correction, Record, Unit).join(Record).join(Unit)
    return list(query.where(Correction.account == account).order_by(Correction.id.desc()))


def find(account: Account, key: str) -> Correction | None:
    return Correction.get_or_none((Correction.key == key) & (Correction.account == account))


def choices(record: Record) -> list[Choice]:
    """What may be asked for of this record, in the order of the page (R-COR-01)."""
    erratum = record.published is not None
    offered = grounds.PUBLISHED if erratum else (*grounds.IDENTITY, *grounds.SCHOOL)
    return [Choice(field, grounds.of_field(field, erratum)) for field in offered if _exists(record, field)]


def _exists(record: Record, field: str) -> bool:
    """Foreign students have no 民族 (R-SCH-28)."""
    return field != "ethnic" or bool(record.ethnic) or record.document_kind == "1"


def begin(account: Account, actor: Actor, record: Record, field: str, code: str) -> Correction:
    """A draft for one field on one ground; where one stands already it is taken up, on the new ground.

    Raises Refused: correction_level, correction_not_enrolled, correction_field, correction_open (key), and the rule of the
    province that stands against it (next where waiting helps; R-COR-12, R-COR-14).
    """
    ground = _allowed(account, record, field, code)
    erratum = record.published is not None
    try:
        with transaction():
            before = _open(record, field)
            if before is not None:
                return _begin_again(before, account, ground)
            at = clock.now()
            places = {"unit": record.unit_id, "college": record.college_id}
            made = Correction(record=record, account=account, **places, field=field, ground=code, erratum=erratum)
            made.created = made.since = at
            made.before = fields.text_of(getattr(record, field)) or None
            made.save(force_insert=True)
            journal.record("correction.begin", actor.name, made, field=field, ground=code)
    except IntegrityError:
        raise Refused("correction_open") from None
    return made


def _allowed(account: Account, record: Record, field: str, code: str) -> Ground:
    if standing.level(account) < LEVEL:
        raise Refused("correction_level")
    ground = grounds.BY_CODE.get(code)
    if ground is None or ground not in next((one.grounds for one in choices(record) if one.field == field), ()):
        raise Refused("correction_field", field="ground")
    if record.published is None and not (record.status in tables.STATUSES and _in_school(record)):
        raise Refused("correction_not_enrolled")
    _free(record, ground)
    return ground


def _in_school(record: Record) -> bool:
    return record.status == "N0" or tables.STATUSES[record.status].in_school


def _free(record: Record, ground: Ground) -> None:
    """No rule stands against it. Raises the rule."""
    block = blocking.block(record, ground, record.published is not None, blocking.of(record))
    if block is not None:
        raise refusal(record, block)


def refusal(record: Record, block: Block) -> Refused:
    """The rule as a refusal, with the day from which a request may be made, or what the school says to late ones."""
    facts = {"next": block.next.isoformat()} if block.next else {}
    if block.rule == "correction_late":
        told = blocking.deadline(record)
        facts = {"ends": told.ends.isoformat(), "consequence": told.consequence}
    return Refused(block.rule, **facts)


def _open(record: Record, field: str) -> Correction | None:
    waiting = (Correction.record == record) & (Correction.field == field) & Correction.state.in_(OPEN)
    return Correction.get_or_none(waiting)


def _begin_again(before: Correction, account: Account, ground: Ground) -> Correction:
    if before.account_id != account.id or before.state != "draft":
        raise Refused("correction_open")
    if before.ground != ground.code:
        before.ground, before.wanted, before.erratum = ground.code, None, before.record.published is not None
        before.save()
    return before


def attach(correction: Correction, kind: str, upload: Upload) -> Evidence:
    """Put a stored picture beside the request, after `takes` said that it may come. Raises moved_on where it was sent since."""
    with transaction():
        _with_student(correction.locked())
        made = Evidence.create(correction=correction, kind=kind, upload=upload, added=clock.now())
        journal.promise("images.clean", key=upload.key)
    return made


def takes(correction: Correction, kind: str) -> None:
    """May a picture of that kind come now? Asked before its bytes are stored, and counted.

    Raises moved_on, evidence_kind, evidence_most (most), photos_many (until, most).
    """
    _with_student(correction)
    if kind not in lifecycle.needs(correction):
        raise Refused("evidence_kind")
    if sum(one.kind == kind for one in lifecycle.evidence(correction) if loose(correction, one)) >= FILES:
        raise Refused("evidence_most", most=FILES)
    limits.spend("evidence:account", correction.account.key)


def _with_student(correction: Correction) -> None:
    if correction.state not in ("draft", "returned"):
        raise Refused("moved_on", state=correction.state)


def loose(correction: Correction, one: Evidence) -> bool:
    """Is it the student's own and not sent yet? What a desk has seen stays."""
    return one.staff_id is None and one.added >= correction.since


def detach(correction: Correction, key: str) -> None:
    """Take an own picture back before it is sent; its bytes go with the next sweep. Raises moved_on."""
    with transaction():
        correction = correction.locked()
        _with_student(correction)
        own = (
            (Evidence.correction == correction) & (Evidence.key == key) & Evidence.staff.is_null() & Evidence.seen_by.is_null()
        )
        found = Evidence.get_or_none(own)
        if found is not None and loose(correction, found):
            Upload.update(expires=clock.now()).where(Upload.id == found.upload_id).execute()
            found.delete_instance()


def kept_until() -> object:
    """Until when a picture waits for its request to be sent."""
    return clock.now() + DRAFT


def send(correction: Correction, actor: Actor) -> Correction:
    """提交, or again after 退回补充材料: to the college's office, or where there is none to the school's (spec 7.9).

    Raises evidence_missing (kinds), correction_value_missing, correction_left, what `begin` raises of rules, and moved_on.
    """
    if not correction.wanted or not correction.why:
        raise Refused("correction_value_missing")
    with transaction():
        still_hers(correction)
        if correction.state == "returned":
            moved = moving.make(correction, lifecycle.AGAIN[lifecycle.asked_by(correction)], actor)
        else:
            record = correction.record.locked()
            _allowed(correction.account, record, correction.field, correction.ground)
            move = "submit" if _college_first(correction) else "submit_school"
            moved = moving.make(correction, move, actor, submitted=clock.now(), college=record.college_id)
        pictures = Evidence.select(Evidence.upload).where((Evidence.correction == correction) & Evidence.upload.is_null(False))
        Upload.update(expires=None).where(Upload.id.in_(pictures)).execute()
    return moved


def still_hers(correction: Correction) -> None:
    """The account that asks is in use, and nobody else was given the record since. Raises correction_left."""
    account, record = Account.get_by_id(correction.account_id), Record.get_by_id(correction.record_id)
    if account.state != "active" or record.account_id not in (None, account.id):
        raise Refused("correction_left")


def _college_first(correction: Correction) -> bool:
    """Does an office of the college look first: not on the short path, nor for a 学历勘误, nor where nobody works there."""
    if correction.erratum or grounds.BY_CODE[correction.ground].short or correction.record.college_id is None:
        return False
    offices = live(Can.CORRECT_COLLEGE, college=College.get_by_id(correction.record.college_id))
    return Staff.select().where(Staff.id.in_(offices) & (Staff.state == "active")).exists()


def withdraw(correction: Correction, actor: Actor) -> Correction | None:
    """撤回 until the school decided; a draft is gone altogether (None). Raises correction_decided, moved_on."""
    if correction.state == "draft":
        drop(correction)
        return None
    return moving.make(correction, "withdraw", actor)


def drop(correction: Correction) -> None:
    """Forget a draft; its pictures go with the next sweep."""
    with transaction():
        correction = correction.locked()
        if correction.state != "draft":
            raise Refused("moved_on", state=correction.state)
        pictures = Evidence.select(Evidence.upload).where(Evidence.correction == correction)
        Upload.update(expires=clock.now()).where(Upload.id.in_(pictures)).execute()
        Evidence.delete().where(Evidence.correction == correction).execute()
        correction.delete_instance()


def steps(correction: Correction) -> list[CorrectionStep]:
    """Its way so far, oldest first."""
    return list(CorrectionStep.select().where(CorrectionStep.correction == correction).order_by(CorrectionStep.id))


def ground_of(correction: Correction) -> Ground:
    return grounds.BY_CODE[correction.ground]


def days() -> int:
    """Working days that each desk has."""
    return defaults.value("cor.step_workdays")
