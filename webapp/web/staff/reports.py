"""学生反馈: what students say is wrong, and who found no record; each with an answer that closes it (R-CHK-06, R-CHK-17)."""

from flask import Blueprint, abort, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired

from webapp.domain import filters, inbox, no_record, reported
from webapp.domain.identity import documents, names
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.checks import NoRecord, Report
from webapp.models.staff import Grant
from webapp.web import access, told
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.staff import filtering, paging, pictures, record_values
from webapp.web.staff.moments import lately

bp = Blueprint("staff_reports", __name__, url_prefix="/staff/reports")

REASONS = {
    "name": _l("证件号码对得上，姓名不一致"),
    "document": _l("姓名和学号对得上，证件号码不一致"),
    "not_reported": _l("名册里没有这个人"),
    "before_1991": _l("1991 年以前毕业"),
}


class NoteForm(Form):
    answer = TextAreaField(_l("答复学生"), filters=[lambda text: (text or "").strip().replace("\r\n", "\n")])


class AnswerForm(NoteForm):
    outcome = RadioField(
        _l("处理结果"),
        [InputRequired(_l("选一个处理结果"))],
        choices=choices([("fixed", _l("已更正")), ("kept", _l("不予更正"))]),
    )


@bp.get("")
@allow(Can.ANSWER)
def index() -> Response:
    state, grants = _state(), _grants()
    bar = filtering.bar("reports", grants)
    page = inbox.reports(grants, state, paging.place(Report), filters.within(grants, bar.choice))
    return show(
        "staff/reports/index.html",
        page=page,
        state=state,
        bar=bar,
        waiting=inbox.waiting(grants),
        fields={id_: [str(told.COLUMNS[name]) for name in columns] for id_, columns in inbox.wrong_fields(page.rows).items()},
        outcomes=record_values.OUTCOMES,
        neighbours=paging.neighbours(page, "staff_reports.index", state=state),
        lately=lately,
    )


@bp.get("/no-records")
@allow(Can.ANSWER)
def no_records() -> Response:
    state, grants = _state(), _grants()
    page = inbox.no_records(grants, state, paging.place(NoRecord))
    return show(
        "staff/reports/no_records.html",
        page=page,
        state=state,
        waiting=inbox.waiting(grants),
        reasons=REASONS,
        neighbours=paging.neighbours(page, "staff_reports.no_records", state=state),
        lately=lately,
    )


@bp.get("/<key>")
@allow(Can.ANSWER)
def report(key: str) -> Response:
    return _report(_found(key), AnswerForm())


@bp.post("/<key>")
@allow(Can.ANSWER)
def answer(key: str) -> Response:
    found, form = _found(key), AnswerForm()
    if form.validate_on_submit():
        try:
            reported.answer(found, access.actor(), current_user.staff, form.outcome.data, form.answer.data)
            return go(url_for("staff_reports.report", key=key))
        except Refused as refusal:
            form.refuse(refusal)
    return _report(found, form, 422)


@bp.get("/<key>/files/<file>.jpg")
@allow(Can.ANSWER)
def picture(key: str, file: str) -> Response:
    return pictures.send(next((one for one in inbox.files(_found(key)) if one.key == file), None), "report")


@bp.get("/no-records/<key>")
@allow(Can.ANSWER)
def no_record_note(key: str) -> Response:
    return _note(_found_note(key), NoteForm())


@bp.post("/no-records/<key>")
@allow(Can.ANSWER)
def answer_note(key: str) -> Response:
    found, form = _found_note(key), NoteForm()
    if form.validate_on_submit():
        try:
            no_record.answer(found, access.actor(), current_user.staff, form.answer.data)
            return go(url_for("staff_reports.no_record_note", key=key))
        except Refused as refusal:
            form.refuse(refusal)
    return _note(found, form, 422)


def _grants() -> tuple[Grant, ...]:
    return access.actor().where(Can.ANSWER)


def _state() -> str:
    return "answered" if request.args.get("state") == "answered" else "open"


def _found(key: str) -> Report:
    return inbox.report(_grants(), key) or abort(404)


def _found_note(key: str) -> NoRecord:
    return inbox.no_record(_grants(), key) or abort(404)


def _report(found: Report, form: AnswerForm, status: int = 200) -> Response:
    record = found.record
    lines = [
        (
            str(told.COLUMNS[one.field]),
            record_values.shown(record, one.field),
            record_values.said(one.field, one.right or ""),
            one.field == "photo",
        )
        for one in inbox.fields(found)
    ]
    return show(
        "staff/reports/report.html",
        status,
        report=found,
        record=record,
        lines=lines,
        files=inbox.files(found),
        due=inbox.due(found),
        day=told.short_day,
        form=form,
        outcomes=record_values.OUTCOMES,
        most=reported.NOTE,
        told=told.moment,
    )


def _note(found: NoRecord, form: NoteForm, status: int = 200) -> Response:
    return show(
        "staff/reports/no_record.html",
        status,
        note=found,
        form=form,
        reason=REASONS[found.reason],
        typed=documents.masked(found.account.document),
        kind=told.label("documents", found.account.document_kind),
        held=documents.masked(found.record.document or "") if found.record else "",
        compare=names.compare,
        most=no_record.NOTE,
        told=told.moment,
    )
