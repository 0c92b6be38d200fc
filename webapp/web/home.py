"""The front page: what is open now, how long, and the first step. And where to ask."""

from flask import Blueprint
from werkzeug.wrappers import Response

from webapp.web.access import public
from webapp.web.page import show

bp = Blueprint("home", __name__)


@bp.get("/")
@public("the front page")
def home() -> Response:
    return show("home/home.html")
