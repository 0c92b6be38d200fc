"""What a visit has earned for the next look-ups: a captcha that was solved, a PIN that was right. Kept in its signed cookie.

Not here: when either is asked for (`domain/reports/pace.py`, `domain/reports/verifying.py`).
"""

import hashlib
from datetime import timedelta

from flask import session
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from webapp.domain import clock
from webapp.domain.reports import pace
from webapp.web import captcha, visits
from webapp.web.forms import Form

LIFE = timedelta(minutes=10)
"""For how long both hold."""

LONGEST = 64
"""Characters of the longest thing that could be a code or a PIN."""

MOST = 5
"""PINs of so many other reports stay remembered beside a new one."""


class SlowForm(captcha.CaptchaFields, Form):
    """The captcha alone. It is harder where a network is so busy that each look-up asks for one."""

    def hard(self) -> bool:
        return pace.step(visits.network()) == "each" or super().hard()


class PinForm(Form):
    pin = StringField(_l("查看密码"))


def due(wanted: str) -> bool:
    """Does a captcha stand before the look-up of this code or token?"""
    step = pace.step(visits.network())
    if not step:
        return False
    held = session.get("looks") or {}
    fresh = held.get("until", 0) > clock.seconds(clock.now()) and held.get("network") == visits.network()
    return not (fresh and (step == "once" or held.get("of") == _mark(wanted)))


def grant(wanted: str) -> None:
    """A captcha was solved before this look-up."""
    session.permanent = True
    session["looks"] = {"until": _until(), "network": visits.network(), "of": _mark(wanted)}


def proved() -> tuple[str, ...]:
    """Keys of the reports whose PIN was right in this visit, a moment ago."""
    now = clock.seconds(clock.now())
    return tuple(key for key, until in (session.get("pins") or {}).items() if until > now)


def remember(key: str) -> None:
    """The PIN of this report was right."""
    session.permanent = True
    before = {one: session["pins"][one] for one in proved()[-MOST:]}
    session["pins"] = {**before, key: _until()}


def _until() -> int:
    return clock.seconds(clock.now() + LIFE)


def _mark(wanted: str) -> str:
    """A code is not written into the cookie itself."""
    return hashlib.sha256(wanted.encode()).hexdigest()[:22]
