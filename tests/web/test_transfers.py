"""国际合作申请 on screen: four steps, the receiver's page in English, what the holder sees of it, and the staff's list."""

import pytest

from tests.people import School, make_school
from tests.reporting import Holder, holder
from tests.world import World
from webapp.domain import records
from webapp.domain.transfers import delivering, receivers, sending
from webapp.models.messages import Message
from webapp.models.staff import Staff
from webapp.models.transfers import Transfer

MAIL = "intake@wes.org"
WES = "世界教育服务（WES），美国"
REPORT = "云溪职业技术学院 学籍在线验证报告（中文）"


@pytest.fixture
def hers(world: World, school: School) -> Holder:
    made = holder(school)
    records.pass_gate(made.account, school.unit.name)
    return made


def at_consent(me, hers: Holder):
    """Through the steps, up to the consent."""
    hers.issue()
    me.visit("/transfers").follow("新的发送").fill("接收方", WES).press("继续")
    me.fill("对方的邮箱", MAIL).fill("参考编号", "1234567").press("继续")
    return me.tick(REPORT).press("继续")


def sent(world: World, me, hers: Holder) -> Transfer:
    at_consent(me, hers).tick("我看过，同意发送").press("发送")
    world.work()
    return Transfer.select().order_by(Transfer.id.desc()).get()


def opened(world: World, stranger, found: Transfer):
    """The receiver's browser, the mailbox proved."""
    stranger.visit(f"/t/{sending.token(found)}").press("Send the code")
    code = [line for line in world.outbox() if line.startswith(f"MAIL {found.email} ")][-1].split("documents: ")[1][:6]
    return stranger.fill("Code", code).press("Open the documents")


@pytest.mark.req("INT-01", "INT-02", "INT-03", "INT-05")
def test_four_steps_lead_to_a_mail_and_every_gap_is_told(world: World, hers: Holder, person) -> None:
    me = world.log_in(person(), hers.account).visit("/transfers").sees("还没有发送过").follow("新的发送")
    assert me.press("继续").errors() == ["选一个接收方"]
    me.fill("接收方", WES).press("继续").sees(WES, "例如 12345678")
    me.fill("对方的邮箱", "intake@example.cn").press("继续")
    assert me.status == 422 and len(me.errors()) == 2
    assert me.errors()[0].startswith("这个机构的邮箱以 @wes.org 结尾") and me.errors()[1] == "填写对方机构的参考编号"
    me.fill("对方的邮箱", MAIL).fill("参考编号", "1234567").press("继续").sees("还没有可以发送的文件")
    hers.issue()
    me.visit("/transfers/documents").tick(REPORT).press("继续")
    me.sees("我同意把下面的文件发给：世界教育服务（WES），美国，邮箱 intake@wes.org。", "参考编号：1234567")
    assert me.press("发送").errors() == ["同意以后才能发送"] and Transfer.select().count() == 0
    me.tick("我看过，同意发送").press("发送").sees("待发送", "还没有打开过")
    found = Transfer.get()
    assert "世界教育服务（WES），美国，邮箱 intake@wes.org" in found.consent
    world.work()
    me.visit(f"/transfers/{found.key}").sees("已发送", "等对方打开")
    me.visit("/transfers").sees("World Education Services (WES)", "已发送")


@pytest.mark.req("INT-03")
def test_a_consent_to_what_has_changed_since_is_not_taken(world: World, hers: Holder, person) -> None:
    me = at_consent(world.log_in(person(), hers.account), hers)
    other = world.log_in(person(), hers.account)
    other.client.set_cookie("xd_visit", me.client.get_cookie("xd_visit").value)
    other.visit("/transfers/details").fill("对方的邮箱", "else@wes.org").fill("参考编号", "7654321").press("继续")
    assert me.tick("我看过，同意发送").press("发送").errors() == ["要发送的内容刚变过，看清楚再同意"]
    me.sees("else@wes.org")
    assert Transfer.select().count() == 0


