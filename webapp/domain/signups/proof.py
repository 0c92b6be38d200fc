"""The second half of registering by e-mail: who it is, and a code to the phone (R-ACC-31) or to the address (R-ACC-33).

Not here: the link before it (`links.py`), and the account that comes of it (`finishing.py`).
"""

import hmac
import json

from webapp.domain import accounts, codes, defaults, limits, messages
from webapp.domain.accounts import Identity
from webapp.domain.identity import characters, id_numbers, phones
from webapp.domain.refused import Refused
from webapp.models import keys
from webapp.models.base import new_key, transaction
from webapp.models.school import Unit
from webapp.models.signups import Signup


def check_particulars(identity: Identity, sex: str, born: str) -> None:
    """Sex (GB/T 2261) and day of birth (ISO) agree with a resident's number, else Refused("particulars_differ").

    Neither is kept: nothing here needs them once they agreed.
    """
    if identity.kind == "1":
        number = id_numbers.upgrade(identity.number)
        if (id_numbers.sex(number), id_numbers.birth_date(number).isoformat()) != (sex, born):
            raise Refused("particulars_differ")


def identify(signup: Signup, identity: Identity, phone: str = "", claims: bool = False) -> None:
    """Keep who it is until 是 was answered; `claims`: knowing that the number has an account, the person claims it.

    Raises what `Identity.check` raises, identity_taken, identity_tries (until).
    """
    identity.check()
    phone = phones.clean(phone)
    told = {"name": identity.name, "kind": identity.kind, "country": identity.country, "number": identity.number}
    before = _answers(signup)
    if not claims and told != {name: before.get(name) for name in told}:
        accounts.check_free(identity, signup.email)
    proved = before.get("proved", "") if before.get("phone") == phone else ""
    _keep(signup, **told, phone=phone, claims="1" if claims else "", proved=proved)


def schools() -> list[Unit]:
    return list(Unit.select().order_by(Unit.id))


def choose_school(signup: Signup, key: str) -> None:
    """The school whose office shall see the person. Raises school_empty for none that there is."""
    unit = Unit.by_key(key)
    if unit is None:
        raise Refused("school_empty")
    Signup.update(unit=unit).where(Signup.id == signup.id).execute()


def identity_of(signup: Signup) -> Identity | None:
    told = _answers(signup)
    return Identity(told["name"], told["kind"], told["country"], told["number"]) if "number" in told else None


def phone_of(signup: Signup) -> str:
    return _answers(signup).get("phone", "")


def claims(signup: Signup) -> bool:
    return bool(_answers(signup).get("claims"))


def is_proved(signup: Signup) -> bool:
    """Was the code right: of the phone, or of the mail box where the site allows that?"""
    return bool(_answers(signup).get("proved"))


def send_code(signup: Signup, by_mail: bool, network: str) -> None:
    """A code to the phone, or to the address. Raises email_edu, email_limit, and what `codes.request` raises."""
    if not by_mail:
        Signup.update(code="").where(Signup.id == signup.id).execute()
        codes.request(phone_of(signup), "activate", network, language=signup.language)
        return
    if defaults.value("acc.email_code_edu_only") and not signup.email.endswith(("@edu.cn", ".edu.cn")):
        raise Refused("email_edu")
    if not defaults.value("acc.email_code"):
        raise Refused("code_missing")
    with transaction():
        limits.spend("signup:email", signup.email)
        signup = signup.locked()
        signup.code, signup.code_tries = new_key(), 0
        signup.save()
        messages.mail(signup.email, "signup_code", language=signup.language, code=_digits(signup))


def prove(signup: Signup, typed: str) -> None:
    """The code was right. One that came by mail proves no phone, so none is kept then. Raises what `codes.prove` raises."""
    if signup.code:
        _prove_mailed(signup, characters.compact(typed))
        _keep(signup, proved="mail", phone="")
    else:
        codes.prove(phone_of(signup), "activate", typed)
        _keep(signup, proved="phone")


def _prove_mailed(signup: Signup, typed: str) -> None:
    most = defaults.value("sms.max_wrong")
    if not typed:
        raise Refused("code_empty")
    with transaction():
        signup = signup.locked()
        left = most - signup.code_tries
        right = left > 0 and hmac.compare_digest(_digits(signup).encode(), typed.encode())
        signup.code_tries += not right
        signup.save()
    if left <= 0 or (not right and left == 1):
        raise Refused("code_void")
    if not right:
        raise Refused("code_wrong", left=left - 1)


def _digits(signup: Signup) -> str:
    count = defaults.value("sms.digits")
    mac = hmac.digest(keys.secret("codes"), f"signup|{signup.key}|{signup.code}".encode(), "sha256")
    return f"{int.from_bytes(mac) % 10**count:0{count}d}"


def _answers(signup: Signup) -> dict[str, str]:
    return json.loads(signup.answers) if signup.answers else {}


def _keep(signup: Signup, **told: str) -> None:
    with transaction():
        row = signup.locked()
        row.answers = json.dumps({**_answers(row), **told}, ensure_ascii=False)
        row.save()
    signup.answers = row.answers
