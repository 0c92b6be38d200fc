"""Notices in any order, right and wrong: a bill is paid exactly if one verified event says so (R-PAY-04, R-RPT-21).

It may be an application or an English report.
400 steps in the suite, `--full` takes 10,000. What is told goes through the vendors' signatures.
"""

from collections import Counter

import pytest
from hypothesis import HealthCheck, settings, strategies
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from tests import paying
from tests.certifying import Office, proved
from tests.paying import Sold, about, alipay_notice, wechat_notice
from tests.people import School
from tests.reporting import Holder
from tests.world import World
from webapp.domain import defaults, sessions
from webapp.domain.certification import filing
from webapp.domain.certification.lifecycle import APPLICATION
from webapp.domain.pay_port import Forged
from webapp.domain.payments import bills, closing, notices, ordering, refunding
from webapp.domain.permissions import SYSTEM, Actor
from webapp.domain.refused import Refused
from webapp.domain.reports import orders
from webapp.domain.reports.issuing import Wish
from webapp.models.journal import Event
from webapp.models.payments import Bill, Payment, Refund
from webapp.models.report_orders import UNPAID, ReportOrder
from webapp.models.reports import OnlineReport

STEPS = 20
WRONG = ("none", "none", "none", "amount", "currency", "owner", "app", "signature")
"""What is wrong with a notice; a right one is as likely as not, or nothing would ever be paid."""


class Notices(RuleBasedStateMachine):
    """One bill with its orders at both vendors; `verified` are those of which a right notice was told.

    `settled` is the state of a bill that was paid.
    """

    hers: Holder
    world: World
    settled: str

    def billed(self) -> Bill:
        raise NotImplementedError

    def called_off(self) -> Bill:
        """The bill, cancelled after it was paid."""
        raise NotImplementedError

    @initialize()
    def bill_it(self) -> None:
        self.bill = self.billed()
        self.verified: set[str] = set()
        self.sold: dict[str, Sold] = {}
        self.said = 0

    @property
    def orders(self) -> list[Payment]:
        return ordering.of(self.bill)

    @property
    def fresh(self) -> Bill:
        return type(self.bill).get_by_id(self.bill.id)

    @rule(way=strategies.sampled_from(ordering.WAYS), phone=strategies.booleans())
    def open_an_order(self, way: str, phone: bool) -> None:
        try:
            payment = ordering.begin(self.fresh, self.hers.actor, way, phone)
            self.sold.setdefault(payment.number, Sold(payment.fen, "SUCCESS"))
        except Refused:
            assert self.state not in UNPAID

    @precondition(lambda self: self.orders)
    @rule(pick=strategies.integers(0, 9), wrong=strategies.sampled_from(WRONG), again=strategies.booleans())
    def a_notice_comes(self, pick: int, wrong: str, again: bool) -> None:
        payment = self.orders[pick % len(self.orders)]
        self.said += not again
        taken = self._tell(payment, wrong, f"E{self.said}")
        if wrong == "none" and taken:
            self.verified.add(payment.number)

    def _tell(self, payment: Payment, wrong: str, event: str) -> bool:
        sold, fen = self.sold[payment.number], payment.fen + (wrong == "amount")
        try:
            if payment.way == "alipay":
                more = {"currency": {"trans_currency": "USD"}, "owner": {"app_id": "1"}, "app": {"app_id": "2"}}.get(wrong, {})
                by = "forger" if wrong == "signature" else "vendor"
                facts = {"trade_no": sold.transaction, "notify_id": f"{payment.number}{event}{wrong}"} | more
                told = paying.alipay().read({}, alipay_notice(payment.number, fen, by, **facts))
            else:
                said = about(payment.number, sold) | {
                    "amount": {"total": fen, "currency": "USD" if wrong == "currency" else "CNY"}
                }
                said |= {"owner": {"mchid": "1"}, "app": {"appid": "wx1"}}.get(wrong, {})
                by = "forger" if wrong == "signature" else "vendor"
                told = paying.wechat().read(*wechat_notice(said, name=f"{payment.number}{event}{wrong}", by=by))
        except Forged:
            assert wrong == "signature"
            return False
        return notices.take(payment.way, told)

    @rule(hours=strategies.sampled_from((1, 1, 1, 25)))
    def time_passes(self, hours: int) -> None:
        self.world.wait(hours=hours)
        for payment in closing.over():
            closing.close(payment)
        closing.lapse()

    @rule()
    def it_is_called_off(self) -> None:
        if self.state == self.settled:
            refunding.of_cancelled(self.called_off())

    @property
    def state(self) -> str:
        return self.fresh.state

    @invariant()
    def it_is_paid_exactly_if_a_verified_notice_says_so(self) -> None:
        if not hasattr(self, "bill"):
            return
        assert (self.state in (self.settled, "cancelled")) == bool(self.verified)
        paid = {one.number for one in self.orders if one.state in ("paid", "refunding", "refunded")}
        assert paid == self.verified

    @invariant()
    def money_is_kept_for_one_order_at_most(self) -> None:
        if not hasattr(self, "bill"):
            return
        kept = [one for one in self.orders if one.state == "paid"]
        assert len(kept) == (self.state == self.settled)
        given = Refund.select().join(Payment).where(bills.paid_by(self.bill)).count()
        assert given == len(self.verified) - len(kept)
        name = self.bill._meta.table_name
        settled = (Event.action == f"{name}.settle") & (Event.object == f"{name}:{self.bill.key}")
        assert Event.select().where(settled).count() == bool(self.verified)


