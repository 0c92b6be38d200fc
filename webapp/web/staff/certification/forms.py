"""What a certifier answers: reasons and words for the applicant, questions to schools, what their letters replied.

Several stand on one page: each has a prefix of its own. Not here: which of them may be sent when (`domain/certification/`).
"""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput

from webapp.domain.certification import grounds
from webapp.domain.certification.checking import ANSWERS, Office
from webapp.web import certification_words as every
from webapp.web import told
from webapp.web.brought_pictures import PictureForm
from webapp.web.forms import Form, choices
from webapp.web.staff.certification import words


def _clean(text: str | None) -> str:
    return (text or "").strip().replace("\r\n", "\n")


def _note(label: Any) -> TextAreaField:
    return TextAreaField(label, filters=[_clean])


def _of(codes: Iterable[str]) -> list:
    return choices((code, every.GROUNDS[code]) for code in codes)


class FindForm(Form):
    number = StringField(_l("申请单编号"), filters=[_clean])


class AskForm(Form):
    reasons = SelectMultipleField(_l("缺什么"), choices=_of(grounds.ASKS), option_widget=CheckboxInput(), validate_choice=False)
    note = _note(_l("告诉申请人"))


class DelayForm(Form):
    reasons = RadioField(_l("为什么延期"), [Optional()], choices=_of(grounds.DELAYS))
    note = _note(_l("延期的说明"))


class RefusalForm(Form):
    reasons = RadioField(_l("结论"), [Optional()], choices=_of(grounds.REFUSALS))
    note = _note(_l("理由，复核同意后原样给申请人看"))


class NoteForm(Form):
    note = _note(_l("理由"))


class BackForm(Form):
    note = _note(_l("为什么退回"))


class OfficeForm(Form):
    office = RadioField(_l("问哪里"), [Optional()], validate_choice=False)
    question = _note(_l("要核查什么"))

    def __init__(self, offices: list[Office], **more: Any) -> None:
        super().__init__(**more)
        self.office.choices = choices((one.key, _name(one)) for one in offices)


def _name(office: Office) -> str:
    where = office.unit.name if office.unit is not None else told.label("provinces", office.province)
    return f"{where} {words.WAYS['school' if office.unit is not None else 'province']}"


class LetterForm(Form):
    name = StringField(_l("学校名称"), filters=[_clean])
    address = StringField(_l("寄往的地址"), filters=[_clean])
    question = _note(_l("函里问什么"))


class AnswerForm(Form):
    """What a school or a province says on this site."""

    answer = RadioField(_l("答复"), [Optional()], choices=choices((code, words.ANSWERS[code]) for code in ANSWERS))
    note = _note(_l("说明"))


class ReplyForm(AnswerForm, PictureForm):
    """What a letter's reply says, with its picture where one was made."""
