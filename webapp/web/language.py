"""中文 or English: the account's choice, else the visit's, else what the browser asks for (R-ACC-63)."""

from flask import Blueprint, Flask, request, session
from flask_babel import Babel
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.web.access import public
from webapp.web.page import inside, leave

LANGUAGES = ("zh", "en")

bp = Blueprint("language", __name__)


def init(app: Flask) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = "zh"
    Babel(app, locale_selector=chosen)
    app.register_blueprint(bp)


def chosen() -> str:
    if current_user and current_user.is_authenticated:
        return (current_user.staff or current_user.account).language
    if session.get("lang") in LANGUAGES:
        return session["lang"]
    return request.accept_languages.best_match(LANGUAGES, "zh")


@bp.post("/language")
@public("whoever reads may choose the language")
def choose() -> Response:
    """Keep the language for the visit, and for the account of whoever is logged in."""
    wanted = request.form.get("lang")
    if wanted in LANGUAGES:
        session["lang"] = wanted
        if current_user.is_authenticated:
            owner = current_user.staff or current_user.account
            owner.language = wanted
            owner.save()
    return leave(inside(request.form.get("next")))
