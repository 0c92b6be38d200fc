"""A report from its issue to every verdict that its code can get."""

from datetime import date

import pytest

from tests.people import School
from tests.reporting import Holder, holder
from tests.world import World
from webapp.domain import clock, defaults
from webapp.domain.enrolment import editing
from webapp.domain.identity import verification_codes
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.domain.reports import content, issuing, verifying
from webapp.domain.reports.issuing import Wish
from webapp.models import report_by_code
from webapp.models.accounts import Account
from webapp.models.records import Record
from webapp.models.reports import Look, OnlineReport

HERE = "192.0.2.0/24"


def asked(report: OnlineReport, pin: str = "") -> str:
    return verifying.by_code(report.code, "typed", HERE, pin).verdict


@pytest.mark.req("RPT-03", "RPT-04", "RPT-06", "RPT-08")
def test_a_code_opens_what_the_record_says_now(hers: Holder) -> None:
    report = hers.issue()
    typed = verification_codes.grouped(report.code).lower().replace(" ", "-")
    found = verifying.by_code(typed, "typed", HERE).found
    rows = {field: value for field, _label, value in content.rows(found, "zh")}
    assert rows["name"] == hers.record.name
    assert rows["status"].startswith("在籍")
    assert not set(rows) & set(content.EXTRAS)
    Record.update(major="数据科学").where(Record.id == hers.record.id).execute()
    again = content.rows(report_by_code.by_token(report.token), "zh")
    assert ("major", "专业", "数据科学") in again


@pytest.mark.req("RPT-04")
def test_what_the_holder_adds_is_shown_and_the_number_masked_even_then(hers: Holder) -> None:
    report = hers.issue(shows=("document", "klass", "phone"))
    rows = {field: value for field, _label, value in content.rows(report_by_code.by_key(report.key), "zh", report.shows)}
    assert (report.shows, rows["klass"]) == ("document klass", "计应 2602 班")
    assert rows["document"] == f"{hers.record.document[0]}*****{hers.record.document[-1]}"


@pytest.mark.req("RPT-06")
def test_a_code_with_one_wrong_character_never_reaches_a_look_up(hers: Holder) -> None:
    code = hers.issue().code
    for place in range(2, len(code)):
        wrong = code[:place] + ("0" if code[place] != "0" else "1") + code[place + 1 :]
        with pytest.raises(Refused, match="report_code_digit"):
            verifying.by_code(wrong, "typed", HERE)
    assert Look.select().count() == 0


@pytest.mark.req("RPT-02")
@pytest.mark.parametrize("months", [0, 7, -1])
def test_a_validity_out_of_bounds_is_refused(hers: Holder, months: int) -> None:
    with pytest.raises(Refused, match="report_months"):
        hers.issue(months=months)
    assert defaults.value("rpt.months_default") == 1


@pytest.mark.req("RPT-09", "RPT-12")
def test_a_report_ends_and_is_extended_after_its_end(world: World, hers: Holder) -> None:
    report = hers.issue(months=3)
    assert report.ends == date(2027, 2, 16)
    world.wait(days=92)
    assert asked(report) == "valid"
    world.wait(days=1)
    assert asked(report) == "expired"
    assert issuing.extend(report, hers.actor, 1).ends == date(2027, 3, 17)
    assert asked(report) == "valid"


@pytest.mark.req("RPT-11")
def test_closing_holds_from_the_very_next_look_and_is_taken_back(hers: Holder) -> None:
    report = hers.issue()
    report = issuing.close(report, hers.actor)
    assert asked(report) == "closed"
    with pytest.raises(Refused, match="moved_on"):
        issuing.extend(report, hers.actor, 1)
    issuing.reopen(report, hers.actor)
    assert asked(report) == "valid"


@pytest.mark.req("RPT-13")
def test_nobody_else_issues_or_closes(school: School, hers: Holder) -> None:
    other = holder(school, "何苗", "13800000002")
    with pytest.raises(Refused, match="not_allowed"):
        issuing.issue(other.account, other.actor, hers.record, Wish())
    with pytest.raises(Refused, match="not_allowed"):
        issuing.close(hers.issue(), other.actor)


@pytest.mark.req("RPT-19")
def test_a_record_in_doubt_shows_nothing(hers: Holder) -> None:
    report = hers.issue()
    Account.update(state="frozen").where(Account.id == hers.account.id).execute()
    assert asked(report) == "withheld"
    Account.update(state="active").where(Account.id == hers.account.id).execute()
    Record.update(status="X1").where(Record.id == hers.record.id).execute()
    assert asked(report) == "withheld"
    with pytest.raises(Refused, match="report_withheld"):
        hers.issue()


@pytest.mark.req("RPT-01")
def test_a_qualification_without_a_photo_has_no_report(hers: Holder) -> None:
    Record.update(kind="qualification", status="").where(Record.id == hers.record.id).execute()
    with pytest.raises(Refused, match="report_photo"):
        hers.issue()


def test_a_pin_is_asked_for_and_is_kept_as_a_hash(hers: Holder) -> None:
    report = hers.issue(pin="4821")
    assert (asked(report), asked(report, "4822"), asked(report, "4821")) == ("pin", "pin", "valid")
    assert "4821" not in str(report.__data__)
    with pytest.raises(Refused, match="report_pin"):
        hers.issue(pin="12")


@pytest.mark.req("RPT-14", "RPT-16")
def test_every_look_is_written_down_a_wrong_one_too(hers: Holder) -> None:
    report = hers.issue()
    asked(report)
    verifying.by_token(report.token, HERE)
    assert verifying.by_code(verification_codes.make("P"), "typed", HERE).verdict == "unknown"
    looks = [(look.report_id, look.way, look.verdict) for look in Look.select().order_by(Look.id)]
    assert looks == [(report.id, "typed", "valid"), (report.id, "scanned", "valid"), (None, "typed", "unknown")]


@pytest.mark.req("RPT-13", "BND-21")
def test_a_name_with_a_substitute_gets_no_report_until_it_is_mended(school: School) -> None:
    his = holder(school, "王𬱖", "13800000002")
    Record.update(name="王?", name_compare="王?").where(Record.id == his.record.id).execute()
    with pytest.raises(Refused, match="name_incomplete"):
        his.issue()
    editing.change(Record.get_by_id(his.record.id), {"name": "王𬱖"}, SYSTEM, "身份证上是𬱖", source="correction")
    assert his.issue().state == "active"


@pytest.mark.req("RPT-01")
def test_two_taps_issue_one_report(world: World, hers: Holder) -> None:
    def tap(**wish: object) -> OnlineReport:
        return issuing.issue_once(hers.account, hers.actor, Record.get_by_id(hers.record.id), Wish(**wish))

    first = tap(shows=("klass",))
    assert tap(shows=("klass",)) == first
    assert tap(shows=("klass",), pin="4821") != first
    assert tap() != first
    issuing.close(first, hers.actor)
    assert tap(shows=("klass",)) != first
    world.wait(seconds=5)
    assert tap() not in list(OnlineReport.select().where(OnlineReport.issued < clock.now()))
