"""The checking sheet of a class: why it is taken, then the xlsx at once, or the PDF, which a job draws (R-SCH-19)."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.validators import InputRequired

from webapp.domain import checking_sheet, exports, papers
from webapp.domain.permissions import Can
from webapp.domain.progress import View
from webapp.domain.refused import Refused
from webapp.models.desk import Export
from webapp.models.records import Record
from webapp.web import access, paper, told, words
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.staff import export_words, record_values, sheets
from webapp.web.staff.export_words import REASONS
from webapp.web.staff.progress import bp, finding

WIDTHS = (12, 9, 5, 9, 7, 7, 7, 14, 6, 10, 9)
"""Of FIELDS, in characters for the xlsx and in parts for the PDF; the number, signature and 代签 stand beside them."""

FORMS = {"pdf": _l("PDF，直接打印"), "xlsx": _l("Excel，自己再排版")}


class SheetForm(Form):
    form = RadioField(_l("要哪一种"), [InputRequired(_l("选一种"))], choices=choices(FORMS.items()))
    reason = RadioField(
        _l("做什么用"),
        [InputRequired(words.SENTENCES["export_reason"])],
        choices=choices((code, REASONS[code]) for code in exports.REASONS),
    )


@bp.get("/class/<key>/sheet")
@allow(Can.EXPORT)
def sheet(key: str) -> Response:
    return _sheet(_view(key), SheetForm())


@bp.post("/class/<key>/sheet")
@allow(Can.EXPORT)
def make_sheet(key: str) -> Response:
    view, form = _view(key), SheetForm()
    if form.validate_on_submit():
        try:
            begun = exports.begin(access.actor(), view, exports.SHEET, form.reason.data)
            return _pdf(view, begun) if form.form.data == "pdf" else sheets.send(begun, _heads(), _rows(view))
        except Refused as refusal:
            form.refuse(refusal)
    return _sheet(view, form, 422)


def _sheet(view: View, form: SheetForm, status: int = 200) -> Response:
    return show("staff/progress/sheet.html", status, view=view, form=form, back=_back(view))


def _pdf(view: View, begun: Export) -> Response:
    heads, rows = _heads(), list(_rows(view))
    data = paper.of(
        view.campaign.unit.name,
        _("学籍信息核对表"),
        caption=f"{view.klass.college.name} {view.klass.name} · {view.campaign.title}",
        heads=[str(head) for head, _width in heads],
        widths=[width for _head, width in heads],
        rows=rows,
        notes=[
            _("逐项对照身份证和录取通知书。有误的项目，把正确的写在旁边，再到网上反馈。"),
            _("本人签名。不在校的可以由同学代签，在“代签”栏写清代签人和原因，回校后本人补签。"),
            export_words.mark(begun),
        ],
    )
    asked = papers.ask(current_user.staff, "sheet", data, name="checking-sheet", back=_back(view))
    exports.counted(begun, len(rows))
    return go(url_for("staff_papers.paper", key=asked.key))


def _heads() -> list[tuple[str, int]]:
    fields = [(told.column_label(field), width) for field, width in zip(checking_sheet.FIELDS, WIDTHS, strict=True)]
    return [(_("序号"), 4), *fields, (_("本人签名"), 12), (_("代签（代签人和原因）"), 14)]


def _rows(view: View) -> Iterator[tuple[str, ...]]:
    for number, record in enumerate(checking_sheet.records(view), start=1):
        yield str(number), *(_cell(record, field) for field in checking_sheet.FIELDS), "", ""


def _cell(record: Record, field: str) -> str:
    """A value as a narrow column takes it: 2008-05-12."""
    value = getattr(record, field) if field in ("birth_date", "enrolled_on") else None
    return value.isoformat() if value else record_values.shown(record, field)


def _back(view: View) -> str:
    return url_for("staff_progress.klass", key=view.klass.key, campaign=view.campaign.key)


def _view(key: str) -> View:
    return finding.within_class(finding.view(finding.campaigns(Can.EXPORT, ("check",)), Can.EXPORT), key)
