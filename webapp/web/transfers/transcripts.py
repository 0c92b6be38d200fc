"""大学成绩验证: one's transcripts, the courses one by one, handing in, the signed paper (R-INT-06, 07).

Not here: a sheet of courses (`sheet.py`), the pictures of the original (`originals.py`).
"""

from collections.abc import Callable

from flask import abort, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField

from webapp.domain import clock, records
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.domain.transfers import courses, lifecycle, transcripts
from webapp.domain.transfers.courses import KINDS
from webapp.models.transfers import Course, Transcript
from webapp.web import access, language, stored, told
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.transfers import words as own_words
from webapp.web.transfers.blueprint import bp, own_transcript


class CourseForm(Form):
    name = StringField(_l("课程名称"))
    english = StringField(_l("课程英文名称"))
    credit = StringField(_l("学分"))
    mark = StringField(_l("成绩"))
    kind = SelectField(_l("性质"), validate_choice=False)


@bp.get("/transcripts")
@allow(Can.OWN_RECORD)
def all_transcripts() -> Response:
    return _all(Form())


@bp.post("/transcripts")
@allow(Can.OWN_RECORD)
def begin() -> Response:
    """A transcript of the record that the button names."""
    form, account = Form(), access.account()
    record = next((one for one in records.mine(account) if one.key == request.form.get("record")), None)
    if record is None or not form.validate():
        return _all(form, 422)
    made = transcripts.begin(account, access.actor(), record)
    return go(url_for("transfers.transcript", transcript=made.key))


def _all(form: Form, status: int = 200) -> Response:
    account = access.account()
    mine = transcripts.mine(account)
    open_ = {one.record_id for one in mine if one.state != "confirmed"}
    fresh = [one for one in records.mine(account) if one.id not in open_]
    return show("transfers/transcripts.html", status, form=form, rows=[_row(one) for one in mine], fresh=fresh)


def _row(one: Transcript) -> tuple[str, str, str, str, str]:
    kind, state = own_words.TRANSCRIPTS[one.state]
    text = told.day(clock.shown(one.created).date())
    return url_for("transfers.transcript", transcript=one.key), one.record.unit.name, text, kind, str(state)


@bp.get("/transcripts/<transcript>", endpoint="transcript")
@allow(Can.OWN_RECORD)
def one_transcript(transcript: str) -> Response:
    return _screen(own_transcript(transcript), Form())


@bp.get("/transcripts/<transcript>/course")
@allow(Can.OWN_RECORD)
def course(transcript: str) -> Response:
    return _course(writable(transcript), _course_form())


@bp.post("/transcripts/<transcript>/course")
@allow(Can.OWN_RECORD)
def add_course(transcript: str) -> Response:
    """One course; the page comes back empty for the next."""
    found, form = writable(transcript), _course_form()
    typed = {name: form[name].data or "" for name in courses.COLUMNS}
    try:
        if form.validate():
            wrong = courses.faults(**typed)
            if not wrong:
                transcripts.add(found, courses.line(**typed))
                return go(url_for("transfers.course", transcript=transcript))
            for refused in wrong:
                form.refuse(refused)
    except Refused as refused:
        form.refuse(refused)
    return _course(found, form, 422)


def _course_form() -> CourseForm:
    form = CourseForm()
    named = [(one.code, one.en if language.chosen() == "en" else one.zh) for one in KINDS]
    form.kind.choices = choices([("", _l("还没选")), *named])
    return form


def _course(found: Transcript, form: CourseForm, status: int = 200) -> Response:
    lines = [_line(one) for one in transcripts.lines(found)]
    return show("transfers/course.html", status, form=form, found=found, lines=lines)


def _line(one: Course) -> dict[str, object]:
    kind = KINDS[one.kind]
    english = language.chosen() == "en"
    mark = courses.mark_in_english(one.mark) if english else one.mark
    said = {"kind": kind.en if english else kind.zh, "mark": mark}
    return {"key": one.key, "name": one.name, "english": one.english, "credit": one.credit, **said}


@bp.post("/transcripts/<transcript>/course/<course>/drop")
@allow(Can.OWN_RECORD)
def drop_course(transcript: str, course: str) -> Response:
    found = writable(transcript)
    if Form().validate():
        transcripts.drop(found, course)
    return go(url_for("transfers.transcript", transcript=transcript))


@bp.post("/transcripts/<transcript>/submit")
@allow(Can.OWN_RECORD)
def submit(transcript: str) -> Response:
    return _moved(transcript, transcripts.submit)


@bp.post("/transcripts/<transcript>/take-back")
@allow(Can.OWN_RECORD)
def take_back(transcript: str) -> Response:
    return _moved(transcript, transcripts.take_back)


def _moved(transcript: str, move: Callable[[Transcript, Actor], Transcript]) -> Response:
    found, form = own_transcript(transcript), Form()
    try:
        if form.validate():
            move(found, access.actor())
            return go(url_for("transfers.transcript", transcript=transcript))
    except Refused as refused:
        form.refuse(refused)
    return _screen(own_transcript(transcript), form, 422)


@bp.get("/transcripts/<transcript>/pdf")
@allow(Can.OWN_RECORD)
def transcript_pdf(transcript: str) -> Response:
    """The paper; not any more for who was found not to be whose record it is."""
    found = own_transcript(transcript)
    return stored.pdf(found.upload if found.record.account_id == found.account_id else None, "transcript")


def _screen(found: Transcript, form: Form, status: int = 200) -> Response:
    kind, state = own_words.TRANSCRIPTS[found.state]
    return show(
        "transfers/transcript.html",
        status,
        form=form,
        found=found,
        kind=kind,
        state=state,
        writable=found.state in transcripts.WRITABLE,
        lines=[_line(one) for one in transcripts.lines(found)],
        source=own_words.SOURCES.get(found.source, ""),
        pages=len(lifecycle.pages(found)),
        reason=own_words.REASONS.get(found.reason, ""),
    )


def writable(transcript: str) -> Transcript:
    """The visitor's transcript, while it may be written; else 404."""
    found = own_transcript(transcript)
    return found if found.state in transcripts.WRITABLE else abort(404)
