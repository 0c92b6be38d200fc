"""Asking for a correction: which field, on what ground, what shall stand there and why; the last look and sending it.

Not here: the pictures of the papers (`evidence.py`).
"""

from datetime import date
from typing import Any

from flask import abort, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from webapp.domain import matching, records, standing, windows
from webapp.domain.corrections import asking, blocking, lifecycle, wanted
from webapp.domain.corrections.grounds import IDENTITY
from webapp.domain.enrolment import fields
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.corrections import Correction
from webapp.models.records import Record
from webapp.web import access, gate, language, told, words
from webapp.web.access import allow
from webapp.web.corrections import words as own_words
from webapp.web.corrections.blueprint import bp, own, own_record
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.records.lines import DAYS

OF = 4
"""Steps of the journey: the field, what shall stand there, the papers, the last look."""


class ValueForm(Form):
    """What shall stand there: a line of text, or one of the codes of the field."""

    BESIDE = dict.fromkeys(("correction_field", "correction_late", "correction_window"), "ground")

    ground = RadioField(_l("是哪种情况"), [Optional()], validate_choice=False)
    wanted = StringField(_l("应该是"))
    why = TextAreaField(_l("理由"))


class CodeForm(ValueForm):
    wanted = SelectField(_l("应该是"), validate_choice=False)


@bp.get("/corrections/new")
@allow(Can.OWN_RECORD)
def new() -> Response:
    """Which field of which record; those against which a rule stands today say so here already (R-COR-12)."""
    gate.behind(access.account())
    found = [one for one in records.mine(access.account()) if request.args.get("record") in (None, one.key)]
    return show(
        "corrections/new.html",
        records=[(one, _fields(one)) for one in found],
        proved=standing.level(access.account()) >= asking.LEVEL,
        offices=windows.offices(),
        of=OF,
    )


def _fields(record: Record) -> list[tuple[str, str, str]]:
    """(address, what the field is called, what stands there), the number masked."""
    return [
        (
            url_for("corrections.begin", record=record.key, field=one.field),
            told.column_label(one.field),
            shown(one.field, fields.text_of(getattr(record, one.field))),
        )
        for one in asking.choices(record)
    ]


def shown(field: str, text: str) -> str:
    """A kept value as these pages say it: days and years in words."""
    if text and field in DAYS:
        return told.day(date.fromisoformat(text))
    if text and field == "length":
        return told.years(text)
    return fields.shown(field, text, language.chosen()) or "—"


@bp.get("/corrections/new/<record>/<field>")
@allow(Can.OWN_RECORD)
def begin(record: str, field: str) -> Response:
    """A field that this record has no correction of, leads back to those that it has."""
    found = own_record(record)
    if field not in {one.field for one in asking.choices(found)}:
        return go(url_for("corrections.new", record=record))
    return _ask(found, _choice(found, field), _form(found, field, **_rare(found, field)))


def _rare(record: Record, field: str) -> dict[str, Any]:
    """What 补上这个字 fills in: the case and the name as the account has it (R-BND-21, R-COR-09)."""
    name = access.account().name
    if field != "name" or not matching.lacks(record.name, name):
        return {}
    ground = {"ground": "name_rare"} if record.published is None and lifecycle.rare_fix(record.name, name) else {}
    return {"data": {**ground, "wanted": name, "why": _("学校登记时没有打出这个字")}}


@bp.post("/corrections/new/<record>/<field>")
@allow(Can.OWN_RECORD)
def make(record: str, field: str) -> Response:
    """Begin the draft and fill it; a ground that is not told is the only one there is."""
    found = own_record(record)
    choice = _choice(found, field)
    form = _form(found, field)
    ground = form.ground.data or (choice.grounds[0].code if len(choice.grounds) == 1 else "")
    try:
        if not ground:
            raise Refused("correction_ground", field="ground")
        if form.validate():
            account, actor = access.account(), access.actor()
            draft = asking.begin(account, actor, found, field, ground)
            wanted.fill(draft, form.wanted.data or "", form.why.data)
            return go(url_for("corrections.papers", key=draft.key))
    except Refused as refused:
        form.refuse(refused)
    return _ask(found, choice, form, 422)


def _choice(record: Record, field: str) -> asking.Choice:
    return next((one for one in asking.choices(record) if one.field == field), None) or abort(404)


