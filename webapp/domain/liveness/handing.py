"""The way from the computer to the phone: one token, one use, five minutes, a number on both screens (R-RPV-01, SECURITY T15).

A unit's holder gets the way by SMS, on the own phone, which a code proves (R-CRT-46). Not here: what is done on the phone.
"""

import hmac
import secrets
from datetime import datetime, timedelta

from webapp.domain import clock, codes, defaults, journal, limits, messages
from webapp.domain.identity import verification_codes
from webapp.domain.liveness import purposes
from webapp.domain.permissions import VISITOR, Actor, student
from webapp.domain.refused import Refused
from webapp.models.accounts import Account, Session
from webapp.models.base import transaction
from webapp.models.liveness import Handoff, PersonCheck

TYPED = 7
"""Characters of the code that is typed where nothing scans: 35 bits for five minutes, behind a limit."""

TIME = timedelta(minutes=30)
"""How long the phone may take once it was opened."""

LINK = timedelta(hours=72)
"""How long the SMS to a unit's holder leads somewhere."""


def show(check: PersonCheck, session: Session) -> Handoff:
    """A new code for this computer; those shown before lead nowhere from now on. Raises moved_on."""
    until = clock.now() + timedelta(minutes=defaults.value("rpv.qr_minutes"))
    code = "".join(secrets.choice(verification_codes.ALPHABET) for _ in range(TYPED))
    return _make(check, "code", until, code=code, session=session, match=f"{secrets.randbelow(90) + 10}")


def here(check: PersonCheck) -> Handoff:
    """No other device: the camera is on this one. It is open at once. Raises moved_on."""
    at = clock.now()
    return _make(check, "here", at, opened=at)


def send(check: PersonCheck, phone: str) -> Handoff:
    """Send the way to the holder of whom a unit speaks, who never comes by the unit's browser (R-CRT-46).

    The SMS names nobody. Raises moved_on, sms_limit (until), sms_busy (until).
    """
    with transaction():
        limits.spend("person:phone", phone)
        made = _make(check, "link", clock.now() + LINK)
        messages.sms(phone, "person_request", token=made.token, until=made.until)
        return made


def _make(check: PersonCheck, way: str, until: datetime, **more: object) -> Handoff:
    with transaction():
        check = check.locked()
        if not purposes.waits(check) or check.state == "passed":
            raise Refused("moved_on", state=check.state)
        _end(check)
        made = Handoff(check_row=check, way=way, created=clock.now(), until=until)
        made.token = verification_codes.make_token()
        for name, value in more.items():
            setattr(made, name, value)
        made.save(force_insert=True)
        whose = VISITOR if check.account is None else student(check.account.key)
        journal.record("handoff.show", whose.name, made, way=way)
        return made


def _end(check: PersonCheck) -> None:
    live = (Handoff.check_row == check) & Handoff.ended.is_null()
    Handoff.update(ended=clock.now(), token=None, token_index=None, code=None, code_index=None).where(live).execute()


def shown(check: PersonCheck) -> Handoff | None:
    """The newest way to another device that was shown or sent for the check, however it stands."""
    mine = (Handoff.check_row == check) & (Handoff.way != "here")
    return Handoff.select().where(mine).order_by(Handoff.id.desc()).first()


def find(token: str) -> Handoff:
    """The way behind a scanned token. Raises handoff_gone (nobody's, used up or replaced)."""
    found = Handoff.get_or_none(Handoff.token_index == Handoff.token_index.of(token))
    if found is None:
        raise Refused("handoff_gone")
    return found


def is_busy(network: str) -> bool:
    """Were so many codes guessed from there that the next try asks for a captcha?"""
    return limits.used_up("handoff:network", network)


def typed(code: str, network: str) -> Handoff:
    """The way behind a typed code; wrong ones count for the network. Raises handoff_typed."""
    clean = verification_codes.clean(code)
    found = Handoff.get_or_none(Handoff.code_index == Handoff.code_index.of(clean)) if clean else None
    if found is None or found.until <= clock.now():
        limits.note("handoff:network", network)
        raise Refused("handoff_typed", field="code")
    return found


