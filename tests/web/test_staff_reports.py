"""What students wrote: read in order, answered once, and seen by the own school alone."""

from io import BytesIO

import pytest
from PIL import Image

from tests.domain.test_progress import check_of, opened, registered
from tests.people import School, make_school
from webapp.domain import clock, no_record, reported
from webapp.domain.permissions import student
from webapp.models.checks import Report
from webapp.models.journal import Event
from webapp.providers.files import Files


def told(world, school: School, *files) -> Report:
    account, check = opened(school, "林晓溪")
    return reported.report(check, account, student(account.key), {"name": "林小溪", "ethnic": "苗族"}, "见身份证", files)


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (400, 300), (200, 120, 90)).save(out, "JPEG")
    return out.getvalue()


@pytest.mark.req("CHK-06", "CHK-05")
def test_an_error_is_read_beside_the_record_and_answered(person, world, school: School) -> None:
    told(world, school)
    officer = world.log_in(person(), school.staff("ni")).visit("/staff/reports")
    officer.sees("林晓溪", "姓名、民族", "已反馈", "今天 10:00").follow("林晓溪")
    officer.sees("学校登记的", "学生认为正确的", "林小溪", "汉族", "苗族", "见身份证", "最晚 12 月 4 日答复")
    assert officer.press("答复学生").errors() == ["选一个处理结果"] and officer.status == 422
    assert officer.tick("不予更正").press("答复学生").errors() == ["填写答复"]
    long = officer.tick("不予更正").fill("答复学生", "长" * 201).press("答复学生")
    assert long.errors() == ["答复最多 200 字，多了 1 字"] and long.value("答复学生") == "长" * 201
    officer.tick("已更正").fill("答复学生", "已按身份证改好").press("答复学生")
    officer.sees("已更正", "已按身份证改好")
    assert check_of(school, "林晓溪").state == "fixed"
    officer.visit("/staff/reports").sees("都答复了").follow("已答复").sees("林晓溪", "已更正")


@pytest.mark.req("CHK-06")
def test_an_answer_sent_twice_says_that_it_was_answered(visitor, world, school: School) -> None:
    report = told(world, school)
    first, second = (world.log_in(visitor(), school.staff("ni")).visit(f"/staff/reports/{report.key}") for _ in range(2))
    world.log_in(first, school.staff("ni")).tick("不予更正").fill("答复学生", "登记无误").press("答复学生")
    world.log_in(second, school.staff("ni")).tick("已更正").fill("答复学生", "改了").press("答复学生")
    assert second.errors() == ["已经有人处理过了，刷新页面看最新状态"]
    assert Report.get().outcome == "kept"


@pytest.mark.req("CHK-05", "SYS-02")
def test_a_picture_is_shown_only_cleaned_and_each_look_is_history(visitor, world, school: School) -> None:
    upload = Files(world.worker.outside.storage).keep(picture(), "report_file")
    report = told(world, school, upload)
    officer = world.log_in(visitor(), school.staff("ni"))
    address = f"/staff/reports/{report.key}/files/{upload.key}.jpg"
    assert officer.visit(address).status == 404
    world.work()
    officer.visit(f"/staff/reports/{report.key}").follow("第 1 张照片")
    assert officer.answer.mimetype == "image/jpeg" and officer.answer.headers["Cache-Control"] == "no-store"
    event = Event.get(Event.action == "picture.look")
    assert event.object == f"upload:{upload.key}" and event.actor == f"staff:{school.staff('ni').key}"


@pytest.mark.req("BND-09", "CHK-17")
def test_a_note_of_no_record_is_answered_and_lets_the_clock_go_on(person, world, school: School) -> None:
    record = school.record("何苗")
    account = registered(school, "何苗")
    account.name = account.name_compare = "何淼"
    account.save()
    no_record.tell(account, "云溪职业技术学院", record.student_number, "怎么没有我")
    officer = world.log_in(person(), school.staff("ni")).visit("/staff/reports").follow("查不到学籍")
    officer.sees("何淼", record.student_number, "姓名不一致").follow("何淼")
    officer.sees("学生填的", "学校登记的", "何苗", "不一致", "怎么没有我", "期限停着不走", f"{record.document[0]}*****")
    assert officer.press("答复学生").errors() == ["填写答复"]
    officer.fill("答复学生", "名册里的姓名写错了，已改").press("答复学生").sees("已答复", "名册里的姓名写错了，已改")
    assert check_of(school, "何苗").held == ""


@pytest.mark.req("SYS-09", "SCH-01")
def test_another_schools_reports_are_not_found(visitor, world, school: School) -> None:
    report = told(world, school)
    account = registered(school, "何苗", 7)
    note = no_record.tell(account, "云溪职业技术学院", "")
    make_school("88888", "白沙学院")
    other = world.log_in(visitor(), school.staff("ni-88888")).visit("/staff/reports")
    other.sees("都答复了").sees_not("林晓溪")
    assert other.visit(f"/staff/reports/{report.key}").status == 404
    assert other.visit(f"/staff/reports/no-records/{note.key}").status == 404
    other.visit("/staff/reports/no-records").sees_not("何苗")
    assert other.post(f"/staff/reports/{report.key}", {"outcome": "kept", "answer": "x"}).status in (400, 404)
    assert Report.get().state == "open"


@pytest.mark.req("SYS-09")
def test_only_who_answers_opens_notes_and_pictures(visitor, world, school: School) -> None:
    report = told(world, school)
    assert world.log_in(visitor(), school.staff("admin")).visit("/staff/reports").status == 403
    for login in ("xinxi", "luo"):
        person = world.log_in(visitor(), school.staff(login)).visit("/staff/reports")
        for path in ("/staff/reports/no-records", f"/staff/reports/{report.key}/files/x.jpg"):
            assert person.visit(path).status == 403, (login, path)


def test_the_longest_waiting_stands_first(visitor, world, school: School) -> None:
    told(world, school)
    world.wait(minutes=5)
    account, check = opened(school, "何苗", 2)
    reported.report(check, account, student(account.key), {"name": "何淼"}, "", [])
    officer = world.log_in(visitor(), school.staff("ni")).visit("/staff/reports")
    assert [th.get_text() for th in officer.page.select("tbody th")] == ["林晓溪", "何苗"]
    assert clock.today().isoformat() == "2026-11-16"
