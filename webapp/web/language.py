"""中文 or English: the account's choice, else the visit's, else what the browser asks for (R-ACC-63)."""

from flask import Flask, g, request, session
from flask_babel import Babel
from flask_login import current_user

from webapp.domain import profile

LANGUAGES = ("zh", "en")


def init(app: Flask) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = "zh"
    Babel(app, locale_selector=chosen)


def chosen() -> str:
    """The language of this request, found out once."""
    try:
        return g.language
    except AttributeError:
        g.language = _choose()
        return g.language


def speak(wanted: str) -> None:
    """Keep the language for the visit, and for the account of whoever is logged in."""
    session["lang"] = g.language = wanted
    if current_user.is_authenticated:
        profile.speak(current_user.staff or current_user.account, wanted)


def turned() -> bool:
    """Was the form sent for another language alone? Then that one is spoken, and the form comes back as it was typed."""
    wanted = request.form.get("lang")
    if wanted not in LANGUAGES:
        return False
    speak(wanted)
    return True


def prefer(language: str) -> None:
    """Speak it in this request where nobody has chosen: a page that is meant for readers abroad."""
    if not current_user.is_authenticated and session.get("lang") not in LANGUAGES:
        g.language = language


def _choose() -> str:
    who = current_user._get_current_object()
    if who and who.is_authenticated:
        return (who.staff or who.account).language
    if session.get("lang") in LANGUAGES:
        return session["lang"]
    return request.accept_languages.best_match(LANGUAGES, "zh")
