"""网上申请: what may be applied for, by whom, how it goes; and 新申请 or 申请复议 (R-CRT-01, R-CRT-03, R-CRT-44).

Not here: the steps of an application (`steps.py`).
"""

from werkzeug.wrappers import Response

from webapp.domain import defaults, news
from webapp.domain.certification import agencies, drafting, prices
from webapp.domain.certification.catalogue import ABROAD
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.certification import Application
from webapp.web import access, certification_words, told
from webapp.web.access import allow, public
from webapp.web.applying.blueprint import bp
from webapp.web.applying.steps import wizard
from webapp.web.forms import Form
from webapp.web.page import go, show


@bp.get("")
@public("whoever thinks of applying reads first what it takes")
def start() -> Response:
    return show(
        "applying/start.html",
        tiles=certification_words.REPORTS.values(),
        newest=news.current("certification"),
        offices=agencies.takers((), ""),
        days=defaults.value("crt.workdays"),
        price=told.yuan(prices.of(ABROAD, "degree", "zh")),
    )


@bp.get("/new")
@allow(Can.APPLY)
def new() -> Response:
    return _new(Form())


@bp.post("/new")
@allow(Can.APPLY)
def begin() -> Response:
    form = Form()
    try:
        if form.validate():
            return go(wizard.resume(drafting.begin(access.account(), access.actor())))
    except Refused as refused:
        form.refuse(refused)
    return _new(form, 422)


def _new(form: Form, status: int = 200) -> Response:
    rows = [_row(one) for one in drafting.unfinished(access.account()) if one.purpose]
    return show("applying/new.html", status, form=form, rows=rows, days=defaults.value("crt.draft_days"))


def _row(one: Application) -> tuple[str, object, str, str, object]:
    kind, state = certification_words.STATES[one.state]
    text = one.number or told.moment(one.updated)
    return wizard.resume(one), certification_words.PURPOSES[one.purpose], text, kind, state


@bp.get("/<key>")
@allow(Can.APPLY)
def resume(key: str) -> Response:
    """On with it, at the first step that is not done."""
    return go(wizard.resume(wizard.draft(key)))
