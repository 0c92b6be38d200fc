"""What a killed worker may leave of certification: a decision, a refund at its vendor, a report's file. Run by `killed.py`.

Each deed is three functions as `killed.Verb` says. A job that was running is taken up as the sweep takes it up after five
minutes. The paper is a stand-in: what draws is a process of its own, and its death is `tests/providers/test_pdf.py`.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from tests.certifying import Office, certified, filed, held, office, proved
from tests.people import make_account
from tests.reporting import Holder
from webapp import outside
from webapp.domain import clock, permissions
from webapp.domain.certification import deciding, filing, following
from webapp.domain.pay_port import Told
from webapp.domain.payments import notices, ordering
from webapp.jobs import registry
from webapp.jobs.registry import Outside
from webapp.models.certification import Agency, AgencyMember, Application, ApplicationItem, ItemStep
from webapp.models.journal import Event, Job
from webapp.models.messages import Message
from webapp.models.payments import Payment, Refund
from webapp.models.records import Record
from webapp.models.staff import Staff
from webapp.providers import outbox
from webapp.settings import Settings


class Paper:
    """Fits `Pdf` as far as a report needs it; no two of its files are the same, as no two signatures are."""

    def undrawable(self, text: str) -> str:
        return ""

    def render(self, template: str, data: dict, signing: object = None) -> bytes:
        return b"%PDF-1.7 " + os.urandom(16)


def _office() -> Office:
    """The agency of this run, made the first time."""
    if Agency.select().exists():
        people = [one.staff for one in AgencyMember.select(AgencyMember, Staff).join(Staff).order_by(AgencyMember.id)]
        return Office(Agency.get(), *people)
    return office()


def _holder(n: int) -> Holder:
    """Whoever applies in the n-th life: always the same person, who may apply again."""
    record = Record.select().order_by(Record.id).first()
    account = record.account or make_account(record, "13800000001")
    if record.account is None:
        Record.update(account=account).where(Record.id == record.id).execute()
    return Holder(account, permissions.student(account.key), record)


def _item(key: str) -> ApplicationItem:
    return ApplicationItem.get(ApplicationItem.key == key)


def _events(row: ApplicationItem | Payment, what: str, move: str) -> int:
    return Event.select().where((Event.object == f"{what}:{row.key}") & (Event.action == f"{what}.{move}")).count()


def _jobs(name: str, key: str, *states: str) -> int:
    where = (Job.name == name) & Job.args.contains(key)
    return Job.select().where(where & Job.state.in_(states) if states else where).count()


def keep(there: Outside, name: str, key: str) -> None:
    """The worker's next life, five minutes later: what was running is queued again, and what is due is done."""
    mine = (Job.name == name) & Job.args.contains(key)
    Job.update(started=clock.now() - 2 * registry.STALE).where(mine & (Job.state == "running")).execute()
    wanted = {key for (key,) in Job.select(Job.key).where(mine).tuples()}
    while found := [key for key in registry.due(10_000) if key in wanted]:
        for one in found:
            registry.run(one, there)
        wanted = {key for (key,) in Job.select(Job.key).where(mine).tuples()}


def accepted(n: int) -> str:
    there = _office()
    item = filed(_holder(n), there.agency)
    deciding.accept(held(item, there), there.actor())
    return item.key


def issue(key: str) -> None:
    """出具报告; where it went through, the certifier sees so and does nothing."""
    if _item(key).state == "accepted":
        deciding.issue(held(_item(key), _office()), _office().actor())


def issued(key: str) -> bool:
    item = _item(key)
    steps = ItemStep.select().where((ItemStep.item == item) & (ItemStep.move == "issue")).count()
    done = (item.state, bool(item.report), steps, _events(item, "application_item", "issue"), _jobs("certification.draw", key))
    assert done in (("accepted", False, 0, 0, 0), ("issued", True, 1, 1, 1)), done
    return item.state == "issued"


def cancelled(n: int) -> str:
    """Paid at a vendor, then called off: the money is promised back."""
    me = _holder(n)
    application = filing.confirm(proved(me, _office().agency, en=1), me.actor)
    payment = ordering.begin(application, me.actor, "alipay", phone=False)
    assert notices.take("alipay", Told("paid", payment.number, transaction=f"T{n}", event=f"E{n}", fen=payment.fen))
    following.cancel(Application.get_by_id(application.id), me.actor)
    return application.key


def given_back(settings: Settings, key: str) -> bool:
    payment = Payment.get(Payment.application == Application.by_key(key))
    backs = list(Refund.select().where(Refund.payment == payment))
    done = (payment.state, len(backs), any(one.done for one in backs), _events(payment, "payment", "returned"))
    assert done in (("paid", 0, False, 0), ("refunding", 1, False, 0), ("refunded", 1, True, 1)), done
    told = {line for line in outbox.lines(settings.data_dir / outbox.NAME, last=10_000) if f" {payment.number}R " in line}
    assert {line.partition("REFUND ")[2] for line in told} <= {f"alipay {payment.number}R {payment.fen} fen"}
    return payment.state == "refunded" and not _jobs("payments.refund", key, "queued", "running", "failed")


def certain(n: int) -> str:
    return certified(_holder(n), _office()).key


def drawn(key: str) -> bool:
    item, ready = _item(key), ApplicationItem.select().where(ApplicationItem.pdf == "ready").count()
    done = (item.pdf, item.upload is not None, bool(item.digest))
    assert done in (("waiting", False, False), ("ready", True, True)), done
    mails = Message.select().where(Message.template.contains("certification_report")).count()
    assert mails == ready, "each report goes out by mail once"
    return item.pdf == "ready" and not _jobs("certification.draw", key, "queued", "running", "failed")


def verbs(settings: Settings) -> dict[str, tuple[Callable, Callable, Callable]]:
    """By name: what `killed.Verb` is made of."""
    registry.load()
    there = replace(outside(settings), pdf=Paper())
    return {
        "decide": (accepted, issue, issued),
        "refund": (cancelled, partial(keep, there, "payments.refund"), partial(given_back, settings)),
        "draw": (certain, partial(keep, there, "certification.draw"), drawn),
    }
