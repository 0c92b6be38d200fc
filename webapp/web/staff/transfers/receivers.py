"""接收机构: which of the catalogue a school (or the site) offers, and what it adds (R-INT-01)."""

from flask import Blueprint, abort, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField
from wtforms.validators import Optional

from webapp.domain.identity.countries import COUNTRIES
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.domain.transfers import receivers
from webapp.models.school import Unit
from webapp.web import access, language
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import go, show

bp = Blueprint("staff_receivers", __name__, url_prefix="/staff/receivers")


class AddForm(Form):
    country = SelectField(_l("国家或地区"), validate_choice=False)
    name = StringField(_l("中文名称"))
    english = StringField(_l("英文名称"))
    email = StringField(_l("接收文件的邮箱"), [Optional()])
    rule = StringField(_l("参考编号的样子"), [Optional()])


@bp.get("")
@allow(Can.RECEIVERS)
def index() -> Response:
    unit = _unit()
    known, added = receivers.kept(unit)
    return show("staff/transfers/receivers.html", unit=unit, known=known, added=added, form=Form(), **_about())


@bp.post("/<institution>")
@allow(Can.RECEIVERS)
def switch(institution: str) -> Response:
    """On or off, as the button says; one that is not kept here is 404."""
    unit = _unit()
    try:
        if Form().validate():
            receivers.switch(access.actor(), unit, institution, request.form.get("active") == "1")
    except Refused:
        abort(404)
    return go(_place("staff_receivers.index", unit))


@bp.get("/add")
@allow(Can.RECEIVERS)
def ask() -> Response:
    return _ask(_form())


@bp.post("/add")
@allow(Can.RECEIVERS)
def add() -> Response:
    unit, form = _unit(), _form()
    try:
        if form.validate():
            typed = {name: form[name].data or "" for name in ("country", "name", "english", "email", "rule")}
            receivers.add(access.actor(), unit, **typed)
            return go(_place("staff_receivers.index", unit))
    except Refused as refused:
        form.refuse(refused)
    return _ask(form, 422)


def _form() -> AddForm:
    form = AddForm()
    named = [(one.code, _country(one.code)) for one in COUNTRIES]
    form.country.choices = choices([("", _l("还没选")), *named])
    return form


def _ask(form: AddForm, status: int = 200) -> Response:
    unit = _unit()
    return show("staff/transfers/add.html", status, form=form, back=_place("staff_receivers.index", unit), unit=unit)


def _country(code: str) -> str:
    return COUNTRIES[code].en if language.chosen() == "en" else COUNTRIES[code].zh


def _unit() -> Unit | None:
    """For whom the page keeps the list: what the address names, else the first of the own places."""
    places = receivers.places(access.actor())
    wanted = request.args.get("unit")
    if wanted is None:
        return places[0] if places else abort(404)
    return next((one for one in places if one is not None and one.key == wanted), None) or abort(404)


def _place(endpoint: str, unit: Unit | None) -> str:
    return url_for(endpoint, unit=unit.key if unit else None)


def _about() -> dict[str, object]:
    places = [one for one in receivers.places(access.actor()) if one is not None]
    return {
        "country": _country,
        "english": language.chosen() == "en",
        "add": _place("staff_receivers.ask", _unit()),
        "schools": [(one.name, _place("staff_receivers.index", one), one == _unit()) for one in places],
    }
