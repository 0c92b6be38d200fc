"""学校满意度 and 个人测评: in the menu while the school has them on, done if one likes, and in nobody's way."""

import json
from collections.abc import Callable

import pytest

from tests.graduation import current, given, window
from tests.people import School, make_account, make_school
from tests.person import Person
from tests.web.test_records import XI
from tests.world import World
from webapp.domain import clock, defaults, records, surveys
from webapp.domain.permissions import SYSTEM
from webapp.models import TABLES
from webapp.models.accounts import Account
from webapp.models.records import Record
from webapp.models.surveys import Survey

Visitors = Callable[..., Person]

ASKED = ("1. 总的来说", "2. 老师和课程", "3. 教室", "4. 宿舍", "5. 学校办事")


@pytest.fixture
def holder(school: School) -> Account:
    account = make_account(school.record(XI), "13800000001")
    records.bind(account)
    records.pass_gate(account, school.unit.name)
    return account


@pytest.fixture
def me(person: Visitors, world: World, holder: Account) -> Person:
    return world.log_in(person(), holder)


@pytest.fixture
def modules(school: School) -> None:
    for name in ("mod.satisfaction", "mod.assessment"):
        defaults.change(name, True, SYSTEM)


def score(me: Person, page: str, scores: list[int]) -> Person:
    """Send the form of a page as a browser does."""
    names = [one["name"] for one in me.visit(page).page.select("input[type=radio][value='1']")]
    return me.post(page, dict(zip(names, map(str, scores), strict=True)))


@pytest.mark.req("BND-19", "ACC-60")
def test_what_is_off_says_so_in_the_menu_and_is_not_there(me: Person, world: World, school: School, person: Visitors) -> None:
    lines = {line.find("span").text: line.text for line in me.visit("/menu").page.select(".menu li")}
    for words, path in (("学校满意度", "/survey"), ("个人测评", "/assessment")):
        assert "暂未开通" in lines[words]
        assert me.visit(path).status == 404 and me.post(path, {}).status == 404
    office = world.log_in(person(), school.staff("ni")).visit("/staff/progress")
    assert not office.page.find("a", href="/staff/surveys")


@pytest.mark.req("BND-19")
def test_the_office_switches_it_on_and_a_student_answers_from_the_menu(
    me: Person, world: World, school: School, person: Visitors
) -> None:
    office = world.log_in(person(), school.staff("ni"))
    office.visit("/staff/settings/mod.satisfaction").tick("开").press("保存")
    me.visit("/menu").follow("学校满意度").sees(school.unit.name, "不填不影响别的事", *ASKED)
    assert me.press("提交评分").errors() == [f"第 {n} 题还没选" for n in range(1, 6)]
    score(me, "/survey", [5, 4, 3, 2, 1]).sees("已经填了，谢谢").sees_not("1. 总的来说")
    me.post("/survey", dict.fromkeys(surveys.QUESTIONS, "1")).sees("已经填了")
    votes = json.loads(Survey.get(Survey.unit == school.unit).votes)
    assert [given.index(1) + 1 for given in votes.values()] == [5, 4, 3, 2, 1]
    office.visit("/staff/progress").follow("学校满意度").sees("还不到 10 份").sees_not(XI)
    Survey.update(answers=12, shown=json.dumps(dict.fromkeys(surveys.QUESTIONS, [0, 1, 2, 3, 4]))).execute()
    office.visit("/staff/surveys").sees("2026 学年，10 份", "老师和课程", "4.0").sees_not("12 份", XI)


@pytest.mark.req("BND-19")
def test_an_officer_sees_the_own_school_alone(world: World, modules: None, school: School, person: Visitors) -> None:
    other = make_school("88888", "白沙学院")
    Survey.create(unit=school.unit, year=2026, answers=10, shown=json.dumps(dict.fromkeys(surveys.QUESTIONS, [0, 0, 0, 0, 10])))
    world.log_in(person(), other.staff("ni-88888")).visit("/staff/surveys").sees("还没有人填").sees_not("2026 学年")


@pytest.mark.req("BND-19")
def test_who_studies_nowhere_has_nothing_to_answer_and_the_gate_stands_before_the_schools_name(
    world: World, modules: None, school: School, person: Visitors
) -> None:
    him = world.log_in(person(), make_account(school.record("何苗"), "13800000002"))
    assert him.visit("/survey").heading == "核验院校名称"
    him.sees_not(school.unit.name)
    Record.update(left_on=clock.today()).where(Record.name == XI).execute()
    account = make_account(school.record(XI), "13800000001")
    records.bind(account)
    records.pass_gate(account, school.unit.name)
    world.log_in(person(), account).visit("/survey").sees("没有在读的学籍").sees_not("1. 总的来说")


@pytest.mark.req("BND-19")
def test_an_assessment_is_shown_to_the_student_and_kept_nowhere(me: Person, modules: None) -> None:
    me.visit("/menu").follow("个人测评").sees("不保存，学校也看不到")
    assert len(me.press("看结果").errors()) == 12
    before = {model: model.select().count() for model in TABLES}
    score(me, "/assessment", [1, 5, 1, 4, 1, 1] * 2)
    assert me.status == 200 and me.path == "/assessment"
    assert [one.text for one in me.page.select("main h2")][:2] == ["研究", "助人"]
    me.sees("10 分，最多 10 分", "结果没有保存")
    assert {model: model.select().count() for model in TABLES} == before


@pytest.mark.req("IMG-21", "BND-19")
def test_the_survey_beside_the_photo_check_never_has_to_be_answered(me: Person, modules: None, school: School) -> None:
    record = school.record(XI)
    given(record)
    window(record.unit)
    me.visit(f"/records/{record.key}/photo").sees("不填也能校对").press("确定，开始校对").sees("毕业照片校对")
    me.press("学籍信息正确").press("毕业照片正确").press("确定").sees("校对完成，信息和照片都正确")
    assert (current(record).state, Survey.select().count()) == ("right", 0)


@pytest.mark.req("IMG-21")
def test_the_notice_offers_the_survey_until_it_is_answered(me: Person, modules: None, school: School) -> None:
    record = school.record(XI)
    given(record)
    window(record.unit)
    me.visit(f"/records/{record.key}/photo").follow("学校满意度").sees(*ASKED)
    score(me, "/survey", [3, 3, 3, 3, 3])
    me.visit(f"/records/{record.key}/photo").sees("确定，开始校对").sees_not("学校满意度")
