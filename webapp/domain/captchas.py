"""Is somebody there? A picture of digits, a sum in words for who cannot see it, or a proof of work in their stead.

Nothing is kept while it is shown: answers are derived from the captcha's name. What was handed in counts once. Not here:
drawing (`providers/captcha_image.py`), nor where the name is kept (`web/captcha.py`).
"""

import hmac
import secrets
from datetime import datetime, timedelta

import altcha
from peewee import IntegrityError

from webapp.domain import clock
from webapp.domain.identity import characters
from webapp.domain.refused import Refused
from webapp.models import keys
from webapp.models.base import transaction
from webapp.models.codes import Puzzle

LIFE = timedelta(minutes=30)
"""For how long an answer is taken: long enough to read the terms first."""

ROUNDS = 2000
"""PBKDF2 iterations of each step of the proof."""

EASY, HARD = 50, 500
"""Least steps of the proof, about 0.3 s and 3 s on a phone; as many again are drawn by lot."""

_NUMERALS = "零一二三四五六七八九十"


def new() -> str:
    """The name of a fresh captcha: when it was made, and chance."""
    return f"{clock.seconds(clock.now()):x}-{secrets.token_urlsafe(12)}"


def digits(name: str) -> str:
    """The four digits in the picture."""
    return f"{_number(name, 'digits') % 10_000:04d}"


def addends(name: str) -> tuple[int, int]:
    """Two numbers from 1 to 9 whose sum is the other right answer."""
    drawn = _number(name, "sum") % 81
    return drawn // 9 + 1, drawn % 9 + 1


def check(name: str | None, typed: str) -> None:
    """Take an answer: the digits, or the sum in digits or Chinese numerals. Each captcha is taken once, right or wrong.

    Raises Refused: captcha_empty, captcha_wrong (R-ACC-04).
    """
    typed = characters.compact(typed)
    if not typed:
        raise Refused("captcha_empty")
    if not name or not _hand_in(name, clock.moment(int(name.partition("-")[0], 16)) + LIFE):
        raise Refused("captcha_wrong")
    total = sum(addends(name))
    if typed not in (digits(name), str(total), _numeral(total)):
        raise Refused("captcha_wrong")


def challenge(hard: bool = False) -> dict:
    """A fresh puzzle for the browser's own arithmetic, in ALTCHA's protocol: parameters and their signature."""
    least = HARD if hard else EASY
    return altcha.create_challenge(
        algorithm="PBKDF2/SHA-256",
        cost=ROUNDS,
        counter=least + secrets.randbelow(least),
        hmac_secret=keys.secret("altcha"),
        hmac_key_secret=keys.secret("altcha key"),
        expires_at=clock.seconds(clock.now() + LIFE),
    ).to_dict()


def check_proof(sent: str) -> None:
    """Take a solved puzzle as the browser sends it (base64 of JSON), once. Raises Refused("proof_old")."""
    try:
        payload = altcha.Payload.from_base64(sent)
        result = altcha.verify_solution(payload, keys.secret("altcha"), hmac_key_secret=keys.secret("altcha key"))
        told = payload.challenge.parameters
        fresh = result.verified and _hand_in(told.nonce, clock.moment(told.expires_at))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        fresh = False
    if not fresh:
        raise Refused("proof_old")


def sweep() -> int:
    """Forget what was handed in and could not be handed in again anyway. Returns how many."""
    return Puzzle.delete().where(Puzzle.expires < clock.now()).execute()


def _hand_in(name: str, expires: datetime) -> bool:
    """Was it still good, and is this the first time?"""
    if expires <= clock.now():
        return False
    try:
        with transaction():
            Puzzle.create(mark=keys.blind("puzzle", name), expires=expires)
    except IntegrityError:
        return False
    return True


def _number(name: str, what: str) -> int:
    return int.from_bytes(hmac.digest(keys.secret("captcha"), f"{what}|{name}".encode(), "sha256"))


def _numeral(number: int) -> str:
    return _NUMERALS[number] if number <= 10 else f"十{_NUMERALS[number - 10]}"
