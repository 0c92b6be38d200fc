"""What becomes of a self-check is told to its holder, on the site and, where the school answered, outside too."""

import pytest

from tests.people import School, make_account
from tests.world import World
from webapp.domain import checks, exemptions, no_record, notices, records, reported, sessions
from webapp.domain.permissions import student
from webapp.models.accounts import Account
from webapp.models.checks import Check
from webapp.models.records import Record


@pytest.fixture
def xi(world: World, school: School) -> Account:
    account = make_account(school.record("林晓溪"), "13800000001")
    records.bind(account)
    return account


def titles(account: Account) -> list[str]:
    return [one.title for one in notices.page(account).rows]


@pytest.mark.req("MSG-01")
def test_confirming_is_told_with_the_receipt(school: School, xi: Account) -> None:
    record = Record.by_key(school.record("林晓溪").key)
    check = Check.get(Check.record == record)
    records.look(records.find(record.key, xi, student(xi.key)), xi, student(xi.key), "test")
    checks.confirm(Check.by_key(check.key), student(xi.key))
    checks.confirm(Check.by_key(check.key), student(xi.key))
    assert titles(xi) == ["你确认了学籍信息"]
    assert notices.page(xi).rows[0].link == f"/records/{record.key}/receipt"


@pytest.mark.req("MSG-01", "MSG-11")
def test_a_report_and_its_answer_are_told(world: World, school: School, xi: Account) -> None:
    check = Check.get(Check.record == school.record("林晓溪"))
    report = reported.report(check, xi, student(xi.key), {"major": "数学"}, "", ())
    ni = school.staff("ni")
    reported.answer(report, sessions.staff_actor(ni), ni, "fixed", "已按录取名册更正")
    assert titles(xi) == ["你反馈的学籍信息有答复了", "你的反馈收到了"]
    sent = [line for line in world.outbox() if "有答复了" in line]
    assert len(sent) == 1
    assert "已按录取名册" not in sent[0]


@pytest.mark.req("MSG-01")
def test_an_answer_about_a_missing_record_is_told(world: World, school: School, xi: Account) -> None:
    note = no_record.tell(xi, school.unit.name, "", "查不到")
    ni = school.staff("ni")
    no_record.answer(note, sessions.staff_actor(ni), ni, "名单补好了")
    assert titles(xi) == ["你反馈的查不到学籍有答复了"]


@pytest.mark.req("MSG-01")
def test_being_let_off_and_called_again_is_told(school: School, xi: Account) -> None:
    record, actor = Record.by_key(school.record("林晓溪").key), sessions.staff_actor(school.staff("ni"))
    exemptions.exempt(actor, record, "休学")
    exemptions.include(actor, record)
    assert titles(xi) == ["这次自查要你来做", "这次自查你不用做"]
