"""What the student says of each block: 正确, 有误 with its reasons, and the last question before the check is over."""

from flask import request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField, SelectMultipleField, TextAreaField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput

from webapp.domain.permissions import Can
from webapp.domain.photos import checking
from webapp.domain.refused import Refused
from webapp.models.graduation_photos import GraduationPhoto
from webapp.web import access, told, words
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.photos.blueprint import bp, own_photo
from webapp.web.photos.words import REASONS


class PhotoForm(Form):
    reasons = SelectMultipleField(_l("哪里不对"), option_widget=CheckboxInput(), choices=choices(REASONS.items()))
    note = TextAreaField(_l("说明"), [Optional()])
    sure = BooleanField(_l("我看清楚了，照片上确实不是我"))


class DataForm(Form):
    fields = SelectMultipleField(_l("哪几项不对"), option_widget=CheckboxInput(), validate_choice=False)
    note = TextAreaField(_l("正确的是什么"), [Optional()])


@bp.post("/records/<key>/photo/right")
@allow(Can.OWN_RECORD)
def right(key: str) -> Response:
    """正确, of the block that the button names."""
    found = own_photo(key)
    try:
        if Form().validate_on_submit():
            say = checking.photo_is_right if request.form.get("block") == "photo" else checking.record_is_right
            return _on(say(found, access.actor()))
    except Refused as refused:
        return _refused(found, refused)
    return go(url_for("photos.photo", key=key))


@bp.get("/records/<key>/photo/wrong")
@allow(Can.OWN_RECORD)
def ask_photo(key: str) -> Response:
    found = own_photo(key)
    return _ask_photo(found, PhotoForm(data={"reasons": checking.reasons(found), "note": found.note}))


@bp.post("/records/<key>/photo/wrong")
@allow(Can.OWN_RECORD)
def photo_wrong(key: str) -> Response:
    found, form = own_photo(key), PhotoForm()
    if form.validate_on_submit():
        try:
            said = form.reasons.data, form.note.data, form.sure.data
            return _on(checking.photo_is_wrong(found, access.actor(), *said))
        except Refused as refused:
            form.refuse(refused)
    return _ask_photo(found, form, 422)


def _ask_photo(found: GraduationPhoto, form: PhotoForm, status: int = 200) -> Response:
    """Who ticks that it is somebody else is asked once more; who comes back is not."""
    asks = checking.NOT_ME in (form.reasons.data or ())
    return show("photos/wrong.html", status, record=found.record, form=form, asks_sure=asks, most=checking.NOTE)


@bp.get("/records/<key>/photo/data")
@allow(Can.OWN_RECORD)
def ask_data(key: str) -> Response:
    found = own_photo(key)
    return _ask_data(found, DataForm(data={"fields": checking.wrong_fields(found), "note": found.record_note}))


@bp.post("/records/<key>/photo/data")
@allow(Can.OWN_RECORD)
def data_wrong(key: str) -> Response:
    found, form = own_photo(key), DataForm()
    if form.validate_on_submit():
        try:
            return _on(checking.record_is_wrong(found, access.actor(), form.fields.data, form.note.data))
        except Refused as refused:
            form.refuse(refused)
    return _ask_data(found, form, 422)


def _ask_data(found: GraduationPhoto, form: DataForm, status: int = 200) -> Response:
    form.fields.choices = choices((one, told.column_label(one)) for one in checking.FIELDS)
    return show("photos/data.html", status, record=found.record, form=form, most=checking.NOTE)


@bp.get("/records/<key>/photo/finish")
@allow(Can.OWN_RECORD)
def ask_finish(key: str) -> Response:
    found = own_photo(key)
    if found.state != "checking" or checking.ran_out(found) or not (found.record_block and found.photo_block):
        return go(url_for("photos.photo", key=key))
    return _ask_finish(found)


@bp.post("/records/<key>/photo/finish")
@allow(Can.OWN_RECORD)
def finish(key: str) -> Response:
    found = own_photo(key)
    try:
        if Form().validate_on_submit():
            checking.finish(found, access.actor())
            return go(url_for("photos.photo", key=key))
    except Refused as refused:
        return _refused(found, refused)
    return _ask_finish(found, 422)


def _ask_finish(found: GraduationPhoto, status: int = 200) -> Response:
    return show(
        "photos/finish.html",
        status,
        record=found.record,
        photo=found,
        form=Form(),
        reasons=[str(REASONS[one]) for one in checking.reasons(found)],
        fields=[told.column_label(one) for one in checking.wrong_fields(found)],
    )


def _on(photo: GraduationPhoto) -> Response:
    """To the last question once both blocks were said, else back to the other block."""
    page = "ask_finish" if photo.record_block and photo.photo_block else "photo"
    return go(url_for(f"photos.{page}", key=photo.record.key))


def _refused(found: GraduationPhoto, refused: Refused) -> Response:
    return show("photos/stopped.html", 409, record=found.record, said=words.say(refused))
