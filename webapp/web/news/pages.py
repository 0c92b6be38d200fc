"""新闻和通知: what a school, a province, an agency or the site tells everybody, with its files (R-MSG-17).

Not here: writing one (`staff/news.py`).
"""

from flask import Blueprint, abort, request, url_for
from werkzeug.wrappers import Response

from webapp.domain import news, official
from webapp.models.keyset import FIRST, Place
from webapp.models.news import News
from webapp.web import news_words, stored, told
from webapp.web.access import public
from webapp.web.page import show

bp = Blueprint("news", __name__, url_prefix="/news")

WHY = "it is for everybody"

GONE = 410

PDF = "application/pdf"


@bp.get("")
@public(WHY)
def index() -> Response:
    kind = request.args.get("kind", "")
    kind = kind if kind in news.KINDS else ""
    found = news.page(kind, _place())
    before = url_for("news.index", kind=kind or None, before=found.rows[0].key) if found.rows and found.before else None
    after = url_for("news.index", kind=kind or None, after=found.rows[-1].key) if found.rows and found.after else None
    kinds = [(words, None, url_for("news.index", kind=code or None), code == kind) for code, words in _kinds()]
    facts = {"rows": found.rows, "kinds": kinds, "neighbours": (before, after), "media": official.account().media}
    return show("news/index.html", **facts, words=news_words.KINDS, whose=news_words.whose, day=told.day)


@bp.get("/<key>")
@public(WHY)
def article(key: str) -> Response:
    """One of them; what was withdrawn says so, without its words."""
    one = news.told(key) or abort(404)
    if one.state == "withdrawn":
        return show("news/withdrawn.html", GONE)
    facts = {"kind": news_words.KINDS[one.kind], "publisher": news_words.whose(one), "files": _files(one)}
    return show("news/article.html", one=one, **facts, over=news.is_over(one), day=told.day)


@bp.get("/<key>/files/<file>")
@public(WHY)
def file(key: str, file: str) -> Response:
    """An attachment of what is shown, once it was looked over: a PDF is saved, a picture is seen."""
    one = news.told(key)
    if one is None or one.state != "published":
        abort(404)
    found = next((kept for kept in news.files(one) if kept.key == file and kept.upload.state == "clean"), None) or abort(404)
    return stored.pdf(found.upload, "attachment") if found.upload.media == PDF else stored.picture(found.upload)


def _kinds() -> list[tuple[str, object]]:
    return [("", news_words.EVERY), *news_words.KINDS.items()]


def _files(one: News) -> list[tuple[str, str]]:
    ready = [kept for kept in news.files(one) if kept.upload.state == "clean"]
    return [(url_for("news.file", key=one.key, file=kept.key), kept.name) for kept in ready]


def _place() -> Place:
    for name in ("after", "before"):
        if row := News.by_key(request.args.get(name, "")):
            return Place(row, name == "before")
    return FIRST
