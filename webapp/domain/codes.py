"""短信验证码: codes sent to a phone for one purpose: ask for one, prove one. They belong to no browser (R-ACC-07).

Not here: the sentence of the SMS (`templates/messages/`) and the check that a person asks (`captchas.py`).
"""

import hmac
from datetime import timedelta

from webapp.domain import clock, defaults, journal, limits, messages
from webapp.domain.identity import characters, phones
from webapp.domain.refused import Refused
from webapp.models import keys
from webapp.models.base import transaction
from webapp.models.codes import Code

KEPT = timedelta(days=2)
"""How long a code's row outlives the code, so that a late try is told why."""


LONGER = {"recover": 8}
"""Digits of a code that opens an account whose password is lost, where the setting gives fewer."""


def digits_for(purpose: str) -> int:
    """How many digits a code of this purpose has."""
    return max(LONGER.get(purpose, 0), defaults.value("sms.digits"))


def digits(code: Code) -> str:
    """The digits of an issue, derived from its key and never stored: all of them are equally likely."""
    mac = hmac.digest(keys.secret("codes"), f"{code.purpose}|{code.phone_index}|{code.key}".encode(), "sha256")
    return f"{int.from_bytes(mac) % 10**code.digits:0{code.digits}d}"


def live(phone: str, purpose: str) -> Code | None:
    """The code that may be typed now, if there is one."""
    code = _open(phone, purpose)
    return code if code is not None and code.expires > clock.now() else None


def wait(phone: str) -> int:
    """Seconds until the phone may be sent another code; 0 when it may now."""
    pause = timedelta(seconds=defaults.value("sms.resend_seconds"))
    either = [Code.phone_index.of(one) for one in (phone, nobodys(phone))]
    last = Code.select(Code.last_sent).where(Code.phone_index.in_(either))
    last = last.order_by(Code.last_sent.desc()).limit(1).scalar()
    return 0 if last is None else max(0, int((last + pause - clock.now()).total_seconds()))


def request(phone: str, purpose: str, network: str = "", *, language: str = "zh") -> Code:
    """Send a code to the phone; a repeat within its life sends the same digits again (R-ACC-05..07).

    `purpose` is register, login, recover or staff: each has its own text, ``code_<purpose>``. `network`, where a visitor
    waits for the answer, only counts: past its budget the next from there solves a harder puzzle, nobody is refused.
    Raises Refused: phone_format, sms_too_soon (seconds), sms_limit (until), sms_busy (until).
    """
    phone = phones.clean(phone)
    phones.check(phone)
    with transaction():
        _spend(phone, purpose)
        _spend_of_site(purpose)
        if network:
            limits.note("sms:network", network)
        code = _issue(phone, purpose)
        messages.sms(phone, f"code_{purpose}", language=language, **_told(code))
    return code


def _spend(phone: str, purpose: str) -> None:
    limits.spend("sms:purpose", f"{purpose}|{phone}")
    limits.spend("sms:phone", phone)
    if seconds := wait(phone):  # after the counters, whose rows are now ours: two requests at once meet here
        raise Refused("sms_too_soon", seconds=seconds)


def _spend_of_site(purpose: str) -> None:
    """The hour's budget of the whole site; past it, who lost the way in still has the reserve. Half and all of it are told."""
    if purpose in LONGER and limits.used_up("sms:site_hour", ""):
        limits.spend("sms:site_reserve", "")
        return
    limits.spend("sms:site_hour", "")
    left, most = limits.left("sms:site_hour", ""), limits.LIMITS["sms:site_hour"].allowed()
    if left in (most // 2, 0):
        journal.record("sms.budget", "system", "site:sms", left=left, most=most)


def nobodys(phone: str) -> str:
    """What stands for the phone of an account that is not there: no number, so nothing can be sent to it."""
    return f"NOBODY{phone}"


def decoy(phone: str, purpose: str) -> None:
    """A code that is sent to nobody, so that a try at an account that is not there costs the work of any other.

    It uses up the phone's budgets as well: else what another page says next would tell whether an SMS was sent. Raises
    sms_too_soon (seconds), sms_limit (until).
    """
    with transaction():
        _spend(phones.clean(phone), purpose)
        _issue(nobodys(phone), purpose)


def prove(phone: str, purpose: str, typed: str) -> Code:
    """End the code as proved, once; a wrong try is counted even though it is refused, so call it outside a transaction.

    Raises Refused: code_empty, code_length (need, found; costs no try), code_tries_day (until), code_missing,
    code_expired, code_wrong (left), code_void (R-ACC-07, R-ACC-08).
    """
    phone, typed = phones.clean(phone), characters.compact(typed)
    if not typed:
        raise Refused("code_empty")
    limits.check("sms:wrong", phone)
    with transaction():
        code = _open(phone, purpose)
        refusal = _judge(code.locked() if code else _last(phone, purpose), phone, typed)
    if refusal is not None:
        raise refusal
    return code.locked()


def sweep() -> int:
    """Drop codes whose life ended days ago. Returns how many."""
    return Code.delete().where(Code.expires < clock.now() - KEPT).execute()


def _issue(phone: str, purpose: str) -> Code:
    at = clock.now()
    code = _open(phone, purpose)
    if code is not None and code.expires > at:
        code.last_sent = at
        code.save()
        return code
    if code is not None:
        code.ended = at
        code.save()
    life = timedelta(hours=defaults.value("sms.ttl_hours"))
    return Code.create(purpose=purpose, phone=phone, digits=digits_for(purpose), sent=at, last_sent=at, expires=at + life)


def _told(code: Code) -> dict[str, object]:
    hours = -(-int((code.expires - clock.now()).total_seconds()) // 3600)
    return {"code": digits(code), "hours": hours, "until": code.expires}


def _open(phone: str, purpose: str) -> Code | None:
    return Code.get_or_none((Code.phone_index == Code.phone_index.of(phone)) & (Code.purpose == purpose) & Code.ended.is_null())


def _last(phone: str, purpose: str) -> Code | None:
    query = Code.select().where((Code.phone_index == Code.phone_index.of(phone)) & (Code.purpose == purpose))
    return query.order_by(Code.id.desc()).first()


def _judge(code: Code | None, phone: str, typed: str) -> Refused | None:
    at = clock.now()
    most = defaults.value("sms.max_wrong")
    if code is None or code.proved is not None:
        return Refused("code_missing")
    if code.tries >= most:
        return Refused("code_void")
    if code.expires <= at or code.ended is not None:
        return Refused("code_expired")
    if len(typed) != code.digits:
        return Refused("code_length", need=code.digits, found=len(typed))
    if not hmac.compare_digest(digits(code).encode(), typed.encode()):
        limits.note("sms:wrong", phone)
        return _wrong(code, most)
    code.proved = code.ended = at
    code.save()
    return None


def _wrong(code: Code, most: int) -> Refused:
    code.tries += 1
    if code.tries >= most:
        code.ended = clock.now()
    code.save()
    return Refused("code_wrong", left=most - code.tries) if code.tries < most else Refused("code_void")
