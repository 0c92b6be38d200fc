"""我的认证: the list, one application with its way, calling it off, 申请复议, and what anybody may ask about a report."""

import re

import pytest

from tests.certifying import Office, begun, certified, filed, held, proved, refused
from tests.correcting import picture
from tests.people import School
from tests.person import Person
from tests.reporting import Holder, holder
from tests.world import World
from webapp.domain import limits, records
from webapp.domain.certification import deciding, filing, following
from webapp.models.certification import Application, ApplicationItem, ItemStep
from webapp.models.journal import Job
from webapp.models.messages import Notice


@pytest.fixture
def me(world: World, hers: Holder, visitor) -> Person:
    return world.log_in(visitor(), hers.account)


def again(item: ApplicationItem) -> ApplicationItem:
    return ApplicationItem.get_by_id(item.id)


@pytest.mark.req("CRT-31", "PAY-05")
def test_the_list_tells_of_each_application_and_what_can_be_done_with_it(
    world: World, hers: Holder, office: Office, me: Person
) -> None:
    me.visit("/applications").sees("我的认证", "还没有申请过")
    begun(hers, office.agency)
    world.wait(seconds=1)
    item = filed(hers, office.agency)
    world.wait(seconds=1)
    waiting = filing.confirm(proved(hers, office.agency, en=1), hers.actor)
    me.visit("/applications").sees(
        item.application.number, "青溪省学历认证中心", "支付时间", "高等学历认证", "林晓溪-云溪职业技术学院-本科", "待校对"
    )
    me.sees("初次提交，免费", "待支付", "未提交", "还没有编号的申请")
    links = {link["href"] for link in me.page.main.find_all("a")}
    assert f"/applications/{waiting.key}/pay" in links
    assert f"/applications/{item.application.key}#cancel" in links
    assert any(re.fullmatch(r"/apply/[\w-]{22}", link) for link in links)
    for _ in range(9):
        begun(hers, office.agency)
    assert me.visit("/applications").sees("第 1 页，共 2 页").sees_not("上一页").follow("下一页").sees("第 2 页，共 2 页")
    assert (
        me.fill("到第几页", "1").press("确定").sees("第 1 页，共 2 页").visit("/applications?page=99").sees("第 2 页，共 2 页")
    )
    assert me.visit("/applications?page=x").status == 200


@pytest.mark.req("CRT-33", "CRT-29")
def test_its_page_says_what_was_filled_in_who_has_it_and_until_when(hers: Holder, office: Office, me: Person) -> None:
    item = filed(hers, office.agency)
    place = f"/applications/{item.application.key}"
    me.visit("/applications").follow(item.application.number)
    assert me.path == place
    me.sees("提交成功，申请单编号", item.application.number, "现在在受理机构，最晚 2026 年 11 月 19 日 办完这一步")
    for label in ("申请人性质", "申请人", "申请人所在地", "申请人手机号", "报告接收邮箱", "认证目的", "受理机构", "订单状态"):
        me.sees(label)
    me.sees("浙江", "lin@example.edu.cn", "0.00", "总计").sees_not(hers.account.document)
    deciding.accept(held(item, office), office.actor())
    me.visit(place).sees("受理", "已受理", "最晚 2026 年 12 月 14 日 办完这一步", "当前状态不可取消").sees_not("不办了")
    deciding.ask(held(item, office), office.actor(), ("unclear",), "第 2 页印章看不清")
    me.visit(place).sees("待补充材料", "图片看不清；第 2 页印章看不清", "现在等你", "修改附件")
    assert me.page.main.find("a", class_="btn")["href"] == f"{place}/files"


@pytest.mark.req("CRT-33", "PAY-06", "MSG-01")
def test_an_application_that_nobody_began_to_check_is_called_off_and_its_money_goes_back(
    world: World, hers: Holder, office: Office, person
) -> None:
    me = world.log_in(person(), hers.account)
    application = filing.settle(filing.confirm(proved(hers, office.agency, en=1), hers.actor))
    place = f"/applications/{application.key}"
    me.visit(place).sees("已支付").press("取消申请").sees("已取消", "付过的费用全额退回")
    assert [one.state for one in application.items] == ["cancelled"]
    assert Job.select().where((Job.name == "payments.refund") & Job.args.contains(application.key)).count() == 1
    assert following.cancel(Application.get_by_id(application.id), hers.actor).state == "cancelled"  # the second tap
    assert Job.select().where(Job.name == "payments.refund").count() == 1
    assert Notice.select().where(Notice.template == "certification_cancelled").count() == 1
    late = filed(hers, office.agency)
    me.visit(f"/applications/{late.application.key}")
    deciding.accept(held(late, office), office.actor())
    assert me.press("取消申请").status == 409
    me.sees("当前状态不可取消")
    assert again(late).state == "accepted" and ItemStep.select().where(ItemStep.move == "cancel").count() == 1


