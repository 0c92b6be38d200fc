"""The years of an enrolment: changes that are kept, registering, 异动 on their day, the province's word, admission data."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.desk import HEADER, Desk, roster, student
from tests.people import School, make_account, make_school
from tests.world import World
from webapp.domain import campaigns, clock, notices, permissions, records, sessions
from webapp.domain.enrolment import admissions, alterations, approvals, deciding, doubles, editing, fields, registering, years
from webapp.domain.enrolment.lifecycle import ENROLMENT
from webapp.domain.imports import batches
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.jobs.enrolment import make_alterations
from webapp.models.checks import Check
from webapp.models.enrolment import Admission, Kept, YearRegistration
from webapp.models.imports import Batch, Finding
from webapp.models.journal import Event
from webapp.models.records import Change, Record
from webapp.models.school import Class
from webapp.models.staff import Grant


@pytest.fixture
def ni(school: School) -> Actor:
    return sessions.staff_actor(school.staff("ni"))


def fresh(record: Record) -> Record:
    return Record.get_by_id(record.id)


def province(code: str) -> Actor:
    """Somebody of a province's department."""
    return permissions.staff("sheng", [Grant(role="P", province=code, starts=clock.now())], clock.now())


def refusal(call, *given, **more) -> str:
    with pytest.raises(Refused) as refused:
        call(*given, **more)
    return refused.value.code


def put(record: Record, **columns: object) -> Record:
    Record.update(columns).where(Record.id == record.id).execute()
    return fresh(record)


@pytest.mark.req("COR-05", "CHK-15")
def test_a_change_keeps_both_values_tells_the_holder_and_asks_to_confirm_again(world: World, school: School, ni: Actor) -> None:
    record = school.record("林晓溪")
    account = make_account(record, "13800000001")
    records.bind(account)
    Check.update(state="confirmed", confirmed=clock.now(), seen=clock.now()).where(Check.record == record).execute()
    editing.change(record, {"major": "数字媒体技术"}, ni, "转专业", "溪教〔2026〕8 号", source="correction")
    kept = Kept.get()
    assert (kept.field, kept.before, kept.after, kept.paper, kept.why) == (
        "major", "计算机应用技术", "数字媒体技术", "溪教〔2026〕8 号", "转专业",
    )  # fmt: skip
    assert kept.who == ni.name and fresh(record).major == "数字媒体技术"
    assert Check.get(Check.record == record).state == "again"
    told = notices.page(account).rows[0]
    assert "需重新确认" in told.title and "计算机应用技术 → 数字媒体技术" in told.text
    before = Event.select().count()
    editing.change(record, {"major": "数字媒体技术"}, ni, "再按一次")
    assert Event.select().count() == before and Kept.select().count() == 1


@pytest.mark.req("COR-13")
def test_a_corrected_number_binds_to_whose_it_is_and_tells_both(world: World, school: School, ni: Actor) -> None:
    record, other = school.record("林晓溪"), school.record("何苗")
    holder, owner = make_account(record, "13800000001"), make_account(other, "13800000002")
    records.bind(holder)
    number, name = other.document, other.name
    editing.change(record, {"document": number, "name": name}, ni, "录错", "8 号", source="correction")
    assert fresh(record).account == owner
    assert [one.title for one in notices.page(holder).rows] == ["一条学籍不再绑定到你的账号"]
    assert "一条学籍绑定到了你的账号" in [one.title for one in notices.page(owner).rows]
    assert not any(number in (one.text + one.title) for one in notices.page(owner).rows)


@pytest.mark.req("COR-07", "SCH-20")
def test_the_school_edits_no_key_field_and_nothing_once_it_is_published(world: World, school: School, ni: Actor) -> None:
    record = school.record("林晓溪")
    assert refusal(editing.edit, ni, record, {"major": "数学"}, "想改") == "key_field"
    assert refusal(editing.edit, ni, record, {"department": "软件系"}, "") == "why_missing"
    editing.edit(ni, record, {"department": "软件系"}, "分系")
    assert fresh(record).department == "软件系"
    taken = school.record("何苗").student_number
    assert refusal(editing.edit, ni, record, {"student_number": taken}, "换学号") == "number_taken"
    put(record, published=clock.now())
    assert refusal(editing.edit, ni, record, {"department": "网络系"}, "改") == "published"
    assert refusal(alterations.enter, ni, record, "suspend", clock.today(), "9 号", "病") == "published"
    editing.change(record, {"department": "网络系"}, ni, "勘误", "省 1 号", source="correction", by_province=True)
    assert fresh(record).department == "网络系"


