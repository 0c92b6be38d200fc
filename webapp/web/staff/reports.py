"""学生反馈: what students say is wrong, handed on by the college and answered by the office; and who found no record.

Not here: changing the record, which the office does on its own page and a correction on the student's (R-CHK-06, R-CHK-17).
"""

from flask import Blueprint, abort, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired

from webapp.domain import filters, handling, inbox, no_record, reported
from webapp.domain.identity import documents, names
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.checks import NoRecord, Report, ReportedField
from webapp.models.staff import Grant
from webapp.web import access, report_words, told
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


LISTS = {
    Can.FORWARD: {"open": _l("等转交"), "with_office": _l("在学籍科"), "answered": _l("已答复")},
    Can.ANSWER: {"waiting": _l("等答复"), "answered": _l("已答复")},
}
"""The lists of reports that somebody has, by what they do with them; the first is shown first."""


class RemarkForm(Form):
    remark = TextAreaField(_l("给学籍科的话（选填）"), filters=[lambda text: (text or "").strip().replace("\r\n", "\n")])


class NoteForm(Form):
    answer = TextAreaField(_l("答复学生"), filters=[lambda text: (text or "").strip().replace("\r\n", "\n")])


class AnswerForm(NoteForm):
    outcome = RadioField(
        _l("处理结果"),
        [InputRequired(_l("选一个处理结果"))],
        choices=choices([("fixed", _l("已更正")), ("kept", _l("不予更正"))]),
    )


@bp.get("")
@allow(Can.REPORTS)
def index() -> Response:
    lists, grants = LISTS[Can.ANSWER if _answers() else Can.FORWARD], _grants(Can.REPORTS)
    state = request.args.get("state")
    state = state if state in lists else next(iter(lists))
    bar = filtering.bar("reports", grants)
    page = inbox.reports(grants, state, paging.place(Report), filters.within(grants, bar.choice))
    return show(
        "staff/reports/index.html",
        page=page,
        lists=_lists("staff_reports.index", lists, state),
        state=state,
        bar=bar,
        waiting=inbox.waiting(_grants()) if _answers() else None,
        all_open=state == "open" and len(page.rows) > 1,
        form=Form(),
        late=handling.late,
        pill=report_words.pill,
        fields={id_: [str(told.COLUMNS[name]) for name in columns] for id_, columns in inbox.wrong_fields(page.rows).items()},
        neighbours=paging.neighbours(page, "staff_reports.index", state=state),
        lately=lately,
    )


@bp.get("/no-records")
@allow(Can.ANSWER)
def no_records() -> Response:
    lists, grants = {"open": _l("等答复"), "answered": _l("已答复")}, _grants()
    state = "answered" if request.args.get("state") == "answered" else "open"
    page = inbox.no_records(grants, state, paging.place(NoRecord))
    return show(
        "staff/reports/no_records.html",
        page=page,
        lists=_lists("staff_reports.no_records", lists, state),
        state=state,
        waiting=inbox.waiting(grants),
        reasons=REASONS,
        neighbours=paging.neighbours(page, "staff_reports.no_records", state=state),
        lately=lately,
    )


@bp.post("/forward")
@allow(Can.FORWARD)
def forward_all() -> Response:
    """Hand on everything that waits in reach, the oldest first."""
    if Form().validate_on_submit():
        page = inbox.reports(_grants(Can.FORWARD), "open", size=handling.AT_ONCE)
        handling.forward_all(page.rows, access.actor(), current_user.staff)
    return go(url_for("staff_reports.index"))


@bp.get("/<key>")
@allow(Can.REPORTS)
def report(key: str) -> Response:
    return _report(_found(key, Can.REPORTS), AnswerForm())


@bp.post("/<key>/forward")
@allow(Can.FORWARD)
def forward(key: str) -> Response:
    """学院已汇总: to the records office, with a remark."""
    found, form = _found(key, Can.FORWARD), RemarkForm()
    if form.validate_on_submit():
        try:
            handling.forward(found, access.actor(), current_user.staff, form.remark.data)
            return go(url_for("staff_reports.index"))
        except Refused as refusal:
            form.refuse(refusal)
    return _report(found, form, 422)


@bp.post("/<key>/take")
@allow(Can.ANSWER)
def take(key: str) -> Response:
    """处理中: the student sees that somebody works on it."""
    found, form = _found(key), AnswerForm()
    if Form().validate_on_submit():
        try:
            handling.take(found, access.actor(), current_user.staff)
            return go(url_for("staff_reports.report", key=key))
        except Refused as refusal:
            form.refuse(refusal)
    return _report(found, form, 422)


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


def _grants(ability: Can = Can.ANSWER) -> tuple[Grant, ...]:
    return access.actor().where(ability)


def _answers() -> bool:
    return access.actor().may(Can.ANSWER)


def _lists(endpoint: str, lists: dict, state: str) -> list[tuple]:
    """For the macro `filters`."""
    return [(words, None, url_for(endpoint, state=name), name == state) for name, words in lists.items()]


def _found(key: str, ability: Can = Can.ANSWER) -> Report:
    return inbox.report(_grants(ability), key) or abort(404)


def _found_note(key: str) -> NoRecord:
    return inbox.no_record(_grants(), key) or abort(404)


def _report(found: Report, form: AnswerForm | RemarkForm, status: int = 200) -> Response:
    reads = bool(inbox.report(_grants(Can.RECORDS), found.key))
    return show(
        "staff/reports/report.html",
        status,
        report=found,
        record=found.record,
        lines=[_line(found, one, reads) for one in inbox.fields(found)],
        files=inbox.files(found),
        line=report_words.line(found, handling.steps(found), named=True),
        pill=report_words.pill(found),
        late=handling.late(found),
        due=report_words.due(found),
        reads=reads,
        answers=inbox.report(_grants(), found.key) is not None,
        forwards=found.state == "open" and inbox.report(_grants(Can.FORWARD), found.key) is not None,
        may_edit=access.actor().may(Can.ENROL),
        form=form,
        remark=form if isinstance(form, RemarkForm) else RemarkForm(formdata=None),
        answer=form if isinstance(form, AnswerForm) else AnswerForm(formdata=None),
        most=reported.NOTE,
        told=told.moment,
    )


def _line(report: Report, one: ReportedField, reads: bool) -> tuple[str, str, str, bool]:
    """Label, what is registered, what the student holds to be right, and whether it is the photo.

    Who may not read records sees no document's number, not even masked (R-SYS-09).
    """
    label = str(told.COLUMNS[one.field])
    if one.field == "document" and not reads:
        return label, _("由学籍科核对"), _("由学籍科核对"), False
    right = record_values.said(one.field, one.right or "")
    return label, record_values.shown(report.record, one.field), right, one.field == "photo"


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