@pytest.mark.req("CRT-30")
def test_who_did_not_confirm_reads_that_it_does_not_count(hers: Holder, office: Office, me: Person) -> None:
    application = proved(hers, office.agency)
    records.pass_gate(hers.account, hers.record.unit.name)
    for place in ("/applications", f"/applications/{application.key}", "/records"):
        me.visit(place).sees("尚未确认提交，申请未生效", "确认提交")
    filing.confirm(application, hers.actor)
    me.visit("/applications").sees_not("尚未确认提交")


@pytest.mark.req("CRT-38", "CRT-39")
def test_a_refusal_is_reconsidered_once_on_new_papers_by_somebody_else(
    world: World, hers: Holder, office: Office, person
) -> None:
    me = world.log_in(person(), hers.account)
    item = refused(hers, office, "unrecognised")
    me.visit("/applications").follow("申请复议").sees("不属于国家承认学历证书", "复议不会改变这个结论", "2027 年 1 月 16 日")
    place = me.path
    assert me.fill("为什么要复议", "学校更名").press("申请复议").errors() == ["写清为什么要复议，10 到 1000 个字"]
    me.fill("为什么要复议", "学校 1998 年更名，附上更名的批文").press("申请复议")
    assert me.errors() == ["加上至少一张新材料的照片，再申请复议"]
    assert me.visit(place).press("上传").status == 422
    for _ in range(2):  # the same picture twice is one
        me.visit(place).attach("从相册选", "paper.jpg", picture()).press("上传")
    me.sees("第 1 张").sees_not("第 2 张").press("拿掉").sees_not("第 1 张")
    me.attach("从相册选", "paper.jpg", picture()).press("上传")
    world.work()
    assert me.visit(place).follow("看照片").answer.mimetype == "image/jpeg"
    me.visit(place).fill("为什么要复议", "学校 1998 年更名，附上更名的批文").press("申请复议").sees("复议中", "复议提交")
    assert (again(item).state, again(item).round) == ("reconsider", 2)
    me.visit(place).sees("每份通知单仅可申请一次复议").sees_not("为什么要复议")
    me.visit("/applications").post(place, {"text": "学校 1998 年更名，附上更名的批文"})
    assert me.errors() == ["每份通知单仅可申请一次复议"]
    deciding.uphold(held(item, office, "other"), office.actor("other"), "批文与证书上的校名不一致")
    me.visit(f"/applications/{item.application.key}").sees("维持原结论", "批文与证书上的校名不一致").sees_not("截止")


@pytest.mark.req("CRT-38")
def test_two_months_after_a_refusal_nothing_is_reconsidered(world: World, hers: Holder, office: Office, me: Person) -> None:
    item = refused(hers, office)
    place = f"/applications/{item.application.key}/{item.key}/reconsider"
    world.wait(days=61, hours=13, minutes=59)  # 16 January 2027, 23:59 in China
    world.log_in(me, hers.account).visit(place).sees("新材料").sees_not("复议不会改变这个结论")
    world.wait(minutes=1)
    me.visit(place).sees("申请复议的时间已过").sees_not("新材料")
    me.visit("/applications").sees_not("申请复议")


@pytest.mark.req("CRT-36")
def test_the_signed_report_is_in_the_list_and_its_file_is_known(world: World, hers: Holder, office: Office, me: Person) -> None:
    item = certified(hers, office)
    me.visit(f"/applications/{item.application.key}").sees("PDF 正在生成")
    world.work()
    me.visit("/applications").follow("下载报告")
    assert me.answer.mimetype == "application/pdf" and item.report in me.answer.headers["Content-Disposition"]
    pdf = me.answer.get_data()
    me.visit("/verify/file").attach("收到的 PDF", "report.pdf", pdf).fill("图片验证码", world.captcha()).press("核对")
    me.sees("与签发的认证报告一致").follow("查看这份报告").sees("报告属实", again(item).report)


