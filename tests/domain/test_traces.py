"""Looks and messages are forgotten after their days, in portions, and nothing that still waits."""

from datetime import timedelta

import pytest

from tests.people import School, make_account
from tests.reporting import holder
from tests.world import World
from webapp.domain import clock, defaults, messages, traces
from webapp.domain.permissions import SYSTEM
from webapp.domain.reports import verifying
from webapp.jobs import accounts as sweeps
from webapp.models.messages import Message
from webapp.models.records import View
from webapp.models.report_mails import ReportMail
from webapp.models.reports import Look

PHONE = "13800000001"


def look(days_ago: int) -> None:
    View.create(actor="student:x", what="record", object="y", source="list", at=clock.now() - timedelta(days=days_ago))


def ages(model: type, moment: str) -> list[int]:
    return [(clock.now() - getattr(row, moment)).days for row in model.select().order_by(model.id)]


def test_a_look_is_forgotten_after_its_days(world: World) -> None:
    for days in (200, 181, 180, 1):
        look(days)
    sweeps.forget_what_accounts_left(world.worker.outside)
    assert ages(View, "at") == [180, 1]
    assert traces.sweep() == 0


@pytest.mark.req("RPT-14")
def test_looks_at_reports_and_to_whom_they_went_are_forgotten_too(world: World, school: School) -> None:
    report = holder(school).issue()
    for days in (181, 180):
        verifying.by_code(report.code, "typed", "192.0.2.0/24")
        at = clock.now() - timedelta(days=days)
        Look.update(at=at).where(Look.at == clock.now()).execute()
        ReportMail.create(report=report, address="hr@example.com", attached=False, at=at, message="none")
    assert traces.sweep() == 2
    assert (ages(Look, "at"), ages(ReportMail, "at")) == ([180], [180])


def test_a_message_that_left_or_failed_is_forgotten_and_one_that_waits_is_not(world: World, school: School) -> None:
    account = make_account(school.record("林晓溪"), PHONE)
    for state in ("queued", "sent", "failed"):
        message = messages.sms(PHONE, "identity_tried", account)
        Message.update(state=state, created=clock.now() - timedelta(days=181)).where(Message.id == message.id).execute()
    messages.sms(PHONE, "identity_tried", account)
    assert traces.sweep() == 2
    assert ages(Message, "created") == [181, 0]


def test_a_long_log_goes_in_portions(world: World) -> None:
    old, new = clock.now() - timedelta(days=300), clock.now()
    row = {"actor": "student:x", "what": "record", "object": "y", "source": "list"}
    View.insert_many([row | {"at": old}] * (2 * traces.PORTION) + [row | {"at": new}] * 3).execute()
    assert traces.sweep() == 2 * traces.PORTION
    assert View.select().count() == 3


@pytest.mark.req("SYS-07")
def test_a_school_may_keep_looks_longer(world: World) -> None:
    defaults.change("ret.view_days", 400, SYSTEM)
    look(399)
    assert traces.sweep() == 0
