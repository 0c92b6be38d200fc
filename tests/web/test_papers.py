"""Papers on their way: asked for, drawn by a job, fetched by who asked, gone after a day."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.domain.test_progress import opened
from tests.people import School, make_account
from webapp.domain import limits, receipts, records
from webapp.jobs import papers as jobs
from webapp.jobs import retention
from webapp.models.accounts import Account
from webapp.models.checks import Check
from webapp.models.papers import Paper
from webapp.models.photos import Upload

XI = "林晓溪"


def owner(school: School) -> Account:
    account, _ = opened(school, XI)
    records.pass_gate(account, school.unit.name)
    return account


def words(answer) -> str:
    pages = PdfReader(BytesIO(answer.get_data())).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")


@pytest.mark.req("CHK-13")
def test_a_student_takes_the_receipt_along(person, world, school: School) -> None:
    me = world.log_in(person(), owner(school))
    number = receipts.number(Check.get(Check.record == school.record(XI)).key)
    me.visit(f"/records/{school.record(XI).key}/receipt").sees(number, "林*溪")
    me.press("生成 PDF 回执").sees("自查回执", "正在生成文件", "看看好了没有")
    page = me.path
    world.work()
    me.visit(page).follow("下载 PDF")
    assert me.answer.mimetype == "application/pdf"
    assert me.answer.headers["Cache-Control"] == "no-store"
    told = words(me.answer)
    for one in ("自查回执", "林*溪", "2026年11月16日10:00", "已查看，还没有确认", number.replace(" ", ""), "不是学信网"):
        assert one in told, one
    assert XI not in told
    luo = world.log_in(person(), school.staff("ni"))
    luo.visit(f"/staff/progress/student/{school.record(XI).key}").sees(number)


@pytest.mark.req("CHK-13")
def test_a_receipt_asked_for_twice_is_one_and_belongs_to_who_asked(visitor, world, school: School) -> None:
    me = world.log_in(visitor(), owner(school))
    place = f"/records/{school.record(XI).key}/receipt"
    first = me.visit(place).press("生成 PDF 回执").path
    assert me.visit(place).press("生成 PDF 回执").path == first
    world.work()
    other = world.log_in(visitor(), make_account(school.record("何苗"), "13800000002"))
    officer = world.log_in(visitor(), school.staff("ni"))
    for path in (first, f"{first}/file", f"{first}/progress"):
        assert other.visit(path).status == 404, path
        assert officer.visit(path.replace("/papers", "/staff/papers")).status == 404, path


def test_a_paper_is_gone_after_a_day_and_holds_nothing_once_it_is_drawn(visitor, world, school: School) -> None:
    account = owner(school)
    page = world.log_in(visitor(), account).visit(f"/records/{school.record(XI).key}/receipt").press("生成 PDF 回执").path
    world.work()
    drawn = Paper.get()
    assert (drawn.state, drawn.data) == ("ready", None)
    world.wait(hours=24, seconds=1)
    assert world.log_in(visitor(), account).visit(f"{page}/file").status == 404
    retention.purge(world.worker.outside)
    jobs.forget_papers(world.worker.outside)
    assert Upload.get_by_id(drawn.upload_id).name is None
    assert not Paper.select().exists()


def test_a_paper_that_cannot_be_drawn_says_so(visitor, world, school: School) -> None:
    me = world.log_in(visitor(), owner(school))
    page = me.visit(f"/records/{school.record(XI).key}/receipt").press("生成 PDF 回执").path
    Paper.update(template="no_such_layout").execute()
    world.work()
    me.visit(page).sees("文件没有生成出来")
    assert me.visit(f"{page}/file").status == 404


def test_too_many_papers_wait_until_tomorrow(visitor, world, school: School) -> None:
    account = owner(school)
    limits.spend("paper:owner", account.key, limits.LIMITS["paper:owner"].allowed())
    me = world.log_in(visitor(), account).visit(f"/records/{school.record(XI).key}/receipt").press("生成 PDF 回执")
    assert me.status == 409
    me.sees("今天生成的文件太多了")


def test_before_the_record_was_opened_there_is_no_receipt(visitor, world, school: School) -> None:
    account = make_account(school.record(XI), "13800000001")
    records.bind(account)
    records.pass_gate(account, school.unit.name)
    me = world.log_in(visitor(), account).visit("/records")
    me.post(f"/records/{school.record(XI).key}/receipt")
    assert me.path == f"/records/{school.record(XI).key}"
    assert not Paper.select().exists()
