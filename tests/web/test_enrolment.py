"""学籍注册 as the office and the province use it: lists, one student's pages, 异动, school years, approvals, former names."""

from datetime import date

import pytest

from tests.pages import counted
from tests.people import School, make_account, make_school
from tests.world import START
from webapp.domain import clock, defaults, records, sessions
from webapp.domain.enrolment import approvals
from webapp.domain.permissions import SYSTEM
from webapp.models.enrolment import Admission, Alteration, Approval, Kept, SchoolName, YearRegistration
from webapp.models.records import Record
from webapp.models.school import Class
from webapp.models.staff import Grant, Staff

NOW = START.replace(tzinfo=None)


def province(code: str = "33") -> Staff:
    """Somebody of the province's department, with a session where one is made."""
    at = clock.now()
    person = Staff.create(login=f"sheng-{code}", name="省厅老师", password_hash="", created=at, used=at)
    Grant.create(staff=person, role="P", province=code, starts=at)
    return person


@pytest.mark.req("SCH-08")
def test_those_ticked_are_registered_and_who_is_left_is_named_with_the_reason(person, world, school: School) -> None:
    Record.update(status="N0").where(Record.name.in_(("林晓溪", "何苗", "王𬱖"))).execute()
    Record.update(level="top_up").where(Record.name == "何苗").execute()
    officer = world.log_in(person(), school.staff("ni")).visit("/staff/enrolment").sees("新生注册", "3 件")
    officer.follow("新生注册").press("登记勾选的学生").sees("还没有勾选学生")
    assert officer.status == 422
    officer.tick("林晓溪").tick("何苗").tick("注册学籍").press("登记勾选的学生").sees(
        "1 人已登记为注册学籍", "省级审核通过以后"
    )
    officer.visit("/staff/records").fill("学籍状态", "待注册").press("查找").follow("给这些学生办理新生注册")
    officer.tick("王𬱖").tick("保留入学资格").press("登记勾选的学生")
    assert officer.errors() == ["填写原因"]
    officer.tick("王𬱖").tick("保留入学资格").fill("原因", "参军").press("登记勾选的学生").sees("1 人已登记为保留入学资格")
    officer.visit("/staff/enrolment/new").follow("找到的 1 人全部注册学籍").press("全部注册学籍").sees("正在注册")
    assert Record.get(Record.name == "何苗").status == "N0"


@pytest.mark.req("SCH-12", "SCH-20", "COR-05")
def test_an_alteration_and_an_edit_stand_in_the_history_of_the_record(person, world, school: School) -> None:
    record = school.record("林晓溪")
    account = make_account(record, "13800000001")
    records.bind(account)
    records.pass_gate(account, school.unit.name)
    officer = world.log_in(person(), school.staff("ni")).visit(f"/staff/records/{record.key}").follow("注册和异动")
    officer.follow("录入异动").press("录入")
    assert "填写生效日期" in officer.errors()
    officer.fill("异动类型", "休学").fill("生效日期", "2026-11-16").fill("文号", "溪学〔2026〕3 号").fill("原因", "养病")
    officer.press("录入").sees("在籍（休学）", "已生效", "溪学〔2026〕3 号")
    officer.follow("编辑非关键信息").fill("政治面貌", "共青团员").press("保存")
    assert officer.errors() == ["填写原因"]
    officer.fill("政治面貌", "团团").fill("原因", "补录").press("保存")
    assert officer.status == 422
    officer.fill("政治面貌", "共青团员").fill("班级", "计应 2601 班").fill("原因", "补录").press("保存")
    assert officer.path.endswith("/enrolment") and Record.get_by_id(record.id).political == "03"
    officer.follow("看全部改动").sees("政治面貌", "— → 共青团员", "计应 2602 班 → 计应 2601 班", "休学", "倪老师", "养病")
    assert Kept.select().count() == 3
    mine = world.log_in(person(), account).visit(f"/records/{record.key}").sees("在籍（休学）", "2026 年 11 月 16 日")
    mine.sees_not("养病")


@pytest.mark.req("COR-07")
def test_who_is_published_stands_as_shut_and_an_edit_that_was_begun_before_is_refused(person, world, school: School) -> None:
    record, shut = school.record("林晓溪"), "学历注册并提供网上查询后，学校不得变更证书内容及注册信息"
    officer = world.log_in(person(), school.staff("ni")).visit(f"/staff/records/{record.key}/edit")
    Record.update(published=clock.now()).where(Record.id == record.id).execute()
    officer.fill("政治面貌", "共青团员").fill("原因", "补录").press("保存").sees(shut)
    assert Record.get_by_id(record.id).political == record.political
    officer.visit(f"/staff/records/{record.key}").follow("注册和异动").sees(shut).sees_not("编辑非关键信息", "录入异动")