def check_open(handoff: Handoff) -> None:
    """May it still be opened? Raises handoff_gone (also where nobody waits for it any more), handoff_used, handoff_late."""
    if handoff.opened is not None:
        raise Refused("handoff_used")
    if handoff.ended is not None or not purposes.waits(handoff.check_row):
        raise Refused("handoff_gone")
    if handoff.until <= clock.now() or not _computer_is_there(handoff):
        raise Refused("handoff_late")


def check_account(handoff: Handoff, account: Account | None) -> None:
    """Whoever is logged in on the phone is who began on the computer, or the holder of whom a unit, or nobody who could
    log in, spoke (R-RPV-13). On the device itself that is who is still logged in there, until the pass, which may end every
    log-in and is told. Raises handoff_account, handoff_gone.
    """
    check = handoff.check_row
    if account is None and handoff.way == "here" and check.account_id is not None and check.state != "passed":
        raise Refused("handoff_gone")
    if account is None:
        return
    holder = handoff.way == "link" or check.account_id is None
    if not (account.identity_index == check.identity_index if holder else account.id == check.account_id):
        raise Refused("handoff_account")


def _computer_is_there(handoff: Handoff) -> bool:
    """A code is bound to the log-in that asked for it."""
    if handoff.way != "code":
        return True
    session = handoff.session
    return session is not None and session.ended is None and session.ends > clock.now()


def open_(handoff: Handoff, match: str, account: Account | None, actor: Actor) -> Handoff:
    """是我: from now on the token leads nowhere, and the browser that opened it goes on alone.

    The number of another screen ends it. Raises handoff_gone, handoff_used, handoff_late, handoff_account, handoff_number.
    """
    with transaction():
        handoff = handoff.locked()
        check_open(handoff)
        check_account(handoff, account)
        wrong = handoff.way == "code" and not hmac.compare_digest(handoff.match.encode(), match.encode())
        if wrong:
            _close(handoff, actor, "other_number")
        else:
            handoff.opened = clock.now()
            handoff.save()
            journal.record("handoff.open", actor.name, handoff)
    if wrong:
        raise Refused("handoff_number")
    return handoff


def deny(handoff: Handoff, actor: Actor) -> None:
    """不是我: whoever showed the code gets nowhere with it."""
    with transaction():
        handoff = handoff.locked()
        if handoff.opened is None and handoff.ended is None:
            _close(handoff, actor, "denied")


def _close(handoff: Handoff, actor: Actor, why: str) -> None:
    handoff.ended = clock.now()
    handoff.save()
    journal.record("handoff.deny", actor.name, handoff, why=why)


def of(key: str | None) -> Handoff | None:
    """The way that this browser opened, while it may still be used."""
    found = Handoff.by_key(key) if key else None
    if found is None or found.opened is None or found.ended is not None:
        return None
    if found.check_row.state != "passed" and not _computer_is_there(found):  # a pass may end every log-in, and is told
        return None
    return found if found.opened + TIME > clock.now() else None


def phone_of(handoff: Handoff) -> str:
    """The holder's own phone, to which a unit's request went."""
    return purposes.application_of(handoff.check_row).holder_phone


def prove(handoff: Handoff, code: str, actor: Actor) -> None:
    """The holder's phone is in the hand of who goes on: the code that was sent to it. Call it outside a transaction.

    Raises what `codes.prove` raises.
    """
    codes.prove(phone_of(handoff), "person", code)
    with transaction():
        handoff.proved = clock.now()
        handoff.save()
        journal.record("handoff.prove", actor.name, handoff)


def sweep() -> int:
    """Forget ways that ended or could not be opened in time, a day later. Returns how many."""
    edge = clock.now() - timedelta(days=1)
    over = (Handoff.until < edge) & (Handoff.opened.is_null() | (Handoff.opened < edge))
    return Handoff.delete().where(over).execute()