def _form(record: Record, field: str, **known: Any) -> ValueForm:
    if field in fields.CODES:
        form = CodeForm(**known)
        form.wanted.choices = choices(
            [("", _l("还没选")), *((one.code, fields.shown(field, one.code, language.chosen())) for one in fields.CODES[field])]
        )
    else:
        form = ValueForm(**known)
    grounds = next((one.grounds for one in asking.choices(record) if one.field == field), [])
    form.ground.choices = choices((one.code, own_words.ground(one.code)[0]) for one in grounds)
    return form


def _ask(record: Record, choice: asking.Choice, form: ValueForm, status: int = 200) -> Response:
    field, first = choice.field, choice.grounds[0]
    rules = blocking.of(record)
    block = blocking.block(record, first, record.published is not None, rules) if request.method == "GET" else None
    return show(
        "corrections/value.html",
        status,
        form=form,
        record=record,
        choice=choice,
        label=told.column_label(field),
        now=shown(field, fields.text_of(getattr(record, field))),
        texts={one.code: own_words.ground(one.code)[1] for one in choice.grounds if own_words.ground(one.code)[1]},
        papers=[(one, [own_words.KINDS[kind] for kind in rules.needs(one)]) for one in choice.grounds],
        ground=own_words.ground,
        province=rules.decider == "province" and field in IDENTITY or record.published is not None,
        blocked=words.say(asking.refusal(record, block)) if block else "",
        most=wanted.WHY,
        of=OF,
    )


@bp.get("/corrections/<key>/value")
@allow(Can.OWN_RECORD)
def value(key: str) -> Response:
    """The same questions again, for a draft or one that came back; the ground stays."""
    draft = _open(key)
    known = {"ground": draft.ground, "wanted": draft.wanted, "why": draft.why}
    return _again(draft, _form(draft.record, draft.field, formdata=None, data=known))


@bp.post("/corrections/<key>/value")
@allow(Can.OWN_RECORD)
def refill(key: str) -> Response:
    draft = _open(key)
    form = _form(draft.record, draft.field)
    try:
        if form.validate():
            wanted.fill(draft, form.wanted.data or "", form.why.data)
            return go(url_for("corrections.check", key=key))
    except Refused as refused:
        form.refuse(refused)
    return _again(draft, form, 422)


def _open(key: str) -> Correction:
    """A request that may be written, whose record is still the visitor's: its page tells what stands there."""
    draft = own(key)
    mine = asking.record_of(access.account(), access.actor(), draft.record.key)
    return draft if mine and draft.state in ("draft", "returned") else abort(404)


def _again(draft: Correction, form: ValueForm, status: int = 200) -> Response:
    choice = asking.Choice(draft.field, [asking.ground_of(draft)])
    del form.ground
    return _ask(draft.record, choice, form, status)


@bp.get("/corrections/<key>/check")
@allow(Can.OWN_RECORD)
def check(key: str) -> Response:
    return _check(_open(key), Form())


@bp.post("/corrections/<key>/check")
@allow(Can.OWN_RECORD)
def send(key: str) -> Response:
    """提交: the whole request, with everything that it needs (R-COR-03)."""
    draft, form = _open(key), Form()
    try:
        if form.validate():
            asking.send(draft, access.actor())
            return go(url_for("corrections.status", key=key))
    except Refused as refused:
        if refused.code == "evidence_missing":
            lacking = (Refused("evidence_lacking", kind=own_words.KINDS[kind]) for kind in refused.facts["kinds"])
            form.form_errors += [words.say(one) for one in lacking]
        else:
            form.refuse(refused)
    return _check(_open(key), form, 422)


def _check(draft: Correction, form: Form, status: int = 200) -> Response:
    there = lifecycle.kinds_there(draft)
    return show(
        "corrections/check.html",
        status,
        form=form,
        draft=draft,
        label=told.column_label(draft.field),
        before=shown(draft.field, draft.before or ""),
        wanted=shown(draft.field, draft.wanted or ""),
        ground=own_words.ground(draft.ground)[0],
        papers=[(own_words.KINDS[kind], kind in there) for kind in lifecycle.needs(draft)],
        province=lifecycle.decider(draft) == "province",
        days=asking.days(),
        of=OF,
    )
