"""失信行为名单: one person of an agency proposes on evidence, a lead confirms, the holder may appeal once (R-CRT-40, R-CRT-41).

Not here: who reads an entry and the lists of them (`discredited.py`).
"""

from calendar import isleap
from datetime import date

from peewee import IntegrityError, fn

from webapp.domain import clock, defaults, journal, messages
from webapp.domain.certification import agencies, retaining, steps
from webapp.domain.certification.lifecycle import ITEM, is_a_stranger, of_the_agency
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import SYSTEM, Actor, Can
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.certification import ApplicationItem
from webapp.models.discredit import Discredit
from webapp.models.staff import Staff

LEAST, MOST = 10, 1000
"""Characters of the evidence, of an appeal, and of the answer to it."""

PAGE = "/discredit"
"""Where the holder reads it."""

HOLDS = ("listed", "appealed", "upheld")
"""States in which an entry counts until its end: an appeal alone changes nothing."""


def of_their_agency(entry: Discredit, actor: Actor) -> None:
    agency = agencies.mine(actor)
    if agency is None or entry.agency_id != agency.id:
        raise Refused("not_allowed")


def did_not_propose(entry: Discredit, actor: Actor) -> None:
    if entry.proposer.key == actor.key:
        raise Refused("second_person")


def did_not_confirm(entry: Discredit, actor: Actor) -> None:
    """Whoever listed somebody does not judge the complaint about it."""
    if entry.decider.key == actor.key:
        raise Refused("second_person")


def knows_nobody(entry: Discredit, actor: Actor) -> None:
    """Nobody decides about themselves (SECURITY T23)."""
    is_a_stranger(entry.item, actor)


def holders_own(entry: Discredit, actor: Actor) -> None:
    """It speaks of the person whose account this is."""
    account = Account.by_key(actor.key)
    if account is None or account.identity_index != entry.identity_index:
        raise Refused("not_allowed")


def is_over(entry: Discredit, actor: Actor) -> None:
    if entry.ends > clock.today():
        raise Refused("moved_on", state=entry.state)


SECOND = (of_their_agency, did_not_propose, knows_nobody)
THIRD = (*SECOND, did_not_confirm)

DISCREDIT = Lifecycle(
    Discredit,
    #    name      from                   to          who may      guards
    Move("confirm", ("proposed",), "listed", Can.LEAD, SECOND),
    Move("drop", ("proposed",), "dropped", Can.LEAD, (of_their_agency, knows_nobody)),
    Move("appeal", ("listed",), "appealed", Can.APPLY, (holders_own,)),
    Move("uphold", ("appealed",), "upheld", Can.CERTIFY, THIRD),
    Move("lift", ("appealed",), "lifted", Can.CERTIFY, THIRD),
    Move("end", ("listed", "upheld"), "over", guards=(is_over,)),
)
"""待确认 → 生效中 → 已到期; an appeal ends in 已撤销 or 维持. What is not confirmed is 未列入."""


def check(identity_index: str) -> None:
    """Raises Refused: discredited (until, the first day on which this person may apply again), whatever account they use."""
    holds = (Discredit.identity_index == identity_index) & Discredit.state.in_(HOLDS)
    until = Discredit.select(fn.MAX(Discredit.ends)).where(holds & (Discredit.ends > clock.today())).scalar()
    if identity_index and until is not None:
        raise Refused("discredited", until=until)


def propose(item: ApplicationItem, actor: Actor, evidence: str) -> Discredit:
    """First of two: what was brought is false, and why; the item waits for the second person.

    Raises Refused: not_allowed, own_case, moved_on, discredit_proposed, discredit_text (least, most).
    """
    actor.require(Can.CERTIFY)
    evidence = _text(evidence, "evidence")
    try:
        with transaction():
            item = item.locked()
            of_the_agency(item, actor)
            is_a_stranger(item, actor)
            if item.state not in ITEM.moves["reject"].leaves:
                raise Refused("moved_on", state=item.state)
            made = Discredit(item=item, agency=item.agency, identity_index=item.application.identity_index)
            made.evidence, made.proposer, made.proposed = evidence, Staff.by_key(actor.key), clock.now()
            made.save(force_insert=True)
            steps.add(item, "want_fraud", actor)
            journal.record("discredit.propose", actor.name, made, item=item.key)
    except IntegrityError:
        raise Refused("discredit_proposed") from None
    return made


