"""The pages of 学历照片: the list by state, one photo beside the admission photo, the decision, another picture by hand."""

from collections.abc import Iterator

from flask import Response, abort, current_app, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.wrappers import Response as AnyResponse
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from webapp.domain import filters, lookup
from webapp.domain.imports import batches
from webapp.domain.permissions import Can
from webapp.domain.photos import deciding, exporting, importing, listing, standard
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.imports import Batch
from webapp.models.school import Unit
from webapp.models.staff import Grant
from webapp.providers.files import Files
from webapp.web import access, words
from webapp.web.access import allow, takes
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.staff import filtering, paging, photo_words, pictures, sheets
from webapp.web.staff.moments import lately
from webapp.web.staff.photos import bp

MOST = 512 << 10
"""Bytes of one photo that is handed in by hand; the standard's own limit is told by the import."""


MOVES = {
    "same": (_l("同一人"), "primary"),
    "accept": (_l("判为合格"), "secondary"),
    "keep": (_l("不换，让学生再校对"), "secondary"),
    "send_back": (_l("退回重采"), "danger"),
}
"""What an officer may decide, as far as the photo's state allows it: the button's words and kind."""


class DecideForm(Form):
    reason = StringField(_l("原因"), [Length(max=deciding.REASON_LONGEST, message=_l("原因最多 200 字"))])


class ReplaceForm(Form):
    file = FileField(_l("照片"), [InputRequired(words.SENTENCES["import_file"])])


@bp.get("")
@allow(Can.PHOTOS)
def index() -> AnyResponse:
    grants, state = _grants(), request.args.get("state", "")
    counts = listing.counts(grants)
    if state not in listing.STATES:
        state = next((one for one in listing.STATES if one in counts), listing.STATES[0])
    bar = filtering.bar("photos", grants)
    page = listing.page(grants, state, paging.place(GraduationPhoto), filters.within(grants, bar.choice))
    return show(
        "staff/photos/index.html",
        page=page,
        state=state,
        bar=bar,
        states=[one for one in listing.STATES if one in counts or one == state or one not in listing.FOR_A_PERSON],
        counts=counts,
        units=scope.schools(grants),
        neighbours=paging.neighbours(page, "staff_photos.index", state=state),
        read=standard.read,
        told=photo_words,
        lately=lately,
    )


@bp.get("/<key>")
@allow(Can.PHOTOS)
def photo(key: str) -> AnyResponse:
    found = _found(key)
    lookup.look(access.actor(), found.record)
    return _photo(found, DecideForm())


@bp.post("/<key>/<any(same, accept, keep, send_back):move>")
@allow(Can.PHOTOS)
def decide(key: str, move: str) -> AnyResponse:
    found, form = _found(key), DecideForm()
    if form.validate_on_submit():
        try:
            if move == "same":
                deciding.same(found, access.actor())
            else:
                getattr(deciding, move)(found, access.actor(), form.reason.data)
            return go(url_for("staff_photos.photo", key=key))
        except Refused as refusal:
            form.refuse(refusal)
    return _photo(_found(key), form, 422)


@bp.get("/<key>/replace")
@allow(Can.PHOTOS)
def ask_replace(key: str) -> AnyResponse:
    return _replace(_found(key), ReplaceForm())


@bp.post("/<key>/replace")
@allow(Can.PHOTOS)
@takes(MOST + (64 << 10))
def replace(key: str) -> AnyResponse:
    """Another picture by hand goes the way of a set of one: checked first, written once confirmed."""
    found, form = _found(key), ReplaceForm()
    if form.validate_on_submit():
        try:
            return go(url_for("staff_imports.batch", key=_begin(found, form.file.data.read()).key))
        except Refused as refusal:
            form.refuse(refusal, "file")
    return _replace(found, form, 422)


@bp.get("/<key>/picture.jpg")
@allow(Can.PHOTOS)
def picture(key: str) -> Response:
    return pictures.send(_found(key).upload, "graduation_photo")


@bp.get("/<key>/admission.jpg")
@allow(Can.PHOTOS)
def admission(key: str) -> Response:
    return pictures.send(listing.admission(_found(key)), "graduation_photo")


AGAIN = ((_l("学院"), 20), (_l("班级"), 18), (_l("学号"), 18), (_l("姓名"), 16), (_l("状态"), 14), (_l("没有通过"), 40))


@bp.post("/again")
@allow(Can.PHOTOS)
def again() -> Response:
    """Whom the photographer sees once more, by college and class."""
    unit = next((one for one in scope.schools(_grants()) if one.key == request.form.get("unit")), None) or abort(404)
    return sheets.send(exporting.begin(access.actor(), unit), AGAIN, _again(unit))


def _again(unit: Unit) -> Iterator[tuple[str, ...]]:
    for one in exporting.rows(access.actor(), unit):
        why = photo_words.failed(one.checks) or photo_words.likeness(one.likeness)
        yield one.college, one.klass, one.number, one.name, str(photo_words.STATES[one.state][1]), why


def _photo(found: GraduationPhoto, form: DecideForm, status: int = 200) -> AnyResponse:
    allowed = listing.open_moves(found)
    moves = [(name, *MOVES[name]) for name in MOVES if name in allowed]
    return show(
        "staff/photos/photo.html",
        status,
        photo=found,
        form=form,
        moves=moves,
        asks_why=any(name != "same" for name, *_rest in moves),
        lines=photo_words.lines(standard.read(found.standard)),
        admission=listing.admission(found),
        closed=listing.closed(found),
        earlier=listing.of(_grants(), found.record),
        told=photo_words,
        said=photo_words.said(found),
        lately=lately,
    )


def _replace(found: GraduationPhoto, form: ReplaceForm, status: int = 200) -> AnyResponse:
    if listing.closed(found):
        raise Refused("photo_published")
    return show("staff/photos/replace.html", status, photo=found, form=form)


def _begin(found: GraduationPhoto, data: bytes) -> Batch:
    """A set of one, called as the student is."""
    if listing.closed(found):
        raise Refused("photo_published")
    standard.check_file(len(data), data)
    record = found.record
    name = importing.file_name(record)
    file = Files(current_app.extensions["worker"].outside.storage).keep(data, "photo_archive", unit=record.unit)
    return batches.receive(record.unit, batches.GRADUATION, name, file, file.digest, access.actor())


def _grants() -> tuple[Grant, ...]:
    return access.actor().where(Can.PHOTOS)


def _found(key: str) -> GraduationPhoto:
    return listing.one(_grants(), key) or abort(404)