@pytest.mark.req("INT-04", "INT-09")
def test_the_receiver_reads_english_proves_the_mailbox_and_takes_the_pdf(world: World, hers: Holder, person, visitor) -> None:
    me = world.log_in(person(), hers.account)
    found = sent(world, me, hers)
    wes = visitor().visit(f"/t/{sending.token(found)}")
    wes.sees("i***@wes.org").sees_not("林晓溪", "1234567", "同意")
    assert wes.answer.headers["X-Robots-Tag"].startswith("noindex")
    wes = opened(world, visitor(), found).sees("林晓溪", "1234567", "Online Verification Report of Student Enrolment")
    wes.press("Download the PDF Online Verification Report of Student Enrolment 学籍在线验证报告")
    assert wes.answer.mimetype == "application/pdf" and wes.answer.get_data().startswith(b"%PDF")
    me.visit(f"/transfers/{found.key}").sees("对方已接收", "下载 云溪职业技术学院 学籍在线验证报告（中文）", "192.0.2.0/24")
    assert not me.page.find("form", action=lambda place: place and place.endswith("withdraw"))


@pytest.mark.req("INT-04")
def test_another_browser_with_the_link_alone_gets_nothing(world: World, hers: Holder, person, visitor) -> None:
    found = sent(world, world.log_in(person(), hers.account), hers)
    opened(world, visitor(), found)
    (item,) = sending.items(found)
    thief = visitor().visit(f"/t/{sending.token(found)}")
    thief.post(f"/t/{sending.token(found)}/documents/{item.key}")
    assert thief.answer.mimetype == "text/html"
    thief.sees_not("林晓溪")
    assert Transfer.get().state == "sent"
    assert thief.visit(f"/t/{'x' * 43}").status == 404


@pytest.mark.req("INT-05")
def test_a_failure_asks_for_a_new_address_and_withdrawing_ends_the_link(world: World, hers: Holder, person, visitor) -> None:
    me = world.log_in(person(), hers.account)
    at_consent(me, hers).tick("我看过，同意发送").press("发送")
    found = Transfer.get()
    delivering.not_sent(found, "receiver", retry=False)
    me.visit(f"/transfers/{found.key}").sees("发送失败", "这个邮箱收不到邮件")
    assert me.fill("对方的邮箱", "new@wes.org").press("再发一次").errors() == ["同意以后才能发送"]
    me.fill("对方的邮箱", "new@wes.org").tick("我同意把这些文件发到这个邮箱").press("再发一次").sees("待发送", "new@wes.org")
    world.work()
    assert Message.select().where(Message.template.contains("transfer_failed")).count() == 1
    me.visit(f"/transfers/{found.key}").press("撤回").sees("已撤回")
    visitor().visit(f"/t/{sending.token(Transfer.get())}").sees("withdrawn")


@pytest.mark.req("INT-10")
def test_the_services_that_ended_are_listed_and_refused_with_the_day(world: World, hers: Holder, person) -> None:
    me = world.log_in(person(), hers.account).visit("/menu").follow("出国教育背景服务")
    me.sees("纸质报告 2019年5月1日起不再受理", "中学成绩单（含高中、中专、中职和技校等） 2019年5月1日起不再受理")
    assert me.fill("要办什么", "纸质报告").press("开始办理").errors() == ["这项服务 2019-05-01 起已经停止，不再受理"]
    me.fill("要办什么", "学籍、学历的在线验证报告").press("开始办理")
    assert me.path == "/transfers/receiver"


def test_nobody_else_s_transfer_has_a_page(world: World, school: School, hers: Holder, person) -> None:
    found = sent(world, world.log_in(person(), hers.account), hers)
    other = holder(school, "何苗", "13800000002")
    records.pass_gate(other.account, school.unit.name)
    him = world.log_in(person(), other.account)
    assert him.visit(f"/transfers/{found.key}").status == 404
    him.client.set_cookie("xd_visit", "")
    assert him.visit("/transfers/receiver").status == 200


@pytest.mark.req("INT-01")
def test_the_office_switches_off_and_adds_receivers(world: World, school: School, hers: Holder, person) -> None:
    ni = world.log_in(person(), school.staff("ni")).visit("/staff/receivers").sees("世界教育服务（WES）")
    ni.follow("添加机构")
    assert len(ni.press("添加").errors()) == 1
    ni.fill("国家或地区", "日本").fill("中文名称", "东方大学").fill("英文名称", "Toho University")
    ni.fill("接收文件的邮箱", "admission@example.ac.jp").press("添加").sees("东方大学", "admission@example.ac.jp")
    ni.press("停用 东方大学")
    assert "东方大学" not in {one.name for one in receivers.offered(hers.account)}
    far = make_school("99998", "山湖学院")
    stranger = world.log_in(person(), Staff.get(Staff.login == "ni-99998")).visit("/staff/receivers").sees_not("东方大学")
    assert stranger.visit(f"/staff/receivers?unit={school.unit.key}").status == 404 and far
