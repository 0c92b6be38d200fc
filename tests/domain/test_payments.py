"""Paying for an application: orders, notices in any order, money by hand, refunds, invoices."""

from datetime import timedelta

import pytest

from tests.certifying import Office, held, proved
from tests.reporting import Holder
from tests.world import World
from webapp.domain import clock
from webapp.domain.certification import deciding, filing
from webapp.domain.certification.lifecycle import APPLICATION
from webapp.domain.pay_port import Told
from webapp.domain.payments import by_hand, closing, notices, ordering, refunding
from webapp.domain.refused import Refused
from webapp.jobs.payments import close_late
from webapp.models.certification import Application
from webapp.models.journal import Event, Job
from webapp.models.payments import Payment, PayNotice, Refund


def billed(hers: Holder, office: Office) -> Application:
    return filing.confirm(proved(hers, office.agency, en=2), hers.actor)


def ordered(hers: Holder, office: Office, way: str = "wechat") -> Payment:
    return ordering.begin(billed(hers, office), hers.actor, way, phone=False)


def told(payment: Payment, kind: str = "paid", event: str = "E1", **more: object) -> Told:
    facts = {"transaction": "T1", "event": event, "fen": payment.fen} | more
    return Told(kind, payment.number, **facts)


def now(row: Payment | Application) -> str:
    return type(row).get_by_id(row.id).state


@pytest.mark.req("PAY-04", "CRT-29")
def test_a_notice_that_fits_pays_and_files_once(hers: Holder, office: Office):
    payment = ordered(hers, office)
    assert notices.take("wechat", told(payment))
    assert notices.take("wechat", told(payment))
    assert notices.take("wechat", told(payment, event="E2"))
    assert (now(payment), now(payment.application)) == ("paid", "filed")
    assert Event.select().where(Event.action == "payment.pay").count() == 1
    assert [one.verdict for one in PayNotice.select().order_by(PayNotice.id)] == ["taken", "again"]


@pytest.mark.req("PAY-04")
@pytest.mark.parametrize(
    "wrong", [{"fen": 30_001}, {"fen": 29_999}, {"currency": "USD"}, {"ours": False}], ids=["more", "less", "currency", "owner"]
)
def test_a_notice_that_does_not_fit_changes_nothing_and_is_an_event(hers: Holder, office: Office, wrong: dict):
    payment = ordered(hers, office)
    assert not notices.take("wechat", told(payment, **wrong))
    assert not notices.take("wechat", told(payment, **wrong))
    assert (now(payment), now(payment.application)) == ("waiting", "paying")
    assert Event.select().where(Event.action == "payment.odd_notice").count() == 1
    assert notices.take("wechat", told(payment, event="E2")), "the right one counts all the same"


@pytest.mark.req("PAY-04")
def test_a_notice_before_its_order_is_told_again_and_taken_once(hers: Holder, office: Office):
    application = billed(hers, office)
    early = Told("paid", f"{application.number}00000001", "T1", "E1", 30_000)
    assert not notices.take("alipay", early)
    payment = ordering.begin(application, hers.actor, "alipay", phone=True)
    Payment.update(number=early.number).where(Payment.id == payment.id).execute()
    assert notices.take("alipay", early)
    assert notices.take("alipay", early)
    assert now(payment) == "paid"


@pytest.mark.req("PAY-06", "CRT-33")
def test_a_refund_ends_the_same_whichever_notice_comes_first(hers: Holder, office: Office):
    payment = ordered(hers, office)
    notices.learn(payment, told(payment, event=""))
    application = APPLICATION.move(payment.application, "cancel", hers.actor)
    refunding.of_cancelled(application)
    refunding.of_cancelled(application)
    back = Refund.get()
    assert (back.fen, back.reason, now(payment)) == (30_000, "cancelled", "refunding")
    assert not notices.take("wechat", told(payment, "refunded", "E8", refund="another"))
    assert notices.take("wechat", told(payment, "refunded", "E9", refund=back.number))
    assert notices.take("wechat", told(payment, event="E1")), "the notice of the payment came last"
    assert now(payment) == "refunded"
    assert Application.get_by_id(application.id).refunded


