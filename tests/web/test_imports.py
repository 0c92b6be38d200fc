"""名册导入 in the browser: upload, look, decide; what goes wrong is said where it is."""

import pytest

from tests.desk import HEADER, Desk, fresh, roster, student
from tests.people import make_school
from webapp.domain import clock
from webapp.domain.imports import batches
from webapp.models.imports import Batch
from webapp.models.journal import Event
from webapp.models.records import Record


@pytest.fixture
def officer(person, world, school):
    return world.log_in(person(), school.staff("ni"))


def upload(officer, world, data, name="名册.csv"):
    officer.visit("/staff/import/new").tick("学籍名册").attach("文件", name, data).press("上传并检查")
    world.work()
    return officer.visit(officer.path)


@pytest.mark.req("SCH-02", "SCH-05", "SCH-06", "SCH-32")
def test_an_officer_uploads_looks_and_confirms(officer, world, school):
    officer.visit("/staff/import").sees("还没有导入过").follow("导入名册")
    officer.tick("学籍名册").attach("文件", "2026 新生.csv", roster(student(1), student(2, 层次="本"))).press("上传并检查")
    officer.sees("2026 新生.csv", "等待读取", "可以关掉页面", "刷新进度")
    world.work()
    officer.follow("刷新进度").sees("等你确认", "新增", "变更", "相同", "有误", "缺少")
    officer.sees("第 3 行", "层次", "“本”不在可选的值里", "1 行有误，不会写入")
    assert Record.select().count() == 12
    officer.press("确认，写入 1 行").sees("正在写入")
    world.work()
    officer.follow("刷新进度").sees("已导入", "写入完成", "倪老师")
    assert Record.select().count() == 13
    officer.visit("/staff/import").sees("2026 新生.csv", "已导入")


@pytest.mark.req("SCH-05", "SYS-02")
def test_the_annotated_copy_can_be_downloaded_and_the_look_is_an_event(officer, world, school):
    upload(officer, world, roster(student(1), student(2, 层次="本"))).follow("下载带「问题」列的副本")
    assert officer.status == 200 and officer.answer.data.startswith(b"PK")
    assert officer.answer.headers["Cache-Control"] == "no-store"
    assert Event.select().where(Event.action == "batch.copy").count() == 1


@pytest.mark.req("SCH-02")
def test_unknown_columns_are_asked_about_and_may_be_left_out(officer, world, school):
    data = roster([*student(1), "x"], header=["学号", "编码二", *HEADER[2:], "其他"])
    upload(officer, world, data).sees("对应列", "告诉系统这些列是什么")
    officer.press("检查名册")
    assert officer.status == 422 and officer.errors() == ["选择它对应哪一项，或不导入"] * 2
    officer.fill("编码二", "学号").fill("其他", "不导入这一列").press("检查名册")
    assert officer.errors() == ["不止一列选了：学号，每一项只能对应一列"]
    officer.fill("编码二", "考生号").fill("其他", "不导入这一列").press("检查名册").sees("正在检查")
    world.work()
    officer.visit(officer.path).sees("确认，写入 1 行")


@pytest.mark.req("SCH-32")
def test_a_change_of_key_fields_asks_for_the_reason(officer, world, school):
    Desk(world, school).bring(roster(student(1)))
    upload(officer, world, roster(student(1, 姓名="学生改名"))).press("确认，写入 1 行")
    assert officer.status == 422 and officer.errors() == ["这次改动了关键信息，写明原因"]
    officer.fill("改动关键信息的原因", "公安更名").press("确认，写入 1 行")
    world.work()
    officer.visit(officer.path).sees("已导入", "公安更名")


def test_each_group_lists_its_rows_with_what_changes(officer, world, school):
    Desk(world, school).bring(roster(student(1)))
    upload(officer, world, roster(student(1, 联系电话="13800009999", 层次="本科"))).follow("变更")
    officer.sees("学生乙丑", "002026000001", "联系电话", "138****0001", "138****9999").sees_not("13800009999")
    officer.follow("返回").follow("缺少").sees("林晓溪", "保持不变")