@pytest.mark.req("SCH-08")
def test_a_new_student_is_registered_kept_or_let_go(world: World, school: School, ni: Actor) -> None:
    one, two, three = (put(school.record(name), status="N0") for name in ("林晓溪", "何苗", "王𬱖"))
    account = make_account(one, "13800000001")
    records.bind(account)
    assert registering.admit_all(ni, [one, two], "register") == (2, [])
    assert "在籍（注册学籍）" in notices.page(account).rows[0].text
    assert refusal(registering.admit, ni, three, "keep_place") == "why_missing"
    registering.admit(ni, three, "keep_place", "参军")
    assert [fresh(row).status for row in (one, two, three)] == ["A1", "A1", "N1"]
    done, left = registering.admit_all(ni, [fresh(one), fresh(three)], "decline", "没有报到")
    assert (done, [row.refused.code for row in left]) == (1, ["moved_on"])
    assert ENROLMENT.moves["register"].leaves == ("N0", "N1")


@pytest.mark.req("SCH-08", "SYS-09")
def test_everybody_chosen_is_registered_by_a_job_and_nobody_of_another_school(world: World, school: School, ni: Actor) -> None:
    far = make_school("88888", "白沙学院")
    Record.update(status="N0").execute()
    registering.ask_all(ni, school.unit, "register", registering.Choice(year="2026"))
    world.work()
    assert {row.status for row in Record.select().where(Record.unit == school.unit)} == {"A1"}
    assert {row.status for row in Record.select().where(Record.unit == far.unit)} == {"N0"}
    assert refusal(registering.ask_all, ni, far.unit, "register", registering.Choice()) == "not_allowed"
    assert refusal(registering.admit, ni, far.records[0], "register") == "not_allowed"


@pytest.mark.req("SCH-09")
def test_a_special_student_is_registered_when_the_province_agreed(world: World, school: School, ni: Actor) -> None:
    record = put(school.record("林晓溪"), status="N0", level="top_up")
    assert refusal(registering.admit, ni, record, "register") == "province_first"
    assert refusal(approvals.ask, ni, [record], "") == "paper_missing"
    (sent,) = approvals.ask(ni, [record], "溪报 1 号")
    assert approvals.ask(ni, [record], "溪报 2 号") == [] and refusal(deciding.approve, ni, sent, "省批 1 号") == "not_allowed"
    elsewhere = province("44")
    assert refusal(deciding.approve, elsewhere, sent, "省批 1 号") == "not_allowed"
    assert [row.key for row in approvals.listed(province("33").where(Can.DECIDE), ("waiting",))] == [sent.key]
    assert approvals.listed(elsewhere.where(Can.DECIDE), ("waiting",)) == []
    deciding.refuse(province("33"), sent, "材料不全")
    assert fresh(record).status == "N0" and refusal(registering.admit, ni, record, "register") == "province_first"
    (again,) = approvals.ask(ni, [record], "溪报 3 号")
    deciding.approve(province("33"), again, "省批 1 号")
    assert fresh(record).status == "A1" and Kept.get(Kept.field == "status").who == "staff:sheng"


