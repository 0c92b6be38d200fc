"""The two stories of the product, by hand, in Chromium: plain in Chinese, with htmx in English.

Register, find the record, confirm it; log in to the desk, bring a roster in, read the board, answer a report.
"""

import pyotp
import pytest
from playwright.sync_api import expect

from tests.browser.site import Site, until
from tests.browser.visitor import DESK, Visitor
from tests.desk import roster, student
from tests.domain.test_progress import opened
from tests.people import PASSWORD, TOTP, School, make_account
from tests.registering import NAME, NUMBER, PHONE
from tests.reporting import holder
from webapp.domain import permissions, records, reported
from webapp.domain.identity import verification_codes
from webapp.models.accounts import Account, Session
from webapp.models.checks import Check
from webapp.models.records import Record

WAYS = [pytest.param("zh", False, id="plain-zh"), pytest.param("en", True, id="htmx-en")]


def ask_code(me: Visitor, site: Site, phone: str = PHONE) -> Visitor:
    me.fill("手机号", phone).tick("我已阅读并同意《用户协议》、《隐私政策》").pass_captcha(site.captcha())
    return me.press("获取短信验证码")


def prove_phone(me: Visitor, site: Site, phone: str = PHONE) -> Visitor:
    return ask_code(me, site, phone).fill("短信验证码", site.code(phone)).press("下一步")


def identify(me: Visitor) -> Visitor:
    return me.fill("姓名", NAME).fill("证件号码", NUMBER).press("是，下一步")


def log_in(site: Site, language: str, scripts: bool, login: str = "ni") -> Visitor:
    desk = site.visitor(language=language, scripts=scripts, size=DESK).visit("/staff")
    desk.fill("登录名", login).fill("密码", PASSWORD).press("下一步")
    desk.fill("动态码", pyotp.TOTP(TOTP).now()).press("登录")
    return desk if language == "zh" else desk.press("English")


def tell(school: School, name: str) -> None:
    """Let a student say what is wrong, before the story begins."""
    account, check = opened(school, name)
    reported.report(check, account, permissions.student(account.key), {"ethnic": "苗族"}, "见户口本", ())


@pytest.mark.req("ACC-24", "ACC-28", "ACC-51", "BND-01", "CHK-02", "CHK-03", "CHK-04", "CHK-11")
@pytest.mark.parametrize(("language", "scripts"), WAYS)
def test_a_student_registers_finds_the_record_and_confirms_it(site: Site, school: School, language: str, scripts: bool):
    me = site.visitor(language=language, scripts=scripts).visit("/").follow("开始自查")
    prove_phone(me, site)
    identify(me).fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("完成注册")
    me.sees("账号注册成功").follow("查看学籍信息")
    me.fill("院校名称", school.unit.name).press("核验，继续")
    me.page.locator(".menu a", has_text="计算机应用技术").click()
    me.sees("核对学籍信息", "全部正确，确认").press("全部正确，确认")
    assert me.path.endswith("/receipt")
    check = Check.select().join(Record).where(Record.name == NAME).get()
    assert check.state == "confirmed"
    me.visit("/").sees("查看回执")
    assert me.faults == []


@pytest.mark.req("ACC-24")
@pytest.mark.parametrize(("language", "scripts"), WAYS)
def test_reading_what_one_agrees_to_loses_nothing_that_was_typed(site: Site, school: School, language: str, scripts: bool):
    me = site.visitor(language=language, scripts=scripts).visit("/register/phone").fill("手机号", PHONE)
    me.tick("我已阅读并同意《用户协议》、《隐私政策》").open("读《隐私政策》")
    if scripts:
        expect(me.page.locator("details[open] h2")).to_have_count(7)
    else:
        with me.page.expect_popup() as opened_beside:
            me.page.locator("details[open] a").click()
        expect(opened_beside.value.locator("h1")).to_have_text(me.say("隐私政策"))
    assert me.field("手机号").input_value() == PHONE
    assert me.page.locator("[name=consent]").is_checked()
    assert me.path == "/register/phone"
    assert me.faults == []


@pytest.mark.req("SCH-01", "SCH-02", "SCH-05", "SCH-06", "SYS-10", "CHK-06", "CHK-08")
@pytest.mark.parametrize(("language", "scripts"), WAYS)
def test_the_office_brings_a_roster_in_reads_the_board_and_answers(site: Site, school: School, language: str, scripts: bool):
    tell(school, "何苗")
    ni = log_in(site, language, scripts).sees("待办").follow("学籍").follow("名册导入").follow("导入名册")
    ni.tick("学籍名册（在校生、新生）").attach("文件", "2026 新生.csv", roster(*(student(n) for n in range(1, 40)))).press(
        "上传并检查"
    )
    settled(ni, "等你确认").press("确认，写入 %(num)s 行", num=39)
    settled(ni, "已导入")
    ni.follow("自查").sees("信息工程学院").follow("信息工程学院").sees("计应 2601 班")
    due = {check.state for check in Check.select()}
    assert (Record.select().count(), due) == (12 + 39, {"unseen", "reported"})
    ni.follow("学生反馈").follow("何苗").tick("不予更正").fill("答复学生", "与录取名册核对一致").press("答复学生")
    assert Check.select().join(Record).where(Record.name == "何苗").get().state == "kept"
    ni.press("退出")
    assert ni.path == "/staff/login"
    assert ni.faults == []


