"""The second factor of staff: time codes (RFC 6238) and ten recovery codes, each usable once (R-SYS-10).

Not here: how often one may try, and what follows (`staff.py`).
"""

import hmac
import secrets

import pyotp

from webapp.domain import clock
from webapp.domain.identity import characters
from webapp.models import keys
from webapp.models.staff import RecoveryCode, Staff

STEP = 30
"""Seconds for which a time code stands; the one before and the one after are taken too, as clocks differ."""

RECOVERY_CODES = 10
LENGTH = 8
"""Characters of a recovery code, 39 bits; a time code has six digits."""

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0, 1, I and O, which people mistake for each other."""


def new_secret() -> str:
    """160 random bits in base 32, 32 characters, as authenticator apps read them."""
    return pyotp.random_base32()


def address(secret: str, login: str, site: str) -> str:
    """The ``otpauth://`` address that stands in the QR code of an authenticator app."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=site)


def step_of(secret: str, typed: str, after: int) -> int | None:
    """The time step to which the typed digits belong, if it is near now and later than `after`, the last one used."""
    if not typed.isascii():
        return None
    here = clock.seconds(clock.now()) // STEP
    codes = pyotp.HOTP(secret)
    for step in (here - 1, here, here + 1):
        if step > after and hmac.compare_digest(codes.at(step), typed):
            return step
    return None


def clean(typed: str) -> str:
    """As typed → digits and capitals: spaces and hyphens gone, full-width made half-width."""
    return characters.compact(typed)


def spend(staff: Staff, typed: str) -> str:
    """Use the code that was typed up: "totp" or "recovery"; "" when it is none. `staff` is locked by the caller."""
    typed = clean(typed)
    if len(typed) == LENGTH:
        return "recovery" if _spend_recovery(staff, typed) else ""
    step = step_of(staff.totp, typed, staff.totp_step) if staff.totp else None
    if step is None:
        return ""
    staff.totp_step = step
    staff.save()
    return "totp"


def renew_recovery(staff: Staff) -> list[str]:
    """Ten new recovery codes; the old ones end. They are shown once, as ``ABCD-2345``, and kept as hashes."""
    RecoveryCode.delete().where(RecoveryCode.staff == staff).execute()
    made = ["".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.insert_many([{"staff": staff.id, "code_hash": _hash(staff, code)} for code in made]).execute()
    return [f"{code[:4]}-{code[4:]}" for code in made]


def recovery_left(staff: Staff) -> int:
    return RecoveryCode.select().where((RecoveryCode.staff == staff) & RecoveryCode.used.is_null()).count()


def forget(staff: Staff) -> None:
    """Take the second factor away: secret, step and recovery codes."""
    staff.totp = None
    staff.totp_step = 0
    RecoveryCode.delete().where(RecoveryCode.staff == staff).execute()


def _spend_recovery(staff: Staff, code: str) -> bool:
    query = RecoveryCode.update(used=clock.now()).where(
        (RecoveryCode.staff == staff) & (RecoveryCode.code_hash == _hash(staff, code)) & RecoveryCode.used.is_null()
    )
    return query.execute() == 1


def _hash(staff: Staff, code: str) -> str:
    return keys.blind("staff|recovery", f"{staff.key}|{code}")
