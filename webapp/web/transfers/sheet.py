"""Courses out of a sheet: the template to fill, reading it, and what is wrong row by row (R-INT-07).

Not here: what a course may say (`domain/transfers/courses.py`), opening a spreadsheet (`providers/sheets.py`).
"""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Response as File
from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.wrappers import Response
from wtforms.validators import InputRequired

from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.domain.transfers import courses, transcripts
from webapp.models.transfers import Transcript
from webapp.providers import sheet_export, sheets
from webapp.web import brought_sheets, words
from webapp.web.access import allow, takes
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.transfers import words as own_words
from webapp.web.transfers.blueprint import bp
from webapp.web.transfers.transcripts import writable

MOST = 1 << 20
"""Bytes of a sheet."""

LIMITS = sheets.Limits(size=MOST, rows=1_000, columns=30, unzipped=16 << 20, memory=1 << 29, seconds=10)
"""Small enough to be read while somebody waits."""

EXAMPLE = ("高等数学", "Advanced Mathematics", "4.5", "92", "必修")


class SheetForm(Form):
    file = FileField(_l("填好的表格"), [InputRequired(words.SENTENCES["import_file"])])


@bp.get("/transcripts/template")
@allow(Can.OWN_RECORD)
def template() -> File:
    """The sheet to fill: the heads and one course as an example."""
    heads = [(str(head), width) for head, width in own_words.HEADS.values()]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "courses.xlsx"
        sheet_export.write(path, _("从第三行起填，一行一门课；第三行是例子，改成你的"), heads, [EXAMPLE])
        data = path.read_bytes()
    answer = File(data, mimetype=sheet_export.KIND)
    answer.headers["Content-Disposition"] = 'attachment; filename="courses.xlsx"'
    return answer


@bp.get("/transcripts/<transcript>/sheet")
@allow(Can.OWN_RECORD)
def sheet(transcript: str) -> Response:
    return _screen(writable(transcript), SheetForm())


@bp.post("/transcripts/<transcript>/sheet")
@allow(Can.OWN_RECORD)
@takes(MOST + (64 << 10))
def read_sheet(transcript: str) -> Response:
    """All rows, or none: what is wrong is told beside its row, and the file comes again."""
    found, form = writable(transcript), SheetForm()
    try:
        if form.validate():
            with brought_sheets.rows(form.file.data, LIMITS) as rows:
                lines, faults = courses.read(rows)
            if not faults:
                transcripts.replace(found, lines)
                return go(url_for("transfers.transcript", transcript=transcript))
            return _screen(found, form, 422, [(one.row, one.value, words.say(one.refused)) for one in faults])
    except Refused as refused:
        form.refuse(refused, "file")
    return _screen(found, form, 422)


def _screen(found: Transcript, form: SheetForm, status: int = 200, faults: Sequence[tuple[int, str, str]] = ()) -> Response:
    return show("transfers/sheet.html", status, found=found, form=form, faults=faults, most=courses.MOST)
