"""我的消息: the list with its filter, search and number of unread ones; 查看 opens one and marks it read (R-MSG-01, R-MSG-02).

A GET changes nothing: 查看 is a button, and a message that was reached otherwise has a button of its own.
"""

from flask import Blueprint, abort, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField

from webapp.domain import notices
from webapp.domain.permissions import Can
from webapp.domain.preferences import TOPICS
from webapp.models.keyset import FIRST, Place
from webapp.models.messages import Notice
from webapp.web import access, language, told, words
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import go, inside, leave, show

bp = Blueprint("messages", __name__, url_prefix="/messages")

WORDS = {"security": _l("账号安全"), "progress": _l("办理进展"), "check": _l("自查"), "service": _l("咨询")}
"""What the topics of `domain/preferences.py` are called."""


class FindForm(Form):
    words = StringField(_l("搜索消息"), filters=[lambda text: (text or "").strip()[:60]])


@bp.get("")
@allow(Can.OWN_ACCOUNT)
def index() -> Response:
    topic = request.args.get("topic", "")
    topic = topic if topic in TOPICS else ""
    page = notices.page(access.account(), topic, _place(), language.chosen())
    before = url_for("messages.index", topic=topic or None, before=page.rows[0].key) if page.rows and page.before else None
    after = url_for("messages.index", topic=topic or None, after=page.rows[-1].key) if page.rows and page.after else None
    return _list(page.rows, FindForm(), topic=topic, neighbours=(before, after))


def _place() -> Place:
    for name in ("after", "before"):
        if row := notices.find(access.account(), request.args.get(name, "")):
            return Place(row, name == "before")
    return FIRST


@bp.post("")
@allow(Can.OWN_ACCOUNT)
def find() -> Response:
    """What one looks for stands in no address: the answer to the form is the list."""
    form = FindForm()
    if not form.words.data:
        return go(url_for("messages.index"))
    return _list(notices.search(access.account(), form.words.data, language.chosen()), form, found=form.words.data)


def _list(rows: list, form: FindForm, topic: str = "", found: str = "", neighbours: tuple = (None, None)) -> Response:
    return show(
        "messages/index.html",
        rows=rows,
        form=form,
        topic=topic,
        found=found,
        neighbours=neighbours,
        unread=access.account().unread,
        topics=WORDS,
        lately=words.told,
    )


@bp.get("/<key>")
@allow(Can.OWN_ACCOUNT)
def message(key: str) -> Response:
    shown = notices.told(_own(key), language.chosen())
    link = inside(shown.link, "") if shown.link else ""
    return show("messages/message.html", message=shown, link=link, topics=WORDS, form=Form(), told=told.moment)


@bp.post("/<key>")
@allow(Can.OWN_ACCOUNT)
def act(key: str) -> Response:
    """查看, which is to read it from now on; or put it away."""
    found = _own(key)
    if request.form.get("do") == "delete":
        notices.delete(found)
        return leave(url_for("messages.index"))
    notices.read(found)
    return leave(url_for("messages.message", key=key))


@bp.post("/read")
@allow(Can.OWN_ACCOUNT)
def read_all() -> Response:
    notices.read_all(access.account())
    return leave(url_for("messages.index"))


def _own(key: str) -> Notice:
    return notices.find(access.account(), key) or abort(404)