def settled(officer: Visitor, words: str) -> Visitor:
    """Wait for the job: with scripts the page moves on by itself, without one presses 刷新进度."""
    pill = officer.page.locator(".headline .pill", has_text=officer.say(words))
    if officer.scripts:
        pill.wait_for()
        return officer
    until(lambda: pill.count() or again(officer))
    return officer


def again(officer: Visitor) -> None:
    """Look once more at what a job has done so far, as patiently as a person."""
    officer.follow("刷新进度").page.wait_for_timeout(500)


def test_the_back_button_finds_the_answers_as_they_were_left(site: Site, school: School):
    me = identify(prove_phone(site.visitor().visit("/register"), site))
    assert me.path == "/register/password"
    me.page.go_back()
    expect(me.field("证件号码")).to_have_value(NUMBER)
    me.page.go_back()
    assert me.path == "/register/code"
    me.page.go_forward()
    me.page.go_forward()
    assert me.path == "/register/password"


@pytest.mark.req("ACC-34")
def test_a_double_tap_makes_one_account_and_sends_one_form(site: Site, school: School):
    me = identify(prove_phone(site.visitor().visit("/register"), site)).fill("密码", PASSWORD).fill("密码确认", PASSWORD)
    posts = []
    me.page.on("request", lambda asked: posts.append(asked.url) if asked.method == "POST" else None)
    me.button("完成注册").dblclick()
    me.page.wait_for_url("**/register/done")
    assert (len(posts), Account.select().count(), Session.select().count()) == (1, 1, 1)


def test_offline_the_form_says_so_keeps_what_was_typed_and_goes_again(site: Site, school: School):
    me = prove_phone(site.visitor().visit("/register"), site).fill("姓名", NAME).fill("证件号码", NUMBER)
    me.page.context.set_offline(True)
    me.button("是，下一步").click()
    me.page.get_by_role("alert").get_by_text(me.say("没有提交成功，网络断了。内容还在这里。")).wait_for()
    expect(me.field("姓名")).to_have_value(NAME)
    me.page.context.set_offline(False)
    me.press("重试")
    assert me.path == "/register/password"


def test_a_fault_of_ours_leaves_the_form_and_names_a_reference(site: Site, school: School):
    me = prove_phone(site.visitor().visit("/register"), site).fill("姓名", NAME).fill("证件号码", NUMBER)
    me.page.route("**/register/identity", lambda route: route.fulfill(status=500, body="", headers={"X-Reference": "7F2K"}))
    me.button("是，下一步").click()
    me.page.get_by_role("alert").get_by_text("7F2K").wait_for()
    me.page.unroute_all()
    assert me.press("重试").path == "/register/password"


def test_the_focus_goes_to_the_heading_of_a_new_screen_and_to_the_summary_of_a_bad_one(site: Site, school: School):
    me = site.visitor().visit("/register")
    me.pass_captcha("").press("获取短信验证码")
    assert me.focus == "div.summary"
    assert me.page.title().startswith(me.say("错误："))
    me.page.locator(".summary a").first.click()
    assert me.page.evaluate("document.activeElement.name") == "phone"
    ask_code(me, site)
    assert me.focus == "h1"
    assert me.page.evaluate("scrollY") == 0
    assert not me.page.title().startswith(me.say("错误："))


def test_the_resend_button_counts_down_and_cannot_be_pressed_before(site: Site, school: School):
    me = ask_code(site.visitor().visit("/register"), site).open("没收到短信？")
    again = me.page.locator("[data-wait]")
    expect(again).to_have_attribute("aria-disabled", "true")
    expect(again).to_contain_text("秒后可重新发送")
    again.click(force=True)
    assert me.path == "/register/code"
    until(lambda: any(line.startswith("SMS") for line in site.outbox()))
    assert len([line for line in site.outbox() if line.startswith("SMS")]) == 1


@pytest.mark.req("CHK-05")
def test_a_tick_opens_its_field_and_changes_which_button_is_offered(site: Site, school: School):
    account = make_account(school.record(NAME), PHONE)
    records.pass_gate(account, school.unit.name)
    (record,) = records.bind(account)
    me = site.visitor(account).visit(f"/records/{record.key}")
    expect(me.button("全部正确，确认")).to_be_visible()
    row = me.page.locator(".flagged", has_text=me.say("民族")).first
    row.locator("[type=checkbox]").check()
    expect(me.button("提交勾选的问题")).to_be_visible()
    expect(me.button("全部正确，确认")).to_be_hidden()
    row.locator("input:not([type=checkbox])").fill("苗族")
    me.press("提交勾选的问题").sees("已反馈，学校处理中", "苗族")


@pytest.mark.req("RPT-03")
def test_a_code_is_copied_with_one_tap_and_the_button_stays_after_a_swap(site: Site, school: School):
    hers = holder(school)
    records.pass_gate(hers.account, school.unit.name)
    report = hers.issue()
    me = site.visitor(hers.account)
    me.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    me.visit("/reports").press("关闭").press("重新开启")
    copy = me.page.locator("[data-copy]")
    copy.click()
    expect(copy).to_have_text(me.say("已复制"))
    assert me.page.evaluate("navigator.clipboard.readText()") == verification_codes.grouped(report.code)
    expect(copy).to_have_text(me.say("复制"))