@pytest.mark.req("SCH-07")
def test_who_is_enrolled_at_another_school_waits_for_the_province(world: World, school: School, ni: Actor) -> None:
    far = make_school("88888", "白沙学院")
    put(far.record("林晓溪"), status="N0")
    batch = Batch.create(unit=far.unit, kind="enrolment", filename="新生.csv", created=clock.now(), state="applying")
    for record in far.records:
        Change.create(batch=batch, record=record, at=clock.now())
    assert doubles.of_batch(batch) == len(far.records) - 1 and doubles.of_batch(batch) == 0
    assert {row.status for row in Record.select().where(Record.unit == far.unit)} == {"N0"}
    abroad = sessions.staff_actor(far.staff("ni-88888"))
    assert refusal(registering.admit, abroad, far.record("林晓溪"), "register") == "double_open"
    found = approvals.listed(abroad.where(Can.ENROL), ("flagged",))
    assert len(found) == 12 and approvals.listed(ni.where(Can.ENROL), ("flagged",)) == []
    Record.update(status="B4").where((Record.unit == school.unit) & (Record.name == "何苗")).execute()
    registering.admit(abroad, far.record("何苗").locked(), "register")  # who left there is no double any more
    left = approvals.listed(abroad.where(Can.ENROL), ("flagged",))
    assert len(left) == 11 and approvals.send_all(abroad, [row.key for row in found], "白报 1 号") == 11
    deciding.refuse(province("33"), left[0].locked(), "材料不全")
    assert refusal(registering.admit, abroad, left[0].record, "register") == "double_open"
    assert approvals.send_all(abroad, [row.key for row in left], "白报 2 号") == 1
    assert approvals.listed(abroad.where(Can.ENROL), ("refused",)) == []
    for row in approvals.listed(province("33").where(Can.DECIDE), ("waiting",)):
        deciding.approve(province("33"), row, "省批 2 号")
    assert {row.status for row in Record.select().where(Record.unit == far.unit)} == {"A1"}


@pytest.mark.req("SCH-12")
def test_an_alteration_waits_for_its_day_and_then_changes_status_and_fields(world: World, school: School, ni: Actor) -> None:
    record, later = school.record("林晓溪"), clock.today() + timedelta(days=2)
    other = Class.get(Class.name == "计应 2601 班")
    enter = alterations.enter
    assert refusal(enter, ni, record, "suspend", later, "", "病") == "paper_missing"
    assert refusal(enter, ni, record, "klass", later, "1 号", "调班") == "alteration_value"
    assert refusal(enter, ni, record, "resume", later, "1 号", "回来") == "alteration_unfit"
    assert refusal(enter, ni, record, "suspend", date(2026, 1, 1), "1 号", "病") == "alteration_day_early"
    moved = enter(ni, record, "klass", later, "1 号", "调班", {"klass": other})
    leaves = enter(ni, record, "suspend", later, "2 号", "病")
    late = enter(ni, record, "withdraw", later + timedelta(days=9), "3 号", "出国")
    make_alterations(None)
    assert fresh(record).status == "A1" and fresh(record).klass != other
    world.wait(days=2)
    make_alterations(None)
    make_alterations(None)
    after = fresh(record)
    assert (after.status, after.klass, Check.get(Check.record == record).klass) == ("A2", other, other)
    assert [row.state for row in (moved.locked(), leaves.locked(), late.locked())] == ["made", "made", "waiting"]
    enter(ni, after, "withdraw", clock.today(), "4 号", "出国")
    world.wait(days=9)
    make_alterations(None)
    assert (late.locked().state, late.locked().fault) == ("dropped", "alteration_unfit")
    assert fresh(record).left_on == date(2026, 11, 18)
    assert {row.field for row in Kept.select()} == {"klass", "status", "left_on"}


@pytest.mark.req("SCH-11")
def test_a_class_is_registered_for_the_year_and_exceptions_by_hand(world: World, school: School, ni: Actor) -> None:
    Record.update(enrolled_on=date(2025, 9, 1)).execute()
    klass, year = Class.get(Class.name == "计应 2601 班"), years.this_year()
    first, *rest = years.members(ni.grants, klass, year)
    assert year == 2026 and first.outcome is None
    years.register(ni, first, year, "A4", "没交学费")
    assert years.register_class(ni, klass, year) == len(rest) and years.register_class(ni, klass, year) == 0
    assert fresh(first).status == "A4"
    years.register(ni, first, year, "A1")
    years.register(ni, first, year, "A1")
    words = YearRegistration.select().where(YearRegistration.record == first.id).order_by(YearRegistration.id)
    assert [(row.outcome, row.current) for row in words] == [("A4", False), ("A1", True)]
    assert fresh(first).status == "A1"
    done, left = years.register_listed(
        ni, school.unit, year, ["2026010102\t休学", "2026010105", "没有这个人", "2026010108 毕业"]
    )
    assert (done, left) == (2, ["没有这个人", "2026010108 毕业"])
    assert refusal(years.register, ni, first, 2020, "A1") == "year_wrong"


