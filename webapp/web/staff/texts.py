"""消息模板: every text that goes out, in Chinese and English, worded anew with a preview and a test (R-MSG-15).

Not here: whether messages arrived (`messages.py`).
"""

from flask import Blueprint, abort, current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import RadioField, TextAreaField

from webapp.domain import message_texts, texts
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.web import access, language
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.staff.messages import KINDS

bp = Blueprint("staff_texts", __name__, url_prefix="/staff/texts")

CHANNELS = {"inapp": _l("站内消息"), "mail": _l("邮件"), "sms": _l("短信")}

GATEWAYS_OF_TEXT = ("outbox",)
"""SMS gateways that take any text; the others fill templates that the carrier approved."""


class TextForm(Form):
    zh = TextAreaField(_l("中文文字"))
    en = TextAreaField(_l("英文文字"))


class TestForm(Form):
    language = RadioField(_l("试发哪一种"), choices=choices((("zh", _l("中文")), ("en", _l("英文")))), default="zh")


@bp.get("")
@allow(Can.SETTINGS)
def index() -> Response:
    channel = request.args.get("channel", "")
    channel = channel if channel in CHANNELS else next(iter(CHANNELS))
    return show(
        "staff/texts/index.html",
        channel=channel,
        lists=[(words, None, url_for("staff_texts.index", channel=one), one == channel) for one, words in CHANNELS.items()],
        texts=[(name, _title(channel, name), message_texts.is_own(channel, name)) for name in texts.names(channel)],
    )


@bp.get("/<channel>/<name>")
@allow(Can.SETTINGS)
def one(channel: str, name: str) -> Response:
    _there(channel, name)
    return _one(channel, name, _form(channel, name))


@bp.post("/<channel>/<name>")
@allow(Can.SETTINGS)
def change(channel: str, name: str) -> Response:
    """Save both languages, or with the button of that name only show what was typed."""
    _there(channel, name)
    form, only_look = TextForm(), request.form.get("deed") == "preview"
    wrong = not form.validate_on_submit() or (not only_look and not _takes(channel))
    if not wrong:
        for lang in message_texts.LANGUAGES:
            wrong |= not _said(form, channel, name, lang)
    if wrong or only_look:
        return _one(channel, name, form, 422 if wrong else 200)
    for lang in message_texts.LANGUAGES:
        message_texts.change(access.actor(), channel, name, lang, form[lang].data)
    return go(url_for("staff_texts.one", channel=channel, name=name))


@bp.post("/<channel>/<name>/reset")
@allow(Can.SETTINGS)
def reset(channel: str, name: str) -> Response:
    _there(channel, name)
    form = _form(channel, name)
    try:
        if Form().validate_on_submit():
            message_texts.reset(access.actor(), channel, name)
            return go(url_for("staff_texts.one", channel=channel, name=name))
    except Refused as refused:
        form.refuse(refused)
    return _one(channel, name, form, 422)


@bp.post("/<channel>/<name>/test")
@allow(Can.SETTINGS)
def test(channel: str, name: str) -> Response:
    _there(channel, name)
    form = TestForm()
    try:
        if form.validate_on_submit():
            message_texts.send_test(access.actor(), current_user.staff, channel, name, form.language.data)
            return go(url_for("staff_texts.one", channel=channel, name=name, sent=1))
    except Refused as refused:
        form.refuse(refused)
    return _one(channel, name, _form(channel, name), 422, form)


def _there(channel: str, name: str) -> None:
    if channel not in CHANNELS or name not in texts.names(channel):
        abort(404)


def _takes(channel: str) -> bool:
    """May this channel be worded here, by this member of staff?"""
    by_template = channel == "sms" and current_app.config["SETTINGS"].sms not in GATEWAYS_OF_TEXT
    return message_texts.may_change(access.actor()) and not by_template


def _form(channel: str, name: str) -> TextForm:
    return TextForm(formdata=None, **{lang: texts.source(channel, name, lang) for lang in message_texts.LANGUAGES})


def _said(form: TextForm, channel: str, name: str, lang: str) -> bool:
    try:
        message_texts.check(channel, name, form[lang].data)
    except Refused as refused:
        form.refuse(refused, lang)
        return False
    return True


def _title(channel: str, name: str) -> str:
    """What a text is about: the words that support knows it by, else its own heading in the language of the page."""
    return str(KINDS[name]) if name in KINDS else texts.source(channel, name, language.chosen()).partition("\n")[0]


def _one(channel: str, name: str, form: TextForm, status: int = 200, testing: TestForm | None = None) -> Response:
    shown = [(form[lang].label.text, lang, _preview(form[lang].data, lang)) for lang in message_texts.LANGUAGES]
    return show(
        "staff/texts/one.html",
        status,
        channel=channel,
        way=CHANNELS[channel],
        name=name,
        heading=_title(channel, name),
        form=form,
        testing=testing or TestForm(formdata=None),
        may=_takes(channel),
        whole=message_texts.may_change(access.actor()),
        own=message_texts.is_own(channel, name),
        facts=_("、").join(
            f"{{{{ {'site.name' if fact == 'site' else fact} }}}}" for fact in sorted(message_texts.allowed(channel, name))
        ),
        previews=[(label, lang, *text.partition("\n")[::2]) for label, lang, text in shown if text],
        sent="sent" in request.args,
        most=message_texts.MOST[channel],
    )


def _preview(text: str, lang: str) -> str:
    """Nothing where it cannot be filled: what is wrong stands beside its field."""
    try:
        return message_texts.preview(text, lang)
    except Refused:
        return ""