def confirm(entry: Discredit, actor: Actor) -> Discredit:
    """Second of two: the item is rejected, the person is on the list from today, and the holder is told with the way to appeal.

    Raises Refused: not_allowed, own_case, second_person, moved_on.
    """
    at, today = clock.now(), clock.today()
    with transaction():
        ends = _years_on(today, defaults.value("crt.blacklist_years"))
        decider = Staff.by_key(actor.key)
        listed = DISCREDIT.move(entry, "confirm", actor, decider=decider, decided=at, starts=today, ends=ends)
        rejected = steps.make(listed.item, "reject", actor, decided=at, holder=None, lease=None)
        retaining.keep(rejected, since=clock.day_bounds(ends)[0])  # whoever complains may do so until then
        _tell_both(listed)
    return listed


def drop(entry: Discredit, actor: Actor) -> Discredit:
    """Not listed: the evidence does not carry it, or whoever proposed it takes it back. Raises Refused as `confirm`."""
    return DISCREDIT.move(entry, "drop", actor, decider=Staff.by_key(actor.key), decided=clock.now())


def appeal(entry: Discredit, actor: Actor, text: str) -> Discredit:
    """申诉: the holder says once why it is wrong; a third person of the agency reads it.

    Raises Refused: not_allowed, moved_on, discredit_text (least, most).
    """
    return DISCREDIT.move(entry, "appeal", actor, appeal=_text(text, "text"), appealed=clock.now())


def uphold(entry: Discredit, actor: Actor, answer: str) -> Discredit:
    """It stays until its end. Raises Refused as `confirm`, discredit_text (least, most)."""
    return _answer(entry, "uphold", actor, answer)


def lift(entry: Discredit, actor: Actor, answer: str) -> Discredit:
    """The holder was right: applications are taken again from now on; raises as `uphold`."""
    return _answer(entry, "lift", actor, answer)


def end(entry: Discredit) -> Discredit:
    """Its time is over. Raises Refused: moved_on."""
    with transaction():
        over = DISCREDIT.move(entry, "end", SYSTEM)
        for account in _holders(over):
            messages.notify(account, "discredit_over", link=PAGE, topic="progress", **_facts(over))
    return over


def _answer(entry: Discredit, move: str, actor: Actor, answer: str) -> Discredit:
    answer = _text(answer, "answer")
    with transaction():
        changes = {"reviewer": Staff.by_key(actor.key), "answer": answer, "answered": clock.now()}
        answered = DISCREDIT.move(entry, move, actor, **changes)
        _tell(answered, {"uphold": "discredit_upheld", "lift": "discredit_lifted"}[move])
    return answered


def _tell_both(entry: Discredit) -> None:
    """The holder, wherever there is an account of theirs, else by the phone that was named; and who applied for them."""
    application = entry.item.application
    told = _tell(entry, "discredited")
    if not told and application.holder_phone:
        messages.sms(application.holder_phone, "discredited", **_facts(entry))
    if application.account not in told:
        link = f"/applications/{application.key}"
        messages.tell(application.account, "item_rejected", link=link, topic="progress", number=application.number)


def _tell(entry: Discredit, template: str) -> list[Account]:
    holders = _holders(entry)
    for account in holders:
        messages.tell(account, template, link=PAGE, topic="progress", **_facts(entry))
    return holders


def _holders(entry: Discredit) -> list[Account]:
    return list(Account.select().where(Account.registered(entry.identity_index)))


def _facts(entry: Discredit) -> dict[str, str]:
    return {"agency": entry.agency.name, "until": entry.ends.isoformat()}


def _text(text: str, field: str) -> str:
    text = text.strip()
    if not LEAST <= len(text) <= MOST:
        raise Refused("discredit_text", field=field, least=LEAST, most=MOST)
    return text


def _years_on(day: date, years: int) -> date:
    """The same day so many years later; of a 29 February, which most years lack, the 1 March."""
    year = day.year + years
    if (day.month, day.day) == (2, 29) and not isleap(year):
        return date(year, 3, 1)
    return day.replace(year=year)
