"""毕业届: the schools' years, opening one, and what most of its certificates say."""

from datetime import date

from flask import url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import InputRequired

from webapp.domain import clock
from webapp.domain.graduation import years
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.graduation import Graduation
from webapp.web import access, told
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.staff.fields import Day
from webapp.web.staff.graduation import words
from webapp.web.staff.graduation.blueprint import bp, found, grants, units


def stripped(text: str | None) -> str:
    return " ".join((text or "").split())


class ArrangeForm(Form):
    day = Day(_l("毕业日期"), [InputRequired(_l("填写毕业日期"))])
    president = StringField(_l("校（院）长姓名"), filters=[stripped])
    publish_on = Day(_l("公布日期"), [InputRequired(_l("填写公布日期"))])

    def told(self) -> years.Told:
        return years.Told(self.day.data, self.president.data, self.publish_on.data)


class YearForm(ArrangeForm):
    unit = SelectField(_l("学校"))
    year = IntegerField(_l("哪一届"), [InputRequired(_l("填写年份"))])

    def __init__(self, *given: object, **more: object) -> None:
        super().__init__(*given, **more)
        self.unit.choices = choices((unit.key, unit.name) for unit in units())


@bp.get("")
@allow(Can.ENROL)
def index() -> Response:
    return show("staff/graduation/index.html", rows=years.listed(grants()), words=words, day=told.day)


@bp.get("/new")
@allow(Can.ENROL)
def new() -> Response:
    """A year that begins with what is usual: 公布 on 1 July."""
    today = clock.today()
    year = today.year + (today.month > years.MONTH)
    return _new(YearForm(data={"year": year, "day": date(year, 6, 30), "publish_on": years.usual_day(year)}))


@bp.post("/new")
@allow(Can.ENROL)
def begin() -> Response:
    form = YearForm()
    if form.validate_on_submit():
        unit = next(unit for unit in units() if unit.key == form.unit.data)
        try:
            made = years.begin(access.actor(), unit, form.year.data, form.told())
            return go(url_for("staff_graduation.year", key=made.key))
        except Refused as refused:
            form.refuse(refused)
    return _new(form, 422)


@bp.get("/<key>/arrange")
@allow(Can.ENROL)
def ask_arrange(key: str) -> Response:
    row = found(key)
    return _arrange(row, ArrangeForm(data={"day": row.day, "president": row.president, "publish_on": row.publish_on}))


@bp.post("/<key>/arrange")
@allow(Can.ENROL)
def arrange(key: str) -> Response:
    row, form = found(key), ArrangeForm()
    if form.validate_on_submit():
        try:
            years.arrange(access.actor(), row, form.told())
            return go(url_for("staff_graduation.year", key=key))
        except Refused as refused:
            form.refuse(refused)
    return _arrange(row, form, 422)


def _new(form: YearForm, code: int = 200) -> Response:
    return show("staff/graduation/new.html", code, form=form)


def _arrange(row: Graduation, form: ArrangeForm, code: int = 200) -> Response:
    return show("staff/graduation/arrange.html", code, row=row, form=form)
