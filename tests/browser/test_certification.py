"""学历认证 from the first page to the report, as the guide of nineteen steps tells it: a computer and a phone in Chromium.

Plain in Chinese with the photo in place of the camera; with htmx in English before Chromium's made-up camera. Each of them
free and paid: the second application begins where the two part, at 确认提交.
"""

import pytest

from tests.browser.site import Site
from tests.browser.visitor import DESK, Visitor
from tests.certifying import Office, office, proved
from tests.graduation import photo
from tests.people import PASSWORD, School
from tests.reporting import Holder, holder
from tests.scenes import saved, scene
from webapp.domain import defaults
from webapp.domain.permissions import SYSTEM
from webapp.models.accounts import Account
from webapp.models.certification import Application, ApplicationItem
from webapp.models.liveness import Handoff

PHONE = "13800000001"

DIPLOMA = {
    "证书编号": "999991200005000001",
    "院校名称": "云溪职业技术学院",
    "入学日期": "1996-09-01",
    "毕业日期": "2000-07-01",
    "专业名称": "计算机应用技术",
}
CHOSEN = {"院校所在省市": "33", "学历类别": "regular", "层次": "bachelor", "毕业结论": "graduated"}


@pytest.fixture
def desk(site: Site, school: School) -> Office:
    defaults.change("crt.countdown_seconds", 1, SYSTEM)
    return office()


def entered(site: Site, me: Visitor) -> Visitor:
    """Steps 1 to 5 of the guide: from the first page through the log-in to 新申请."""
    me.visit("/").follow("网上申请").follow("点击进入网上申请系统 (Start an Application)")
    me.fill("手机号、证件号码或邮箱", PHONE).fill("密码", PASSWORD).press("登录")
    me.pass_captcha(site.captcha()).press("获取短信验证码").fill("短信验证码", site.code(PHONE)).press("下一步")
    return me.press("新申请")


def written(me: Visitor, *items: str) -> Application:
    """Steps 6 to 13: the purpose, the form, the pictures, the applicant and the agency, to the number of the application."""
    me.field("申请目的").select_option("study/top_up")
    for name in items:
        me.page.locator(f"input[name={name}]").check()
    me.press("下一步").sees("申请须知")
    me.page.wait_for_timeout(1100)
    me.press("我已阅读并同意上述内容").press("下一步").sees("所有项目必须填写完整")
    me.follow("添加%(kind)s", kind=me.say("高等学历认证"))
    for label, value in DIPLOMA.items():
        me.fill(label, value)
    for label, option in CHOSEN.items():
        me.field(label).select_option(option)
    me.press("保存").sees("云溪职业技术学院").press("下一步")
    brought(me)
    me.tick("个人").fill("报告接收邮箱", "lin@example.edu.cn").field("申请人所在地").select_option("33")
    me.press("保存并进入下一步")
    me.sees("提交申请后不允许添加和删除业务").page.locator("input[name=agency]").check()
    me.press("提交申请").sees("请先完成实人验证")
    return Application.get()


def brought(me: Visitor) -> None:
    """Step 11: the diploma, and both sides of the card. With scripts a picture leaves as soon as it is chosen."""
    for slot, most in (("毕业证书", 1), ("身份证", 2)):
        me.follow(slot)
        for n in range(1, most + 1):
            me.attach("从相册选", f"{n}.jpg", saved(scene(n + most, (640, 480))))
            if not me.scripts:
                me.press("上传")
            me.page.locator("li", has_text=me.say("第 %(n)s 张", n=n)).first.wait_for()
        me.follow("这一样好了")
    me.press("下一步").sees("填写申请人信息")


def handed_over(me: Visitor, phone: Visitor) -> Visitor:
    """Steps 14 and 15: the computer shows a code and a number, the phone types the one and reads the other."""
    me.follow("实人验证").press("换手机做：显示二维码")
    made = Handoff.get()
    me.sees(made.match)
    return phone.visit("/m").fill("电脑上显示的 7 位代码", made.code).press("下一步").sees(made.match).press("是我")


def by_photo(site: Site, me: Visitor, phone: Visitor, found: Application, desk: Office) -> None:
    """Step 16 without a live camera, 线下验证: the holder's photo with the card, which a certifier looks at."""
    handed_over(me, phone).follow("不同意，传手持证件照").attach("从相册选", "me.jpg", photo(size=(600, 800))).press("提交审核")
    ren = site.visitor(desk.certifier, size=DESK)
    for _ in range(40):
        if ren.visit("/staff/person-checks").page.get_by_role("link", name="林晓溪").count():
            break
        ren.page.wait_for_timeout(250)
    ren.follow("林晓溪").press("接手")
    for box in ren.page.locator("main input[type=checkbox][name=seen]").all():
        box.check()
    ren.press("通过").sees("手持证件照")
    assert ren.faults == phone.faults == []
    me.visit(f"/applications/{found.key}/person").sees("实人验证已完成").follow("继续")


