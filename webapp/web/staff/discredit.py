"""失信行为名单 at the agency: proposing on evidence, the second person, and the third who reads an appeal (R-CRT-41).

Not here: the holder's page (`web/discredit.py`).
"""

from collections.abc import Callable

from flask import Blueprint, abort, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import TextAreaField

from webapp.domain.certification import discredit, discredited
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.certification import ApplicationItem
from webapp.models.discredit import Discredit
from webapp.web import access, discredit_words, told
from webapp.web import certification_words as words
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.staff import paging, pictures

bp = Blueprint("staff_discredit", __name__, url_prefix="/staff/discredit")

LISTS = {"waiting": _l("等人处理"), "holds": _l("生效中"), "past": _l("已结束")}


class EvidenceForm(Form):
    evidence = TextAreaField(_l("哪里不实，怎么核实的"), filters=[lambda text: (text or "").strip()])


class AnswerForm(Form):
    answer = TextAreaField(_l("答复"), filters=[lambda text: (text or "").strip()])


@bp.get("")
@allow(Can.CERTIFY)
def index() -> Response:
    which = request.args.get("list", "")
    which = which if which in LISTS else next(iter(LISTS))
    page = discredited.listed(access.actor(), which, paging.place(Discredit))
    return show(
        "staff/discredit/index.html",
        page=page,
        lists=[(text, None, url_for("staff_discredit.index", list=one), one == which) for one, text in LISTS.items()],
        states=discredit_words.STATES,
        kinds=words.KINDS,
        neighbours=paging.neighbours(page, "staff_discredit.index", list=which),
    )


@bp.get("/items/<item>/new")
@allow(Can.CERTIFY)
def new(item: str) -> Response:
    return _new(_item(item), EvidenceForm())


@bp.post("/items/<item>/new")
@allow(Can.CERTIFY)
def propose(item: str) -> Response:
    found, form = _item(item), EvidenceForm()
    try:
        if form.validate_on_submit():
            made = discredit.propose(found, access.actor(), form.evidence.data)
            return go(url_for("staff_discredit.entry", key=made.key))
    except Refused as refused:
        form.refuse(refused)
    return _new(found, form, 422)


@bp.get("/<key>")
@allow(Can.CERTIFY)
def entry(key: str) -> Response:
    return _entry(_found(key), AnswerForm())


@bp.get("/<key>/files/<file>")
@allow(Can.CERTIFY)
def picture(key: str, file: str) -> Response:
    """What was brought: each look is history, as at the desk."""
    material = next((one for one in discredited.materials(_found(key)) if one.key == file), None) or abort(404)
    return pictures.send(material.upload, f"discredit:{key}")


@bp.post("/<key>/confirm")
@allow(Can.LEAD)
def confirm(key: str) -> Response:
    return _deed(key, discredit.confirm)


@bp.post("/<key>/drop")
@allow(Can.LEAD)
def drop(key: str) -> Response:
    return _deed(key, discredit.drop)


@bp.post("/<key>/answer")
@allow(Can.CERTIFY)
def answer(key: str) -> Response:
    """`verdict` is the button that was pressed: lift, or uphold."""
    found, form = _found(key), AnswerForm()
    verb = {"lift": discredit.lift, "uphold": discredit.uphold}.get(request.form.get("verdict", "")) or abort(400)
    try:
        if form.validate_on_submit():
            verb(found, access.actor(), form.answer.data)
            return go(url_for("staff_discredit.entry", key=key))
    except Refused as refused:
        form.refuse(refused)
    return _entry(found, form, 422)


def _deed(key: str, verb: Callable[..., Discredit]) -> Response:
    found, form = _found(key), AnswerForm()
    try:
        if form.validate_on_submit():
            verb(found, access.actor())
            return go(url_for("staff_discredit.entry", key=key))
    except Refused as refused:
        form.refuse(refused)
    return _entry(found, form, 422)


def _found(key: str) -> Discredit:
    return discredited.find(access.actor(), key) or abort(404)


def _item(key: str) -> ApplicationItem:
    return discredited.item(access.actor(), key) or abort(404)


def _new(found: ApplicationItem, form: EvidenceForm, status: int = 200) -> Response:
    return show(
        "staff/discredit/new.html",
        status,
        found=found,
        form=form,
        kind=words.KINDS[found.kind],
        before=discredited.of_item(found),
        most=discredit.MOST,
    )


def _entry(found: Discredit, form: AnswerForm, status: int = 200) -> Response:
    actor = access.actor()
    return show(
        "staff/discredit/entry.html",
        status,
        found=found,
        form=form,
        item=found.item,
        kind=words.KINDS[found.item.kind],
        state=discredit_words.STATES[found.state],
        materials=[(one, words.SLOTS[one.slot]) for one in discredited.materials(found)],
        may_confirm=actor.may(Can.LEAD) and found.proposer.key != actor.key,
        may_drop=actor.may(Can.LEAD),
        may_answer=actor.key not in (found.proposer.key, found.decider.key if found.decider else ""),
        day=told.day,
        most=discredit.MOST,
    )
