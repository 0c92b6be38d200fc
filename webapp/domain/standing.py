"""What an account may be: registered, in doubt, frozen, closing, archived. Every change of its state is a move of this table.

Not here: what an archived account leaves to whom (`duplicates/cascade.py`), and who asked for the move.
"""

from webapp.domain import clock, sessions
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models.accounts import ALIVE, Account
from webapp.models.base import transaction


def identity_is_free(account: Account, actor: Actor) -> None:
    """Nobody else holds the identity: the unique index would say so too, less kindly."""
    others = Account.registered(account.identity_index) & (Account.id != account.id)
    if Account.select().where(others).exists():
        raise Refused("identity_taken")


def _was(state: str):
    def was_frozen_from_it(account: Account, actor: Actor) -> None:
        if account.frozen_from != state:
            raise Refused("moved_on", state=account.state)

    return was_frozen_from_it


ACCOUNT = Lifecycle(
    Account,
    #    name              from                               to           who may          guards
    Move("prove", ("duplicate",), "active", guards=(identity_is_free,)),
    Move("doubt", ("active",), "duplicate"),
    Move("freeze", ("active", "duplicate", "closing"), "frozen"),
    Move("thaw", ("frozen",), "active", guards=(_was("active"), identity_is_free)),
    Move("thaw_closing", ("frozen",), "closing", guards=(_was("closing"), identity_is_free)),
    Move("thaw_doubt", ("frozen",), "duplicate", guards=(_was("duplicate"),)),
    Move("close", ("active",), "closing", Can.OWN_ACCOUNT),
    Move("keep", ("closing",), "active", Can.OWN_ACCOUNT),
    Move("archive", ALIVE, "archived"),
    Move("restore", ("archived",), "active", guards=(identity_is_free,)),
)
"""学档账号's moves. `prove` needs the identity free: rivals are archived first, in the same transaction."""

THAWS = {"active": "thaw", "closing": "thaw_closing", "duplicate": "thaw_doubt"}


def proved(account: Account, how: str, actor: Actor) -> Account:
    """Somebody saw who the holder is (`how`: photos, desk, face): level L3 or L4, and out of doubt where it was."""
    with transaction():
        if account.state == "duplicate":
            return ACCOUNT.move(account, "prove", actor, person_proved=clock.now(), person_proved_by=how, detail={"how": how})
        account.person_proved, account.person_proved_by = clock.now(), how
        account.save()
        return account


def settle(account: Account, actor: Actor) -> Account:
    """Out of doubt without anybody having seen the holder: the identity is this account's, its level stays what it was."""
    return ACCOUNT.move(account, "prove", actor) if account.state == "duplicate" else account


def freeze(account: Account, actor: Actor, why: str, back_to: str = "") -> Account:
    """Read-only from now on, every session ended: something about it is being looked into.

    It thaws to what it was, or to `back_to`: the winner of a claim that was overturned is in doubt again.
    """
    with transaction():
        sessions.end_all(account)
        return ACCOUNT.move(account, "freeze", actor, frozen_from=back_to or account.state, detail={"why": why})


def thaw(account: Account, actor: Actor, why: str) -> Account:
    """Back to what it was before it was frozen."""
    return ACCOUNT.move(account, THAWS[account.frozen_from], actor, frozen_from="", detail={"why": why})


def restore(account: Account, actor: Actor) -> Account:
    """An archived account opens again. What somebody else holds by now stays theirs: the phone, the e-mail."""
    with transaction():
        others = Account.state.in_(ALIVE) & (Account.id != account.id)
        if account.phone is not None and Account.select().where(others & (Account.phone_index == account.phone_index)).exists():
            account.phone, account.phone_proved = None, None
        same_mail = (Account.email_index == account.email_index) & Account.email_proved.is_null(False)
        if account.email is not None and Account.select().where(others & same_mail).exists():
            account.email, account.email_proved = None, None
        account.save()
        return ACCOUNT.move(account, "restore", actor, archived=None)


SEEN = 3
"""The level from which somebody has seen the holder."""


def level(account: Account) -> int:
    """实名等级 of spec 7.5: 0 registered, 1 phone proved, 2 school named, 3 seen by staff, 4 seen by a face check."""
    if account.person_proved is not None:
        return 4 if account.person_proved_by == "face" else 3
    if account.school_proved is not None:
        return 2
    return 1 if account.phone_proved is not None else 0
