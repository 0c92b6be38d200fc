"""The blueprint of recovery, and the draft in which this browser's answers wait. `pages.py` is where the pages are."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, current_app, session, url_for

from webapp.domain import defaults, drafts
from webapp.domain.recovery.asking import WIZARD
from webapp.models.journal import Draft
from webapp.web.page import go

bp = Blueprint("recovery", __name__, url_prefix="/recover")

WHY = "whoever cannot get in comes in here"
PLACE = "draft_recover"


def draft() -> Draft:
    """The draft of this browser; an empty one, which nothing has written yet, where there is none."""
    return drafts.find(WIZARD, session.get(PLACE)) or drafts.begin(WIZARD)


def keep(answers: Draft, **told: object) -> Draft:
    """Write answers, and remember in the visit whose they are."""
    session.permanent = True
    if answers.id is None:
        answers.token, session[PLACE] = drafts.new_token()
    drafts.keep(answers, **told)
    return answers


def leave() -> None:
    session.pop(PLACE, None)


def begun(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view for who has said whose account it is about; it is given the draft."""

    @wraps(view)
    def guarded(**told: str) -> Any:
        mine = draft()
        return view(mine, **told) if "typed" in drafts.answers(mine) else go(url_for("recovery.who"))

    return guarded


def open_ways() -> list[str]:
    """The ways that this site has, the same for everybody: phone, mail, paper, questions."""
    settings = current_app.config["SETTINGS"]
    has = {"phone": settings.sms != "none", "mail": settings.mail != "none", "questions": defaults.value("rec.questions")}
    return [way for way in ("phone", "mail", "paper", "questions") if has.get(way, True)]
