"""Requests for a correction in the demo: one that has just come, one with the school, one with the province.

Not here: what happens to a request (`domain/corrections/`); the papers are `specimen.py`.
"""

from webapp.cli.demo import specimen
from webapp.domain import clock, permissions, sessions
from webapp.domain.corrections import asking, deciding, lifecycle, wanted
from webapp.domain.enrolment import fields
from webapp.domain.permissions import Actor
from webapp.models.accounts import Account
from webapp.models.corrections import Correction
from webapp.models.records import Record
from webapp.models.staff import Staff
from webapp.providers.files import Files

ASKED = (
    ("ethnic", "ethnic_changed", ("回族", "满族"), "户口簿上已经变更"),
    ("major", "school_major", ("软件技术", "数字媒体技术"), "录取通知书上写的不一样"),
    ("sex", "sex_typed", ("男", "女"), "登记的性别和身份证不一样"),
)
"""Field, ground, what shall stand there (the first that does not yet), why."""


def make(records: list[Record], officer: Staff, files: Files) -> None:
    """A request of each of the first records; the later ones are further on their way."""
    office = sessions.staff_actor(officer)
    for place, (record, asked) in enumerate(zip(records, ASKED, strict=False)):
        sent = _send(record, *asked, files)
        if place > 0 and sent.state == "college":
            sent = deciding.pull(sent, office)
        if place > 1:
            _pass_on(sent, office)


def _send(record: Record, field: str, ground: str, values: tuple[str, str], why: str, files: Files) -> Correction:
    Account.update(person_proved=clock.now(), person_proved_by="desk").where(Account.id == record.account_id).execute()
    account = Account.get_by_id(record.account_id)
    student = permissions.student(account.key)
    draft = asking.begin(account, student, record, field, ground)
    before = fields.text_of(getattr(record, field))
    wanted.fill(draft, next(one for one in values if fields.text_of(fields.read(record, field, one)) != before), why)
    for kind in lifecycle.needs(draft):
        asking.attach(draft, kind, files.keep(specimen.sheet(kind), "correction_file", account=account))
    return asking.send(Correction.get_by_id(draft.id), student)


def _pass_on(sent: Correction, office: Actor) -> None:
    held = deciding.take(sent, office)
    for kind in lifecycle.unseen_originals(held):
        deciding.saw_original(held, office, kind, "行政楼 2002 室")
    deciding.agree(held, office)
