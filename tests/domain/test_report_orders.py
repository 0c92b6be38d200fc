"""English reports at a price: asked for at what was shown, issued once for money, and money back where there is none."""

from datetime import timedelta

import pytest

from tests.people import School, make_colleague, make_school
from tests.reporting import Holder
from tests.world import World
from webapp.domain import clock, defaults, sessions, translations
from webapp.domain.pay_port import Told
from webapp.domain.payments import by_hand, closing, notices, ordering, refunding
from webapp.domain.permissions import SYSTEM, Actor
from webapp.domain.refused import Refused
from webapp.domain.reports import content, english, issuing, orders, verifying
from webapp.domain.reports.issuing import Wish
from webapp.domain.translations import Row
from webapp.jobs.payments import close_late
from webapp.jobs.reports import forget_orders
from webapp.models import report_by_code
from webapp.models.journal import Event
from webapp.models.messages import Notice
from webapp.models.payments import Payment, Refund
from webapp.models.records import Record
from webapp.models.report_orders import ReportOrder
from webapp.models.reports import OnlineReport

FEE = 3_000


@pytest.fixture(autouse=True)
def price(world: World) -> None:
    defaults.change("rpt.english_fee", FEE, SYSTEM)


@pytest.fixture
def officer(school: School) -> Actor:
    return sessions.staff_actor(school.staff("ni"))


@pytest.fixture
def colleague(school: School) -> Actor:
    return sessions.staff_actor(make_colleague(school.unit, "ke", "R"))


def say_all(officer: Actor, who: Holder) -> None:
    names = [Row("major", who.record.major, "Computer Application Technology"), Row("college", who.record.college.name, "Arts")]
    translations.say(officer, who.record.unit, names)


def asked(who: Holder, spelt: str = "LIN Xiaoxi", seen: int = FEE, **wish: object) -> ReportOrder:
    return orders.ask(who.account, who.actor, Record.get_by_id(who.record.id), Wish("en", **wish), spelt, seen)


def paid(order: ReportOrder, who: Holder) -> Payment:
    payment = ordering.begin(order, who.actor, "wechat", phone=False)
    assert notices.take("wechat", Told("paid", payment.number, f"T{payment.id}", f"E{payment.id}", payment.fen))
    return Payment.get_by_id(payment.id)


def now(row: ReportOrder) -> ReportOrder:
    return ReportOrder.get_by_id(row.id)


def told(who: Holder) -> list[str]:
    return [one.template for one in Notice.select().where(Notice.account == who.account).order_by(Notice.id)]


@pytest.mark.req("RPT-21")
def test_a_report_is_issued_as_it_was_chosen_once_it_is_paid_for(hers: Holder, officer: Actor):
    say_all(officer, hers)
    order = asked(hers, "Lin Hsiao-hsi", months=3, pin="4821")
    assert (order.state, order.total, order.number[0]) == ("paying", FEE, "R")
    assert OnlineReport.select().count() == 0
    payment = paid(order, hers)
    assert (payment.state, payment.fen, payment.bill) == ("paid", FEE, order)
    order = now(order)
    assert (order.state, order.wish, order.pin_index) == ("paid", None, None)
    chinese, report = OnlineReport.select().order_by(OnlineReport.id)
    assert (order.report, report.state, report.ends) == (report, "active", issuing.last_day(3))
    assert verifying.by_code(report.code, "typed", "192.0.2.0/24", "4821").verdict == "valid"
    assert verifying.by_code(chinese.code, "typed", "192.0.2.0/24").verdict == "pin"
    found = report_by_code.by_key(report.key)
    assert "Lin Hsiao-hsi (林晓溪)" in [value for _f, _l, value in content.rows(found, "en", report.shows, found.english)]


@pytest.mark.req("RPT-21")
def test_translating_begins_with_the_payment(hers: Holder, officer: Actor):
    order = asked(hers)
    assert not translations.waiting(hers.record.unit)
    paid(order, hers)
    assert now(order).report.state == "pending"
    assert translations.waiting(hers.record.unit)
    say_all(officer, hers)
    assert now(order).report.state == "active"
    assert not orders.is_waiting(now(order))


@pytest.mark.req("RPT-21")
@pytest.mark.parametrize("seen", [0, 1, FEE - 1, FEE + 1])
def test_a_price_that_is_not_the_one_shown_is_refused(hers: Holder, seen: int):
    with pytest.raises(Refused, match="report_fee"):
        asked(hers, seen=seen)
    assert not ReportOrder.select().exists()


