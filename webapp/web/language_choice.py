"""The button in every footer that turns the site into English, or back. Which language holds is `language.py`."""

from flask import Blueprint, request, session
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.domain import profile
from webapp.web.access import public
from webapp.web.language import LANGUAGES
from webapp.web.page import inside, leave

bp = Blueprint("language", __name__)


@bp.post("/language")
@public("whoever reads may choose the language")
def choose() -> Response:
    """Keep the language for the visit, and for the account of whoever is logged in."""
    wanted = request.form.get("lang")
    if wanted in LANGUAGES:
        session["lang"] = wanted
        if current_user.is_authenticated:
            profile.speak(current_user.staff or current_user.account, wanted)
    return leave(inside(request.form.get("next")))
