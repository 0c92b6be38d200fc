"""Every page of 图像校对 by one name; here the way in, and the page that shows how far the check is (R-IMG-01 to 10)."""

from flask import redirect, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.domain import checks, records, surveys, windows
from webapp.domain.permissions import Can
from webapp.domain.photos import checking
from webapp.domain.photos import windows as photo_windows
from webapp.domain.refused import Refused
from webapp.models.school import Contact
from webapp.web import access, language, told, words
from webapp.web.access import allow, public
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.photos import saying
from webapp.web.photos.blueprint import Own, bp, own
from webapp.web.photos.words import REASONS
from webapp.web.records import lines
from webapp.web.records.lines import Line

__all__ = ["bp", "saying"]

UNSEEN = ("comparing", "failing", "doubtful", "returned")
"""States in which there is no picture yet that the student could look at."""

SAID = ("right", "wrong", "collected")


@bp.get("/photo")
@public("who is not logged in learns here how to get to it")
def index() -> Response:
    """学历电子注册图像校对: the record whose photo is due, or 注册 and 登录."""
    if not (current_user.is_authenticated and access.actor().may(Can.OWN_RECORD)):
        return show("photos/door.html")
    mine = [one for one in records.mine(access.account()) if one.kind == "enrolment"]
    due = next((one for one in mine if photo_windows.of(one)), mine[0] if mine else None)
    return redirect(url_for("photos.photo", key=due.key) if due else url_for("records.index"), 303)


@bp.get("/records/<key>/photo")
@allow(Can.OWN_RECORD)
def photo(key: str) -> Response:
    return _page(own(key))


@bp.post("/records/<key>/photo")
@allow(Can.OWN_RECORD)
def start(key: str) -> Response:
    """确定, 开始校对."""
    mine = own(key)
    try:
        if Form().validate_on_submit():
            if mine.photo is None:
                raise Refused("photo_window")
            checking.start(mine.photo, access.actor())
            return go(url_for("photos.photo", key=key))
    except Refused as refused:
        return _page(own(key), 409, words.say(refused))
    return _page(mine, 422)


def _page(mine: Own, status: int = 200, said: str = "") -> Response:
    """How far the check is, and what there is to do."""
    stage = _stage(mine)
    facts = {"record": mine.shown, "photo": mine.photo, "window": mine.window, "said": said, "form": Form()}
    facts |= {"phase": checks.phase(mine.window) if mine.window else None, "contacts": _contacts(mine)}
    if stage == "notice":
        facts |= {"survey": surveys.waits_for(access.account())}
    if stage == "check":
        facts |= {"rows": _fields(mine), "until": checking.ends(mine.photo)}
    if stage == "result":
        facts |= {"reasons": [str(REASONS[one]) for one in checking.reasons(mine.photo)]}
        facts |= {"fields": [told.column_label(one) for one in checking.wrong_fields(mine.photo)]}
    return show(f"photos/{stage}.html", status, **facts)


def _stage(mine: Own) -> str:
    """Which page this is: locked, none (no picture to look at), closed, notice, check or result."""
    found = mine.photo
    if mine.record.published is not None or (found and found.state == "locked"):
        return "locked"
    if found is None or found.state in UNSEEN:
        return "none" if mine.window or found else "closed"
    if found.state in SAID:
        return "result"
    if found.state == "checking" and not checking.ran_out(found):
        return "check" if photo_windows.may_finish(mine.window) else "closed"
    return "notice" if photo_windows.is_open(mine.window) else "closed"


def _fields(mine: Own) -> list[Line]:
    """The seventeen fields; a foreign student has no 民族."""
    lang = language.chosen()
    exists = [one for one in checking.FIELDS if one != "ethnic" or mine.shown.ethnic]
    return [Line(one, told.column_label(one), lines.value(mine.shown, one, lang) or "—") for one in exists]


def _contacts(mine: Own) -> list[Contact]:
    if mine.window:
        return windows.contacts(mine.window)
    return [one for one in windows.offices() if one.unit_id == mine.record.unit_id]
