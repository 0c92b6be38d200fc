"""The holder's pages of 在线验证报告: issuing one, its page, extending, closing, sending it, and who looked."""

from datetime import date

import pytest

from tests.correcting import picture
from tests.desk import Desk
from tests.pages import counted
from tests.people import School
from tests.reporting import Holder, holder
from tests.web.test_records import diploma
from tests.world import World
from webapp.domain import clock, defaults, records
from webapp.domain.changes import closing
from webapp.domain.identity import verification_codes
from webapp.domain.permissions import SYSTEM
from webapp.domain.reports import ending, issuing, requests, verifying
from webapp.models import report_by_code
from webapp.models.accounts import Account
from webapp.models.messages import Message, Notice
from webapp.models.records import Record
from webapp.models.report_mails import ReportMail
from webapp.models.reports import Look, OnlineReport

HERE = "192.0.2.0/24"


@pytest.fixture
def hers(world: World, school: School) -> Holder:
    found = holder(school)
    records.pass_gate(found.account, school.unit.name)
    return found


def again(report: OnlineReport) -> OnlineReport:
    return OnlineReport.get_by_id(report.id)


@pytest.mark.req("RPT-01", "RPT-02", "RPT-03", "RPT-04")
def test_a_report_is_there_three_taps_after_the_menu(world, hers, person):
    lin = world.log_in(person(), hers.account).visit("/menu").follow("在线验证报告")
    assert lin.sees("还没有报告")
    lin.follow("申请报告")
    assert lin.sees("申请在线验证报告", "云溪职业技术学院", "学籍在线验证报告，免费")
    lin.press("申请")
    (report,) = OnlineReport.select()
    assert lin.path == f"/reports/{report.key}"
    assert lin.sees(verification_codes.grouped(report.code), "有效", "2026 年 12 月 16 日", "正在生成 PDF")
    assert (report.language, report.shows, report.pin_index, report.ends) == ("zh", "", None, date(2026, 12, 16))
    assert lin.page.find(class_="qr").svg is not None
    assert hers.record.name not in lin.title


@pytest.mark.req("RPT-02", "RPT-04")
def test_what_is_added_and_what_is_wrong_in_it(world, hers, person):
    lin = world.log_in(person(), hers.account).visit(f"/reports/new/{hers.record.key}")
    lin.tick("班级").tick("本人照片").tick("3").fill("查看密码", "12").press("申请")
    assert lin.status == 422 and lin.errors() == ["查看密码是 4 到 8 位数字"]
    lin.fill("查看密码", "4821").press("申请")
    (report,) = OnlineReport.select()
    assert (report.shows, report.ends) == ("klass photo", date(2027, 2, 16))
    assert lin.sees("班级、本人照片", "还要输入你设的查看密码") and lin.sees_not("4821")


@pytest.mark.req("RPT-02")
@pytest.mark.parametrize("months", ["0", "7", "-1", "", "二", "1e9"])
def test_other_validities_are_refused(world, hers, visitor, months):
    lin = world.log_in(visitor(), hers.account).visit(f"/reports/new/{hers.record.key}")
    lin.post(lin.path, {"language": "zh", "months": months})
    assert lin.status == 422 and lin.errors() == ["有效期须为1至6个月"]
    assert OnlineReport.select().count() == 0


@pytest.mark.req("RPT-01", "RPT-19")
def test_a_record_of_which_none_may_be_had_says_why(world, hers, person):
    Record.update(status="X1").where(Record.id == hers.record.id).execute()
    lin = world.log_in(person(), hers.account).visit("/reports/new")
    assert lin.sees("学籍信息待核实，联系学校后再申请", "不能申请")
    lin.visit(f"/reports/new/{hers.record.key}")
    assert lin.path == "/reports/new"
    lin.post(f"/reports/new/{hers.record.key}", {"language": "zh", "months": "1"})
    assert lin.status == 422 and OnlineReport.select().count() == 0


@pytest.mark.req("RPT-13")
def test_another_holder_finds_neither_record_nor_report(world, school, hers, visitor):
    report = hers.issue()
    other = holder(school, "何苗", "13800000002")
    records.pass_gate(other.account, school.unit.name)
    he = world.log_in(visitor(), other.account)
    for place in (f"/reports/new/{hers.record.key}", f"/reports/{report.key}", f"/reports/{report.key}/pdf"):
        assert he.visit(place).status == 404
    for move in ("close", "reopen", "extend", "send"):
        assert he.visit("/reports").post(f"/reports/{report.key}/{move}", {"months": "6"}).status == 404
    assert again(report).state == "active"


@pytest.mark.req("RPT-09")
def test_a_report_is_extended_before_and_after_its_end(world, hers, person):
    report = hers.issue(months=1)
    lin = world.log_in(person(), hers.account).visit(f"/reports/{report.key}")
    assert lin.sees("2 个月", "到 2027 年 1 月 16 日")
    lin.tick("6 个月").press("延长")
    assert again(report).ends == date(2027, 5, 16) and lin.sees("已经是最长的")
    world.wait(days=176)
    world.log_in(lin, hers.account).visit("/reports").sees("快到期", "有效到 2027 年 5 月 16 日")
    world.wait(days=10)
    records.pass_gate(hers.account, hers.record.unit.name)
    world.log_in(lin, hers.account).visit("/reports").sees("已过期", "2027 年 5 月 16 日到期")
    lin.press("延长 1 个月")
    assert again(report).ends == date(2027, 6, 21) and lin.sees("有效")


