"""An English report at a price through the door: the price before asking, the pages of paying, the office's page of it."""

from collections.abc import Callable

import pytest

from tests.members import keeper
from tests.pages import counted
from tests.people import School, make_account, make_colleague
from tests.person import Person
from tests.reporting import Holder
from tests.web.test_english_reports import asked, hers  # noqa: F401 (a fixture)
from tests.world import World
from webapp.domain import defaults, sessions
from webapp.domain.payments import by_hand
from webapp.domain.permissions import SYSTEM
from webapp.jobs.payments import close_late
from webapp.models.report_orders import ReportOrder
from webapp.models.reports import OnlineReport


@pytest.fixture(autouse=True)
def price(world: World) -> None:
    defaults.change("rpt.english_fee", 3_000, SYSTEM)


@pytest.mark.req("RPT-21", "PAY-02")
def test_the_price_is_read_before_asking_and_paying_issues_the_report(
    person: Callable[..., Person],
    world: World,
    hers: Holder,  # noqa: F811
) -> None:
    her = world.log_in(person(), hers.account)
    her.visit("/reports/how").sees("中文的免费", "一份 30.00 元，没有别的费用", "24 小时内付清")
    her.visit(f"/reports/new/{hers.record.key}").sees("英文的 30.00 元")
    asked(her, hers).sees("费用", "30.00 元", "没有别的费用", "2 个工作日").press("去付款")
    her.sees("支付", "英文报告", "30.00 元", "以前付清", "云溪职业技术学院")
    assert OnlineReport.select().count() == 0
    her.visit("/reports").sees("待支付").follow("去付款")
    her.press("支付宝").sees("等支付结果").follow("打开支付宝付款").sees("模拟支付宝", "30.00").press("付款")
    her.sees("已支付", "支付时间").follow("看报告").sees("翻译中")
    her.visit("/reports").sees_not("待支付")


@pytest.mark.req("RPT-21")
def test_a_price_that_changed_meanwhile_is_shown_before_anything_is_asked_for(
    visitor: Callable[..., Person],
    world: World,
    hers: Holder,  # noqa: F811
) -> None:
    her = asked(world.log_in(visitor(), hers.account), hers)
    defaults.change("rpt.english_fee", 4_500, SYSTEM)
    her.press("去付款").sees("英文报告的价格变了，现在是 45.00 元", "45.00 元")
    assert not ReportOrder.select().exists()
    about = {"spelling": "Lin", "validity": "2", "extras": "", "secret": ""}
    for typed in ("0", "", "1", "-4500", "4500.0", "9" * 50, "４５００x"):
        her.post(f"/reports/new/{hers.record.key}/english", {**about, "price": typed}).sees("价格变了")
    assert not ReportOrder.select().exists() and not OnlineReport.select().exists()
    her.visit(f"/reports/new/{hers.record.key}")
    asked(her, hers).press("去付款").sees("45.00 元")


@pytest.mark.req("RPT-21", "PAY-03")
def test_an_order_that_was_not_paid_for_in_time_says_so(
    visitor: Callable[..., Person],
    world: World,
    hers: Holder,  # noqa: F811
) -> None:
    her = asked(world.log_in(visitor(), hers.account), hers).press("去付款")
    at = her.path
    world.wait(hours=25)
    close_late(world.worker.outside)
    world.log_in(her, hers.account).visit("/reports").sees_not("待支付")
    her.visit("/messages").sees("订单已超时关闭").visit(at).sees("订单已超时关闭", "价格不变").press("支付宝").sees(
        "等支付结果"
    )


