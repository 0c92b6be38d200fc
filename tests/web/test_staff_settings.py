"""Settings in the browser: within their bounds, by whom they may be changed, and what was changed when (R-SYS-07)."""

import pytest

from tests.people import School, make_school
from webapp.domain import defaults, house_rules, sessions
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.domain.reports import issuing
from webapp.models.journal import Event
from webapp.web.staff import setting_words


@pytest.mark.req("SYS-07")
def test_an_administrator_changes_a_limit_and_the_history_tells(person, world, school: School) -> None:
    admin = world.log_in(person(), school.staff("admin")).visit("/staff/settings").sees("短信验证码有效几小时", "24")
    admin.visit("/staff/settings/sms.ttl_hours").sees("1 到 24，默认 24", "还没有人改过")
    admin.fill("短信验证码有效几小时", "12").press("保存").sees("12（默认 24）")
    assert defaults.value("sms.ttl_hours") == 12
    for wrong, said in (
        ("25", "应在 1 和 24 之间"),
        ("十", "填写一个整数"),
        ("9" * 4990, "填写一个整数"),
        ("", "填写一个整数"),
    ):
        admin.visit("/staff/settings/sms.ttl_hours").fill("短信验证码有效几小时", wrong).press("保存")
        assert admin.status == 422 and said in admin.errors()[0], wrong
    assert defaults.value("sms.ttl_hours") == 12
    admin.visit("/staff/settings/sms.ttl_hours").press("保存")
    admin.visit("/staff/settings/history").sees("管理员", "短信验证码有效几小时", "24", "12", "2026-11-16 10:00")
    assert Event.select().where(Event.action == "setting.change").count() == 1
    admin.visit(f"/staff/settings/history?before={'9' * 400}").sees("短信验证码有效几小时")
    assert admin.visit("/staff/settings/no.such").status == 404


@pytest.mark.req("SYS-07", "CHK-02")
def test_a_choice_takes_no_other_value(visitor, world, school: School) -> None:
    officer = world.log_in(visitor(), school.staff("ni")).visit("/staff/settings/chk.complete_on")
    officer.tick("确认后才算").press("保存").sees("确认后才算（默认 打开看过就算）")
    officer.visit("/staff/settings/chk.complete_on").post("/staff/settings/chk.complete_on", {"value": "never"})
    assert officer.status == 422 and defaults.value("chk.complete_on") == "confirm"


@pytest.mark.req("SYS-07", "SYS-09")
def test_who_keeps_one_school_of_several_reads_and_changes_nothing(visitor, world, school: School) -> None:
    ni, admin = (sessions.staff_actor(school.staff(login)) for login in ("ni", "admin"))
    assert house_rules.may_change(ni, "chk.complete_on") and not house_rules.may_change(ni, "sms.ttl_hours")
    assert house_rules.may_change(admin, "sms.ttl_hours") and not house_rules.may_change(admin, "cor.provinces")
    make_school("88888", "白沙学院")
    reader = world.log_in(visitor(), school.staff("admin")).visit("/staff/settings/sms.ttl_hours").sees("由系统管理员修改")
    assert reader.post("/staff/settings/sms.ttl_hours", {"value": "12"}).status == 422
    with pytest.raises(Refused, match="not_allowed"):
        house_rules.change(ni, "chk.complete_on", "confirm")
    assert world.log_in(visitor(), school.staff("luo")).visit("/staff/settings").status == 403


NUMBERS = [name for name, one in defaults.DEFAULTS.items() if type(one.value) is int]

LATER = """rpt.months_min rpt.months_max rpt.months_default rpt.english_fee rpt.lookup_per_min rpt.lookup_day_ip int.link_days
crt.countdown_seconds crt.price_default crt.copies_max crt.remark_chars crt.workdays crt.pay_hours crt.draft_days
crt.supplement_days crt.reconsider_months crt.blacklist_years rpv.online_tries rpv.qr_minutes rpv.workdays msg.sla_workdays
ret.crt_days ret.report_days cor.step_workdays cor.supplement_days chk.complete_on img.w img.kb_max bnd.overseas_allowed"""
"""Limits of records, corrections, reports and certification that a school may want otherwise."""


@pytest.mark.req("SYS-07")
def test_every_number_can_be_changed_to_both_bounds_and_past_neither(world, school: School) -> None:
    admin = sessions.staff_actor(school.staff("admin"))
    doors = (lambda name, new: house_rules.change(admin, name, str(new)), lambda name, new: defaults.change(name, new, SYSTEM))
    assert set(LATER.split()) <= set(defaults.DEFAULTS)
    for name in NUMBERS:
        least, most = defaults.bounds(name)
        assert least <= defaults.value(name) <= most and least < most, name
        for number, door in enumerate(doors):
            for new in (most, least) if number else (least, most):
                door(name, new)
                assert defaults.value(name) == new
            for wrong in (least - 1, most + 1, 10**9):
                with pytest.raises(Refused) as said:
                    door(name, wrong)
                assert said.value.code in ("setting_range", "setting_number"), name
        defaults.change(name, defaults.DEFAULTS[name].value, SYSTEM)
    assert Event.select().where(Event.action == "setting.change").count() > 4 * len(NUMBERS)


@pytest.mark.req("SYS-07")
def test_limits_that_belong_together_do_not_pass_each_other(person, world, school: School) -> None:
    admin = world.log_in(person(), school.staff("admin")).visit("/staff/settings/rpt.months_max").sees("1 到 6，默认 6")
    admin.visit("/staff/settings/rpt.months_min").fill("报告最短有效几个月", "3").press("保存")
    admin.visit("/staff/settings/rpt.months_max").sees("3 到 6，默认 6").fill("报告最长有效几个月", "2").press("保存")
    assert admin.status == 422 and "应在 3 和 6 之间" in admin.errors()[0]
    assert issuing.usual() == 3, "a month is chosen no more, though nobody changed that setting"
    for row in defaults.ORDERED:
        values = [defaults.value(name) for name in row]
        assert values == sorted(values), row


def test_every_setting_has_words() -> None:
    assert [name for name in defaults.DEFAULTS if name not in setting_words.LABELS] == []
    assert {name.partition(".")[0] for name in defaults.DEFAULTS} - set(setting_words.GROUPS) == set()
