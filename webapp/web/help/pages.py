"""帮助中心: the search first, then hot questions, kinds and whom to reach; the assistant is the same search in turns.

What is typed may hold anything, so it never stands in an address: it waits in the visitor's own cookie for the next page.
Not here: asking a person (`tickets/`).
"""

from flask import Blueprint, abort, current_app, session, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField

from webapp.domain import defaults, official, windows
from webapp.domain.help.search import LONGEST
from webapp.web import answers, language, stored
from webapp.web.access import public
from webapp.web.answers import Article
from webapp.web.forms import Form
from webapp.web.help_catalogue import CATEGORIES, ENTRIES, HOT
from webapp.web.page import go, show

bp = Blueprint("help", __name__, url_prefix="/help")

WHY = "who cannot get in needs it most"

TURNS = 3
"""Questions to the assistant that the visitor's own cookie remembers."""

SEVERAL = 2
"""Answers that the assistant names besides the best one."""


class SearchForm(Form):
    words = StringField(_l("遇到问题搜一搜"), filters=[lambda text: (text or "").strip()[:LONGEST]])


class QuestionForm(Form):
    question = StringField(_l("你的问题"), filters=[lambda text: (text or "").strip()[:LONGEST]])


@bp.get("")
@public(WHY)
def index() -> Response:
    known = answers.articles()
    return show(
        "help/index.html",
        form=SearchForm(),
        hot=[(category_name(ENTRIES[slug].category), known[slug]) for slug in HOT],
        categories=[(code, category_name(code), holds) for code, (_, holds) in CATEGORIES.items()],
        offices=windows.offices(),
        official=official.account(),
    )


@bp.get("/official.jpg")
@public("the code to scan stands on the help page")
def official_qr() -> Response:
    return stored.picture(official.qr())


@bp.post("/search")
@public(WHY)
def search() -> Response:
    form = SearchForm()
    if not form.validate():
        return show("help/found.html", 422, form=form, found=[], words="")
    session["sought"] = form.words.data
    return go(url_for("help.found"))


@bp.get("/found")
@public(WHY)
def found() -> Response:
    words = session.get("sought", "")
    return show("help/found.html", form=SearchForm(data={"words": words}), found=answers.find(words), words=words)


@bp.get("/all")
@public(WHY)
def every() -> Response:
    return show("help/list.html", name=None, groups=[(category_name(code), _of(code)) for code in CATEGORIES])


@bp.get("/topics/<subject>")
@public(WHY)
def topic(subject: str) -> Response:
    if subject not in CATEGORIES:
        abort(404)
    return show("help/list.html", name=category_name(subject), groups=[("", _of(subject))])


@bp.get("/<slug>")
@public(WHY)
def article(slug: str) -> Response:
    one = answers.article(slug) or abort(404)
    entry = ENTRIES[slug]
    return show(
        "help/article.html", article=one, category=(entry.category, category_name(entry.category)), button=_button(slug)
    )


@bp.get("/assistant")
@public(WHY)
def assistant() -> Response:
    return _talk(QuestionForm())


@bp.post("/assistant")
@public(WHY)
def ask() -> Response:
    form = QuestionForm()
    if not form.validate():
        return _talk(form, 422)
    if form.question.data:
        session["talk"] = [*session.get("talk", []), form.question.data][-TURNS:]
    return go(url_for("help.assistant"))


@bp.post("/assistant/forget")
@public(WHY)
def forget() -> Response:
    form = Form()
    if not form.validate():
        return _talk(QuestionForm(formdata=None), 422)
    session.pop("talk", None)
    return go(url_for("help.assistant"))


@bp.post("/assistant/person")
@public(WHY)
def hand_over() -> Response:
    """转人工客服: what was asked goes along and stands in the form for a person."""
    form = Form()
    if not form.validate():
        return _talk(QuestionForm(formdata=None), 422)
    session["handed_over"] = "\n".join(session.pop("talk", []))
    return go(url_for("tickets.index"))


def _talk(form: QuestionForm, status: int = 200) -> Response:
    turns = [(question, _said(question)) for question in session.get("talk", [])]
    return show("help/assistant.html", status, form=form, turns=turns, most=LONGEST, plain=Form(formdata=None))


def _said(question: str) -> list[Article]:
    return answers.find(question)[: 1 + SEVERAL]


def _of(category: str) -> list[Article]:
    known = answers.articles()
    return [known[slug] for slug, entry in ENTRIES.items() if entry.category == category]


def _button(slug: str) -> tuple[str, str] | None:
    """The task that the answer leads into; none where this site does not have it."""
    entry = ENTRIES[slug]
    if entry.endpoint not in current_app.view_functions:
        return None
    return url_for(entry.endpoint, **({"category": entry.argument} if entry.argument else {})), str(entry.button)


def category_name(code: str) -> str:
    name = str(CATEGORIES[code][0])
    return defaults.site(language.chosen()).get(name, name)
