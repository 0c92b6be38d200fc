"""实人验证 as the way back for who lost phone and e-mail: whose face it shall be, and the account of who passed (R-REC-11).

Not here: the check itself (`domain/liveness/`), and the new phone and password (`at_desk.py`, `resetting.py`). Nothing of it
tells whether there is such an account before the person was there.
"""

from dataclasses import asdict
from datetime import timedelta

from webapp.domain import clock, drafts
from webapp.domain.in_person_effects import holder
from webapp.domain.liveness import asking, purposes
from webapp.domain.recovery import at_desk
from webapp.models.accounts import Account
from webapp.models.journal import Draft
from webapp.models.liveness import PersonCheck

TAKE_UP = timedelta(minutes=30)
"""How long after the pass this browser goes on with it."""


def say_who(draft: Draft, name: str, number: str) -> None:
    """Keep whose account it is about. Call it outside a transaction: who asks too often is counted whoever it is.

    Raises meeting_who, face_tries_day (until).
    """
    who = at_desk.said(name, number)
    asking.count(who.number)
    drafts.keep(draft, face=asdict(who))


def of(draft: Draft) -> PersonCheck | None:
    """The check of whom this browser named, if it was begun."""
    who = purposes.named_in(draft)
    return asking.find("recovery", draft.key, who.index) if who is not None else None


def begin(draft: Draft) -> PersonCheck:
    """The check of whom this browser named, made where there is none yet."""
    who = purposes.named_in(draft)
    return asking.make("recovery", draft.key, who.index, unit=asking.unit_of(who.index))


def is_begun(draft: Draft) -> bool:
    """Is there a check in it, of whomever? Then who is named now gets another draft: no pass serves twice, and what is left of
    one check tells nothing of another."""
    here = (PersonCheck.purpose == "recovery") & (PersonCheck.subject == draft.key)
    return PersonCheck.select().where(here).exists()


def is_through(draft: Draft) -> bool:
    """Was the person there just now, and has nothing come of it yet?"""
    check = of(draft)
    return check is not None and check.state == "passed" and check.judged + TAKE_UP > clock.now()


def take_up(draft: Draft) -> Account | None:
    """The account of who was there, once; None where that identity has none under this name."""
    who = purposes.named_in(draft)
    drafts.keep(draft, face=None)
    return holder(who.name, who.number)
