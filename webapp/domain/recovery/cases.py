"""A weak proof opens nothing that is in use before its contacts had notice and could say no: the case that waits.

Not here: the proofs (`asking.py`, `memory.py`), and the new password (`resetting.py`).
"""

from datetime import timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from webapp.domain import clock, defaults, journal, messages
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import SYSTEM, VISITOR, Actor
from webapp.domain.refused import Refused
from webapp.models import keys
from webapp.models.accounts import Account, Login
from webapp.models.base import transaction
from webapp.models.recovery import OVER, GivenUp, Recovery

IN_USE = timedelta(days=30)
"""An account opened more recently gets notice before security questions open it."""

PHONE_OLD = timedelta(days=90)
"""A number not proved for so long may be somebody else's; then the mail box hears of it first."""

LAST_CALL = timedelta(hours=24)
"""A longer notice is given again so long before it ends (T01)."""

OPEN = timedelta(hours=72)
"""How long the new password may be set once the notice is over."""

DISTRUST = timedelta(days=30)
"""How long answers open nothing after the holder said that it was somebody else who knew them."""


SEEN = ("desk", "face")
"""Ways in which somebody, or a camera, saw who it is."""


def is_due(case: Recovery, actor: Actor) -> None:
    if case.ripens > clock.now():
        raise Refused("moved_on", state=case.state)


RECOVERY = Lifecycle(
    Recovery,
    #    name     from                             to           guards
    Move("warn", ("opened",), "cooling"),
    Move("ripen", ("cooling",), "ripe", guards=(is_due,)),
    Move("finish", ("ripe",), "done"),
    Move("stop", ("opened", "cooling", "ripe"), "cancelled"),
    Move("expire", ("opened", "cooling", "ripe"), "expired"),
)


def notice(account: Account, way: str) -> timedelta | None:
    """How long the contacts are told before this proof opens the account; None where it opens at once.

    `way` as in Recovery, or one that needs no notice: mail, paper.
    """
    if way == "questions" and _used_within(account, IN_USE):
        return timedelta(hours=defaults.value("rec.notice_hours"))
    if way == "phone" and account.email_proved is not None and _is_old(account):
        return timedelta(hours=defaults.value("rec.notice_hours"))
    if way in SEEN and _used_within(account, timedelta(days=defaults.value("dup.active_days"))):
        return timedelta(hours=defaults.value("dup.hold_hours"))
    return None


def _is_old(account: Account) -> bool:
    """Was the phone proved long ago, or did the number change hands?"""
    proved = account.phone_proved
    return proved is None or proved < clock.now() - PHONE_OLD or GivenUp.ever(account.phone_index)


def _used_within(account: Account, span: timedelta) -> bool:
    edge = clock.now() - span
    return Login.select().where((Login.account == account) & (Login.result == "in") & (Login.at >= edge)).exists()


def distrusted(account: Account | None, way: str) -> bool:
    """Did the holder say no to this way just now? The same question is asked where there is no account."""
    stopped = (Recovery.account == (account.id if account else 0)) & (Recovery.way == way) & (Recovery.state == "cancelled")
    return Recovery.select().where(stopped & (Recovery.closed >= clock.now() - DISTRUST)).exists()


def wait_for(account: Account, way: str, wait: timedelta) -> Recovery:
    """The case that has to ripen: the one that is open, or a new one, of which every contact of the account hears now.
    A password that was changed meanwhile ends a case: its notice spoke of another.

    Raises recovery_stopped while the holder's no still counts.
    """
    if distrusted(account, way):
        raise Refused("recovery_stopped")
    with transaction():
        account = account.locked()
        case = Recovery.get_or_none((Recovery.account == account) & (Recovery.way == way) & Recovery.state.not_in(OVER))
        at = clock.now()
        if case is not None and case.ends > at and case.opened >= account.password_changed:
            return case
        if case is not None:
            RECOVERY.move(case, "expire", SYSTEM, closed=at)
        ripens = at + wait
        case = Recovery.create(account=account, way=way, opened=at, ripens=ripens, ends=ripens + OPEN)
        _tell(case)
        if wait > LAST_CALL:
            journal.promise("recovery.remind", delay=wait - LAST_CALL, key=case.key)
        journal.promise("recovery.ripen", delay=wait, key=case.key)
        return RECOVERY.move(case, "warn", VISITOR, detail={"way": way})


def _tell(case: Recovery) -> None:
    token = link_for(case)
    messages.tell(case.account, "recovery_waits", link=f"/recover/stop/{token}", until=case.ripens, token=token)


def remind(key: str) -> None:
    """Tell the contacts once more, a day before the notice is over."""
    case = Recovery.by_key(key)
    if case is not None and case.state == "cooling":
        with transaction():
            _tell(case)


def ripen(key: str) -> None:
    """The notice is over and nobody said no."""
    case = Recovery.by_key(key)
    if case is not None and case.state == "cooling":
        RECOVERY.move(case, "ripen", SYSTEM)


def sweep() -> int:
    """Close the cases that nobody came back for. Returns how many."""
    late = list(Recovery.select().where((Recovery.ends < clock.now()) & Recovery.state.not_in(OVER)))
    for case in late:
        RECOVERY.move(case, "expire", SYSTEM, closed=clock.now())
    return len(late)


def link_for(case: Recovery) -> str:
    """What stands in the address that the contacts are told: 128 random bits, signed, good for as long as the case is open."""
    return _links().dumps(case.key)


def linked(token: str) -> Recovery | None:
    """The case that a link of a notice can still stop."""
    try:
        key = _links().loads(token)
    except BadSignature:
        return None
    return Recovery.get_or_none((Recovery.key == key) & Recovery.state.not_in(OVER))


def stop(token: str) -> None:
    """「不是我」: nothing opens. Raises recovery_link."""
    case = linked(token)
    if case is None:
        raise Refused("recovery_link")
    with transaction():
        case = RECOVERY.move(case, "stop", VISITOR, closed=clock.now())
        messages.tell(case.account, "recovery_stopped")


def _links() -> URLSafeSerializer:
    return URLSafeSerializer(keys.secret("links"), salt="recover_stop")
