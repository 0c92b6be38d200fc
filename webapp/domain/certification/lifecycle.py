"""What can happen to an application and to each of its items (spec 7.10): both stories on one screen.

Not here: the verbs that make the moves.
"""

from webapp.domain import clock
from webapp.domain.certification import agencies
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models.certification import Application, ApplicationItem, ItemStep
from webapp.models.discredit import Discredit
from webapp.models.payments import Payment
from webapp.models.staff import Staff


def hers(row: Application | ApplicationItem, actor: Actor) -> None:
    """Only who applies."""
    application = row if isinstance(row, Application) else row.application
    if application.account.key != actor.key:
        raise Refused("not_allowed")


def only_waits(application: Application, actor: Actor) -> None:
    """Nobody has begun to check any of it (R-CRT-33), nor says that what was brought is false."""
    if any(item.state != "proof" or _is_accused(item) for item in application.items):
        raise Refused("application_uncancellable")


def of_the_agency(item: ApplicationItem, actor: Actor) -> None:
    """It was sent to the agency for which the actor works."""
    agency = agencies.mine(actor)
    if agency is None or item.agency_id != agency.id:
        raise Refused("not_allowed")


def is_not_held(item: ApplicationItem, actor: Actor) -> None:
    """Somebody else had asked for it in the holder's name, and the holder has not said yet what becomes of it (R-DUP-28)."""
    if item.application.held is not None:
        raise Refused("application_held")


def is_not_accused(item: ApplicationItem, actor: Actor) -> None:
    """Whether what was brought is false is decided first: nothing else may end the item before that (R-CRT-40)."""
    if _is_accused(item):
        raise Refused("discredit_proposed")


def _is_accused(item: ApplicationItem) -> bool:
    return Discredit.select().where((Discredit.item == item) & (Discredit.state == "proposed")).exists()


def holds_it(item: ApplicationItem, actor: Actor) -> None:
    """They took it. A lease that ran out does not matter while nobody else has taken the item."""
    if item.holder is None or item.holder.key != actor.key:
        raise Refused("not_held")


def is_a_stranger(item: ApplicationItem, actor: Actor) -> None:
    """Nobody certifies for themselves (SECURITY T23)."""
    certifier, application = Staff.by_key(actor.key), item.application
    theirs = (application.phone, application.holder_phone, application.account.phone)
    same_phone = certifier.phone is not None and certifier.phone in theirs
    if same_phone or certifier.name in (application.holder_name, application.account.name):
        raise Refused("own_case")


def is_another(item: ApplicationItem, actor: Actor) -> None:
    """Whoever wants to refuse does not confirm it, nor does whoever refused decide again (R-CRT-38)."""
    wanted = ("want_refusal", "refuse", "want_fraud")
    mine = (ItemStep.item == item) & ItemStep.move.in_(wanted) & (Staff.key == actor.key)
    if ItemStep.select().join(Staff).where(mine).exists():
        raise Refused("second_person")


def is_new_to_it(item: ApplicationItem, actor: Actor) -> None:
    """Of what is reconsidered, nobody who refused it decides again (R-CRT-38)."""
    if item.state == "reconsider":
        is_another(item, actor)


def is_late(item: ApplicationItem, actor: Actor) -> None:
    if item.due is None or item.due > clock.now():
        raise Refused("moved_on", state=item.state)


def pay_time_is_over(application: Application, actor: Actor) -> None:
    if application.pay_until is None or application.pay_until > clock.now():
        raise Refused("moved_on", state=application.state)


def no_money_moves(application: Application, actor: Actor) -> None:
    """Nobody pays, counts or gives back money for it now."""
    if Payment.select().where((Payment.application == application) & Payment.state.not_in(("closed", "refunded"))).exists():
        raise Refused("moved_on", state=application.state)


def was_free(application: Application, actor: Actor) -> None:
    if application.total:
        raise Refused("moved_on", state=application.state)


def costs(application: Application, actor: Actor) -> None:
    if not application.total:
        raise Refused("moved_on", state=application.state)


DRAW = "certification.draw"
OWN = (hers,)
HERE = (of_the_agency, is_a_stranger, is_not_held)
DESK = (*HERE, holds_it)
END = (*DESK, is_not_accused)

APPLICATION = Lifecycle(
    Application,
    #    name        from                 to           who may    guards
    Move("submit", ("draft",), "proving", Can.APPLY, OWN),
    Move("back", ("proving",), "draft", Can.APPLY, OWN),
    Move("prove", ("proving",), "proved"),
    Move("file", ("proved",), "filed", Can.APPLY, (*OWN, was_free)),
    Move("bill", ("proved",), "paying", Can.APPLY, (*OWN, costs)),
    Move("settle", ("paying", "lapsed"), "filed"),
    Move("lapse", ("paying",), "lapsed", guards=(pay_time_is_over,)),
    Move("again", ("lapsed",), "paying", Can.APPLY, OWN),
    Move("expire", ("lapsed",), "expired", guards=(pay_time_is_over, no_money_moves)),
    Move("cancel", ("filed",), "cancelled", Can.APPLY, (*OWN, only_waits)),
    Move("end", ("filed",), "cancelled", guards=(only_waits,)),
)
"""未提交 → 待实人验证 → 待确认提交 → (待支付 →) 已提交; 已超时关闭 unpaid, and paid after all where the notice came late;
已过期, of which the money alone is left."""

ITEM = Lifecycle(
    ApplicationItem,
    #    name            from                                              to            who may      guards
    Move("file", ("draft",), "proof"),
    Move("accept", ("proof",), "accepted", Can.CERTIFY, DESK),
    Move("ask", ("proof", "accepted", "checking", "delayed"), "supplement", Can.CERTIFY, END),
    Move("again", ("supplement",), "proof", Can.APPLY, OWN),
    Move("check", ("accepted", "delayed"), "checking", Can.CERTIFY, DESK),
    Move("answered", ("checking",), "accepted"),
    Move("delay", ("accepted", "checking"), "delayed", Can.CERTIFY, DESK),
    Move("overrun", ("accepted", "checking"), "delayed", guards=(is_late,)),
    Move("issue", ("accepted", "delayed", "reconsider"), "issued", Can.CERTIFY, (*END, is_new_to_it), (DRAW,)),
    Move("want_refusal", ("proof", "accepted", "delayed"), "second", Can.CERTIFY, DESK),
    Move("refuse", ("second",), "refused", Can.LEAD, (*HERE, is_another, is_not_accused)),
    Move("send_back", ("second",), "accepted", Can.LEAD, (*HERE, is_another)),
    Move("reconsider", ("refused",), "reconsider", Can.APPLY, OWN),
    Move("uphold", ("reconsider",), "upheld", Can.CERTIFY, (*DESK, is_another)),
    Move("reject", ("proof", "accepted", "checking", "delayed", "second"), "fraud", Can.LEAD, (*HERE, is_another)),
    Move("cancel", ("proof",), "cancelled"),
    Move("close", ("supplement",), "closed", guards=(is_late,)),
)
"""待校对 → 已受理 ⇄ 核查中 → 已出报告, or a refusal that a second person confirms; 待补充材料 goes back to 待校对."""