@pytest.mark.req("CRT-36", "CRT-37")
def test_the_qr_shows_what_stands_on_the_paper(hers: Holder, office: Office, visitor) -> None:
    item = certified(hers, office)
    stranger = (
        visitor().visit(f"/verify/certified/{item.token}").sees("报告属实", "林晓溪", "云溪职业技术学院", "999991200005000001")
    )
    stranger.sees(item.report, "青溪省学历认证中心").sees_not(hers.account.document)
    assert stranger.answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert visitor().visit(f"/verify/certified/{'A' * 26}").status == 404


@pytest.mark.req("CRT-37")
def test_number_and_name_tell_the_conclusion_and_a_miss_reads_like_any_other(hers: Holder, office: Office, person) -> None:
    item = certified(hers, office)
    visitor = person().visit("/verify/certified")
    assert visitor.press("查询").errors() == ["报告编号是 15 位数字，照报告上的写"]
    visitor.fill("报告编号", item.report).fill("证书持有人姓名", "林晓溪").press("查询")
    visitor.sees("报告属实", item.report, "青溪省学历认证中心").sees_not("999991200005000001")
    pages = []
    for number, name in ((item.report, "林小溪"), (item.report[:-1] + "x", "林晓溪"), ("202611160000001", "林晓溪")):
        visitor.fill("报告编号", number).fill("证书持有人姓名", name).press("查询").sees("没有查到").sees_not("报告属实")
        pages.append(re.sub(r'value="[^"]*"', "", visitor.html))
    assert pages[0] == pages[1] == pages[2]
    ApplicationItem.update(state="reconsider").where(ApplicationItem.id == item.id).execute()
    visitor.fill("报告编号", item.report).fill("证书持有人姓名", "林晓溪").press("查询").sees("没有查到")


@pytest.mark.req("CRT-37")
def test_number_and_phone_tell_the_state_and_nothing_else(world: World, hers: Holder, office: Office, person) -> None:
    application = filed(hers, office.agency).application
    visitor = person().visit("/applications").visit("/applications/progress")
    visitor.fill("申请单编号", application.number).fill("申请人手机号", "138 0000 0001").press("查询").sees("已提交", "待校对")
    visitor.sees_not("林晓溪", "青溪省", application.number)
    pages = []
    for number, phone in ((application.number, "13800000002"), ("2026111600000000", "13800000001")):
        visitor.fill("申请单编号", number).fill("申请人手机号", phone).press("查询").sees("没有查到")
        pages.append(re.sub(r'value="[^"]*"', "", visitor.html))
    assert pages[0] == pages[1]
    world.wait(minutes=11)
    visitor.visit("/applications/progress").sees_not("没有查到")


@pytest.mark.req("CRT-37")
def test_who_asks_a_lot_meets_a_captcha_and_one_number_is_not_asked_for_ever(
    world: World, hers: Holder, office: Office, visitor
) -> None:
    application = filed(hers, office.agency).application
    stranger = visitor().visit("/applications/progress")
    limits.spend("certified:network", "192.0.2.0/24", 20)
    stranger.visit("/applications/progress").sees("图片验证码")
    stranger.fill("申请单编号", application.number).fill("申请人手机号", "13800000001").press("查询")
    assert stranger.status == 422 and stranger.errors()
    stranger.fill("申请单编号", application.number).fill("申请人手机号", "13800000001")
    stranger.fill("图片验证码", world.captcha()).press("查询").sees("已提交")
    limits.spend("certified:application", application.number, 19)
    elsewhere = visitor(address="198.51.100.9").visit("/applications/progress")
    elsewhere.fill("申请单编号", application.number).fill("申请人手机号", "13800000001").press("查询")
    assert elsewhere.status == 422 and elsewhere.errors()[0].startswith("这个编号今天查得太多")


def test_another_persons_application_is_not_there(world: World, school: School, hers: Holder, office: Office, visitor) -> None:
    item = certified(hers, office)
    other = holder(school, "何苗", "13800000002")
    he = world.log_in(visitor(), other.account)
    for path in ("", f"/{item.key}/report.pdf", f"/{item.key}/reconsider"):
        assert he.visit(f"/applications/{item.application.key}{path}").status == 404
    assert he.visit("/applications").post(f"/applications/{item.application.key}/cancel").status == 404