@pytest.mark.req("RPT-11")
def test_a_report_is_closed_and_opened_again(world, hers, person):
    report = hers.issue()
    lin = world.log_in(person(), hers.account).visit("/reports").press("关闭")
    assert lin.sees("你关闭了这份报告") and verifying.by_code(report.code, "typed", HERE).verdict == "closed"
    lin.post(f"/reports/{report.key}/close")
    assert lin.status == 409
    lin.visit("/reports").press("重新开启")
    assert verifying.by_code(report.code, "typed", HERE).verdict == "valid"


@pytest.mark.req("RPT-14")
def test_the_holder_sees_every_look(world, hers, visitor):
    report = hers.issue(pin="4821")
    for n in range(21):
        verifying.by_code(report.code, "typed", "198.51.100.0/24", "4821" if n else "")
    verifying.by_token(report.token, "203.0.113.0/24", "4821")
    lin = world.log_in(visitor(), hers.account).visit(f"/reports/{report.key}")
    assert lin.sees("一共 22 次", "21 次看到了内容", "扫码 · 203.0.113.0/24", "输入 · 198.51.100.0/24", "第 1 页，共 3 页")
    lin.follow("下一页").follow("下一页").sees("没有输对查看密码", "2026 年 11 月 16 日 10:00", "第 3 页，共 3 页")
    assert lin.visit(f"/reports/{report.key}?page=99").sees("第 3 页，共 3 页")
    assert Look.select().count() == 22


@pytest.mark.req("RPT-19")
def test_a_report_that_shows_nothing_says_so_to_its_holder(world, hers, visitor):
    report = hers.issue()
    Record.update(status="X1").where(Record.id == hers.record.id).execute()
    lin = world.log_in(visitor(), hers.account)
    lin.visit("/reports").sees("待核实")
    lin.visit(f"/reports/{report.key}").sees("学籍信息待核实")


def test_the_list_and_a_report_cost_the_same_with_many(world, hers, visitor):
    for _ in range(11):
        report = hers.issue()
    lin = world.log_in(visitor(), hers.account).visit("/reports")
    with counted() as cost:
        lin.visit("/reports")
    assert (cost.reads, cost.writes) == (2, 0)
    assert len(lin.page.find_all("section")) == 10
    lin.follow("下一页")
    assert len(lin.page.find_all("section")) == 1
    with counted() as cost:
        lin.visit(f"/reports/{report.key}")
    assert cost.reads <= 9 and cost.writes == 0


@pytest.mark.req("RPT-22")
def test_a_report_is_sent_by_mail_with_link_and_code(world, hers, person):
    report = hers.issue(pin="4821")
    lin = world.log_in(person(), hers.account).visit(f"/reports/{report.key}/send")
    lin.fill("对方的邮箱", "hr@example.com\n坏地址").press("发送")
    assert lin.status == 422 and not ReportMail.select().exists()
    lin.fill("对方的邮箱", "HR@example.com， second@example.com hr@example.com").press("发送")
    assert lin.sees("发给了谁", "hr@example.com", "second@example.com")
    (mail,) = (line for line in world.outbox() if line.startswith("MAIL hr@example.com"))
    assert f"/v/{report.token}" in mail and verification_codes.grouped(report.code) in mail
    assert "查看密码" in mail and "4821" not in mail and ".pdf" not in mail and "bytes" not in mail
    assert hers.record.document not in mail
    assert [one.body for one in Message.select()] == [None, None]
    assert lin.visit(f"/reports/{report.key}").sees("发出去了")


@pytest.mark.req("RPT-05", "RPT-22")
def test_the_pdf_is_fetched_once_it_is_drawn_and_goes_along_where_it_is_ticked(world, hers, person):
    report = hers.issue()
    lin = world.log_in(person(), hers.account).visit(f"/reports/{report.key}/send")
    assert lin.sees_not("附上 PDF 文件") and lin.visit(f"/reports/{report.key}/pdf").status == 404
    assert lin.visit(f"/reports/{report.key}/progress").sees("正在生成 PDF")
    world.work()
    lin.visit(f"/reports/{report.key}").follow("下载 PDF")
    assert lin.answer.mimetype == "application/pdf" and lin.answer.data.startswith(b"%PDF-")
    assert lin.answer.headers["Cache-Control"] == "no-store"
    lin.visit(f"/reports/{report.key}/send").fill("对方的邮箱", "hr@example.com").tick("附上 PDF 文件").press("发送")
    assert lin.sees("附了 PDF")
    (mail,) = (line for line in world.outbox() if line.startswith("MAIL hr@example.com"))
    assert f".pdf, {len(lin.client.get(f'/reports/{report.key}/pdf').data)} bytes]" in mail