@pytest.mark.req("SCH-10")
def test_a_record_that_differs_from_the_admission_data_needs_a_reason(world: World, school: School, ni: Actor) -> None:
    record = put(school.record("林晓溪"), status="N0")
    row = Admission(unit=school.unit, year=2026, exam_number=record.exam_number, level="bachelor", taken=clock.now())
    row.values = '{"name": "林晓溪", "sex": "2", "major": "软件工程"}'
    row.save(force_insert=True)
    assert admissions.compare_unit(school.unit) == 1
    assert refusal(registering.admit, ni, record, "register") == "admission_differs"
    admissions.explain(ni, admissions.of(record), "录取后转专业")
    registering.admit(ni, record, "register")
    assert fresh(record).status == "A1" and admissions.compare_unit(school.unit) == 1
    assert admissions.of(record).reason == "录取后转专业"
    editing.change(record, {"sex": "1"}, ni, "录错")
    assert admissions.of(record).differs == "sex major" and admissions.of(record).explained is None
    assert fields.read(record, "klass", "计应 2602 班").name == "计应 2602 班"


@pytest.mark.req("SCH-10", "SCH-09", "SCH-07")
def test_files_bring_admission_data_and_special_students_who_wait(world: World, school: School, ni: Actor) -> None:
    desk = Desk(world, school)
    header = ["考生号", "姓名", "性别", "身份证号", "录取层次", "录取专业"]
    record = school.record("林晓溪")
    rows = [[record.exam_number, "林晓溪", "女", record.document, "本科", "软件工程"]]
    rows += [["26330105009999", "未报到", "男", "", "本科", "数学"]]
    batch = desk.bring(roster(*rows, rows[0], header=header), kind="admission")
    assert (batch.state, batches.counts(batch)) == ("applied", {"new": 2, "wrong": 1, "doubt": 1})
    assert admissions.of(record).differs == "major" and Admission.select().count() == 2
    again = desk.upload(roster([*rows[0][:5], record.major], header=header), kind="admission")
    assert batches.counts(again) == {"changed": 1}
    desk.confirm(again)
    assert admissions.of(record).differs == "" and refusal(batches.undo, again.locked(), ni) == "import_no_undo"
    brought = desk.bring(roster(student(1), [*student(2), "三二分段制"], header=[*HEADER, "特殊类别"]))
    assert brought.state == "applied"
    assert [Record.get(Record.student_number == f"002026{n:06}").status for n in (1, 2)] == ["A1", "N0"]
    desk.undo(brought)
    assert not Record.select().where(Record.student_number.startswith("002026")).exists()


@pytest.mark.req("SCH-23")
def test_students_of_earlier_years_join_a_campaign_by_their_numbers(world: World, school: School, ni: Actor) -> None:
    Record.update(enrolled_on=date(2024, 9, 1)).execute()
    kept = put(school.record("林晓溪"), status="N1", student_number="")
    wanted = [kept.exam_number, school.record("何苗").student_number]
    plan = campaigns.Plan("新生自查", campaigns.Scope(grades=[2026], also=wanted), date(2026, 11, 1), date(2026, 11, 30))
    made = campaigns.make(ni, school.unit, plan)
    world.work()
    called = {check.record.name for check in Check.select().where(Check.campaign == made)}
    assert called == {"林晓溪", "何苗"} and campaigns.scope_of(made).also == wanted
    nobody = replace(plan, title="又一次", scope=campaigns.Scope(also=["9999"]))
    assert refusal(campaigns.make, ni, school.unit, nobody) == "student_number_unknown"


@pytest.mark.req("SCH-28")
def test_a_foreign_student_has_a_name_in_capitals_and_no_ethnic_group(world: World, school: School, ni: Actor) -> None:
    more = {"姓名": "Aisha Bekova", "性别": "女", "身份证号": "N1234567", "民族": "汉族"}
    row = [*student(1, **more), "护照", "哈萨克斯坦", "群众", "2006-05-04"]
    batch = Desk(world, school).bring(roster(row, header=[*HEADER, "证件类型", "国籍", "政治面貌", "出生日期"]))
    assert (batch.state, batches.counts(batch)["new"]) == ("applied", 1)
    record = Record.get(Record.student_number == "002026000001")
    assert (record.name, record.ethnic, record.political, record.country) == ("AISHA BEKOVA", "", "", "KAZ")
    codes = {finding.code for finding in Finding.select().where(Finding.batch == batch)}
    assert {"name_capitals", "foreign_field"} <= codes
