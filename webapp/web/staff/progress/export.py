"""Lists as Excel files: the reason is asked, the export written down, then the file is made and sent."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.validators import InputRequired

from webapp.domain import clock, exports
from webapp.domain.permissions import Can
from webapp.domain.progress import View
from webapp.domain.refused import Refused
from webapp.web import access, told, words
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import show
from webapp.web.staff import record_values, sheets, step_words
from webapp.web.staff.export_words import LISTS, REASONS
from webapp.web.staff.progress import bp, finding, photos


class ExportForm(Form):
    kind = RadioField(_l("导出什么"), [InputRequired(_l("选一张表"))])
    reason = RadioField(
        _l("做什么用"),
        [InputRequired(words.SENTENCES["export_reason"])],
        choices=choices((code, REASONS[code]) for code in exports.REASONS),
    )


@bp.get("/export")
@allow(Can.EXPORT)
def ask() -> Response:
    return _ask(None, finding.view(finding.campaigns(Can.EXPORT), Can.EXPORT))


@bp.post("/export")
@allow(Can.EXPORT)
def export() -> Response:
    view = finding.view(finding.campaigns(Can.EXPORT), Can.EXPORT)
    form = _form(view)
    if not form.validate_on_submit():
        return _ask(form, view, 422)
    try:
        begun = exports.begin(access.actor(), view, form.kind.data, form.reason.data)
    except Refused as refusal:
        form.refuse(refusal)
        return _ask(form, view, 422)
    heads, make = TABLES[form.kind.data]
    return sheets.send(begun, heads, make(view))


def _form(view: View) -> ExportForm:
    """A window of photos has a list of its own."""
    form = ExportForm()
    offered = (exports.PHOTO_CHECKS,) if view.campaign.kind == "photo" else exports.KINDS
    form.kind.choices = choices((one, LISTS[one]) for one in offered)
    return form


def _ask(form: ExportForm | None, view: View, status: int = 200) -> Response:
    form = form or _form(view)
    return show("staff/progress/export.html", status, form=form, view=view, back=_back(view), place=view.klass or view.college)


def _back(view: View) -> str:
    if view.klass is not None:
        return url_for("staff_progress.klass", key=view.klass.key, campaign=view.campaign.key)
    if view.college is not None:
        return url_for("staff_progress.college", key=view.college.key, campaign=view.campaign.key)
    return url_for("staff_progress.index", campaign=view.campaign.key)


UNFINISHED = (
    (_l("学院"), 20), (_l("班级"), 18), (_l("学号"), 18), (_l("姓名"), 16), (_l("证件号码"), 12), (_l("到哪一步"), 18),
)  # fmt: skip


def _unfinished(view: View) -> Iterator[tuple[str, ...]]:
    for row in exports.unfinished(view):
        yield row.college, row.klass, row.student.number, row.student.name, row.document, step_words.told(row.student)


ERRORS = (
    (_l("学院"), 20), (_l("班级"), 18), (_l("学号"), 18), (_l("姓名"), 16), (_l("证件号码"), 12), (_l("有误的项目"), 12),
    (_l("学校登记的"), 20), (_l("学生认为正确的"), 20), (_l("说明"), 40),
    (_l("反馈时间"), 18), (_l("处理结果"), 12), (_l("答复"), 40),
)  # fmt: skip


def _errors(view: View) -> Iterator[tuple[str, ...]]:
    for row in exports.errors(view):
        record, report = row.record, row.report
        yield (
            record.college.name if record.college else "",
            record.klass.name if record.klass else "",
            record.student_number,
            record.name,
            record_values.shown(record, "document"),
            str(told.COLUMNS[row.field]),
            record_values.shown(record, row.field),
            record_values.said(row.field, row.right),
            report.note or "",
            clock.shown(report.created).strftime("%Y-%m-%d %H:%M"),
            str(record_values.OUTCOMES[report.outcome]),
            report.answer or "",
        )


TABLES = {
    "unfinished": (UNFINISHED, _unfinished),
    "errors": (ERRORS, _errors),
    exports.PHOTO_CHECKS: (photos.HEADS, photos.rows),
}
"""Columns and rows of each list."""