@pytest.mark.req("RPT-21")
def test_what_is_asked_for_again_before_it_is_paid_is_the_same_order_at_its_price(hers: Holder, world: World):
    order = asked(hers, months=1)
    defaults.change("rpt.english_fee", FEE * 2, SYSTEM)
    assert asked(hers, "LIN Xiao", FEE * 2, months=6) == order
    assert (now(order).total, ReportOrder.select().count()) == (FEE, 1)
    paid(order, hers)
    assert now(order).report.ends == issuing.last_day(6)
    assert english.respelt(now(order).report, hers.record) == "LIN Xiao"
    world.wait(minutes=1)
    assert asked(hers, seen=FEE * 2).id != order.id


@pytest.mark.req("RPT-21")
def test_an_order_lapses_after_24_hours_and_is_made_anew_at_todays_price(hers: Holder, world: World):
    order = asked(hers)
    assert order.pay_until == clock.now() + timedelta(hours=24)
    first = ordering.begin(order, hers.actor, "wechat", phone=False)
    world.wait(hours=25)
    close_late(world.worker.outside)
    assert (now(order).state, told(hers)) == ("lapsed", ["report_lapsed"])
    defaults.change("rpt.english_fee", FEE + 500, SYSTEM)
    again = asked(hers, seen=FEE + 500)
    assert (again, again.state, again.total) == (order, "paying", FEE + 500)
    assert ordering.begin(again, hers.actor, "wechat", phone=False) != first
    assert notices.take("wechat", Told("paid", first.number, "T1", "E1", first.fen)), "who paid the old price has paid"
    assert now(order).state == "paid"


@pytest.mark.req("RPT-21")
def test_what_was_chosen_is_forgotten_with_an_order_that_nobody_pays_for(hers: Holder, world: World):
    order = asked(hers, pin="4821")
    payment = ordering.begin(order, hers.actor, "wechat", phone=False)
    world.wait(hours=25)
    close_late(world.worker.outside)
    world.wait(days=29)
    assert forget_orders(world.worker.outside) == 0
    world.wait(days=2)
    assert forget_orders(world.worker.outside) == 1
    assert (now(order).state, now(order).wish, now(order).pin_index) == ("cancelled", None, None)
    assert notices.take("wechat", Told("paid", payment.number, "T1", "E1", payment.fen))
    assert Refund.get().reason == "double", "money that comes after all goes back"
    assert OnlineReport.select().count() == 0


@pytest.mark.req("RPT-21")
def test_money_for_a_report_that_cannot_be_issued_any_more_goes_back(hers: Holder, world: World):
    order = asked(hers)
    Record.update(status="X1").where(Record.id == hers.record.id).execute()
    with pytest.raises(Refused, match="report_withheld"):
        ordering.begin(now(order), hers.actor, "alipay", phone=False)
    Record.update(status=hers.record.status).where(Record.id == hers.record.id).execute()
    payment = ordering.begin(now(order), hers.actor, "alipay", phone=False)
    Record.update(account=None).where(Record.id == hers.record.id).execute()
    assert notices.take("alipay", Told("paid", payment.number, "T1", "E1", payment.fen))
    assert (now(order).state, OnlineReport.select().count()) == ("cancelled", 0)
    world.work()
    back = Refund.get()
    assert (back.fen, back.reason, back.done is None) == (FEE, "untold", now(order).refunded is None)
    assert told(hers)[:2] == ["report_not_made", "refund_asked"]


@pytest.mark.req("RPT-21")
def test_the_school_that_translates_nothing_gives_the_money_back(hers: Holder, officer: Actor, world: World):
    order = asked(hers)
    payment = paid(order, hers)
    far = sessions.staff_actor(make_colleague(make_school("99998", "海川学院").unit, "yuan", "R"))
    with pytest.raises(Refused, match="not_allowed"):
        orders.refuse(now(order), far, "没有")
    with pytest.raises(Refused, match="refund_note"):
        orders.refuse(now(order), officer, " ")
    orders.refuse(now(order), officer, "没有英文名称")
    report = now(order).report
    assert (now(order).state, report.state, now(order).note) == ("cancelled", "refused", "没有英文名称")
    assert verifying.by_code(report.code, "typed", "192.0.2.0/24").verdict == "unknown"
    assert not translations.waiting(hers.record.unit)
    with pytest.raises(Refused, match="moved_on"):
        issuing.reopen(report, hers.actor)
    with pytest.raises(Refused, match="moved_on"):
        orders.refuse(now(order), officer, "没有英文名称")
    refunding.of_cancelled(now(order))
    back = Refund.get()
    assert (back.payment, back.fen, back.reason) == (payment, FEE, "untold")
    refunding.returned(payment)
    assert now(order).refunded
    assert told(hers) == ["report_untranslated", "refund_asked", "refund_done"]