@pytest.mark.req("SCH-02")
@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"%PDF-1.7", "这不是名册文件"),
        ("a.csv", b"", "文件是空的"),
        ("a.csv", "甲,乙\n1,2\n".encode(), "前 5 行里没找到表头"),
    ],
)
def test_a_file_that_is_no_roster_is_told_in_a_sentence(officer, world, school, name, data, words):
    upload(officer, world, data, name).sees("读不了", words).follow("换一个文件").sees("导入名册")


def test_an_upload_without_kind_or_file_says_both(officer, school):
    officer.visit("/staff/import/new").press("上传并检查")
    assert officer.status == 422 and officer.errors() == ["选择名册的种类", "选择要上传的文件"]
    assert not Batch.select().exists()


def test_what_is_refused_is_over(officer, world, school):
    upload(officer, world, roster(student(1))).press("不导入").sees("没有导入")
    assert Record.select().count() == 12


@pytest.mark.req("SCH-24")
def test_taking_back_says_what_happens_first_and_why_not_later(officer, world, school):
    batch = Desk(world, school).bring(roster(student(1)))
    officer.visit(f"/staff/import/{batch.key}").follow("撤回这批导入").sees("新增的学籍会删掉")
    Record.update(opened=clock.now()).where(Record.batch == batch).execute()
    officer.press("撤回")
    assert officer.status == 422 and officer.errors() == ["有 1 名学生已经看过这批学籍，不能撤回，只能更正"]
    Record.update(opened=None).where(Record.batch == batch).execute()
    officer.press("撤回").sees("正在撤回")
    world.work()
    officer.visit(officer.path).sees("已撤回")
    assert Record.select().count() == 12


@pytest.mark.req("SCH-06")
def test_the_progress_moves_by_itself_and_ends_with_the_page(app, world, school, visitor):
    officer = world.log_in(visitor(), school.staff("ni"))
    batch = Desk(world, school).upload(roster(student(1)))
    Batch.update(state="reading", progress=5000).where(Batch.id == batch.id).execute()
    officer.headers |= {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#progress"}
    answer = officer.client.get(f"/staff/import/{batch.key}/progress?state=reading", headers=officer.headers)
    assert "已检查 5,000 行" in answer.text and "<html" not in answer.text
    Batch.update(state="preview").where(Batch.id == batch.id).execute()
    answer = officer.client.get(f"/staff/import/{batch.key}/progress?state=reading", headers=officer.headers)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, f"/staff/import/{batch.key}")


def test_another_schools_import_does_not_exist(officer, world, school):
    other = make_school("99998", "别处学院")
    batch = Desk(world, other, "ni-99998").upload(roster(student(1)))
    for place in ("", "/new", "/copy", "/undo", "/progress"):
        assert officer.visit(f"/staff/import/{batch.key}{place}").status == 404
    officer.visit("/staff/import/new")
    for place in ("confirm", "refuse", "undo", "columns"):
        assert officer.post(f"/staff/import/{batch.key}/{place}").status == 404
    assert fresh(batch).state == "preview" and batches.counts(batch)["new"] == 1


@pytest.mark.parametrize("login", ["luo", "xinxi", "admin"])
def test_who_does_not_import_finds_no_way_in(visitor, world, school, login):
    someone = world.log_in(visitor(), school.staff(login))
    assert someone.visit("/staff/import").status == 403
    assert someone.visit("/staff").sees_not("名册导入").status == 200


def test_a_hostile_file_name_and_cells_stay_text(officer, world, school):
    name = "<script>alert(1)</script>.csv"
    upload(officer, world, roster(student(1, 姓名="<img src=x>"), student(2, 班级="<b>班")), name)
    officer.sees(name).sees_not("<script>alert", "<img src=x>")
    officer.follow("新增").sees_not("<b>班")
