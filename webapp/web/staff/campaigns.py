"""自查安排: planning, changing and closing campaigns, and whom students may ask (R-CHK-01)."""

import re
from datetime import date
from typing import Self

from flask import Blueprint, abort, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput

from webapp.domain import campaigns, checks, clock, contacts, progress
from webapp.domain.campaigns import Photos, Plan, Scope
from webapp.domain.contacts import Office
from webapp.domain.identity import tables
from webapp.domain.permissions import Can
from webapp.domain.photos import progress as photo_progress
from webapp.domain.refused import Refused
from webapp.models.school import Campaign, Unit
from webapp.web import access, told
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.staff.fields import Day

bp = Blueprint("staff_campaigns", __name__, url_prefix="/staff/campaigns")

TOPICS = {"records": _l("学籍信息"), "accounts": _l("账号和登录")}

SEASONS = {"spring": _l("春季"), "summer": _l("夏季"), "autumn": _l("秋季"), "winter": _l("冬季")}

SPLIT = re.compile(r"[\n,，、;；]+")
"""Lists are typed one per line or with commas."""


def _stripped(text: str | None) -> str:
    return (text or "").strip().replace("\r\n", "\n")


class PlanForm(Form):
    title = StringField(_l("名称"), filters=[_stripped])
    starts = Day(_l("开始"), [Optional()])
    ends = Day(_l("截止"), [Optional()])
    grades = StringField(_l("年级"), [Optional()], filters=[_stripped])
    levels = SelectMultipleField(_l("层次"), [Optional()], option_widget=CheckboxInput())
    majors = TextAreaField(_l("专业"), [Optional()], filters=[_stripped])
    classes = TextAreaField(_l("班级"), [Optional()], filters=[_stripped])
    student_numbers = TextAreaField(_l("学号"), [Optional()], filters=[_stripped])
    also = TextAreaField(_l("另外加入的学生"), [Optional()], filters=[_stripped])
    notice = TextAreaField(_l("通知"), [Optional()], filters=[_stripped])
    contact = SelectField(_l("有问题找谁"), [Optional()])

    @classmethod
    def offered(cls, unit: Unit, campaign: Campaign | None = None) -> Self:
        """The form with what stands, and the choices of the school."""
        form = cls(data=_standing(campaign) if campaign else None)
        form.levels.choices = choices([(one.code, told.label("levels", one.code)) for one in tables.LEVELS])
        form.contact.choices = choices([("", _("不写")), *((one.key, one.title) for one in contacts.of(unit).values())])
        return form

    def plan(self, unit: Unit) -> Plan:
        """What was decided. Raises Refused: class_unknown, class_doubtful, campaign_grade, and those of a subclass."""
        chosen = next((one for one in contacts.of(unit).values() if one.key == self.contact.data), None)
        grades = _listed(self.grades.data)
        if wrong := [text for text in grades if not (text.isdecimal() and len(text) == 4)]:
            raise Refused("campaign_grade", field="grades", years="、".join(wrong))
        scope = Scope(
            [int(text) for text in grades],
            self.levels.data or [],
            _listed(self.majors.data),
            campaigns.classes_named(unit, _listed(self.classes.data)),
            _listed(self.student_numbers.data),
            _listed(self.also.data),
        )
        return Plan(self.title.data, scope, self.starts.data, self.ends.data, self.notice.data, chosen, self.photos())

    def photos(self) -> Photos | None:
        """What makes it a window of photos; a self-check has none of it."""
        return None


class PhotoPlanForm(PlanForm):
    """图像校对窗口, with its 届, season and last day for corrections (R-IMG-22)."""

    year = IntegerField(_l("届"), [InputRequired(_l("届写成毕业的年份，例如 2027"))])
    season = SelectField(_l("季"), [Optional()], choices=choices([("", _l("不分季")), *SEASONS.items()]))
    corrections_until = Day(_l("有误的最迟哪天报"), [Optional()])

    def photos(self) -> Photos:
        return Photos(self.year.data, self.season.data or "", self.corrections_until.data)


FORMS = {"check": PlanForm, "photo": PhotoPlanForm}


def _listed(text: str) -> list[str]:
    return [part.strip() for part in SPLIT.split(text) if part.strip()]


def _standing(campaign: Campaign) -> dict[str, object]:
    scope = campaigns.scope_of(campaign)
    return {
        "title": campaign.title,
        "starts": campaign.starts,
        "ends": campaign.ends,
        "grades": "，".join(map(str, scope.grades)),
        "levels": scope.levels,
        "majors": "\n".join(scope.majors),
        "classes": "\n".join(campaigns.names_of_classes(scope.classes)),
        "student_numbers": "\n".join(scope.student_numbers),
        "also": "\n".join(scope.also),
        "notice": campaign.notice,
        "contact": campaign.contact.key if campaign.contact else "",
        "year": campaign.year,
        "season": campaign.season,
        "corrections_until": campaign.corrections_until,
    }


class OfficeForm(Form):
    title = StringField(_l("称呼"), filters=[_stripped])
    phone = StringField(_l("电话"), [Optional()], filters=[_stripped])
    room = StringField(_l("地点"), [Optional()], filters=[_stripped])
    hours = StringField(_l("时间"), [Optional()], filters=[_stripped])
    email = StringField(_l("邮箱"), [Optional()], filters=[_stripped])

    BESIDE = {"email_format": "email"}