@pytest.mark.req("SCH-12")
def test_one_that_waits_can_be_withdrawn_and_what_does_not_fit_is_refused(person, world, school: School) -> None:
    record = school.record("林晓溪")
    officer = world.log_in(person(), school.staff("ni")).visit(f"/staff/records/{record.key}/moves/new")
    officer.fill("异动类型", "更改班级").fill("生效日期", "2026-12-01").fill("文号", "1").fill("原因", "调").press("录入")
    assert officer.errors() == ["填写改成什么"]
    officer.fill("新班级", "没有的班").press("录入")
    assert officer.errors() == ["学校没有这些班级：没有的班"]
    officer.fill("异动类型", "更改班级").fill("新班级", "计应 2601 班").press("录入").sees("等生效日")
    officer.visit("/staff/enrolment/moves").sees("林晓溪", "2026 年 12 月 1 日").press("撤回").sees("没有等生效日的异动")
    assert Alteration.get().state == "withdrawn"


@pytest.mark.req("SCH-11")
def test_a_year_is_registered_by_class_by_hand_and_by_list(person, world, school: School) -> None:
    Record.update(enrolled_on=date(2025, 9, 1)).execute()
    officer = world.log_in(person(), school.staff("ni")).visit("/staff/enrolment/year").follow("计应 2601 班")
    officer.tick("阿依古丽·买买提").tick("在籍（暂缓注册）").fill("备注", "没交学费").press("登记勾选的学生").sees(
        "在籍（暂缓注册）"
    )
    officer.press("其余 3 人按现在的状态注册").sees_not("其余")
    officer.visit("/staff/enrolment/year/list").fill("名单", "2026010101 休学\n123").press("注册")
    officer.sees("1 人已注册", "没有认出来")
    assert officer.status == 422 and officer.value("名单").strip() == "123"
    assert sorted(row.outcome for row in YearRegistration.select()) == ["A1", "A1", "A1", "A2", "A4"]
    officer.visit(f"/staff/records/{school.records[0].key}/enrolment").tick("在籍（注册学籍）").press("登记这一学年")
    officer.sees("在籍（注册学籍）", "2026–2027")


@pytest.mark.req("SCH-11")
def test_of_ticked_students_none_is_registered_where_one_cannot_be(visitor, world, school: School) -> None:
    Record.update(enrolled_on=date(2025, 9, 1)).execute()
    klass = Class.get(Class.name == "计应 2601 班")
    last = Record.select().where(Record.klass == klass).order_by(Record.name_sort.desc()).first()
    Record.update(published=clock.now()).where(Record.id == last.id).execute()
    officer = world.log_in(visitor(), school.staff("ni")).visit(f"/staff/enrolment/year/{klass.key}")
    for record in Record.select().where(Record.klass == klass):
        officer.tick(record.name)
    officer.tick("在籍（休学）").press("登记勾选的学生")
    assert officer.status == 422 and officer.errors()
    assert YearRegistration.select().count() == 0


@pytest.mark.req("SCH-09", "SCH-07")
def test_the_province_reads_what_was_sent_and_decides(person, world, school: School) -> None:
    record = school.record("林晓溪")
    Record.update(status="N0").where(Record.id == record.id).execute()
    officer = world.log_in(person(), school.staff("ni")).visit(f"/staff/records/{record.key}/enrolment")
    officer.fill("特殊类别", "五年一贯制").press("报省级审核")
    assert officer.errors() == ["填写文号"]
    officer.fill("特殊类别", "五年一贯制").fill("报送文号", "溪报 1 号").press("报省级审核").sees("等省级审核")
    officer.visit("/staff/enrolment/approvals").press("撤回").tick("林晓溪").fill("报送文号", "溪报 2 号").press("报送勾选的")
    officer.sees("溪报 2 号")
    approval = Approval.get()
    assert officer.visit("/staff/approvals").status == 403
    assert world.log_in(person(), province("44")).visit(f"/staff/approvals/{approval.key}").status == 404
    sheng = world.log_in(person(), province()).visit("/staff/approvals").follow("林晓溪").sees("五年一贯制", "1*****")
    sheng.sees_not(record.document).press("提交")
    assert sheng.errors() == ["选择通过或不通过"]
    sheng.tick("通过，学生注册学籍").press("提交")
    assert sheng.errors() == ["填写文号"]
    sheng.tick("通过，学生注册学籍").fill("批文文号，或者不通过的原因", "省批 9 号").press("提交").sees("没有等审核的")
    assert Record.get_by_id(record.id).status == "A1"


