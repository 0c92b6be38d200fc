"""The forms of the steps of an application. Each knows the row that it is about.

Not here: what their answers must be (`domain/certification/`).
"""

from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField

from webapp.domain.certification import applicants, applying, choosing, forms, prices
from webapp.domain.certification.catalogue import ABROAD, LANGUAGES, OPEN
from webapp.domain.identity import documents, tables
from webapp.models.certification import Application
from webapp.web import certification_words, language, told
from webapp.web.applying import shown, words
from webapp.web.forms import Form, choices

UNSAID = ("", _l("还没选"))


class RowForm(Form):
    """A form about the application `row`."""

    def __init__(self, *args: Any, data: dict[str, Any], **more: Any) -> None:
        super().__init__(*args, data=data, **more)
        self.row: Application = data["row"]


class ItemsForm(RowForm):
    """申请目的 and, of each kind and language, whether it is wanted and how many copies (fields ``degree_zh``, …)."""

    aim = SelectField(_l("申请目的"), validate_choice=False)
    country = StringField(_l("要去的国家或地区"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.aim.choices = choices([UNSAID, *((f"{aim}/{detail}", _aim(aim, detail)) for aim, detail in choosing.aims())])

    @property
    def rows(self) -> list[tuple[object, object, list[tuple[Any, Any, str]]]]:
        """Each kind with what it takes and, for each language, its tick, its number of copies, and the price of one."""
        aim = self.row.purpose or ABROAD
        return [
            (
                certification_words.KINDS[kind],
                certification_words.TAKES[kind],
                [
                    (self[f"{kind}_{one}"], self[f"{kind}_{one}_copies"], told.yuan(prices.of(aim, kind, one)))
                    for one in LANGUAGES
                ],
            )
            for kind in OPEN
        ]

    def copies(self) -> choosing.Copies:
        """What was ticked; a number that is none counts as 0, which nobody may ask for."""
        found: choosing.Copies = {}
        for kind in OPEN:
            wanted = {one: _number(self[f"{kind}_{one}_copies"].data) for one in LANGUAGES if self[f"{kind}_{one}"].data}
            if wanted:
                found[kind] = wanted
        return found


for _kind in OPEN:
    for _language in LANGUAGES:
        setattr(ItemsForm, f"{_kind}_{_language}", BooleanField(certification_words.LANGUAGES[_language]))
        setattr(ItemsForm, f"{_kind}_{_language}_copies", StringField(_l("份数"), default="1"))


def _aim(aim: str, detail: str) -> str:
    parts = [certification_words.PURPOSES[aim], *([certification_words.DETAILS[detail]] if detail else [])]
    return " - ".join(map(str, parts))


def _number(text: str) -> int:
    bare = text.strip()
    return int(bare) if bare.isdecimal() and len(bare) < 4 else 0


class NoticeForm(RowForm):
    """`mark` says when the page was first shown."""

    mark = HiddenField()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.mark.data = self.mark.data or choosing.shown(self.row)

    @property
    def wait(self) -> int:
        return 0 if choosing.has_agreed(self.row) else choosing.left(self.row, self.mark.data)


class CertificatesForm(RowForm):
    """Asks nothing: 下一步 is taken when every item is filled in."""

    @property
    def groups(self) -> list[shown.Group]:
        return shown.groups(self.row)


class ContactForm(RowForm):
    nature = RadioField(_l("申请人性质"), validate_choice=False)
    unit_name = StringField(_l("单位名称"))
    applicant = StringField(_l("申请人姓名"))
    place = SelectField(_l("申请人所在地"), validate_choice=False)
    phone = StringField(_l("申请人手机号"))
    email = StringField(_l("报告接收邮箱"))
    holder_name = StringField(_l("证书持有人姓名"))
    holder_kind = SelectField(_l("证书持有人证件类型"), validate_choice=False)
    holder_country = StringField(_l("证书持有人国籍/地区"))
    holder_document = StringField(_l("证书持有人证件号码"))
    holder_phone = StringField(_l("证书持有人手机号"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        english = language.chosen() == "en"
        self.nature.choices = choices((one, certification_words.NATURES[one]) for one in applicants.NATURES)
        self.place.choices = choices([UNSAID, *_entries(tables.PROVINCES)])
        self.holder_kind.choices = choices((one.code, one.en if english else one.zh) for one in documents.TYPES.values())


class SubmitForm(RowForm):
    agency = RadioField(_l("受理机构"), validate_choice=False)
    remark = TextAreaField(_l("备注"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.offices = applying.takers(self.row)
        self.agency.choices = choices((one.key, shown.office(one)) for one in self.offices)

    @property
    def bill(self) -> shown.Bill:
        return shown.bill(self.row)


class ConfirmForm(RowForm):
    """Shows everything, and asks nothing but whether it is right."""

    @property
    def facts(self) -> list[tuple[object, object, None]]:
        return shown.facts(self.row)

    @property
    def bill(self) -> shown.Bill:
        return shown.bill(self.row)

    @property
    def persons(self) -> list[tuple[object, str]]:
        return [(certification_words.KINDS[one.kind], self.row.holder_name) for one in prices.items(self.row)]


@cache
def certificate(kind: str) -> type[Form]:
    """The form of a kind of item, out of its questions."""
    return type(f"{kind.title()}Form", (Form,), {one.name: _field(kind, one) for one in forms.FORMS[kind]})


def _field(kind: str, question: forms.Question) -> Any:
    label = words.called(kind, question.name)
    if question.kind == "school":
        return SelectField(label, choices=choices([UNSAID, *certification_words.SCHOOLS.items()]), validate_choice=False)
    if question.kind == "table":
        return SelectField(label, validate_choice=False)
    return StringField(label)


def fill_in(kind: str, form: Form) -> None:
    """Offer the codes of each table in the reader's language, and mark what may be left out."""
    for question in forms.FORMS[kind]:
        field = form[question.name]
        if question.kind == "table":
            field.choices = choices([UNSAID, *_entries(forms.TABLES[question.name])])
        field.flags.optional = question.optional


def _entries(table: Any) -> list[tuple[str, str]]:
    english = language.chosen() == "en"
    return [(one.code, one.en if english else one.zh) for one in table]