@pytest.mark.req("PAY-03")
def test_what_is_paid_late_files_and_what_is_paid_twice_goes_back(hers: Holder, office: Office, world: World):
    payment = ordered(hers, office)
    other = ordering.begin(payment.application, hers.actor, "alipay", phone=False)
    assert ordering.begin(payment.application, hers.actor, "alipay", phone=False) == other
    world.wait(hours=25)
    with pytest.raises(Refused, match="payment_over"):
        ordering.begin(payment.application, hers.actor, "wechat", phone=False)
    close_late(world.worker.outside)
    assert (now(payment), now(payment.application)) == ("closed", "lapsed")
    assert notices.take("wechat", told(payment))
    assert (now(payment), now(payment.application)) == ("paid", "filed")
    assert notices.take("alipay", told(other))
    assert (now(other), now(payment.application)) == ("refunding", "filed")
    assert Refund.get().reason == "double"
    assert Job.select().where(Job.name == "payments.refund").count() == 1


@pytest.mark.req("PAY-03")
def test_an_application_that_was_closed_unpaid_is_paid_for_later(hers: Holder, office: Office, world: World):
    payment = ordered(hers, office)
    world.wait(hours=25)
    close_late(world.worker.outside)
    fresh = ordering.begin(payment.application.locked(), hers.actor, "wechat", phone=False)
    assert fresh != payment
    assert fresh.until == clock.now() + timedelta(hours=24)
    assert now(fresh.application) == "paying"


@pytest.mark.req("PAY-02")
def test_money_by_hand_counts_once_a_second_person_saw_it(hers: Holder, office: Office):
    application = billed(hers, office)
    payment = by_hand.mark(application, office.actor(), " 2026 收 0017 ")
    with pytest.raises(Refused, match="payment_waits"):
        by_hand.mark(application, office.actor("other"), "another")
    with pytest.raises(Refused, match="second_person"):
        by_hand.vouch(payment, office.actor())
    by_hand.strike(payment, office.actor())
    payment = by_hand.mark(application, office.actor(), "2026 收 0017")
    by_hand.vouch(payment, office.actor("other"))
    assert (now(payment), now(application)) == ("paid", "filed")
    second = filing.confirm(proved(hers, office.agency, en=1), hers.actor)
    with pytest.raises(Refused, match="payment_reference_used"):
        by_hand.mark(second, office.actor(), "2026 收 0017")


@pytest.mark.req("PAY-06")
def test_later_refunds_are_the_agencys_decision(hers: Holder, office: Office):
    application = billed(hers, office)
    payment = by_hand.vouch(by_hand.mark(application, office.actor(), "R1"), office.actor("other"))
    with pytest.raises(Refused, match="refund_whole"):  # whoever calls it off is promised all of it
        refunding.decide(payment, office.actor("lead"), 15_000, "只办了一份")
    assert now(payment) == "paid"
    deciding.accept(held(application.items.get(), office), office.actor())
    with pytest.raises(Refused, match="not_allowed"):
        refunding.decide(payment, office.actor(), 15_000, "只办了一份")
    with pytest.raises(Refused, match="refund_amount"):
        refunding.decide(payment, office.actor("lead"), 30_001, "多了")
    refunding.decide(payment, office.actor("lead"), 15_000, "只办了一份")
    assert by_hand.stranded(office.actor("lead"))
    refunding.hand_back(payment, office.actor("lead"), "退 0003")
    assert now(payment) == "refunded"
    with pytest.raises(Refused, match="moved_on"):
        refunding.decide(payment, office.actor("lead"), 15_000, "再来一次")


@pytest.mark.req("PAY-04")
def test_an_order_that_nobody_asked_about_comes_before_one_that_was(hers: Holder, office: Office, world: World):
    asked = ordered(hers, office)
    world.wait(minutes=3)
    closing.was_asked(asked)
    fresh = ordered(hers, office)
    world.wait(minutes=3)
    assert closing.silent() == [fresh, asked]


@pytest.mark.req("PAY-06")
def test_nobody_gives_back_by_hand_what_a_vendor_is_about_to(hers: Holder, office: Office):
    payment, lead = ordered(hers, office), office.actor("lead")
    notices.take("wechat", told(payment))
    refunding.decide(payment, lead, payment.fen, "办不了")
    with pytest.raises(Refused, match="moved_on"):
        refunding.hand_back(payment, lead, "退 0004")
    refunding.stuck(refunding.of(payment), "NOT_ENOUGH")
    refunding.hand_back(payment, lead, "退 0004")
    assert now(payment) == "refunded"
