"""What is known of a visit: the browser in a few words, the network it comes from, the mark that a browser keeps.

Not here: who the visitor is (`access.py`).
"""

import hashlib
import hmac
import re
import secrets
from functools import cache, lru_cache
from ipaddress import ip_address, ip_network

from flask import Flask, Response, current_app, g, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import generate_csrf
from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from itsdangerous.encoding import base64_encode
from itsdangerous.signer import SigningAlgorithm

from webapp.domain.login import Visit
from webapp.web.headers import varies

BROWSERS = (
    ("MicroMessenger", "微信"),
    ("AlipayClient", "支付宝"),
    ("QQ/|MQQBrowser", "QQ"),
    ("HuaweiBrowser", "华为浏览器"),
    ("MiuiBrowser", "小米浏览器"),
    ("HeyTapBrowser", "OPPO 浏览器"),
    ("VivoBrowser", "vivo 浏览器"),
    ("UCBrowser", "UC"),
    ("Edg", "Edge"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chrome|CriOS", "Chrome"),
    ("Safari", "Safari"),
)
"""The first that fits: each of these says that it is also the ones below."""

SYSTEMS = (
    ("HarmonyOS|OpenHarmony", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)

WORDS = {
    "微信": _l("微信"),
    "支付宝": _l("支付宝"),
    "华为浏览器": _l("华为浏览器"),
    "小米浏览器": _l("小米浏览器"),
    "OPPO 浏览器": _l("OPPO 浏览器"),
    "vivo 浏览器": _l("vivo 浏览器"),
    "浏览器": _l("浏览器"),
}

BETWEEN = " · "


def device() -> str:
    """The browser in short words, as kept with a session or a log-in: 「微信 · Android」. At most 80 characters."""
    agent = request.headers.get("User-Agent", "")
    found = (_first(BROWSERS, agent) or "浏览器", _first(SYSTEMS, agent))
    return BETWEEN.join(filter(None, found))


def said(kept: str) -> str:
    """The words of `device` in the reader's language."""
    return BETWEEN.join(str(WORDS.get(part, part)) for part in kept.split(BETWEEN))


def network() -> str:
    """Where the request comes from, no finer than a neighbourhood: IPv4 /24, IPv6 /48. At most 45 characters."""
    return _neighbourhood(request.remote_addr or "")


@lru_cache(maxsize=1024)
def _neighbourhood(typed: str) -> str:
    try:
        address = ip_address(typed)
    except ValueError:
        return "?"
    mapped = getattr(address, "ipv4_mapped", None) or address
    return str(ip_network((mapped, 24 if mapped.version == 4 else 48), strict=False))


def mark() -> str:
    """The random mark by which an account knows a browser again (128 bits, in `xd_visit`); made when it is missing."""
    session.permanent = True
    if "device" not in session:
        session["device"] = secrets.token_urlsafe(16)
    return session["device"]


def here() -> Visit:
    """Device, network and mark of this request, as logging in wants them."""
    return Visit(device(), network(), mark())


class Begun(SigningAlgorithm):
    """HMAC-SHA1, as itsdangerous has it; what hangs on the key alone is worked out once."""

    @cache  # noqa: B019 (as for Seal)
    def _begin(self, key: bytes) -> hmac.HMAC:
        return hmac.new(key, digestmod=hashlib.sha1)

    def get_signature(self, key: bytes, value: bytes) -> bytes:
        mac = self._begin(key).copy()
        mac.update(value)
        return mac.digest()


class Signer(TimestampSigner):
    """Works out its key once."""

    @cache  # noqa: B019 (as for Seal)
    def derive_key(self, secret_key: bytes | None = None) -> bytes:
        return super().derive_key(secret_key)


class Seal(URLSafeTimedSerializer):
    """What makes and reads signed tokens, with a signer that is kept: making one, and its key, costs as much as a query."""

    @cache  # noqa: B019 (there are two, for cookies and for forms, for as long as the app lives)
    def make_signer(self, salt: bytes | None = None) -> TimestampSigner:
        return Signer(self.secret_keys, salt=self.salt, algorithm=Begun())


class Cookies(SecureCookieSessionInterface):
    """Flask's signed cookie; what signs it is made once and not at every request. It holds nothing but plain JSON."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie where it changed; elsewhere say that the answer hangs on it."""
        if session.modified:
            super().save_session(app, session, response)
        elif session.accessed:
            varies(response, "Cookie")

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer:
        return _seal(app.secret_key, self.salt)


@lru_cache(maxsize=4)
def _seal(secret: bytes, salt: str) -> Seal:
    """By what it hangs on and not by the app, which would live as long as this memory does."""
    return Seal(secret, salt)


@lru_cache(maxsize=4)
def _signer(secret: bytes) -> TimestampSigner:
    return Seal(secret, "wtf-csrf-token").make_signer()


def csrf_token() -> str:
    """The token of this answer's forms: as Flask-WTF makes and reads it, by a signer that is kept."""
    token = g.get("csrf_token")
    if token is None:
        known = session.get("csrf_token")
        if known is None:
            return generate_csrf()
        token = g.csrf_token = _signer(current_app.secret_key).sign(base64_encode(f'"{known}"')).decode()
    return token


def renew() -> None:
    """A new CSRF secret, at log-in and log-out: a form from before cannot act in the name of whoever is there now."""
    session.pop("csrf_token", None)
    g.pop("csrf_token", None)


def _first(table: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((words for pattern, words in table if re.search(pattern, agent)), "")
