"""辅导员: each class with who has it, by hand or from a sheet that first tells what it would do (R-SCH-17, R-SCH-34)."""

from datetime import timedelta

from flask import Blueprint, abort, current_app, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import InputRequired, Optional

from webapp.domain import clock, counsellor_sheets, counsellors, drafts
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.school import Class, Unit
from webapp.models.staff import Grant, Staff
from webapp.providers import sheets
from webapp.web import access, brought_sheets, words
from webapp.web.access import allow, takes
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.staff import paging
from webapp.web.staff.fields import Day

bp = Blueprint("staff_counsellors", __name__, url_prefix="/staff/counsellors")

MOST = 2 << 20
"""Bytes of a sheet."""

LIMITS = sheets.Limits(size=MOST, rows=5_000, columns=60, unzipped=64 << 20, memory=1 << 29, seconds=15)
"""Small enough to be read while somebody waits."""

DRAFT = "counsellors"


class AssignForm(Form):
    person = SelectField(_l("辅导员"), [InputRequired(_l("选一位同事"))], validate_choice=False)
    starts = Day(_l("从哪天起"), [Optional()])
    ends = Day(_l("到哪天为止"), [Optional()])


class SheetForm(Form):
    unit = SelectField(_l("学校"), validate_choice=False)
    file = FileField(_l("文件"), [InputRequired(words.SENTENCES["import_file"])])


class ConfirmForm(Form):
    token = HiddenField()
    succeed = BooleanField(_l("这些班原来的辅导员，到新人开始的前一天为止"))


@bp.get("")
@allow(Can.USERS)
def index() -> Response:
    bare = request.args.get("show") == "bare"
    page = counsellors.classes(_grants(), bare, paging.place(Class))
    return show(
        "staff/counsellors/index.html",
        page=page,
        bare=bare,
        told=_told,
        neighbours=paging.neighbours(
            page._replace(rows=[one.klass for one in page.rows]), "staff_counsellors.index", show="bare" if bare else None
        ),
    )


@bp.get("/<key>")
@allow(Can.USERS)
def klass(key: str) -> Response:
    found = _found(key)
    return _klass(found, _form(found))


@bp.post("/<key>")
@allow(Can.USERS)
def assign(key: str) -> Response:
    found = _found(key)
    form = _form(found)
    if form.validate_on_submit():
        person = next((one for one in _people(found) if one.key == form.person.data), None)
        try:
            if person is None:
                raise Refused("moved_on")
            counsellors.assign(access.actor(), found, person, form.starts.data or clock.today(), form.ends.data)
            return go(url_for("staff_counsellors.klass", key=key))
        except Refused as refusal:
            form.refuse(refusal)
    return _klass(found, form, 422)


@bp.get("/sheet")
@allow(Can.USERS)
def sheet() -> Response:
    return show("staff/counsellors/sheet.html", form=_sheet_form())


@bp.post("/sheet")
@allow(Can.USERS)
@takes(MOST + (64 << 10))
def read() -> Response:
    form = _sheet_form()
    if form.validate_on_submit():
        unit = next((one for one in _units() if one.key == form.unit.data), None) or abort(404)
        try:
            with brought_sheets.rows(form.file.data, LIMITS) as rows:
                plan = counsellor_sheets.plan(access.actor(), unit, rows)
        except Refused as refusal:
            form.refuse(refusal, "file")
        else:
            return _plan(plan, _kept(plan))
    return show("staff/counsellors/sheet.html", 422, form=form)


@bp.post("/sheet/confirm")
@allow(Can.USERS)
def confirm() -> Response:
    """Do what was shown; the links of new colleagues stand in this one answer and nowhere else."""
    form = ConfirmForm()
    draft = drafts.find(DRAFT, form.token.data)
    known = drafts.answers(draft) if draft else {}
    if not form.validate() or known.get("by") != access.actor().key:
        return go(url_for("staff_counsellors.sheet"))
    lines = counsellor_sheets.planned(draft)
    try:
        made = counsellor_sheets.apply(access.actor(), draft, form.succeed.data)
    except Refused as refusal:
        form.refuse(refusal)
        return _plan(counsellor_sheets.Plan(lines, []), form, 409)
    at = current_app.config["SETTINGS"].url.rstrip("/")
    links = [(person, at + url_for("staff.invite", token=token)) for person, token in made]
    return show("staff/counsellors/done.html", links=links, many=len(lines))


def _grants() -> tuple[Grant, ...]:
    return access.actor().where(Can.USERS)


def _units() -> list[Unit]:
    return scope.schools(_grants())


def _found(key: str) -> Class:
    return scope.klass(_grants(), key) or abort(404)


def _people(found: Class) -> list[Staff]:
    return counsellors.people(access.actor(), found.unit)


def _form(found: Class) -> AssignForm:
    form = AssignForm()
    form.person.choices = choices([("", _l("还没选")), *((one.key, f"{one.name}（{one.login}）") for one in _people(found))])
    return form


def _klass(found: Class, form: AssignForm, status: int = 200) -> Response:
    return show("staff/counsellors/class.html", status, klass=found, form=form, grants=counsellors.holders(found), told=_told)


def _sheet_form() -> SheetForm:
    form = SheetForm()
    units = _units()
    form.unit.choices = choices((unit.key, unit.name) for unit in units)
    if len(units) == 1:
        form.unit.data = units[0].key
    return form


def _kept(plan: counsellor_sheets.Plan) -> ConfirmForm:
    """What the sheet would do, kept sealed for two hours; the form names it by its token."""
    draft = drafts.begin(DRAFT)
    draft.token, token = drafts.new_token()
    drafts.keep(draft, by=access.actor().key, **plan.answers())
    return ConfirmForm(formdata=None, data={"token": token})


def _plan(plan: counsellor_sheets.Plan, form: ConfirmForm, status: int = 200) -> Response:
    return show(
        "staff/counsellors/plan.html",
        status,
        plan=plan,
        form=form,
        faults=[(fault.row, fault.value, words.say(Refused(fault.code, **fault.facts))) for fault in plan.faults],
        todo=[line for line in plan.lines if not line.same],
        same=sum(line.same for line in plan.lines),
        others=any(line.others for line in plan.lines),
    )


def _told(grant: Grant) -> str:
    """First and last day, as the role holds."""
    first = clock.shown(grant.starts).date().isoformat()
    last = clock.shown(grant.ends - timedelta(seconds=1)).date().isoformat() if grant.ends else ""
    return f"{first} – {last}" if last else first
