"""The bar above a list of students: year, college, class, major, level, status; remembered, and nothing of it in an address."""

from typing import NamedTuple, Self

from flask import abort, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import HiddenField, SelectField, StringField

from webapp.domain import clock, filters
from webapp.domain.filters import Choice
from webapp.domain.identity import tables
from webapp.domain.permissions import Can
from webapp.models import scope
from webapp.models.school import College
from webapp.models.staff import Grant
from webapp.web import told
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import go, here, inside
from webapp.web.staff import bp

ANY = ("", _l("全部"))

YEARS = 10
"""How many years of entry the filter offers."""

LISTS = ("progress", "reports", "photos", "corrections")
"""The lists that have a bar, by the names under which their filters are remembered."""

NAMES = ("year", "college", "klass", "major", "level", "status")


class NarrowForm(Form):
    """The filters that every list of students has (R-SCH-26)."""

    year = SelectField(_l("年级"))
    college = SelectField(_l("学院"), validate_choice=False)
    klass = SelectField(_l("班级"), validate_choice=False)
    major = StringField(_l("专业"))
    level = SelectField(_l("层次"))
    status = SelectField(_l("学籍状态"))

    def offer(self, grants: tuple[Grant, ...], unit: int | None = None) -> Self:
        """What may be chosen within these grants; the classes are those of the chosen college."""
        this = clock.today().year
        self.year.choices = choices([ANY, *((str(year), str(year)) for year in range(this, this - YEARS, -1))])
        self.college.choices = choices([ANY, *((one.key, one.name) for one in _colleges(grants, unit))])
        found = filters.classes(grants, self.college.data or "")
        self.klass.choices = choices([ANY, *((one.key, one.name) for one in found)])
        self.level.choices = choices([ANY, *((one.code, told.label("levels", one.code)) for one in tables.LEVELS)])
        self.status.choices = choices([ANY, *((one.code, told.label("statuses", one.code)) for one in tables.STATUSES)])
        return self

    def chosen(self) -> Choice:
        """What is wanted now; another college forgets the class."""
        values = {name: (self[name].data or "").strip() for name in Choice.__dataclass_fields__ if name in self}
        for name in ("college", "klass"):
            if values[name] not in {one.value for one in self[name].choices}:
                values[name] = ""
        return Choice(**values)


def _colleges(grants: tuple[Grant, ...], unit: int | None) -> list[College]:
    """Of one school: who sees several at once, a province, narrows by none of their colleges."""
    if unit is None:
        schools = scope.units(grants)
        unit = schools[0] if len(schools) == 1 else None
    return filters.colleges(grants, unit) if unit is not None else []


class SentForm(NarrowForm):
    """As it comes back from the bar, with the address of the list: what it may hold is asked where the list is read."""

    back = HiddenField()


class Bar(NamedTuple):
    """The bar of one list as it stands: its name, the form, what it narrows to, whether it narrows at all."""

    page: str
    form: NarrowForm
    choice: Choice
    active: bool


def bar(page: str, grants: tuple[Grant, ...]) -> Bar:
    """The bar with what this person chose last."""
    kept = filters.remembered(current_user.staff, page)
    form = SentForm(formdata=None, data={name: getattr(kept, name) for name in NAMES} | {"back": here()}).offer(grants)
    choice = form.chosen()
    return Bar(page, form, choice, choice != Choice())


@bp.post("/filter/<page>")
@allow(Can.STAFF_HOME)
def narrow(page: str) -> Response:
    """Remember a filter and go back to the first page of its list."""
    if page not in LISTS:
        abort(404)
    form = SentForm()
    sent = {name: (form[name].data or "").strip() for name in NAMES}
    wanted = Choice() if request.form.get("clear") else Choice(**sent)
    filters.remember(current_user.staff, page, wanted)
    return go(_first(inside(form.back.data, url_for("staff.home"))))


def _first(place: str) -> str:
    """The list's address without the place in it: what is filtered anew begins anew."""
    path, _question, query = place.partition("?")
    kept = [one for one in query.split("&") if one and one.partition("=")[0] not in ("after", "before")]
    return path + ("?" + "&".join(kept) if kept else "")
