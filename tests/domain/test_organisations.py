"""会员单位: from the application to the last look-up of a day, and lists of codes."""

from datetime import timedelta

import pytest

from tests.members import CONSENT, Member, application, keeper
from tests.people import School, make_school
from tests.reporting import Holder
from tests.tables import csv_bytes
from tests.world import World
from webapp.domain import clock, sessions
from webapp.domain.identity import verification_codes
from webapp.domain.organisations import api_keys, applying, asking, keeping, lists
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.domain.reports import issuing
from webapp.models.organisations import Organisation
from webapp.models.reports import Look
from webapp.models.staff import Grant, Staff
from webapp.models.verifications import CodeList, ListedCode, MemberLook


def refusal(verb, *args, **more) -> str:
    with pytest.raises(Refused) as refused:
        verb(*args, **more)
    return refused.value.code


@pytest.mark.req("RPT-24")
def test_an_organisation_applies_once_until_it_is_refused(world: World, school: School) -> None:
    first = applying.apply(application())
    assert refusal(applying.apply, application()) == "organisation_known"
    keeping.refuse(sessions.staff_actor(keeper()), first, "公章看不清")
    assert "公章看不清" in next(line for line in world.outbox() if line.startswith("MAIL hr1@example.com "))
    assert applying.apply(application()).state == "applied"
    world.wait(days=180, seconds=1)
    assert (applying.sweep(), Organisation.select().count()) == (1, 1)


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"name": " "}, "organisation_empty"),
        ({"purpose": "用" * 201}, "organisation_long"),
        ({"credit_code": "91110105MA00000019"}, "credit_code_digit"),
        ({"email": "hr"}, "email_format"),
    ],
)
def test_what_is_wrong_in_an_application_is_named(school: School, other: dict, code: str) -> None:
    assert refusal(applying.apply, application(**other)) == code


@pytest.mark.req("RPT-24")
def test_its_contact_is_invited_and_may_do_nothing_but_check(world: World, hr: Member) -> None:
    assert hr.actor.abilities == {Can.STAFF_HOME, Can.VERIFY}
    assert not any(grant.everywhere for grant in hr.actor.grants)
    assert any("/staff/invite/" in line for line in world.outbox() if line.startswith("MAIL hr1@example.com "))


def test_only_who_keeps_the_whole_site_decides(school: School) -> None:
    applied, other = applying.apply(application()), keeper("other")
    Grant.update(unit=school.unit).where(Grant.staff == other).execute()
    assert keeping.find(sessions.staff_actor(other), applied.key) == applied  # the site's only school
    make_school("99998", "海川学院")
    kept_out = sessions.staff_actor(Staff.get_by_id(other.id))
    assert keeping.find(kept_out, applied.key) is None
    assert refusal(keeping.approve, kept_out, applied, clock.today(), "hr") == "not_allowed"


@pytest.mark.req("RPT-24")
def test_a_look_needs_a_consent_and_is_told_to_the_holder(hers: Holder, hr: Member) -> None:
    report = hers.issue()
    assert refusal(asking.check, hr.asker, report.code, "  ") == "consent_empty"
    assert refusal(asking.check, hr.asker, report.code, "甲" * 61) == "consent_long"
    checked = asking.check(hr.asker, report.code, CONSENT)
    assert (checked.verdict, checked.left) == ("valid", 199)
    (look,) = Look.select().where(Look.report == report)
    assert (look.way, asking.behind([look])) == ("member", {look.id: (hr.organisation.name, CONSENT)})
    assert CONSENT not in str(MemberLook.get().__data__)


@pytest.mark.req("RPT-24")
def test_a_suspended_organisation_asks_nothing_more(hers: Holder, hr: Member) -> None:
    report = hers.issue()
    keeping.suspend(sessions.staff_actor(hr.keeper), hr.organisation, "合同到期")
    assert refusal(asking.check, hr.asker, report.code, CONSENT) == "member_suspended"
    assert refusal(asking.organisation, hr.staff, hr.actor) == "member_suspended"
    keeping.resume(sessions.staff_actor(hr.keeper), Organisation.get_by_id(hr.organisation.id))
    assert asking.check(hr.asker, report.code, CONSENT).verdict == "valid"


def test_a_quota_of_its_own_goes_before_the_settings(hers: Holder, hr: Member) -> None:
    code = hers.issue().code
    keeping.set_quota(sessions.staff_actor(hr.keeper), hr.organisation, 1)
    asking.check(hr.asker, code, CONSENT)
    assert refusal(asking.check, hr.asker, code, CONSENT) == "member_quota"
    assert refusal(keeping.set_quota, sessions.staff_actor(hr.keeper), hr.organisation, -1) == "organisation_quota"


