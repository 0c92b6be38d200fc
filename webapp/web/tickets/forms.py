"""What a question asks for: of a student little, of who cannot log in also how to be answered."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import SelectField, StringField, TextAreaField

from webapp.domain import reported
from webapp.domain.tickets import asking
from webapp.models.school import Unit
from webapp.web import language
from webapp.web.captcha import CaptchaFields
from webapp.web.forms import Form, choices


def _text(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


class ThreadForm(Form):
    """One more text in a thread."""

    text = TextAreaField(_l("接着问"), filters=[_text])
    files = MultipleFileField(_l("图片"))

    def pictures(self) -> list[bytes]:
        """The files that were sent, each a photo by its first bytes. Raises Refused."""
        sent = [file.read() for file in self.files.data or () if file]
        for data in sent:
            reported.check_file(data)
        return sent


class AskForm(ThreadForm):
    """A new question; `unit` is asked where the site serves several schools and none is known."""

    text = TextAreaField(_l("问题描述"), filters=[_text])
    unit = SelectField(_l("学校"), validate_choice=False)

    def offer(self, units: list[Unit]) -> None:
        self.unit.choices = choices([("", _l("不在里面，或者说不清")), *((one.key, one.name) for one in units)])

    def asked(self, category: str, units: list[Unit]) -> asking.Question:
        unit = next((one for one in units if one.key == self.unit.data), None)
        return asking.Question(category, self.text.data, unit=unit, language=language.chosen(), **self.about())

    def about(self) -> dict[str, str]:
        return {}


class VisitorForm(CaptchaFields, AskForm):
    """Of somebody who is not logged in."""

    username = StringField(_l("用户名"), filters=[_text])
    contact = StringField(_l("邮箱"), filters=[_text])

    BESIDE = dict.fromkeys(("email_format", "ask_limit"), "contact")

    def about(self) -> dict[str, Any]:
        return {"username": self.username.data, "contact": self.contact.data}