@bp.get("")
@allow(Can.CAMPAIGNS)
def index() -> Response:
    unit = _unit()
    mine = [one for one in progress.campaigns(access.actor().where(Can.CAMPAIGNS), tuple(FORMS)) if one.unit_id == unit.id]
    return show(
        "staff/campaigns/index.html",
        lines=[(one, checks.phase(one), _days(one)) for one in mine],
        unit=unit,
        units=campaigns.units(access.actor()),
        topics=TOPICS,
        offices=contacts.of(unit),
    )


@bp.get("/new")
@allow(Can.CAMPAIGNS)
def new() -> Response:
    unit, kind = _unit(), _kind()
    return show("staff/campaigns/plan.html", form=FORMS[kind].offered(unit), unit=unit, campaign=None, kind=kind)


@bp.post("/new")
@allow(Can.CAMPAIGNS)
def make() -> Response:
    unit, kind = _unit(), _kind()
    form = FORMS[kind].offered(unit)
    if form.validate_on_submit():
        try:
            made = campaigns.make(access.actor(), unit, form.plan(unit))
            return go(url_for("staff_campaigns.campaign", key=made.key))
        except Refused as refusal:
            form.refuse(refusal)
    return show("staff/campaigns/plan.html", 422, form=form, unit=unit, campaign=None, kind=kind)


@bp.get("/<key>")
@allow(Can.CAMPAIGNS)
def campaign(key: str) -> Response:
    found = _found(key)
    whole = progress.view(found, access.actor().where(Can.CAMPAIGNS))
    board = photo_progress if found.kind == "photo" else progress
    scope = campaigns.scope_of(found)
    return show(
        "staff/campaigns/campaign.html",
        campaign=found,
        phase=checks.phase(found),
        days=_days(found),
        scope=scope,
        levels=[told.label("levels", code) for code in scope.levels],
        classes=campaigns.names_of_classes(scope.classes),
        due=board.total(board.counts(whole).values()).due,
        season=SEASONS.get(found.season, ""),
    )


@bp.get("/<key>/edit")
@allow(Can.CAMPAIGNS)
def edit(key: str) -> Response:
    found = _found(key)
    form = FORMS[found.kind].offered(found.unit, found)
    return show("staff/campaigns/plan.html", form=form, unit=found.unit, campaign=found, kind=found.kind)


@bp.post("/<key>/edit")
@allow(Can.CAMPAIGNS)
def change(key: str) -> Response:
    found = _found(key)
    form = FORMS[found.kind].offered(found.unit)
    if form.validate_on_submit():
        try:
            campaigns.change(access.actor(), found, form.plan(found.unit))
            return go(url_for("staff_campaigns.campaign", key=key))
        except Refused as refusal:
            form.refuse(refusal)
    return show("staff/campaigns/plan.html", 422, form=form, unit=found.unit, campaign=found, kind=found.kind)


@bp.get("/<key>/close")
@allow(Can.CAMPAIGNS)
def ask_close(key: str) -> Response:
    return show("staff/campaigns/close.html", campaign=_found(key), form=Form())


@bp.post("/<key>/close")
@allow(Can.CAMPAIGNS)
def close(key: str) -> Response:
    found, form = _found(key), Form()
    if form.validate_on_submit():
        try:
            campaigns.close(access.actor(), found)
            return go(url_for("staff_campaigns.campaign", key=key))
        except Refused as refusal:
            form.refuse(refusal)
    return show("staff/campaigns/close.html", 409, campaign=found, form=form)


@bp.get("/contacts/<topic>")
@allow(Can.CAMPAIGNS)
def contact(topic: str) -> Response:
    unit = _unit()
    standing = contacts.of(unit).get(_topic(topic))
    return show("staff/campaigns/contact.html", form=OfficeForm(obj=standing), topic=TOPICS[topic], unit=unit)


@bp.post("/contacts/<topic>")
@allow(Can.CAMPAIGNS)
def keep_contact(topic: str) -> Response:
    unit, form = _unit(), OfficeForm()
    if form.validate_on_submit():
        try:
            office = Office(**{name: form[name].data for name in Office.__dataclass_fields__})
            contacts.keep(access.actor(), unit, _topic(topic), office)
            return go(url_for("staff_campaigns.index", unit=unit.key))
        except Refused as refusal:
            form.refuse(refusal)
    return show("staff/campaigns/contact.html", 422, form=form, topic=TOPICS[_topic(topic)], unit=unit)


def _unit() -> Unit:
    """The school that the address names, else the first in reach."""
    key = request.args.get("unit")
    return next((one for one in campaigns.units(access.actor()) if key in (None, one.key)), None) or abort(404)


def _found(key: str) -> Campaign:
    return campaigns.find(access.actor(), key, tuple(FORMS)) or abort(404)


def _kind() -> str:
    return "photo" if request.args.get("kind") == "photo" else "check"


def _topic(topic: str) -> str:
    return topic if topic in TOPICS else abort(404)


def _days(found: Campaign) -> str:
    """When a campaign runs; a cohort without a date reads 「{层次}：后续通知」 (R-CHK-01)."""
    if found.starts and found.ends:
        return f"{_day(found.starts)}–{_day(found.ends)}"
    levels = [told.label("levels", code) for code in campaigns.scope_of(found).levels]
    return _("%(levels)s：后续通知", levels="、".join(levels)) if levels else _("后续通知")


def _day(day: date) -> str:
    return told.short_day(day) if day.year == clock.today().year else told.day(day)
