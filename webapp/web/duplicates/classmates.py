"""大学同班同学协助: asking classmates, and the page on which one of them answers.

Not here: who may help and what the answers lead to (`domain/duplicates/vouching.py`).
"""

from flask import abort, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField, ValidationError

from webapp.domain import clock, defaults
from webapp.domain.duplicates import vouching
from webapp.domain.identity import names
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.duplicates import Party, Vouch
from webapp.web import access
from webapp.web.access import allow
from webapp.web.duplicates import words
from webapp.web.duplicates.blueprint import bp, claimant, first_choose
from webapp.web.duplicates.record import filled
from webapp.web.forms import Form, choices, rule
from webapp.web.page import go, show
from webapp.web.words import told


class InviteForm(Form):
    name = StringField(_l("同学的姓名"), [rule(filled("classmate_name_missing"))])
    student_number = StringField(_l("同学的学号"), [rule(filled("student_number_empty"))])


class AnswerForm(Form):
    said = RadioField(
        _l("这是你的同班同学本人吗？"), choices=choices([("yes", _l("是")), ("no", _l("不是"))]), validate_choice=False
    )

    def validate_said(self, field: RadioField) -> None:
        if field.data not in ("yes", "no"):
            raise ValidationError(_("选“是”或“不是”"))


@bp.get("/duplicate/classmates")
@allow(Can.CLAIM)
def classmates() -> Response:
    party = claimant()
    return _invite(party, InviteForm()) if party else first_choose()


@bp.post("/duplicate/classmates")
@allow(Can.CLAIM)
def invite() -> Response:
    party, form = claimant(), InviteForm()
    if party is None:
        return first_choose()
    try:
        if form.validate():
            vouching.invite(party, form.name.data, form.student_number.data)
            return go(url_for("duplicates.classmates"))
    except Refused as refused:
        form.refuse(refused)
    return _invite(party, form, 422)


def _invite(party: Party, form: InviteForm, status: int = 200) -> Response:
    asked = vouching.asked(party)
    return show(
        "duplicates/classmates.html",
        status,
        form=form,
        asked=[
            (names.masked(one.helper.name), words.phrase(vouching.phrase(one)), told(one.expires), _pill(one)) for one in asked
        ],
        yes=sum(one.state == "yes" for one in asked),
        need=defaults.value("dup.classmates_need"),
        most=defaults.value("dup.classmates_invite"),
        days=defaults.value("dup.classmates_days"),
    )


def _pill(vouch: Vouch) -> tuple[str, str]:
    if vouch.state == "yes":
        return "ok", _("已确认")
    if vouch.state == "no":
        return "bad", _("说不是")
    if vouch.state == "expired" or vouch.expires <= clock.now():
        return "", _("已过期")
    return "info", _("等回答")


@bp.get("/vouch/<key>")
@allow(Can.OWN_RECORD)
def vouch(key: str) -> Response:
    """What the classmate is asked: a masked name, a phrase, and what a yes does."""
    found = vouching.of(access.account(), key) or abort(404)
    return _vouch(found, AnswerForm())


@bp.post("/vouch/<key>")
@allow(Can.OWN_RECORD)
def answer_vouch(key: str) -> Response:
    found, form = vouching.of(access.account(), key) or abort(404), AnswerForm()
    try:
        if form.validate():
            vouching.answer(found, form.said.data == "yes")
            return go(url_for("duplicates.vouch", key=key))
    except Refused as refused:
        form.refuse(refused)
    return _vouch(Vouch.get_by_id(found.id), form, 422)


def _vouch(found: Vouch, form: AnswerForm, status: int = 200) -> Response:
    account = found.party.account
    facts = {"name": names.masked(account.name), "phrase": words.phrase(vouching.phrase(found)), "until": told(found.expires)}
    facts["most"] = defaults.value("dup.per_helper_30d")
    return show("duplicates/vouch.html", status, form=form, vouch=found, over=vouching.is_over(found), **facts)