@pytest.mark.req("RPT-21")
def test_a_report_that_answers_is_not_refused_nor_one_of_the_own(hers: Holder, officer: Actor, school: School):
    order = asked(hers)
    paid(order, hers)
    own = make_colleague(school.unit, "lin", "R")
    own.name = hers.account.name
    own.save()
    with pytest.raises(Refused, match="own_case"):
        orders.refuse(now(order), sessions.staff_actor(own), "没有")
    say_all(officer, hers)
    with pytest.raises(Refused, match="moved_on"):
        orders.refuse(now(order), officer, "没有")


@pytest.mark.req("PAY-02", "RPT-21")
def test_two_people_of_the_school_count_what_was_paid_there(hers: Holder, officer: Actor, colleague: Actor, office):
    order = asked(hers)
    assert by_hand.awaited(officer) == [order]
    assert by_hand.awaited(office.actor()) == []
    assert by_hand.find(office.actor(), order.key) is None
    with pytest.raises(Refused, match="not_allowed"):
        by_hand.mark(order, office.actor(), "收 1")
    payment = by_hand.mark(order, officer, "收 1")
    with pytest.raises(Refused, match="second_person"):
        by_hand.vouch(payment, officer)
    with pytest.raises(Refused, match="not_allowed"):
        by_hand.vouch(payment, office.actor("other"))
    by_hand.vouch(payment, colleague)
    assert (now(order).state, now(order).report.state) == ("paid", "pending")
    orders.refuse(now(order), officer, "没有英文名称")
    refunding.of_cancelled(now(order))
    assert [one.payment for one in by_hand.stranded(officer)] == [payment]
    assert by_hand.stranded(office.actor("lead")) == []
    refunding.hand_back(Payment.get_by_id(payment.id), colleague, "退 1")
    assert now(order).refunded


@pytest.mark.req("RPT-21")
def test_an_order_is_nobody_elses_to_pay(hers: Holder, school: School):
    order = asked(hers)
    assert ordering.begin(order, hers.actor, "wechat", phone=False) == ordering.begin(order, hers.actor, "wechat", phone=False)
    other = Actor("student:x", hers.actor.abilities, key="x")
    with pytest.raises(Refused, match="not_allowed"):
        ordering.begin(order, other, "wechat", phone=False)


@pytest.mark.req("RPT-21")
def test_a_report_costs_nothing_unless_the_site_says_so(hers: Holder):
    defaults.change("rpt.english_fee", 0, SYSTEM)
    with pytest.raises(Refused, match="report_fee"):
        asked(hers, seen=0)
    report = english.issue(hers.account, hers.actor, hers.record, Wish("en"), "LIN Xiaoxi")
    assert report.state == "pending" and not ReportOrder.select().exists()
    with pytest.raises(Refused):
        defaults.change("rpt.english_fee", -1, SYSTEM)


@pytest.mark.req("PAY-04")
def test_what_a_vendor_says_that_does_not_fit_is_one_event_and_one_line(hers: Holder, officer: Actor, world: World):
    order = asked(hers)
    payment = ordering.begin(order, hers.actor, "wechat", phone=False)
    for _ in range(3):
        world.wait(minutes=2)
        notices.learn(payment, Told("paid", payment.number, "T1", "", FEE - 1))
    odd = Event.select().where(Event.action == "payment.odd_notice")
    assert (odd.count(), [(one.id, one.odd) for one in by_hand.odd(officer)]) == (1, [(payment.id, "amount")])
    payment = by_hand.sort_out(Payment.get_by_id(payment.id), officer)
    assert (payment.state, by_hand.odd(officer), closing.silent()) == ("closed", [], [])
    with pytest.raises(Refused, match="moved_on"):
        by_hand.sort_out(payment, officer)
    assert now(order).state == "paying"
