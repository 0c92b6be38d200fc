"""The button in every footer that turns the site into English, or back. Which language holds is `language.py`."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from webapp.web import language
from webapp.web.access import public
from webapp.web.page import inside, leave

bp = Blueprint("language", __name__)


@bp.post("/language")
@public("whoever reads may choose the language")
def choose() -> Response:
    """Speak it from now on, on the page where one was."""
    language.turned()
    return leave(inside(request.form.get("next")))