class ForAnApplication(Notices):
    office: Office
    settled = "filed"

    def billed(self) -> Bill:
        self.world.wait(seconds=1)
        return filing.confirm(proved(self.hers, self.office.agency, en=1), self.hers.actor)

    def called_off(self) -> Bill:
        return APPLICATION.move(self.fresh, "cancel", self.hers.actor)


class ForAReport(Notices):
    """It lacks a name that the school never says, and may refuse to; its holder may ask anew while it is not paid for."""

    officer: Actor
    settled = "paid"

    def billed(self) -> Bill:
        self.world.wait(days=1)
        ReportOrder.update(state="cancelled").where(ReportOrder.state.in_(UNPAID)).execute()  # an earlier run's
        self.already = OnlineReport.select().where(OnlineReport.language == "en").count()
        return self.ask()

    def ask(self) -> Bill:
        return orders.ask(self.hers.account, self.hers.actor, self.hers.record, Wish("en"), "LIN Xiaoxi", orders.fee())

    def called_off(self) -> Bill:
        return orders.refuse(self.fresh, self.officer, "没有英文名称")

    @rule()
    def she_asks_anew(self) -> None:
        if self.state in UNPAID:
            assert self.ask() == self.bill

    @invariant()
    def it_is_issued_once_and_for_money(self) -> None:
        if hasattr(self, "bill"):
            issued = OnlineReport.select().where(OnlineReport.language == "en").count() - self.already
            assert issued == bool(self.verified)


@pytest.mark.req("PAY-04")
def test_no_order_of_notices_pays_for_what_nobody_paid(world: World, hers: Holder, office: Office, times):
    ForAnApplication.world, ForAnApplication.hers, ForAnApplication.office = world, hers, office
    _run(ForAnApplication, times)


@pytest.mark.req("PAY-04", "RPT-21")
def test_no_order_of_notices_issues_a_report_that_nobody_paid_for(world: World, hers: Holder, school: School, times):
    defaults.change("rpt.english_fee", 3_000, SYSTEM)
    ForAReport.world, ForAReport.hers, ForAReport.officer = world, hers, sessions.staff_actor(school.staff("ni"))
    _run(ForAReport, times)


def _run(machine: type[Notices], times) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=times(400, 10_000) // STEPS,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
    moves = Counter(action for (action,) in Event.select(Event.action).tuples())
    assert all(moves[f"payment.{move}"] for move in ("pay", "close", "give_back")), moves
