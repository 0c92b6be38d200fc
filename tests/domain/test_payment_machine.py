"""Notices in any order, right and wrong: an application is paid exactly if one verified event says so (R-PAY-04).

400 steps in the suite, `--full` takes 10,000. What is told goes through the vendors' signatures.
"""

from collections import Counter

import pytest
from hypothesis import HealthCheck, settings, strategies
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from tests import paying
from tests.certifying import Office, proved
from tests.paying import Sold, about, alipay_notice, wechat_notice
from tests.reporting import Holder
from tests.world import World
from webapp.domain.certification import filing
from webapp.domain.certification.lifecycle import APPLICATION
from webapp.domain.pay_port import Forged
from webapp.domain.payments import closing, notices, ordering, refunding
from webapp.domain.refused import Refused
from webapp.models.certification import Application
from webapp.models.journal import Event
from webapp.models.payments import Payment, Refund

STEPS = 20
WRONG = ("none", "none", "none", "amount", "currency", "owner", "app", "signature")
"""What is wrong with a notice; a right one is as likely as not, or nothing would ever be paid."""


class Notices(RuleBasedStateMachine):
    """One application with its orders at both vendors; `verified` are those of which a right notice was told."""

    hers: Holder
    office: Office
    world: World

    @initialize()
    def confirm(self) -> None:
        self.world.wait(seconds=1)
        self.application = filing.confirm(proved(self.hers, self.office.agency, en=1), self.hers.actor)
        self.verified: set[str] = set()
        self.sold: dict[str, Sold] = {}
        self.said = 0

    @property
    def orders(self) -> list[Payment]:
        return ordering.of(self.application)

    @rule(way=strategies.sampled_from(ordering.WAYS), phone=strategies.booleans())
    def open_an_order(self, way: str, phone: bool) -> None:
        try:
            payment = ordering.begin(Application.get_by_id(self.application.id), self.hers.actor, way, phone)
            self.sold.setdefault(payment.number, Sold(payment.fen, "SUCCESS"))
        except Refused:
            assert self.state not in notices.PAYABLE

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
    def she_cancels(self) -> None:
        if self.state == "filed":
            refunding.of_cancelled(APPLICATION.move(Application.get_by_id(self.application.id), "cancel", self.hers.actor))

    @property
    def state(self) -> str:
        return Application.get_by_id(self.application.id).state

    @invariant()
    def it_is_paid_exactly_if_a_verified_notice_says_so(self) -> None:
        if not hasattr(self, "application"):
            return
        assert (self.state in ("filed", "cancelled")) == bool(self.verified)
        paid = {one.number for one in self.orders if one.state in ("paid", "refunding", "refunded")}
        assert paid == self.verified

    @invariant()
    def money_is_kept_for_one_order_at_most(self) -> None:
        if not hasattr(self, "application"):
            return
        kept = [one for one in self.orders if one.state == "paid"]
        assert len(kept) == (self.state == "filed")
        given = Refund.select().join(Payment).where(Payment.application == self.application).count()
        assert given == len(self.verified) - len(kept)
        settled = (Event.action == "application.settle") & (Event.object == f"application:{self.application.key}")
        assert Event.select().where(settled).count() == bool(self.verified)


@pytest.mark.req("PAY-04")
def test_no_order_of_notices_pays_for_what_nobody_paid(world: World, hers: Holder, office: Office, times):
    Notices.world, Notices.hers, Notices.office = world, hers, office
    run_state_machine_as_test(
        Notices,
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
