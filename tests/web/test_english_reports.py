"""An English report through the door: the step after the form, and what its holder meets while the school translates."""

from collections.abc import Callable

import pytest

from tests.people import School
from tests.person import Person
from tests.reporting import Holder, holder
from tests.world import World
from webapp.domain import records, sessions, translations
from webapp.domain.reports import verifying
from webapp.domain.translations import Row
from webapp.models.reports import OnlineReport

NAMES = [Row("major", "计算机应用技术", "Computer Application"), Row("college", "艺术设计学院", "School of Art")]


@pytest.fixture
def hers(school: School) -> Holder:
    found = holder(school)
    records.pass_gate(found.account, school.unit.name)
    return found


def asked(person: Person, hers: Holder, pin: str = "") -> Person:
    person.visit(f"/reports/new/{hers.record.key}").tick("英文").tick("3")
    return person.fill("查看密码", pin).press("申请")


@pytest.mark.req("RPT-01", "RPT-20", "RPT-21")
def test_every_value_is_shown_and_the_spelling_is_the_holders(
    person: Callable[[], Person], world: World, school: School, hers: Holder
) -> None:
    college = Row("college", hers.record.college.name, "School of Information Engineering")
    translations.say(sessions.staff_actor(school.staff("ni")), school.unit, [NAMES[0], college])
    page = asked(world.log_in(person(), hers.account), hers, "4821").sees("核对英文报告", "Computer Application", college.en)
    page.sees("Yunxi Polytechnic", "会同时生成一份").sees_not("等学校翻译")
    assert OnlineReport.select().count() == 0
    page.fill("姓名的拼写", "林晓溪").press("申请英文报告")
    assert page.errors() == ["姓名的拼写用拉丁字母，2 到 100 个字，可以有空格、连字符和撇号"]
    page.sees("Computer Application").fill("姓名的拼写", "Lin Hsiao-hsi").press("申请英文报告").sees("有效", "英文")
    chinese, report = OnlineReport.select().order_by(OnlineReport.id)
    assert [one.language for one in (chinese, report)] == ["zh", "en"] and chinese.ends == report.ends
    assert verifying.by_code(report.code, "typed", "192.0.2.0/24", "4821").verdict == "valid"
    assert "Lin Hsiao-hsi" in report.english


@pytest.mark.req("RPT-20", "RPT-21")
def test_what_is_missing_is_listed_first_and_waits_without_a_code(
    person: Callable[[], Person], world: World, school: School, hers: Holder
) -> None:
    page = asked(world.log_in(person(), hers.account), hers)
    page.sees("学校还没有这些名称的英文", "计算机应用技术", hers.record.college.name, "等学校翻译", "11月18日")
    assert page.value("姓名的拼写") == "LIN Xiaoxi"
    page.press("申请，让学校翻译").sees("翻译中", "学校正在翻译").sees_not("在线验证码")
    assert OnlineReport.get(OnlineReport.language == "en").state == "pending"


@pytest.mark.req("RPT-02")
def test_what_was_chosen_before_is_checked_again(visitor: Callable[[], Person], world: World, hers: Holder) -> None:
    page = asked(world.log_in(visitor(), hers.account), hers)
    told = {"spelling": "Lin", "validity": "99", "extras": "phone", "secret": ""}
    page.post(f"/reports/new/{hers.record.key}/english", told)
    assert (page.status, page.errors()) == (422, ["有效期须为1至6个月"])
    page.post(f"/reports/new/{hers.record.key}/english", {**told, "validity": "2", "secret": "x"})
    assert page.errors() == ["查看密码是 4 到 8 位数字"] and OnlineReport.select().count() == 0


@pytest.mark.req("RPT-02")
def test_what_the_form_refuses_is_refused_before_the_step(visitor: Callable[[], Person], world: World, hers: Holder) -> None:
    page = asked(world.log_in(visitor(), hers.account), hers, "12")
    assert page.errors() == ["查看密码是 4 到 8 位数字"]


@pytest.mark.req("RPT-13")
def test_another_ones_record_is_like_none(visitor: Callable[[], Person], world: World, school: School, hers: Holder) -> None:
    page = asked(world.log_in(visitor(), hers.account), hers)
    other = school.record("何苗").key
    told = {"csrf_token": page.token(), "spelling": "He Miao", "validity": "1"}
    assert page.client.post(f"/reports/new/{other}/english", data=told).status_code == 404
