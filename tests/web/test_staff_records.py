"""The list of records: found by filter, name, pinyin and number; read; let off the self-check."""

import pytest

from tests.domain.test_progress import check_of, opened
from tests.pages import counted
from tests.people import School, make_school
from webapp.domain.filters import Choice
from webapp.domain.lookup import find
from webapp.models.checks import Check
from webapp.models.journal import Event
from webapp.models.records import Record, View
from webapp.models.staff import Grant


def names_on(page) -> list[str]:
    return [th.get_text() for th in page.page.select("tbody th")]


def found(school: School, **choice: str) -> list[str]:
    return [line.name for line in find([Grant(role="R", unit=school.unit)], Choice(**choice), school.campaign).rows]


@pytest.mark.req("SCH-26", "SYS-13")
@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("林", ["林晓溪"]),
        ("王𬱖", ["王𬱖"]),
        ("吴䶮", ["吴䶮"]),
        ("阿依古丽", ["阿依古丽·买买提"]),
        ("zhou", ["周明轩"]),
        ("linxiaoxi", ["林晓溪"]),
        ("lin xiao", ["林晓溪"]),
        ("Z", ["赵安然", "郑子妍", "周明轩"]),
        ("202601010", []),
        ("2026010103", ["阿依古丽·买买提"]),
        ("没有这个人", []),
        ("'--", []),
        ("%", []),
    ],
)
def test_a_name_is_found_by_characters_pinyin_or_number(world, school: School, typed: str, names: list[str]) -> None:
    got = found(school, text=typed)
    assert got == names if typed != "202601010" else len(got) == 9


@pytest.mark.req("SCH-26")
def test_every_filter_narrows_and_is_remembered(person, world, school: School) -> None:
    opened(school, "林晓溪")
    officer = world.log_in(person(), school.staff("ni")).visit("/staff/records")
    assert len(names_on(officer)) == 12
    officer.fill("学院", "信息工程学院").fill("自查", "没核对").press("查找")
    assert len(names_on(officer)) == 7 and officer.path == "/staff/records"
    officer.fill("班级", "计应 2602 班").press("查找")
    assert len(names_on(officer)) == 3
    again = world.log_in(person(), school.staff("ni")).visit("/staff/records")
    assert len(names_on(again)) == 3
    again.fill("学院", "艺术设计学院").press("查找")
    assert len(names_on(again)) == 4
    again.press("清除条件")
    assert len(names_on(again)) == 12
    for label, value, left in (
        ("年级", "2025", 0),
        ("层次", "专科", 0),
        ("学籍状态", "在籍（休学）", 0),
        ("专业", "计算机", 12),
    ):
        again.fill(label, value).press("查找")
        assert len(names_on(again)) == left, label
        again.press("清除条件")


@pytest.mark.req("SCH-21")
def test_who_has_no_account_is_seen_without_anybodys_phone(visitor, world, school: School) -> None:
    opened(school, "林晓溪")
    officer = world.log_in(visitor(), school.staff("ni")).visit("/staff/records")
    officer.fill("账号", "没有绑定账号").press("查找")
    assert len(names_on(officer)) == 11 and "林晓溪" not in names_on(officer)
    officer.fill("账号", "已绑定账号").press("查找").follow("林晓溪")
    officer.sees("学校不能重置", "2026 年 11 月 16 日 10:00").sees_not("1380000", "138 0000", "0001")


@pytest.mark.req("SCH-21", "SYS-02", "SCH-22")
def test_one_record_is_read_with_a_masked_number_and_the_look_is_logged_once(visitor, world, school: School) -> None:
    record = school.record("何苗")
    officer = world.log_in(visitor(), school.staff("ni")).visit(f"/staff/records/{record.key}")
    officer.sees("何苗", "1*****", "计算机应用技术", "视传 2601 班", "没有绑定账号", "没有改动").sees_not(record.document)
    officer.visit(f"/staff/records/{record.key}")
    assert View.select().where(View.object == record.key).count() == 1
    world.wait(minutes=11)
    officer.visit(f"/staff/records/{record.key}")
    assert View.select().where(View.object == record.key).count() == 2


@pytest.mark.req("CHK-11")
def test_the_officer_lets_a_student_off_with_a_reason(person, world, school: School) -> None:
    record = school.record("何苗")
    officer = world.log_in(person(), school.staff("ni")).visit(f"/staff/records/{record.key}").follow("设为免查")
    assert officer.press("设为免查").errors() == ["填写免查的原因"] and officer.status == 422
    assert officer.fill("免查的原因", "兵" * 201).press("设为免查").errors() == ["原因最多 200 字"]
    officer.fill("免查的原因", "参军").press("设为免查").sees("免查", "参军")
    assert check_of(school, "何苗").state == "exempt"
    assert Event.select().where(Event.action == "record.exempt").count() == 1
    officer.press("取消免查").sees_not("参军")
    assert check_of(school, "何苗").state == "unseen"


@pytest.mark.req("CHK-11", "SYS-09")
def test_a_college_office_reads_its_college_and_lets_nobody_off(visitor, world, school: School) -> None:
    office = world.log_in(visitor(), school.staff("xinxi")).visit("/staff/records")
    assert len(names_on(office)) == 8
    elsewhere, own = school.record("何苗"), school.record("林晓溪")
    assert office.visit(f"/staff/records/{elsewhere.key}").status == 404
    office.visit(f"/staff/records/{own.key}").sees("林晓溪").sees_not("设为免查")
    assert office.post(f"/staff/records/{own.key}/exempt", {"reason": "x"}).status == 403
    assert not Check.select().where(Check.state == "exempt").exists()


@pytest.mark.req("SYS-09", "SCH-01")
def test_another_school_and_the_administrator_read_nothing(visitor, world, school: School) -> None:
    make_school("88888", "白沙学院")
    record = school.record("何苗")
    assert world.log_in(visitor(), school.staff("ni-88888")).visit(f"/staff/records/{record.key}").status == 404
    assert world.log_in(visitor(), school.staff("ni-88888")).visit(f"/staff/records/{record.key}/photo.jpg").status == 404
    for login in ("admin", "luo"):
        assert world.log_in(visitor(), school.staff(login)).visit("/staff/records").status == 403


def test_the_list_asks_the_same_number_of_questions_however_long(visitor, world, school: School) -> None:
    officer = world.log_in(visitor(), school.staff("ni")).visit("/staff/records")
    with counted() as many:
        officer.visit("/staff/records")
    Record.update(kind="qualification").where(Record.name != "何苗").execute()
    with counted() as few:
        officer.visit("/staff/records")
    assert few.reads == many.reads <= 11 and many.writes == 0
