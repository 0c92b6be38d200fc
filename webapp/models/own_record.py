"""One record as its holder opens it, with its self-check: a single compiled query for the page that all open at once.

Not here: which of several self-checks counts (`domain/records.py`).
"""

from datetime import date, datetime
from typing import NamedTuple

from peewee import JOIN, SQL, ModelSelect, Value, fn

from webapp.models import keys
from webapp.models.base import Compiled
from webapp.models.checks import Check
from webapp.models.enrolment import Alteration
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.photos import Upload
from webapp.models.records import Record, View
from webapp.models.school import Campaign, Class, College, Unit


class OwnRecord(NamedTuple):
    """A row of the query. The fields of Record keep their names; `document` is still sealed, see `number`."""

    id: int
    key: str
    kind: str
    name: str
    sex: str
    birth_date: date | None
    document_kind: str
    document: str | None
    ethnic: str
    political: str
    level: str
    length: str
    category: str
    mode: str
    major: str
    major_code: str
    department: str
    student_number: str
    exam_number: str
    enrolled_on: date | None
    expected_on: date | None
    left_on: date | None
    status: str
    graduated_on: date | None
    conclusion: str
    certificate: str
    certificate_serial: str
    president: str
    source: str
    bound_how: str
    prior_seen: datetime | None
    opened: datetime | None
    updated: datetime
    unit_name: str
    unit_code: str
    unit_province: str
    college: str | None
    klass: str | None
    photo: str | None
    photo_state: str | None
    check_key: str | None
    check_state: str | None
    seen: datetime | None
    confirmed: datetime | None
    held_since: datetime | None
    held_days: int | None
    campaign_title: str | None
    starts: date | None
    ends: date | None
    closed: bool | None
    graduation_photo: str | None
    altered: int
    looked: datetime | None

    @property
    def number(self) -> str:
        """The document's number, opened; empty where the school has none."""
        if self.document is None:
            return ""
        return keys.unseal("record|document", self.document, f"record|document|{self.key}")


_ELSEWHERE = {
    "unit_name": Unit.name,
    "unit_code": Unit.code,
    "unit_province": Unit.province,
    "college": College.name,
    "klass": Class.name,
    "photo": Upload.key,
    "photo_state": Upload.state,
    "check_key": Check.key,
    "check_state": Check.state,
    "seen": Check.seen,
    "confirmed": Check.confirmed,
    "held_since": Check.held_since,
    "held_days": Check.held_days,
    "campaign_title": Campaign.title,
    "starts": Campaign.starts,
    "ends": Campaign.ends,
    "closed": Campaign.closed,
}


def _build(actor: Value, key: Value, account: Value, identity: Value) -> ModelSelect:
    looked = View.select(fn.MAX(View.at)).where((View.object == Record.key) & (View.actor == actor))
    made = (Alteration.record == Record.id) & (Alteration.state == SQL("'made'")) & (Alteration.kind != SQL("'die'"))
    altered = Alteration.select(fn.COUNT(Alteration.id)).where(made)
    columns = [_ELSEWHERE.get(name) or getattr(Record, name) for name in OwnRecord._fields[:-3]]
    taken = GraduationPhoto.select(GraduationPhoto.state).where((GraduationPhoto.record == Record.id) & GraduationPhoto.current)
    hers = Record.bound_how.in_((SQL("'manual'"), SQL("'former'"))) | (Record.identity_index == identity)
    return (
        Record.select(*columns, taken, altered, looked)
        .join(Unit)
        .switch(Record)
        .join(College, JOIN.LEFT_OUTER)
        .switch(Record)
        .join(Class, JOIN.LEFT_OUTER, on=Record.klass)
        .switch(Record)
        .join(Upload, JOIN.LEFT_OUTER, on=Record.photo)
        .switch(Record)
        .join(Check, JOIN.LEFT_OUTER, on=Check.record == Record.id)
        .join(Campaign, JOIN.LEFT_OUTER, on=Check.campaign)
        .where((Record.key == key) & (Record.account == account) & hers)
    )


_compiled = Compiled(OwnRecord, _build, graduation_photo=GraduationPhoto.state, altered=Alteration.id, looked=View.at)


def find(actor: str, key: str, account: int, identity: str) -> list[OwnRecord]:
    """The record, once for each of its self-checks (once without any); nothing where it is not this account's.

    `looked` is when `actor` was last written into the view log for it, `altered` how many 学籍异动 its holder may see,
    `graduation_photo` the state of its 学历照片.
    """
    return _compiled(actor, key, account, identity)