@pytest.mark.req("SCH-09")
def test_where_it_is_left_to_the_school_a_second_officer_decides(visitor, world, school: School) -> None:
    record, officer = school.record("林晓溪"), sessions.staff_actor(school.staff("ni"))
    Record.update(status="N0").where(Record.id == record.id).execute()
    approvals.name_special(officer, Record.get_by_id(record.id), "five_year", "溪报 1 号")
    approval, second = Approval.get(), Staff.create(login="qi", name="祁老师", password_hash="", created=NOW, used=NOW)
    Grant.create(staff=second, role="R", unit=school.unit, starts=NOW)
    path = f"/staff/enrolment/approvals/{approval.key}"
    world.log_in(visitor(), second).visit(path).sees("五年一贯制").sees_not("批文文号")
    defaults.change("enr.decider", "school", SYSTEM)
    first = world.log_in(visitor(), school.staff("ni")).visit(path).sees("五年一贯制").sees_not("批文文号")
    assert first.post(path, {"verdict": "approve", "word": "自批"}).status in (403, 422)
    world.log_in(visitor(), second).visit("/staff/enrolment/approvals").follow("五年一贯制").tick("通过，学生注册学籍").fill(
        "批文文号，或者不通过的原因", "校批 1 号"
    ).press("提交").sees("没有要报的")
    assert Record.get_by_id(record.id).status == "A1"


@pytest.mark.req("SCH-10")
def test_a_difference_from_the_admission_data_is_seen_and_explained(person, world, school: School) -> None:
    record = school.record("林晓溪")
    row = Admission(unit=school.unit, record=record, year=2026, exam_number="26", level="bachelor", taken=clock.now())
    row.values, row.differs = '{"name": "林晓溪", "major": "软件工程"}', "major"
    row.save(force_insert=True)
    officer = world.log_in(person(), school.staff("ni")).visit(f"/staff/records/{record.key}/enrolment")
    officer.sees("和录取信息不一样：专业").follow("写原因").sees("软件工程", "计算机应用技术").press("保存原因")
    assert officer.errors() == ["填写原因"]
    officer.fill("原因", "录取后转专业").press("保存原因").sees("都一致，或者都写了原因")


@pytest.mark.req("SCH-30")
def test_a_school_is_known_by_its_former_names(person, world, school: School) -> None:
    officer = world.log_in(person(), school.staff("ni")).visit("/staff/enrolment/names")
    officer.fill("曾用名", "云溪工业专科学校").fill("到哪天止", "2003-06-30").tick("更名为现在的学校").press("添加")
    officer.sees("云溪工业专科学校", "2003 年 6 月 30 日")
    officer.fill("曾用名", "云溪 工业专科学校").tick("并入现在的学校").press("添加")
    assert officer.errors() == ["这个名称已经有了"]
    account = make_account(school.record("林晓溪"), "13800000001")
    student = world.log_in(person(), account).visit("/records/gate")
    student.fill("院校名称", "云溪工业专科学校").press("核验，继续")
    assert student.path == "/records"
    record = school.record("何苗")
    Record.update(kind="qualification", graduated_on=date(2002, 7, 1)).where(Record.id == record.id).execute()
    graduate = make_account(record, "13800000002")
    records.bind(graduate)
    records.pass_gate(graduate, "云溪工业专科学校")
    world.log_in(person(), graduate).visit(f"/records/{record.key}").sees("毕业时学校叫云溪工业专科学校")
    officer.press("删除").sees("还没有曾用名")
    assert SchoolName.select().count() == 0


@pytest.mark.req("SYS-09")
def test_another_schools_officer_a_college_and_a_counsellor_find_nothing_here(visitor, world, school: School) -> None:
    make_school("88888", "白沙学院")
    record, klass = school.record("林晓溪"), Class.get(Class.name == "计应 2601 班")
    far = world.log_in(visitor(), school.staff("ni-88888"))
    for path in ("enrolment", "edit", "moves/new", "history"):
        assert far.visit(f"/staff/records/{record.key}/{path}").status == 404
    assert far.visit(f"/staff/enrolment/year/{klass.key}").status == 404
    far.visit("/staff/enrolment/new").post("/staff/enrolment/new/some", {"who": record.key, "move": "decline", "why": "x"})
    assert Record.get_by_id(record.id).status == "A1"
    for login in ("xinxi", "luo", "admin"):
        assert world.log_in(visitor(), school.staff(login)).visit("/staff/enrolment").status == 403


def test_the_lists_ask_the_same_number_of_questions_however_long(visitor, world, school: School) -> None:
    Record.update(enrolled_on=date(2025, 9, 1), status="N0").where(Record.name == "何苗").execute()
    officer = world.log_in(visitor(), school.staff("ni")).visit("/staff/enrolment")
    klass = Class.get(Class.name == "视传 2601 班")
    paths = ("", "/new", "/year", f"/year/{klass.key}", "/moves", "/approvals", "/admissions", "/names")
    few, many = [], []
    for reads in (few, many):
        for path in paths:
            defaults.forget()  # settings are read anew once a second, whenever that is
            with counted() as cost:
                officer.visit(f"/staff/enrolment{path}")
            reads.append(cost.reads)
        Record.update(status="N0", enrolled_on=date(2025, 9, 1)).execute()
    assert many == few and max(many) <= 16
