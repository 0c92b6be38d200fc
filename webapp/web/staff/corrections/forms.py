"""What a desk answers: yes with a document's number, no with reasons, an original seen, a paper of the school, the last day."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional

from webapp.domain.corrections.deciding import PICK
from webapp.web.corrections.words import KINDS, REASONS
from webapp.web.forms import Form, choices
from webapp.web.staff.fields import Day


def _clean(text: str | None) -> str:
    return (text or "").strip().replace("\r\n", "\n")


class YesForm(Form):
    paper = StringField(_l("文号"), filters=[_clean])
    note = TextAreaField(_l("告诉学生"), filters=[_clean])


class NoForm(Form):
    """One of three ways to say no, each with reasons of its own."""

    how = RadioField(
        _l("怎么退"),
        [Optional()],
        choices=choices([("ask", _l("退回补充材料")), ("refuse", _l("不予通过")), ("reject", _l("不予受理（涉嫌弄虚作假）"))]),
    )
    reasons = SelectMultipleField(_l("原因"), validate_choice=False)
    note = TextAreaField(_l("告诉学生"), filters=[_clean])

    groups = tuple((how, [(code, REASONS[code]) for code in codes]) for how, codes in PICK.items())


class OriginalForm(Form):
    """核验原件: which paper, and where it was looked at."""

    kind = RadioField(_l("看过哪样原件"), [Optional()])
    where = StringField(_l("在哪里看的"), filters=[_clean])

    def __init__(self, kinds: list[str], **more: Any) -> None:
        super().__init__(**more)
        self.kind.choices = choices((kind, KINDS[kind]) for kind in kinds)


class PaperForm(Form):
    camera = FileField(_l("拍照"))
    album = FileField(_l("选图片"))


class DeadlineForm(Form):
    ends = Day(_l("最后一天"), [Optional()])
    consequence = StringField(_l("过了这天会怎样"), filters=[_clean])