@pytest.mark.req("RPT-22")
def test_five_addresses_a_day_and_no_more(world, hers, visitor):
    report = hers.issue()
    lin = world.log_in(visitor(), hers.account).visit(f"/reports/{report.key}/send")
    lin.fill("对方的邮箱", "\n".join(f"hr{n}@example.com" for n in range(6))).press("发送")
    assert lin.status == 422 and lin.sees("一天最多发给 5 个邮箱") and not ReportMail.select().exists()
    lin.fill("对方的邮箱", "\n".join(f"hr{n}@example.com" for n in range(5))).press("发送")
    assert ReportMail.select().count() == 5
    assert lin.visit(f"/reports/{report.key}/send").sees("今天能发的邮箱用满了")
    issuing.close(again(report), hers.actor)
    world.wait(days=1, seconds=1)
    world.log_in(lin, hers.account).visit(f"/reports/{report.key}/send").fill("对方的邮箱", "hr@example.com").press("发送")
    assert lin.status == 422 and lin.sees("这份报告现在不能查验")


@pytest.mark.req("RPT-10")
def test_holders_are_told_a_week_and_a_day_before_the_end(world, hers, person):
    report = hers.issue(months=1)
    later = hers.issue(months=2)
    for days, told in ((22, 0), (1, 1), (1, 1), (4, 1), (1, 2), (1, 2)):
        world.wait(days=days)
        ending.remind()
        ending.remind()
        assert Notice.select().where(Notice.template == "report_ending").count() == told
    link = Notice.select().where(Notice.template == "report_ending").first().link
    assert link == f"/reports/{report.key}" and again(later).reminded is None
    lin = world.log_in(person(), hers.account).visit(link).press("延长 1 个月")
    assert again(report).reminded is None and lin.sees("有效")
    assert any("在线验证报告" in line and line.startswith("SMS 138 0000 0001") for line in world.outbox())


@pytest.mark.req("RPT-10")
def test_nobody_is_reminded_of_what_shows_nothing(world, hers):
    report = hers.issue(months=1)
    world.wait(days=25)
    Record.update(status="X1").where(Record.id == hers.record.id).execute()
    assert ending.remind() == 0
    Record.update(status="A1").where(Record.id == hers.record.id).execute()
    issuing.close(again(report), hers.actor)
    assert ending.remind() == 0 and not Notice.select().exists()


@pytest.mark.req("RPT-28")
def test_the_holder_opens_an_ended_report_for_who_asked(world, hers, person):
    report = hers.issue(months=1)
    world.wait(days=40)
    asked = requests.ask(report_by_code.by_key(report.key), "人事处 王老师", "入职材料")
    lin = world.log_in(person(), hers.account).visit(f"/reports/{report.key}")
    assert lin.sees("有人想看这份报告", "人事处 王老师", "入职材料")
    lin.press("给对方看 7 天")
    assert lin.sees("你同意了这个人看") and requests.look(requests.find(report, asked.key), HERE).verdict == "valid"
    lin.press("不给看了")
    assert lin.sees_not("人事处 王老师") and not requests.is_open(requests.find(report, asked.key))


@pytest.mark.req("RPT-23")
def test_a_graduate_lets_strangers_compare_the_certificate_or_not(world, school, hers, person):
    files = Desk(world, school).files
    photo = files.keep(picture(), "graduation_photo", state="clean", media="image/jpeg")
    bound = {"account": hers.account, "bound": clock.now(), "bound_how": "manual"}
    diploma(school, hers.record, photo=photo, conclusion="graduated", **bound)
    lin = world.log_in(person(), hers.account).visit("/reports/new")
    lin.sees("学籍在线验证报告").follow("学历证书电子注册备案表").press("申请")
    report = OnlineReport.get()
    assert report.kind == "qualification" and report.code.startswith("AU") and lin.sees_not("零散查询")
    defaults.change("rpt.scattered", True, SYSTEM)
    lin.visit(lin.path).press("允许零散查询")
    assert again(report).comparable
    lin.press("不再允许")
    assert not again(report).comparable


@pytest.mark.req("RPT-17")
def test_anybody_reads_how_one_gets_a_report_and_what_it_is_good_for(visitor):
    him = visitor().visit("/reports/how")
    assert him.sees("怎样申请", "1 到 6 个月", "到期前 7 天和 1 天")
    assert him.follow("报告特点").sees("求职招聘、派遣接收、升学", "干部任免、职称评定、信用评估", "怎样查验")


@pytest.mark.req("RPT-25")
def test_the_entries_of_either_year_lead_to_the_own_record(world, hers, visitor):
    him = visitor().visit("/archive")
    assert him.follow("新生学籍").path == "/login"
    lin = world.log_in(visitor(), hers.account)
    assert lin.visit("/archive").path == "/records"


@pytest.mark.req("ACC-50")
def test_who_closes_the_account_is_told_what_becomes_of_the_reports(world, hers):
    hers.issue()
    assert closing.live(Account.get_by_id(hers.account.id)).online_reports == 1