def by_camera(me: Visitor, phone: Visitor) -> None:
    """Step 16: the phone films itself; the computer moves on by itself."""
    handed_over(me, phone).press("同意比对人脸，开始")
    phone.page.get_by_role("button", name=phone.say("打开摄像头，开始")).click()
    phone.page.get_by_role("heading", name=phone.say("实人验证已完成")).wait_for(timeout=40_000)
    phone.sees("可以回到电脑了，那一页会自己往下走。")
    me.page.wait_for_url("**/confirm", timeout=20_000)
    assert phone.faults == []


def confirmed(me: Visitor, found: Application, money: str) -> None:
    """Step 19: 我的认证 says that the agency has it, and what became of the money."""
    me.follow("我的认证").sees(found.number, "待校对", "初次提交", money)


def paid_online(me: Visitor) -> None:
    """At the stand-in of Alipay."""
    way = me.say("支付宝")
    me.press("支付宝").sees("等支付结果，付好以后这一页会变。").follow("打开%(way)s付款", way=way)
    me.sees("模拟%(way)s", way=way).press("付款").sees("已支付")


def paid_by_hand(site: Site, desk: Office, found: Application) -> None:
    """线下付款: one person of the agency notes the money, another saw it too."""
    place = f"/staff/payments/{found.key}"
    ren = site.visitor(desk.certifier, size=DESK).visit(place).fill("凭证号", "SJ-2026-001").press("登记收到 150.00 元")
    lou = site.visitor(desk.other, size=DESK).visit(place).press("我也核对过，确认收到").sees("已支付")
    assert ren.faults == lou.faults == []


def certified(site: Site, desk: Office) -> ApplicationItem:
    """The agency takes it, accepts it, and issues a report."""
    ren = site.visitor(desk.certifier, size=DESK).visit("/staff/certification").press("办下一项").press("材料齐全，受理")
    ren.press("出具报告").sees("学历认证")
    assert ren.faults == []
    return ApplicationItem.get()


def opened(me: Visitor, desk: Office, found: Application) -> None:
    """The report in the list, and its number asked by anybody."""
    item = ApplicationItem.get()
    for _ in range(60):
        if ApplicationItem.get().pdf == "ready":
            break
        me.page.wait_for_timeout(250)
    me.visit("/applications").sees(found.number, "已出报告").visit(f"/applications/{found.key}").sees(item.report)
    me.visit("/verify/certified").fill("报告编号", item.report).fill("证书持有人姓名", "林晓溪").press("查询").sees("报告属实")


@pytest.mark.req("CRT-04", "CRT-29", "CRT-31", "CRT-36", "CRT-37", "PAY-02", "RPV-06", "RPV-09", "RPV-15")
def test_a_diploma_is_certified_without_scripts_and_without_a_camera(site: Site, school: School, desk: Office) -> None:
    hers: Holder = holder(school, phone=PHONE)
    me, phone = site.visitor(scripts=False, size=DESK), site.visitor(scripts=False)
    found = written(entered(site, me), "degree_zh")
    by_photo(site, me, phone, found, desk)
    me.press("确认提交").sees("待校对", found.number)
    assert (Application.get().total, ApplicationItem.get().state) == (0, "proof")
    confirmed(me, found, "免费")
    certified(site, desk)
    opened(me, desk, found)
    other = proved(hers, desk.agency, en=1)
    me.visit(f"/apply/{other.key}/confirm").press("确认提交").sees("150.00", other.number)
    paid_by_hand(site, desk, other)
    confirmed(me.visit(f"/applications/{other.key}").sees("待校对"), other, "已支付")
    assert me.faults == []


@pytest.mark.req("CRT-04", "CRT-29", "PAY-02", "RPV-01", "RPV-02", "RPV-15")
def test_one_in_english_is_paid_for_and_filmed_on_the_phone(site: Site, school: School, desk: Office) -> None:
    hers: Holder = holder(school, phone=PHONE)
    Account.update(language="en").where(Account.id == hers.account.id).execute()
    me, phone = site.visitor(language="en", size=DESK), site.visitor(language="en")
    found = written(entered(site, me), "degree_zh", "degree_en")
    by_camera(me, phone)
    me.press("确认提交").sees("150.00", found.number)
    assert Application.get().state == "paying"
    paid_online(me)
    confirmed(me.visit(f"/applications/{found.key}").sees("待校对"), found, "已支付")
    certified(site, desk)
    opened(me, desk, found)
    other = proved(hers, desk.agency)
    me.visit(f"/apply/{other.key}/confirm").press("确认提交").sees("待校对", other.number)
    confirmed(me, other, "免费")
    assert me.faults == []
