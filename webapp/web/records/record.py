"""One record: all its fields, its photo, and in a self-check the ticks, the note and the two buttons (R-CHK-02 to 07).

Opening it counts as checked; confirming and reporting are posts to the same address.
"""

from flask import Response, abort, current_app, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from werkzeug.wrappers import Response as AnyResponse
from wtforms import SelectMultipleField, StringField, TextAreaField

from webapp.domain import checks, clock, handling, matching, records, reported, windows
from webapp.domain.enrolment import alterations, schools
from webapp.domain.permissions import Can
from webapp.domain.photos.lifecycle import SHOWN
from webapp.domain.ports import Missing
from webapp.domain.refused import Refused
from webapp.models.checks import Check
from webapp.models.own_record import OwnRecord
from webapp.models.photos import Upload
from webapp.providers.files import Files
from webapp.web import access, report_words, told
from webapp.web.access import allow, takes
from webapp.web.alteration_words import KINDS
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.records import lines
from webapp.web.records.blueprint import bp, own

REPORT_BYTES = reported.FILES * reported.FILE_BYTES + 1024 * 1024
"""What one report may weigh on its way in."""


class CheckForm(Form):
    """The columns ticked as wrong, their right values (a field for each, below), a note and photos."""

    wrong = SelectMultipleField(validate_choice=False)
    note = TextAreaField(_l("补充说明"))
    files = MultipleFileField(_l("证明的照片"))


for _column in reported.FIELDS:
    setattr(CheckForm, f"right_{_column}", StringField(told.COLUMNS[_column]))


@bp.get("/records/<key>")
@allow(Can.OWN_RECORD)
def record(key: str) -> Response:
    who = access.visitor()
    return _screen(records.look(own(key, who), who.account, who.actor, "records.record"))


def _screen(found: OwnRecord, form: CheckForm | None = None) -> Response:
    """The page; `form` brings back what was typed, with its errors. Without one nothing is asked of WTForms."""
    lacks = matching.lacks(found.name, access.account().name)
    if found.kind == "qualification":
        called = schools.called(found.unit_code, found.graduated_on)
        rows = next(lines.shown(found, lines.QUALIFICATION))
        return show("records/qualification.html", record=found, rows=rows, called=called, lacks=lacks)
    identity, studies, further = lines.shown(found, lines.IDENTITY, lines.STUDIES, lines.FURTHER)
    phase = checks.phase(found) if found.check_key else None
    state = found.check_state if phase in checks.BEGUN else None
    last = checks.moved(found, found.held_since, found.held_days) if phase else None
    said = reported.last_said(found.id) if state in ("reported", "fixed", "kept") else ()
    return show(
        "records/record.html",
        422 if form else 200,
        record=found,
        lacks=lacks,
        state=state,
        ticks=state in ("seen", "confirmed", "again", "fixed", "kept"),
        form=form,
        unticked=lines.unticked,
        rows=lines.rows,
        identity=identity,
        studies=studies,
        further=further,
        last=last,
        late=last is not None and clock.today() > last,
        left=windows.time_left(last) if last else None,
        waiting=phase == "waiting",
        shows_graduation_photo=found.graduation_photo in SHOWN,
        moves=[(one, KINDS[one.kind]) for one in alterations.shown(found.id)] if found.altered else (),
        most=reported.NOTE,
        photos=reported.FILES,
        said=said,
        line=report_words.line(said[0].report, handling.steps(said[0].report)) if said else (),
        version=checks.version(found),
    )


@bp.post("/records/<key>")
@allow(Can.OWN_RECORD)
@takes(REPORT_BYTES)
def check(key: str) -> AnyResponse:
    """Confirm all of it, or report what was ticked. A tick and 全部正确 together are an error, not a choice."""
    who = access.visitor()
    found = records.look(own(key, who), who.account, who.actor, "records.record")
    row = Check.by_key(found.check_key) if found.check_key else abort(404)
    form = CheckForm()
    try:
        if request.form.get("answer") == "right":
            return _confirm(row, form, found)
        _report(row, form)
    except Refused as refused:
        _beside(form, refused)
        return _screen(found, form)
    return go(url_for("records.record", key=key))


def _confirm(row: Check, form: CheckForm, found: OwnRecord) -> AnyResponse:
    if form.wrong.data:
        raise Refused("report_ticked")
    checks.confirm(row, access.actor(), request.form.get("version"))
    return go(url_for("checks.receipt", key=found.key))


def _report(row: Check, form: CheckForm) -> None:
    wrong = {column: (form[f"right_{column}"].data or "").strip() for column in reported.FIELDS if column in form.wrong.data}
    sent = [file.read() for file in form.files.data or ()]
    for data in sent:
        reported.check_file(data)
    note = (form.note.data or "").strip()
    reported.look_over(row.record, wrong, note, len(sent))
    uploads = [_keep(data) for data in sent] if reported.takes_files(row) else []
    reported.report(row, access.account(), access.actor(), wrong, note, uploads)


def _keep(data: bytes) -> Upload:
    ends = clock.now() + reported.UNNAMED
    return _files().keep(data, "report_file", account=access.account(), expires=ends)


def _beside(form: CheckForm, refused: Refused) -> None:
    column = refused.facts.get("field")
    if f"right_{column}" in form:
        refused.facts["label"] = told.COLUMNS[column]
        form.refuse(refused, f"right_{column}")
    else:
        form.refuse(refused)


@bp.get("/records/<key>/photo.jpg")
@allow(Can.OWN_RECORD)
def photo(key: str) -> Response:
    """录取照片, or the 学历照片 of a qualification, opened from the sealed store for its holder alone; nothing keeps a copy
    (R-BND-14, R-BND-15)."""
    found = own(key, access.visitor())
    upload = Upload.by_key(found.photo) if found.photo_state == "clean" else None
    try:
        data = _files().read(upload or abort(404))
    except Missing:
        abort(404)
    return Response(data, mimetype="image/jpeg", headers={"Cache-Control": "no-store"})


def _files() -> Files:
    return Files(current_app.extensions["worker"].outside.storage)
