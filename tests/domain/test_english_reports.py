"""English reports: the holder's spelling, the school's names, and the wait for those that it has not said yet."""

import json
from datetime import date, timedelta

import pytest

from tests.people import School, make_colleague, make_school
from tests.reporting import Holder
from tests.world import World
from webapp.domain import clock, desk, sessions, translations
from webapp.domain.identity import romanised
from webapp.domain.permissions import Actor
from webapp.domain.refused import Refused
from webapp.domain.reports import content, english, issuing, verifying
from webapp.domain.reports.issuing import Wish
from webapp.domain.translations import Row
from webapp.models import report_by_code
from webapp.models.journal import Event, Job
from webapp.models.messages import Notice
from webapp.models.records import Record
from webapp.models.reports import OnlineReport

MAJOR = Row("major", "计算机应用技术", "Computer Application Technology")
COLLEGE = Row("college", "艺术设计学院", "School of Art and Design")


@pytest.fixture
def officer(school: School) -> Actor:
    return sessions.staff_actor(school.staff("ni"))


def asked(who: Holder, spelt: str = "LIN Xiaoxi", **wish: object) -> OnlineReport:
    return english.issue(who.account, who.actor, Record.get_by_id(who.record.id), Wish(**wish), spelt)


def shown(report: OnlineReport) -> dict[str, str]:
    found = report_by_code.by_key(report.key)
    return {field: value for field, _label, value in content.rows(found, "en", report.shows, found.english)}


def college_of(who: Holder) -> Row:
    return COLLEGE._replace(zh=who.record.college.name)


@pytest.mark.req("RPT-20")
@pytest.mark.parametrize(
    ("name", "proposal"),
    [
        ("林晓溪", "LIN Xiaoxi"),
        ("吕布", "LYU Bu"),
        ("曾𬭎", "ZENG Hong"),
        ("欧阳若琳", "OUYANG Ruolin"),
        ("西安", "XI An"),
        ("李西安", "LI Xi'an"),
        ("阿依古丽·买买提", "Ayiguli Maimaiti"),
        ("Zhang San", "Zhang San"),
    ],
)
def test_a_spelling_is_proposed_as_passports_have_it(name: str, proposal: str) -> None:
    assert romanised.roman(name) == proposal


@pytest.mark.req("RPT-20")
@pytest.mark.parametrize("typed", ["", "L", "林晓溪", "Lin; DROP", "x" * 101, "-Lin", "Lin123"])
def test_a_name_that_is_no_spelling_is_refused(hers: Holder, typed: str) -> None:
    with pytest.raises(Refused, match="report_spelling"):
        asked(hers, typed)
    assert OnlineReport.select().count() == 0


@pytest.mark.req("RPT-01", "RPT-20")
def test_an_english_report_says_the_schools_names_and_the_holders_spelling(hers: Holder, officer: Actor) -> None:
    translations.say(officer, hers.record.unit, [MAJOR, college_of(hers)])
    report = asked(hers, " Lin  Hsiao-hsi ", months=3)
    rows = shown(report)
    assert (report.state, report.language, verifying.judge(report_by_code.by_key(report.key))) == ("active", "en", "valid")
    assert rows["name"] == "Lin Hsiao-hsi (林晓溪)"
    assert (rows["unit_name"], rows["major"], rows["college"]) == ("Yunxi Polytechnic", MAJOR.en, COLLEGE.en)
    assert (rows["ethnic"], rows["sex"], rows["length"]) == ("Han", "Female", "4 years")
    assert english.proposed(hers.account, hers.record) == "Lin Hsiao-hsi"


@pytest.mark.req("RPT-21")
def test_a_chinese_one_stands_beside_it_and_is_made_where_there_is_none(hers: Holder, officer: Actor) -> None:
    translations.say(officer, hers.record.unit, [MAJOR, college_of(hers)])
    assert english.needs_chinese(hers.account, hers.record)
    asked(hers, pin="4821")
    made = OnlineReport.get(OnlineReport.language == "zh")
    assert verifying.by_code(made.code, "typed", "192.0.2.0/24", "4821").verdict == "valid"
    asked(hers)
    assert OnlineReport.select().where(OnlineReport.language == "zh").count() == 1
    issuing.close(made, hers.actor)
    assert english.needs_chinese(hers.account, hers.record)


