"""学籍 for staff: the list with its remembered filters, one record to read, and 免查 (R-SCH-21, R-SCH-26, R-CHK-11)."""

from typing import Self

from flask import Blueprint, abort, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField

from webapp.domain import checks, exemptions, filters, lookup, progress
from webapp.domain.filters import Choice
from webapp.domain.permissions import Can
from webapp.domain.photos import importing, listing
from webapp.domain.refused import Refused
from webapp.models import keyset
from webapp.models.records import Record
from webapp.web import access, told
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.staff import paging, photo_words, pictures, record_values
from webapp.web.staff.filtering import ANY, NarrowForm
from webapp.web.staff.moments import lately
from webapp.web.staff.step_words import STEPS

bp = Blueprint("staff_records", __name__, url_prefix="/staff/records")

CHECKS = ("unseen", "seen", "confirmed", "again", "reported", "fixed", "kept", "exempt")
PAGE = "records"
KINDS = {"enrolment": _l("学籍信息"), "qualification": _l("学历信息")}
PHOTOS = [(one, photo_words.STATES[one][1]) for one in listing.STATES]


class FilterForm(NarrowForm):
    """The filters of the long list; sent by POST and remembered, so that no name stands in an address."""

    unit = SelectField(_l("学校"), validate_choice=False)
    kind = SelectField(_l("记录"), choices=choices(KINDS.items()))
    text = StringField(_l("姓名或学号"))
    check = SelectField(_l("自查"), choices=choices([ANY, *((one, STEPS[one][1]) for one in CHECKS)]))
    photo = SelectField(_l("照片校对"), choices=choices([ANY, (lookup.NO_PHOTO, _l("无照片")), *PHOTOS]))
    account = SelectField(_l("账号"), choices=choices([ANY, ("no", _l("没有绑定账号")), ("yes", _l("已绑定账号"))]))

    @classmethod
    def standing(cls, choice: Choice) -> Self:
        """The form with what was chosen last; another school forgets the college."""
        form = cls(data={name: getattr(choice, name) for name in Choice.__dataclass_fields__})
        grants = access.actor().where(Can.RECORDS)
        form.unit.choices = choices((one.key, one.name) for one in filters.schools(grants))
        if len(form.unit.choices) < 2:
            form.unit.data = ""
        return form.offer(grants, filters.school(grants, Choice(unit=form.unit.data or "")))


class ReasonForm(Form):
    reason = StringField(_l("免查的原因"), filters=[lambda text: (text or "").strip()])


@bp.get("")
@allow(Can.RECORDS)
def index() -> Response:
    return _index(FilterForm.standing(filters.remembered(current_user.staff, PAGE)))


@bp.post("")
@allow(Can.RECORDS)
def choose() -> Response:
    form = FilterForm.standing(Choice())
    if not form.validate_on_submit():
        return _index(form, 422)
    filters.remember(current_user.staff, PAGE, form.chosen())
    return go(url_for("staff_records.index"))


@bp.post("/all")
@allow(Can.RECORDS)
def clear() -> Response:
    filters.remember(current_user.staff, PAGE, Choice())
    return go(url_for("staff_records.index"))


def _fresh(choice: Choice) -> str | None:
    """Where those of the list who are not registered yet are registered together."""
    chosen = {name: getattr(choice, name) for name in ("year", "college", "klass", "level", "status")}
    wanted = {name: value for name, value in chosen.items() if value}
    return url_for("staff_enrolment.new", **wanted) if choice.status.startswith("N") else None


def _index(form: FilterForm, status: int = 200) -> Response:
    grants = access.actor().where(Can.RECORDS)
    choice = form.chosen()
    campaign = next(iter(progress.campaigns(grants)), None)
    page = lookup.find(grants, choice, campaign, paging.place(Record))
    return show(
        "staff/records/index.html",
        status,
        form=form,
        page=page,
        filtered=choice != Choice(unit=choice.unit),
        narrowed=bool(form.errors) or choice != Choice(unit=choice.unit, kind=choice.kind, text=choice.text),
        fresh=_fresh(choice) if access.actor().may(Can.ENROL) else None,
        looked=f"{keyset.LOOK:,}" if page.edge else None,
        photos=photo_words.STATES,
        campaign=campaign,
        neighbours=paging.neighbours(page, "staff_records.index"),
        steps=STEPS,
        label=told.label,
    )


COLUMNS = (
    "sex", "birth_date", "document_kind", "document", "ethnic", "political", "level", "major", "major_code", "length",
    "category", "mode", "college", "department", "klass", "student_number", "exam_number", "enrolled_on", "expected_on",
    "left_on", "graduated_on", "conclusion", "certificate", "certificate_serial", "president", "status", "special",
)  # fmt: skip


@bp.get("/<key>")
@allow(Can.RECORDS)
def record(key: str) -> Response:
    found = _found(key)
    lookup.look(access.actor(), found)
    lines = [(str(told.COLUMNS[name]), record_values.shown(found, name), None) for name in COLUMNS]
    return show(
        "staff/records/record.html",
        record=found,
        kind=KINDS[found.kind],
        lines=[line for line in lines if line[1]],
        checks=[(one, STEPS[one.state], checks.deadline(one)) for one in lookup.checks(found)],
        history=lookup.history(found),
        graduation=importing.current(found) if access.actor().may(Can.PHOTOS) else None,
        may_enrol=access.actor().may(Can.ENROL) and found.kind == "enrolment",
        may_exempt=access.actor().may(Can.EXEMPT) and found.kind == "enrolment",
        lately=lately,
        day=told.short_day,
        told=told.moment,
    )


@bp.get("/<key>/photo.jpg")
@allow(Can.RECORDS)
def photo(key: str) -> Response:
    return pictures.send(_found(key).photo, "record")


@bp.get("/<key>/exempt")
@allow(Can.EXEMPT)
def ask_exempt(key: str) -> Response:
    return show("staff/records/exempt.html", record=_found(key), form=ReasonForm())


@bp.post("/<key>/exempt")
@allow(Can.EXEMPT)
def exempt(key: str) -> Response:
    found, form = _found(key), ReasonForm()
    if form.validate_on_submit():
        try:
            exemptions.exempt(access.actor(), found, form.reason.data)
            return go(url_for("staff_records.record", key=key))
        except Refused as refusal:
            form.refuse(refusal)
    return show("staff/records/exempt.html", 422, record=found, form=form)


@bp.post("/<key>/include")
@allow(Can.EXEMPT)
def include(key: str) -> Response:
    exemptions.include(access.actor(), _found(key))
    return go(url_for("staff_records.record", key=key))


def _found(key: str) -> Record:
    return lookup.one(access.actor(), key) or abort(404)