def test_a_pin_is_taken_and_wrong_ones_are_counted(hers: Holder, hr: Member) -> None:
    code = hers.issue(pin="4821").code
    assert asking.check(hr.asker, code, CONSENT).verdict == "pin"
    assert refusal(asking.check, hr.asker, code, CONSENT, "4822") == "report_pin_wrong"
    checked = asking.check(hr.asker, code, CONSENT, "4821")
    assert checked.verdict == "valid"
    assert asking.shown(asking.find(hr.organisation, checked.look.key), clock.now())[0] == "valid"


def test_a_pin_that_nobody_asked_for_is_no_look_of_its_own(hers: Holder, hr: Member) -> None:
    assert asking.check(hr.asker, hers.issue().code, CONSENT, "1357").verdict == "valid"
    assert asking.check(hr.asker, verification_codes.make("P"), CONSENT, "1357").verdict == "unknown"
    assert (Look.select().count(), MemberLook.select().count()) == (2, 2)


def test_who_has_no_look_left_tries_no_pin(hers: Holder, hr: Member) -> None:
    report = hers.issue(pin="2468")
    keeping.set_quota(sessions.staff_actor(hr.keeper), hr.organisation, 0)
    assert refusal(asking.check, hr.asker, report.code, CONSENT, "1357") == "member_quota"
    keeping.suspend(sessions.staff_actor(hr.keeper), hr.organisation, "合同到期")
    assert refusal(asking.check, hr.asker, report.code, CONSENT, "1357") == "member_suspended"
    assert Look.select().count() == 0


def test_an_answer_is_read_again_for_an_hour_and_as_it_is_then(world: World, hers: Holder, hr: Member) -> None:
    report = hers.issue()
    look = asking.check(hr.asker, report.code, CONSENT).look
    again = asking.find(hr.organisation, look.key)
    assert asking.shown(again, clock.now())[1].name == hers.record.name
    issuing.close(report, hers.actor)
    assert asking.shown(again, clock.now()) == ("closed", None)
    world.wait(hours=2)
    assert asking.shown(again, clock.now()) == ("valid", None)


@pytest.mark.req("RPT-26")
def test_a_key_is_known_by_its_hash_alone_until_it_is_revoked(hr: Member) -> None:
    made, text = api_keys.make(hr.actor, hr.organisation, "人事系统")
    assert text not in str(made.__data__)
    assert api_keys.known(text).organisation == hr.organisation
    assert api_keys.known(text + "x") is None
    api_keys.revoke(hr.actor, made)
    assert api_keys.known(text) is None
    assert refusal(api_keys.revoke, hr.actor, made) == "moved_on"


@pytest.mark.req("RPT-24")
def test_a_list_is_looked_up_by_a_job_line_by_line_and_forgotten_after_a_day(world: World, hers: Holder, hr: Member) -> None:
    report, closed = hers.issue(), hers.issue()
    issuing.close(closed, hers.actor)
    unknown = verification_codes.make("P")
    rows = [["在线验证码", "备注", "授权书编号"], [report.code, "x", "SQ-1"], [closed.code, "", "SQ-2"], [unknown, "", "SQ-3"]]
    rows += [["AP7K", "", "SQ-4"], [report.code, "", ""]]
    handed_in = lists.hand_in(hr.actor, hr.organisation, hr.staff, lists.read(csv_bytes(rows, "gb18030")), "?")
    world.work()
    codes = lists.find(hr.organisation, handed_in.key)
    found = [(line.verdict, hers.record.name in (line.told or "")) for line in lists.lines(codes)]
    assert codes.state == "ready"
    assert found == [("valid", True), ("closed", False), ("unknown", False), ("mistyped", False), ("refused", False)]
    assert MemberLook.select().count() == 3
    assert lists.work(codes.key, "?") is False
    world.wait(days=1, seconds=1)
    assert lists.find(hr.organisation, codes.key) is None
    assert (lists.sweep(), CodeList.select().count(), ListedCode.select().count()) == (1, 0, 0)


def test_a_list_that_no_spreadsheet_wrote_is_refused(school: School) -> None:
    assert refusal(lists.read, b"\xff\xff\0") == "codes_file"
    assert refusal(lists.read, "在线验证码,授权书编号\n".encode()) == "codes_none"
    assert refusal(lists.read, b"AP7K,1\n" * 5001) == "codes_many"


def test_looks_of_an_organisation_go_when_the_looks_go(world: World, hers: Holder, hr: Member) -> None:
    asking.check(hr.asker, hers.issue().code, CONSENT)
    Look.delete().where(Look.at < clock.now() + timedelta(seconds=1)).execute()
    assert MemberLook.select().count() == 0