@pytest.mark.req("RPT-20", "RPT-21")
def test_it_waits_for_the_names_that_nobody_has_said_and_answers_to_nobody(world: World, hers: Holder, officer: Actor) -> None:
    said = english.compose(hers.record, (), "LIN Xiaoxi")
    assert said.missing == [("major", MAJOR.zh), ("college", hers.record.college.name)]
    report = asked(hers, months=2)
    assert (report.state, report.due) == ("pending", clock.day_bounds(date(2026, 11, 18))[1] - timedelta(seconds=1))
    assert verifying.by_code(report.code, "typed", "192.0.2.0/24").verdict == "unknown"
    drawn = [json.loads(job.args)["key"] for job in Job.select().where(Job.name == "reports.draw")]
    assert report.key not in drawn
    with pytest.raises(Refused, match="moved_on"):
        issuing.extend(report, hers.actor, 1)
    waits = next(queue for queue in desk.of(officer).queues if queue.name == "translations")
    assert (waits.waiting, waits.late) == (1, 0)
    world.wait(days=1)
    translations.say(officer, hers.record.unit, [MAJOR])
    assert OnlineReport.get_by_id(report.id).state == "pending"
    translations.say(officer, hers.record.unit, [college_of(hers)])
    report = OnlineReport.get_by_id(report.id)
    assert (report.state, report.ends, report.due) == ("active", date(2027, 1, 17), None)
    assert verifying.by_code(report.code, "typed", "192.0.2.0/24").verdict == "valid"
    assert shown(report)["college"] == COLLEGE.en
    assert Notice.get(Notice.template == "report_translated").link == f"/reports/{report.key}"
    assert report.key in [json.loads(job.args)["key"] for job in Job.select().where(Job.name == "reports.draw")]


@pytest.mark.req("RPT-20")
def test_a_better_name_and_another_major_are_said_by_reports_that_are_out(hers: Holder, officer: Actor) -> None:
    unit, other = hers.record.unit, MAJOR._replace(zh="数据科学", en="Data Science")
    Record.update(major=other.zh).where(Record.student_number == "2026010102").execute()
    translations.say(officer, unit, [MAJOR, college_of(hers), other])
    report = asked(hers)
    translations.say(officer, unit, [MAJOR._replace(en="Applied Computing")])
    assert shown(report)["major"] == "Applied Computing"
    assert Event.select().where(Event.action == "translation.set").count() == 4
    Record.update(major="数据科学").where(Record.id == hers.record.id).execute()
    assert shown(report)["major"] == "数据科学"
    english.settle(officer, OnlineReport.record == hers.record)
    assert shown(report)["major"] == "Data Science"


@pytest.mark.req("RPT-20")
def test_a_class_waits_only_where_the_holder_shows_it(hers: Holder, officer: Actor) -> None:
    translations.say(officer, hers.record.unit, [MAJOR, college_of(hers)])
    assert english.compose(hers.record, (), "x").missing == []
    asked(hers, shows=("klass",))
    assert [(name.zh, name.waiting) for name in translations.names(hers.record.unit)["klass"]] == [("计应 2602 班", 1)]


def test_a_name_in_latin_letters_stands_as_it_is(hers: Holder, officer: Actor) -> None:
    translations.say(officer, hers.record.unit, [MAJOR, college_of(hers)])
    Record.update(name="Maria Silva").where(Record.id == hers.record.id).execute()
    assert shown(asked(hers, ""))["name"] == "Maria Silva"


def test_a_schools_own_name_is_asked_for_too(hers: Holder, officer: Actor) -> None:
    unit = hers.record.unit
    unit.english = ""
    unit.save()
    translations.say(officer, unit, [MAJOR, college_of(hers)])
    report = asked(hers)
    assert [name.waiting for name in translations.names(unit)["unit_name"]] == [1]
    translations.say(officer, unit, [Row("unit_name", unit.name, "Yunxi Polytechnic")])
    assert shown(OnlineReport.get_by_id(report.id))["unit_name"] == "Yunxi Polytechnic"
    assert OnlineReport.get_by_id(report.id).state == "active"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (MAJOR._replace(kind="name"), "translation_kind"),
        (MAJOR._replace(zh="Computing"), "translation_zh"),
        (MAJOR._replace(en=""), "translation_en"),
        (MAJOR._replace(en="计算机"), "translation_en"),
        (MAJOR._replace(en="x" * 121), "translation_en"),
        (MAJOR._replace(zh="没有的专业"), "translation_zh"),
        (Row("unit_name", "别的学校", "Another"), "translation_zh"),
    ],
)
def test_what_is_no_name_is_not_kept_nor_what_came_with_it(hers: Holder, officer: Actor, row: Row, code: str) -> None:
    with pytest.raises(Refused, match=code):
        translations.say(officer, hers.record.unit, [college_of(hers), row])
    assert english.catalogue(hers.record.unit_id) == {}


def test_another_schools_names_are_not_mine_to_say(hers: Holder, officer: Actor) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        translations.say(officer, make_school("99998", "海川学院").unit, [MAJOR])
    province = make_colleague(None, "sheng", "P", province="33")
    with pytest.raises(Refused, match="not_allowed"):
        translations.say(sessions.staff_actor(province), hers.record.unit, [MAJOR])
