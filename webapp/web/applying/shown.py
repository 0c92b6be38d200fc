"""An application as its screens show it: its certificates in a list, its bill, and everything before 确认提交.

Not here: the forms (`forms.py`), nor what an application looks like once it was handed in.
"""

from typing import NamedTuple, NoReturn

from flask_babel import lazy_gettext as _l

from webapp.domain.certification import filling, prices
from webapp.domain.certification.catalogue import LANGUAGES
from webapp.domain.identity import documents, phones
from webapp.domain.identity.countries import COUNTRIES
from webapp.domain.refused import Refused
from webapp.models.certification import Agency, Application, ApplicationItem
from webapp.web import certification_words, language, told
from webapp.web.forms import Form

COLUMNS = ("school", "category", "level", "major", "graduated", "number")
"""What the list of certificates shows of each, in the printed order (R-CRT-10)."""


class Group(NamedTuple):
    """The certificates of one kind, as (key, cells); `empty` where none was filled in."""

    kind: str
    name: object
    rows: list[tuple[str, list[str]]]


class Bill(NamedTuple):
    """验证信息: (item, summary, price of one, copies, sum) for each item and language, and the total; amounts in yuan."""

    lines: list[tuple[str, str, str, int, str]]
    total: str


def groups(application: Application) -> list[Group]:
    found: dict[str, list[ApplicationItem]] = {}
    for item in prices.items(application):
        found.setdefault(item.kind, []).append(item)
    holder = filling.holder(application)
    return [
        Group(
            kind,
            certification_words.KINDS[kind],
            [(one.key, [holder, *_cells(one)]) for one in there if filling.is_filled(one)],
        )
        for kind, there in found.items()
    ]


def _cells(item: ApplicationItem) -> list[str]:
    answers = filling.details(item)
    return [certification_words.answer(name, answers.get(name, "")) for name in COLUMNS]


def bill(application: Application) -> Bill:
    """At the prices that were frozen when it was handed in; before, at today's."""
    lines, total = [], 0
    for item in prices.items(application):
        for one in LANGUAGES:
            copies = getattr(item, one)
            if copies:
                fen = _price(application, item, one)
                name = f"{certification_words.KINDS[item.kind]} {certification_words.LANGUAGES[one]}"
                lines.append((name, item.summary, told.yuan(fen), copies, told.yuan(fen * copies)))
                total += fen * copies
    return Bill(lines, told.yuan(total))


def _price(application: Application, item: ApplicationItem, one: str) -> int:
    if application.state == "draft":
        return prices.of(application.purpose, item.kind, one, application.agency)
    return getattr(item, f"{one}_fen")


def purpose(application: Application) -> str:
    """申请目的 with its second level and country."""
    parts = [certification_words.PURPOSES[application.purpose]]
    if application.detail:
        parts.append(certification_words.DETAILS[application.detail])
    if application.country:
        parts.append(country(application.country))
    return " - ".join(map(str, parts))


def country(code: str) -> str:
    """Its name in the reader's language, nothing where none is known."""
    if not code:
        return ""
    return COUNTRIES[code].en if language.chosen() == "en" else COUNTRIES[code].zh


def office(agency: Agency) -> str:
    return agency.english or agency.name if language.chosen() == "en" else agency.name


def facts(application: Application) -> list[tuple[object, object, None]]:
    """申请单信息, 申请人信息, 受理机构 and 备注, line by line."""
    unit = application.nature == "unit"
    lines = [
        (_l("申请单编号"), application.number),
        (_l("申请目的"), purpose(application)),
        (_l("申请人性质"), certification_words.NATURES[application.nature]),
        (_l("单位名称"), application.unit_name),
        (_l("申请人姓名"), application.applicant),
        (_l("申请人所在地"), told.label("provinces", application.place)),
        (_l("申请人手机号"), application.phone),
        (_l("报告接收邮箱"), application.email),
        (_l("证书持有人姓名"), application.holder_name if unit else ""),
        (_l("证书持有人证件号码"), documents.masked(application.holder_document) if unit else ""),
        (_l("证书持有人手机号"), phones.grouped(application.holder_phone) if unit else ""),
        (_l("受理机构"), office(application.agency)),
        (_l("备注"), application.remark or "—"),
    ]
    return [(label, value, None) for label, value in lines if value]


def holder(application: Application) -> dict[str, str | None]:
    """The holder whom a unit named, by the names of the form's fields."""
    fields = {f"holder_{one}": getattr(application, f"holder_{one}") for one in ("name", "kind", "document", "phone")}
    return fields | {"holder_country": country(application.holder_country)}


def refuse(form: Form, unread: filling.Unread) -> NoReturn:
    """Tell every fault beside its field, a gap by the field's own name; the last one as a refusal."""
    *others, last = [_named(form, fault) for fault in unread.faults]
    for fault in others:
        form.refuse(fault)
    raise last


def _named(form: Form, fault: Refused) -> Refused:
    if fault.code != "entry_missing":
        return fault
    field = str(fault.facts["field"])
    return Refused("entry_gap", field=field, label=form[field].label.text)
