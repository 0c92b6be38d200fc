"""Counsellors and their classes: by hand, and from a sheet that first tells what it would do."""

from datetime import timedelta

import pytest

from tests.people import School, make_school
from tests.tables import csv_bytes
from webapp.domain import clock, counsellors, progress, sessions
from webapp.domain.permissions import Can
from webapp.models.journal import Event
from webapp.models.school import Class
from webapp.models.staff import Grant, Staff

HEAD = ["班级", "辅导员", "手机", "起始日期"]


def klass(name: str) -> Class:
    return Class.get(Class.name == name)


def holders(name: str) -> list[str]:
    return [grant.staff.login for grant in counsellors.holders(klass(name))]


def uploaded(person, world, school: School, *rows: list[str], head: list[str] = HEAD):
    officer = world.log_in(person(), school.staff("ni")).visit("/staff/counsellors").follow("用表格导入")
    return officer.attach("文件", "辅导员.csv", csv_bytes([head, *rows], "gb18030")).press("上传并检查")


@pytest.mark.req("SCH-17")
def test_the_officer_gives_a_class_with_dates(person, world, school: School) -> None:
    officer = world.log_in(person(), school.staff("ni")).visit("/staff/counsellors").sees("计应 2601 班", "罗老师", "还没有")
    officer.follow("还没有辅导员").sees_not("计应 2601 班").follow("计应 2602 班")
    officer.fill("辅导员", "罗老师（luo）").fill("从哪天起", "2026-11-20").fill("到哪天为止", "2026-11-30").press("安排")
    officer.sees("2026-11-20 – 2026-11-30")
    assert officer.fill("辅导员", "罗老师（luo）").press("安排").errors() == ["这位同事已经带这个班"]
    luo = lambda: len(progress.view(school.campaign, sessions.staff_actor(school.staff("luo")).where(Can.PROGRESS)).grants)  # noqa: E731
    assert luo() == 1
    world.wait(days=5)
    assert luo() == 2
    world.wait(days=11)
    assert luo() == 1


@pytest.mark.req("SCH-34")
def test_a_sheet_tells_first_what_it_would_do_and_then_does_it(person, world, school: School) -> None:
    Staff.update(name="罗老师").where(Staff.login == "luo").execute()
    luo = school.staff("luo")
    luo.phone = "13800000501"
    luo.save()
    before = Grant.select().count()
    page = uploaded(
        person,
        world,
        school,
        ["计应2601班", "罗老师", "138 0000 0501", "2026-09-01"],
        ["计应 2602 班", "罗老师", "13800000501", "2026/11/20"],
        ["视传 2601 班", "单雪", "13800000502", ""],
        ["计应 2601 班", "单雪", "13800000502", "2026-11-17"],
    )
    page.sees("现在还什么都没有写入", "会安排 3 个班", "新开账号", "1 行和现在一样", "2026-11-20", "原来的辅导员")
    assert Grant.select().count() == before
    page.press("确认安排").sees("写入 4 行", "单雪", "shanxue", "/staff/invite/", "只显示这一次")
    assert holders("视传 2601 班") == ["shanxue"] and holders("计应 2602 班") == ["luo"]
    assert holders("计应 2601 班") == ["luo", "shanxue"]
    assert Staff.get(Staff.login == "shanxue").phone == "13800000502"
    assert Event.select().where(Event.action == "counsellors.assign").count() == 1


@pytest.mark.req("SCH-34")
def test_who_is_followed_has_the_class_until_the_new_one_begins(visitor, world, school: School) -> None:
    page = uploaded(visitor, world, school, ["计应 2601 班", "单雪", "13800000502", "2026-11-20"]).sees("罗老师")
    page.tick("这些班原来的辅导员").press("确认安排")
    old, new = counsellors.holders(klass("计应 2601 班"))
    assert old.ends == new.starts == clock.day_bounds(clock.today() + timedelta(days=4))[0]
    world.wait(days=4)
    assert holders("计应 2601 班") == ["shanxue"]


@pytest.mark.req("SCH-34")
def test_every_wrong_row_is_named_and_the_others_can_be_done(visitor, world, school: School) -> None:
    other = make_school("88888", "白沙学院")
    Class.create(unit=other.unit, college=klass("视传 2601 班").college, name="护理 2601 班")
    admin = school.staff("admin")
    admin.phone = "13800000509"
    admin.save()
    page = uploaded(
        visitor,
        world,
        school,
        ["护理 2601 班", "单雪", "13800000502", ""],
        ["计应 2602 班", "单雪", "1380000050", ""],
        ["计应 2602 班", "单雪", "13800000502", "昨天"],
        ["计应 2602 班", "", "13800000502", ""],
        ["计应 2602 班", "单雪", "13800000502", ""],
        ["计应 2602 班", "单雪", "13800000502", ""],
        ["视传 2601 班", "别人", "13800000502", ""],
        ["视传 2601 班", "管理员", "13800000509", ""],
    )
    page.sees(
        "有误 7 行", "没有这个班", "11 位数字", "日期写成", "没有姓名", "写了两次", "是 单雪 的", "不能带班", "会安排 1 个班"
    )
    assert uploaded(visitor, world, school, ["计应 2602 班"], head=["班级"]).errors()[0].startswith("前 10 行里没有找到表头")
    assert uploaded(visitor, world, school).sees("没有可以安排的班").status == 200


@pytest.mark.req("SYS-09")
def test_another_schools_class_and_another_officers_sheet_are_not_found(visitor, world, school: School) -> None:
    other = make_school("88888", "白沙学院")
    far = Class.get(Class.unit == other.unit)
    page = uploaded(visitor, world, school, ["计应 2602 班", "单雪", "13800000502", ""])
    token = page.page.find("input", attrs={"name": "token"})["value"]
    stranger = world.log_in(visitor(), other.staff("ni-88888")).visit("/staff/counsellors/sheet")
    stranger.post("/staff/counsellors/sheet/confirm", {"token": token})
    assert not Staff.select().where(Staff.login == "shanxue").exists()
    assert page.visit(f"/staff/counsellors/{far.key}").status == 404