@pytest.mark.req("RPT-21", "PAY-06")
def test_the_office_counts_the_money_and_gives_it_back_where_it_does_not_translate(
    person: Callable[..., Person],
    world: World,
    school: School,
    hers: Holder,  # noqa: F811
) -> None:
    her = asked(world.log_in(person(), hers.account), hers).press("去付款")
    order = ReportOrder.get()
    her.sees("线下付款", "到学校付款", order.number)
    one, two = (world.log_in(person(), who) for who in (school.staff("ni"), make_colleague(school.unit, "ke", "R")))
    one.visit("/staff/payments").sees("等付款的", hers.account.name, order.number).sees_not("要开的发票").follow(order.number)
    one.fill("凭证号", "收 7").press("登记收到 30.00 元").sees("等另一个人确认").sees_not("翻译不了")
    two.visit("/staff/payments").follow(order.number).press("我也核对过").sees("已支付")
    two.press("不翻译，退款")
    assert two.errors() == ["写明退款的原因，最多 200 字"]
    two.fill("原因", "没有正式的英文名称").press("不翻译，退款").sees("已取消")
    world.work()
    two.visit(two.path).sees("没有出报告", "退款中").fill("凭证号", "退 7").press("登记已经退了").sees("已退款")
    her.visit(f"/reports/orders/{order.key}/pay").sees("学校没有翻译这份报告", "没有正式的英文名称", "已退款")
    her.follow("看报告").sees("没有译成", "学校没有翻译这份报告").sees_not("在线验证码", "PDF 文件")
    her.visit("/messages").sees("学校没有翻译英文报告", "退款完成")


@pytest.mark.req("RPT-21")
def test_nobody_elses_order_is_there(
    visitor: Callable[..., Person],
    world: World,
    school: School,
    hers: Holder,  # noqa: F811
    office,
) -> None:
    at = asked(world.log_in(visitor(), hers.account), hers).press("去付款").path
    key = at.split("/")[3]
    for url in (f"/applications/{key}/pay", f"/reports/{key}", "/reports/orders/x/pay"):
        assert world.log_in(visitor(), hers.account).visit(url).status == 404
    assert world.log_in(visitor(), office.certifier).visit(f"/staff/payments/{key}").status == 404
    assert world.log_in(visitor(), office.lead).post(f"/staff/payments/{key}/untranslated", {"note": "x"}).status == 403


@pytest.mark.req("RPT-21", "SYS-07")
def test_the_price_is_a_setting_of_the_site(visitor: Callable[..., Person], world: World) -> None:
    boss = world.log_in(visitor(), keeper())
    boss.visit("/staff/settings/rpt.english_fee").sees("一份英文报告多少分钱").fill("一份英文报告多少分钱", "-1").press("保存")
    assert boss.errors()
    boss.fill("一份英文报告多少分钱", "4500").press("保存")
    assert defaults.value("rpt.english_fee") == 4_500


@pytest.mark.req("RPT-21")
def test_the_offices_page_of_money_is_in_its_menu_while_reports_cost_something(
    visitor: Callable[..., Person], world: World, school: School, office
) -> None:
    ni, ren = (world.log_in(visitor(), who) for who in (school.staff("ni"), office.certifier))
    there = [bool(who.visit("/staff").page.find(href="/staff/payments")) for who in (ni, ren)]
    defaults.change("rpt.english_fee", 0, SYSTEM)
    free = [bool(who.visit("/staff").page.find(href="/staff/payments")) for who in (ni, ren)]
    assert (there, free) == ([True, True], [False, True])


def test_the_list_of_money_asks_no_more_for_more_of_it(
    person: Callable[..., Person],
    world: World,
    school: School,
    hers: Holder,  # noqa: F811
) -> None:
    asked(world.log_in(person(), hers.account), hers).press("去付款")
    first = ReportOrder.get()
    ni, noted = world.log_in(person(), school.staff("ni")), sessions.staff_actor(school.staff("ni"))
    by_hand.mark(first, noted, "收 1")
    with counted() as few:
        ni.visit("/staff/payments").sees(first.number, "收 1")
    for n, record in enumerate([one for one in school.records if one.id != hers.record.id][:3]):
        bill = {"number": f"R{n}", "total": first.total, "confirmed": first.confirmed, "pay_until": first.pay_until}
        account = make_account(record, f"1380000700{n}")
        by_hand.mark(ReportOrder.create(account=account, record=record, unit=record.unit, **bill), noted, f"收 2{n}")
    with counted() as many:
        ni.visit("/staff/payments").sees("R0", "R2", "收 22")
    ni.sees(*(one.account.name for one in ReportOrder.select()))
    assert many.reads == few.reads
