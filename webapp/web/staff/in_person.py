"""当面核验 at the office's desk: the number from the phone, person and card, and the second officer (R-DUP-30).

The one desk for whoever comes in person. Not here: the number on the phone (`web/in_person.py`).
"""

from typing import Any, NamedTuple

from flask import Blueprint, abort, url_for
from flask import Response as Answer
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import Optional

from webapp.domain import clock, in_person
from webapp.domain.changes import identity, requests
from webapp.domain.identity import countries, documents, names, phones
from webapp.domain.in_person_effects import REFUSALS, change_of, identity_of
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.in_person import Meeting
from webapp.web import access, language, told
from webapp.web.access import allow
from webapp.web.accounts.change_words import REASONS
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.staff import pictures

bp = Blueprint("staff_in_person", __name__, url_prefix="/staff/in-person")

PURPOSES = {
    "duplicate": _l("证件号码重复"),
    "phone": _l("手机丢了，找回账号"),
    "level": _l("申请更正以前，核验是本人"),
    "change": _l("改手机号、姓名或证件"),
    "signup": _l("没有短信的注册"),
    "overseas": _l("没有大陆手机号的注册"),
}


class NumberForm(Form):
    BESIDE = dict.fromkeys(
        ("number_length", "number_wrong", "number_twice", "number_tries", "own_meeting", "own_case"), "number"
    )

    number = StringField(_l("学生手机上的数字"))


class LookForm(Form):
    """Nothing is ticked beforehand."""

    BESIDE = dict.fromkeys(("card_differs", "card_tries"), "card_end")

    face = BooleanField(_l("人和证件上的照片是同一个人，和录取照片也像"))
    card = BooleanField(_l("证件是原件，在有效期内，姓名和上面一样"))
    card_end = StringField(_l("证件号码的最后六位"))

    def whole(self) -> bool:
        """Is everything ticked? Tells beside a row that it is not."""
        for name in ("face", "card"):
            if not self[name].data:
                self.refuse(Refused("meeting_unseen"), name)
        return not self.errors


class TurnForm(Form):
    """对不上，不办; what was asked for beforehand is refused for a reason."""

    reason = RadioField(_l("不通过的原因"), [Optional()], choices=choices((one, REASONS[one]) for one in requests.REASONS))

    def __init__(self, purpose: str, **more: Any) -> None:
        super().__init__(**more)
        if purpose not in REFUSALS:
            del self.reason


@bp.get("")
@allow(Can.SECOND)
def index() -> Response:
    """Who is only ever the second, has no number to type."""
    return _index(NumberForm())


@bp.post("")
@allow(Can.REVIEW)
def take() -> Response:
    form = NumberForm()
    if form.validate():
        try:
            found = in_person.take(access.actor(), form.number.data)
            return go(url_for("staff_in_person.meeting", key=found.key))
        except Refused as refusal:
            form.refuse(refusal)
    return _index(form, 422)


def _index(form: NumberForm, status: int = 200) -> Response:
    actor = access.actor()
    lists = {"mine": in_person.own(actor), "others": in_person.to_confirm(actor)}
    lines = {name: [_line(one) for one in some] for name, some in lists.items()}
    return show("staff/in_person/index.html", status, form=form, types=actor.may(Can.REVIEW), **lines)


def _line(meeting: Meeting) -> dict[str, object]:
    return {
        "name": names.masked(identity_of(meeting).name),
        "purpose": PURPOSES[meeting.purpose],
        "until": _time(meeting),
        "state": meeting.state,
        "place": url_for("staff_in_person.meeting", key=meeting.key),
    }


def _time(meeting: Meeting) -> str:
    return f"{clock.shown(meeting.until):%H:%M}"


@bp.get("/<key>")
@allow(Can.SECOND)
def meeting(key: str) -> Response:
    """Name, masked number and 录取照片 of who stands there: each look is in the history."""
    found = _found(key)
    in_person.look(found, access.actor())
    return _meeting(found, LookForm())


@bp.post("/<key>")
@allow(Can.SECOND)
def agree(key: str) -> Response:
    found, form = _found(key), LookForm()
    if form.validate() and form.whole():
        try:
            in_person.agree(found, access.actor(), form.card_end.data)
            return go(url_for("staff_in_person.meeting", key=key))
        except Refused as refusal:
            form.refuse(refusal)
    return _meeting(_found(key), form, 422)


@bp.post("/<key>/turn-away")
@allow(Can.SECOND)
def turn_away(key: str) -> Response:
    found = _found(key)
    form = TurnForm(found.purpose)
    if form.validate():
        try:
            in_person.turn_away(found, access.actor(), (form.reason.data or "") if form.reason else "")
            return go(url_for("staff_in_person.meeting", key=key))
        except Refused as refusal:
            form.refuse(refusal, "reason")
    return _meeting(_found(key), LookForm(formdata=None), 422, form)


@bp.get("/<key>/photo")
@allow(Can.SECOND)
def photo(key: str) -> Answer:
    found = _found(key)
    record = in_person.enrolled(found)
    if record is None or not in_person.is_live(found):
        abort(404)
    return pictures.send(record.photo, "meeting")


def _found(key: str) -> Meeting:
    return in_person.find(access.actor(), key) or abort(404)


def _meeting(found: Meeting, form: LookForm, status: int = 200, turning: TurnForm | None = None) -> Response:
    who, record, actor = identity_of(found), in_person.enrolled(found), access.actor()
    first = found.first.key == actor.key
    state = found.state if in_person.is_live(found) or found.closed else "expired"
    return show(
        "staff/in_person/meeting.html",
        status,
        form=form,
        turning=turning or TurnForm(found.purpose, formdata=None),
        change=_change(found) if found.purpose == "change" and not found.closed else None,
        meeting=found,
        state=state,
        open_here=state == "held" if first else state == "seen",
        first=first,
        purpose=PURPOSES[found.purpose],
        name=who.name,
        document=documents.masked(who.number),
        kind=told.label("documents", who.kind),
        record=record,
        until=_time(found),
    )


class Wanted(NamedTuple):
    """A change as the desk sees it: rows of (label, now, wanted), and how many bound records no longer fit."""

    rows: list[tuple[str, str, str]]
    lost: int


def _change(found: Meeting) -> Wanted:
    asked, account = change_of(found), found.account
    if asked.kind == "phone":
        before = phones.masked(account.phone) if account.phone else "—"
        return Wanted([(str(_l("手机号")), before, phones.masked(requests.wanted(asked)["phone"]))], 0)
    now, then = identity.of(account), identity.wanted(asked)
    rows = zip(_facts(now), _facts(then), strict=True)
    return Wanted([(label, old, new) for (label, old), (_, new) in rows], len(identity.loses(account, then)))


def _facts(who: identity.Identity) -> list[tuple[str, str]]:
    country = countries.COUNTRIES[who.country]
    return [
        (str(_l("姓名")), who.name),
        (str(_l("证件类型")), told.label("documents", who.kind)),
        (str(_l("国籍/地区")), country.en if language.chosen() == "en" else country.zh),
        (str(_l("证件号码")), documents.masked(who.number)),
    ]
