"""设置: every limit and name with its bounds, changed one at a time, and who changed what when (R-SYS-07)."""

import json
from typing import Any

from flask import Blueprint, abort, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField
from wtforms.fields import Field
from wtforms.validators import InputRequired

from webapp.domain import clock, defaults, house_rules
from webapp.domain.house_rules import Rule
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.web import access
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.staff import setting_words

bp = Blueprint("staff_settings", __name__, url_prefix="/staff/settings")


class TypedForm(Form):
    value = StringField()


class ChosenForm(Form):
    value = RadioField(validators=[InputRequired(_l("选一个"))])


@bp.get("")
@allow(Can.RULES)
def index() -> Response:
    actor = access.actor()
    groups = [
        (name, setting_words.GROUPS.get(name, name), [_line(rule, house_rules.may_change(actor, rule.name)) for rule in rules])
        for name, rules in house_rules.groups().items()
    ]
    return show("staff/settings/index.html", groups=groups)


@bp.get("/history")
@allow(Can.RULES)
def history() -> Response:
    lines, more = house_rules.history(before=request.args.get("before", type=int))
    after = url_for("staff_settings.history", before=lines[-1].seq) if more else None
    return show("staff/settings/history.html", lines=[_change(line) for line in lines], after=after)


@bp.get("/<setting>")
@allow(Can.RULES)
def one(setting: str) -> Response:
    rule = _found(setting)
    return _one(rule, _form(rule))


@bp.post("/<setting>")
@allow(Can.RULES)
def change(setting: str) -> Response:
    rule = _found(setting)
    form = _form(rule)
    if form.validate_on_submit():
        try:
            house_rules.change(access.actor(), setting, form.value.data)
            return go(url_for("staff_settings.index", _anchor=rule.group))
        except Refused as refusal:
            form.refuse(refusal, "value")
    return _one(rule, form, 422)


def _found(setting: str) -> Rule:
    try:
        return house_rules.rule(setting)
    except KeyError:
        abort(404)


def _form(rule: Rule) -> Form:
    """A choice where there are few values, else a box; what is in force stands in it."""
    offered = _offered(rule)
    form = ChosenForm(data={"value": _typed(rule.value)}) if offered else TypedForm(data={"value": _typed(rule.value)})
    field: Field = form.value
    field.label.text = setting_words.label(rule.name)
    if offered:
        field.choices = choices(offered)
    return form


def _offered(rule: Rule) -> list[tuple[str, str]]:
    values = (True, False) if isinstance(rule.value, bool) else rule.default.options
    return [(_typed(value), setting_words.told(value)) for value in values]


def _typed(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _one(rule: Rule, form: Form, status: int = 200) -> Response:
    lines, more = house_rules.history(rule.name)
    return show(
        "staff/settings/setting.html",
        status,
        rule=rule,
        form=form,
        label=setting_words.label(rule.name),
        hint=_bounds(rule),
        value=setting_words.told(rule.value),
        chosen=isinstance(form, ChosenForm),
        may_change=house_rules.may_change(access.actor(), rule.name),
        table=json.dumps(rule.value, ensure_ascii=False, indent=1) if isinstance(rule.value, dict) else None,
        lines=[_change(line) for line in lines],
        more=more,
    )


def _line(rule: Rule, mine: bool) -> tuple[str, str, tuple[str, str] | None]:
    value = setting_words.told(rule.value)
    if rule.changed:
        value = _("%(value)s（默认 %(default)s）", value=value, default=setting_words.told(rule.default.value))
    action = (url_for("staff_settings.one", setting=rule.name), _("修改") if mine else _("查看"))
    return setting_words.label(rule.name), value, action


def _bounds(rule: Rule) -> str:
    default = setting_words.told(rule.default.value)
    within = defaults.bounds(rule.name)
    if within is None:
        return _("默认 %(default)s", default=default)
    return _("%(least)s 到 %(most)s，默认 %(default)s", least=within[0], most=within[1], default=default)


def _change(line: house_rules.Changed) -> dict[str, str]:
    return {
        "at": clock.shown(line.at).strftime("%Y-%m-%d %H:%M"),
        "who": line.who or _("命令行"),
        "label": setting_words.label(line.name),
        "old": setting_words.told(line.old),
        "new": setting_words.told(line.new),
    }
