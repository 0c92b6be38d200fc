"""手机号保留: support has seen who somebody is, and keeps the phone for that person's registration (R-ACC-58)."""

from typing import Any

from flask import Blueprint, current_app, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.wrappers import Response
from wtforms import StringField

from webapp.domain import clock, defaults, reported, reservations
from webapp.domain.changes import keeping, requests
from webapp.domain.identity import names, phones
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.school import Unit
from webapp.providers.files import Files
from webapp.web import access
from webapp.web.access import allow, takes
from webapp.web.accounts.identity import IdentityFields
from webapp.web.forms import Form, rule
from webapp.web.page import go, show
from webapp.web.staff.moments import lately

bp = Blueprint("staff_phones", __name__, url_prefix="/staff/phones")


class ReserveForm(IdentityFields, Form):
    BESIDE = {"phone_reserved": "phone", "report_file_kind": "photo", "report_file_big": "photo", "photo_empty": "photo"}

    phone = StringField(_l("手机号码"), [rule(lambda typed: phones.check(phones.clean(typed)))])
    photo = FileField(_l("手持证件照片"))


@bp.get("")
@allow(Can.SUPPORT)
def index() -> Response:
    return _show(ReserveForm())


@bp.post("")
@allow(Can.SUPPORT)
@takes(reported.FILE_BYTES + 64 * 1024)
def reserve() -> Response:
    form = ReserveForm()
    if form.validate():
        try:
            _reserve(form)
            return go(url_for("staff_phones.index"))
        except Refused as refusal:
            form.refuse(refusal)
    return _show(form, 422)


def _reserve(form: ReserveForm) -> None:
    who, phone = form.identity(), phones.clean(form.phone.data)
    data = form.photo.data.read() if form.photo.data else b""
    if not data:
        raise Refused("photo_empty")
    reported.check_file(data)
    reservations.check(phone, who.index)
    files = Files(current_app.extensions["worker"].outside.storage)
    photo = files.keep(data, "handheld", expires=clock.now() + reported.UNNAMED)
    keeping.reserve(access.actor(), who.name, phone, who.index, photo, _unit())


def _unit() -> Unit | None:
    """The school of whoever keeps the number; who works for several keeps it for the instance."""
    units = scope.units(access.actor().where(Can.SUPPORT))
    return Unit.get_by_id(units[0]) if len(units) == 1 else requests.only_unit()


def _show(form: ReserveForm, status: int = 200) -> Response:
    facts: dict[str, Any] = {"hours": defaults.value("acc.phone_reserve_hours"), "lately": lately, "now": clock.now()}
    kept = keeping.lately(access.actor().where(Can.SUPPORT))
    masks = {"masked": names.masked, "phone_masked": phones.masked}
    return show("staff/reservations.html", status, form=form, kept=kept, **facts, **masks)
