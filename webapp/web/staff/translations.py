"""英文名称: what the school's majors, colleges, classes are called in English, typed in or from a sheet (R-RPT-20)."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Blueprint, abort, request, send_file, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.wrappers import Response
from wtforms import FieldList, FormField, HiddenField, StringField
from wtforms import Form as Plain
from wtforms.validators import InputRequired, Optional

from webapp.domain import translation_sheets, translations
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.domain.translations import KINDS, Name, Row
from webapp.models.school import Unit
from webapp.providers import sheet_export, sheets
from webapp.web import access, brought_sheets, language, words
from webapp.web.access import allow, takes
from webapp.web.forms import Form, rule
from webapp.web.page import go, show

bp = Blueprint("staff_translations", __name__, url_prefix="/staff/translations")

PAGE = 25
"""Names on a page that is filled in."""

MOST = 2 << 20
"""Bytes of a sheet."""

LIMITS = sheets.Limits(size=MOST, rows=10_000, columns=60, unzipped=64 << 20, memory=1 << 29, seconds=15)
"""Small enough to be read while somebody waits."""


class NameForm(Plain):
    zh = HiddenField()
    en = StringField(filters=[lambda typed: (typed or "").strip()])


class NamesForm(Form):
    names = FieldList(FormField(NameForm), max_entries=PAGE)


class SheetForm(Form):
    file = FileField(_l("文件"), [InputRequired(words.SENTENCES["import_file"])])


@bp.get("")
@allow(Can.ENROL)
def index() -> Response:
    """What is missing, of the kind that most reports wait for unless another is asked for; `known` shows what there is."""
    unit = _unit()
    names = translations.names(unit)
    rows = _page(names[_kind(names)])
    form = NamesForm(formdata=None, data={"names": [{"zh": one.zh, "en": one.en or one.hint} for one in rows]})
    return _index(unit, names, form)


@bp.post("")
@allow(Can.ENROL)
def fill() -> Response:
    """Keep what was filled in; an empty field says nothing."""
    unit, form = _unit(), NamesForm()
    names = translations.names(unit)
    kind, check = _kind(names), translations.Check(unit)
    for entry in form.names:
        holds = rule(lambda en, zh=entry.form.zh.data or "": check(Row(kind, zh, en)))
        entry.form.en.validators = [Optional(), holds]
    if not form.validate():
        return _index(unit, names, form, 422)
    rows = [Row(kind, entry.form.zh.data, entry.form.en.data) for entry in form.names if entry.form.en.data]
    translations.say(access.actor(), unit, rows)
    return go(url_for("staff_translations.index", **_here(unit, kind)))


@bp.get("/sheet")
@allow(Can.ENROL)
def sheet() -> Response:
    return show("staff/translations/sheet.html", unit=_unit(), form=SheetForm(), faults=[], saved=0)


@bp.post("/sheet")
@allow(Can.ENROL)
@takes(MOST + (64 << 10))
def read() -> Response:
    """Keep every row that holds; the others are told with their places, to be mended and sent again."""
    unit, form, faults, saved = _unit(), SheetForm(), [], 0
    if form.validate_on_submit():
        try:
            with brought_sheets.rows(form.file.data, LIMITS) as rows:
                good, faults = translation_sheets.read(unit, rows)
            saved = translations.say(access.actor(), unit, good)
        except Refused as refusal:
            form.refuse(refusal, "file")
        else:
            if not faults:
                return go(url_for("staff_translations.index", unit=unit.key, known=1))
    told = [(one.row, one.value, words.say(Refused(one.code, **one.facts))) for one in faults]
    return show("staff/translations/sheet.html", 422, unit=unit, form=form, faults=told, saved=saved)


@bp.get("/missing.xlsx")
@allow(Can.ENROL)
def missing() -> Response:
    """The names without English, as a sheet to be filled in and sent back."""
    unit = _unit()
    rows = [(_called(kind), one.zh, one.hint) for kind, all_ in translations.names(unit).items() for one in all_ if not one.en]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "names.xlsx"
        sheet_export.write(path, unit.name, [(str(_l("类别")), 20), (str(_l("中文")), 40), (str(_l("英文")), 60)], rows)
        data = BytesIO(path.read_bytes())
    return send_file(data, mimetype=sheet_export.KIND, as_attachment=True, download_name="english-names.xlsx")


def _unit() -> Unit:
    """The school that the address names, else the first of those whose names the visitor says."""
    units = translations.schools(access.actor())
    wanted = request.args.get("unit") or units[0].key
    return next((unit for unit in units if unit.key == wanted), None) or abort(404)


def _kind(names: dict[str, list[Name]]) -> str:
    wanted = request.args.get("kind")
    if wanted is None:
        return max(names, key=lambda kind: (sum(one.waiting for one in names[kind]), kind == "major"))
    return wanted if wanted in KINDS else abort(404)


def _called(kind: str) -> str:
    return KINDS[kind].zh if language.chosen() == "zh" else KINDS[kind].en


def _is_known() -> bool:
    return request.args.get("known") == "1"


def _place() -> int:
    """Which page, from 1 on."""
    return max(1, request.args.get("page", 1, type=int))


def _listed(names: list[Name]) -> list[Name]:
    return [one for one in names if bool(one.en) is _is_known()]


def _page(names: list[Name]) -> list[Name]:
    return _listed(names)[(_place() - 1) * PAGE : _place() * PAGE]


def _here(unit: Unit, kind: str, **more: object) -> dict[str, object]:
    return {"unit": unit.key, "kind": kind, "known": 1 if _is_known() else None} | more


def _index(unit: Unit, names: dict[str, list[Name]], form: NamesForm, status: int = 200) -> Response:
    kind = _kind(names)
    all_, waiting = names[kind], {one.zh: one.waiting for one in names[kind]}
    for entry in form.names:
        entry.form.en.label.text = entry.form.zh.data
    many, place = len(_listed(all_)), _place()
    return show(
        "staff/translations/index.html",
        status,
        unit=unit,
        units=translations.schools(access.actor()),
        kind=kind,
        called=_called,
        missing={one: sum(not name.en for name in found) for one, found in names.items()},
        waiting=waiting,
        known=_is_known(),
        form=form,
        here=_here(unit, kind),
        before=url_for(".index", **_here(unit, kind, page=place - 1)) if place > 1 else None,
        after=url_for(".index", **_here(unit, kind, page=place + 1)) if place * PAGE < many else None,
    )
