"""Who comes on the list: filtered out of the 学籍 records, counted, and added at once."""

from typing import Self

from flask import request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectField

from webapp.domain import filters
from webapp.domain.graduation import preparing
from webapp.domain.graduation.preparing import Choice
from webapp.domain.identity import tables
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.graduation import Graduation
from webapp.web import access, told
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.staff.graduation.blueprint import bp, found, grants

ANY = ("", _l("全部"))
YEARS = 8


class ChooseForm(Form):
    """Which students; nothing that names a person, so it may stand in the address."""

    until = SelectField(_l("预计毕业的年份"))
    year = SelectField(_l("年级"))
    college = SelectField(_l("学院"), validate_choice=False)
    klass = SelectField(_l("班级"), validate_choice=False)
    level = SelectField(_l("层次"))

    @classmethod
    def standing(cls, row: Graduation, choice: Choice) -> Self:
        form = cls(data={name: getattr(choice, name) for name in Choice.__dataclass_fields__})
        form.until.choices = choices([ANY, *((str(year), str(year)) for year in range(row.year + 1, row.year - YEARS, -1))])
        form.year.choices = choices([ANY, *((str(year), str(year)) for year in range(row.year, row.year - YEARS, -1))])
        form.college.choices = choices([ANY, *((one.key, one.name) for one in filters.colleges(grants(), row.unit_id))])
        chosen = filters.classes(grants(), form.college.data or "")
        form.klass.choices = choices([ANY, *((one.key, one.name) for one in chosen)])
        form.level.choices = choices([ANY, *((one.code, told.label("levels", one.code)) for one in tables.LEVELS)])
        return form


@bp.get("/<key>/add")
@allow(Can.ENROL)
def ask_add(key: str) -> Response:
    row = found(key)
    return _add(row, _choice(row), Form())


@bp.post("/<key>/find")
@allow(Can.ENROL)
def choose(key: str) -> Response:
    row = found(key)
    form = ChooseForm.standing(row, Choice())
    chosen = {name: form[name].data or "" for name in Choice.__dataclass_fields__}
    return go(url_for("staff_graduation.ask_add", key=key, **chosen))


@bp.post("/<key>/add")
@allow(Can.ENROL)
def add(key: str) -> Response:
    row, form = found(key), Form()
    if form.validate():
        try:
            preparing.add(access.actor(), row, _choice(row))
            return go(url_for("staff_graduation.year", key=key))
        except Refused as refused:
            form.refuse(refused)
    return _add(row, _choice(row), form, 422)


def _choice(row: Graduation) -> Choice:
    """What the address says; without a word those who are to graduate that year."""
    known = [name for name in Choice.__dataclass_fields__ if name in request.args]
    return Choice(**{name: request.args[name][:40] for name in known}) if known else Choice(until=str(row.year))


def _add(row: Graduation, choice: Choice, form: Form, code: int = 200) -> Response:
    address = {name: getattr(choice, name) for name in Choice.__dataclass_fields__}
    filters_ = ChooseForm.standing(row, choice)
    count = preparing.count(row, choice)
    return show("staff/graduation/add.html", code, row=row, filters=filters_, form=form, count=count, address=address)
