"""What follows 待校对, through the doors of both sides alone: 修改附件, 取消申请 with its refund, 查询结果通知 and 申请复议.

失信行为名单 and its end are the journey of `test_discredit.py`; the way to 待校对 is `tests/browser/test_certification.py`.
"""

from collections.abc import Callable

import pytest

from tests.certifying import Office, filed, proved
from tests.correcting import picture
from tests.person import Person
from tests.reporting import Holder
from tests.web.test_materials import small
from tests.world import World
from webapp.models.certification import Application, ApplicationItem
from webapp.models.payments import Payment, Refund

Visitors = Callable[..., Person]


@pytest.fixture
def me(world: World, person: Visitors, hers: Holder) -> Person:
    return world.log_in(person(), hers.account)


@pytest.fixture
def at(world: World, person: Visitors, office: Office) -> Callable[[str], Person]:
    """Somebody of the agency before its queue, by their part in it."""
    return lambda who: world.log_in(person(), getattr(office, who)).visit("/staff/certification")


def item() -> ApplicationItem:
    return ApplicationItem.get()


def certified(world: World, me: Person, desk: Person) -> None:
    """The item in hand ends in a report, which its holder takes from the list."""
    desk.press("出具报告")
    world.work()
    me.visit("/messages").sees("认证报告出具了")
    me.visit("/applications").sees("已出报告").follow("下载报告")
    assert me.answer.mimetype == "application/pdf" and me.answer.get_data().startswith(b"%PDF-")


@pytest.mark.req("CRT-31", "CRT-32", "CRT-36")
def test_what_lacks_is_asked_for_brought_handed_in_again_and_certified(
    world: World, me: Person, at: Callable[[str], Person], hers: Holder, office: Office
) -> None:
    application = filed(hers, office.agency).application
    desk = at("certifier").press("办下一项").tick("图片看不清").fill("告诉申请人", "第 2 页的印章").press("要求补充材料")
    assert (item().state, item().holder) == ("supplement", None)
    me.visit("/messages").sees("认证申请要补充材料")
    me.visit("/applications").sees("待补充材料").follow("修改附件").sees("图片看不清", "第 2 页的印章")
    assert me.press("再次提交").errors()
    for slot, shades in (("certificate", (1,)), ("identity", (2, 3))):
        for shade in shades:
            me.visit(f"/apply/{application.key}/files/{item().key}/{slot}").attach("从相册选", "a.jpg", small(shade=shade))
            me.press("上传")
    world.work()
    me.visit(f"/applications/{application.key}/files").press("再次提交")
    me.visit("/applications").sees("待校对", "补充材料后再次提交").sees_not("修改附件")
    desk.visit("/staff/certification").press("办下一项").sees("第 2 次提交").press("材料齐全，受理")
    certified(world, me, desk)


@pytest.mark.req("CRT-33", "PAY-02", "PAY-06")
def test_an_application_is_paid_for_called_off_and_its_money_is_back(
    world: World, me: Person, at: Callable[[str], Person], hers: Holder, office: Office
) -> None:
    application = proved(hers, office.agency, en=1)
    me.visit(f"/apply/{application.key}/confirm").press("确认提交").sees("150.00")
    me.press("支付宝").follow("打开支付宝付款").press("付款").sees("已支付")
    me.visit("/applications").sees("待校对", "已支付").follow("取消申请").press("取消申请").sees("已取消")
    assert Payment.get().state == "paid"
    world.work()
    me.visit(f"/applications/{application.key}").sees("费用已经全额退回")
    me.visit("/applications").sees("已退款").sees_not("取消申请")
    assert (Payment.get().state, Refund.get().fen, Refund.get().reason) == ("refunded", 15_000, "cancelled")
    assert [line for line in world.outbox() if line.startswith("REFUND alipay ")] == [
        f"REFUND alipay {Refund.get().number} 15000 fen"
    ]
    me.visit("/applications").post(f"/applications/{application.key}/cancel")
    assert Refund.select().count() == 1
    at("certifier").sees_not("办下一项", application.number)


def refused(me: Person, at: Callable[[str], Person], conclusion: str) -> Person:
    """A certifier wants it, the lead agrees, and its holder reads it. Returns the certifier."""
    desk = at("certifier").press("办下一项").press("材料齐全，受理").tick(conclusion)
    desk.fill("理由，复核同意后原样给申请人看", "学校回函查无此人").press("提交复核")
    me.visit("/applications").sees_not(conclusion)
    lead = at("lead").visit("/staff/certification?show=second").follow(item().summary)
    lead.press("接手").press("同意，出查询结果通知")
    me.visit("/messages").sees("认证有了查询结果通知")
    me.visit("/applications").follow(Application.get().number).sees(conclusion, "学校回函查无此人")
    return desk


def asked_again(world: World, me: Person) -> None:
    me.visit("/applications").follow("申请复议").attach("从相册选", "paper.jpg", picture()).press("上传")
    world.work()
    me.visit(me.path).fill("为什么要复议", "学校 1998 年更名，附上更名的批文").press("申请复议").sees("复议中")


@pytest.mark.req("CRT-34", "CRT-38", "CRT-39")
@pytest.mark.parametrize("end", ["upheld", "issued"])
def test_a_refusal_is_reconsidered_by_somebody_new_and_stays_or_becomes_a_report(
    world: World, me: Person, at: Callable[[str], Person], hers: Holder, office: Office, end: str
) -> None:
    filed(hers, office.agency)
    desk = refused(me, at, "学校和教育行政部门查无此证书")
    asked_again(world, me)
    assert desk.visit("/staff/certification").press("办下一项").path == "/staff/certification", "who refused is not asked again"
    other = at("other").press("办下一项").sees("复议")
    if end == "issued":
        certified(world, me, other)
        return
    other.fill("理由", "批文与证书上的校名不一致").press("维持原结论")
    me.visit("/messages").sees("复议维持原结论")
    me.visit("/applications").follow(Application.get().number).sees("维持原结论", "批文与证书上的校名不一致").sees_not(
        "申请复议"
    )
