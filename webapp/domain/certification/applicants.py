"""Step 4 of an application: who applies, where the report goes, and whose certificate it is (R-CRT-21, R-CRT-46).

A person applies for themselves; a unit names the holder, who is asked on the own phone. Not here: that asking.
"""

import re
from collections.abc import Callable, Mapping

from webapp.domain.accounts import Identity
from webapp.domain.certification import drafting, filling
from webapp.domain.identity import characters, countries, documents, emails, names, phones, tables
from webapp.domain.permissions import Actor
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.certification import Application

NATURES = ("person", "unit")
"""个人, 单位."""

MOST = 60
"""Characters of the name of a unit."""

_abroad = re.compile(r"\+?[0-9]{5,20}").fullmatch


def tell(application: Application, actor: Actor, typed: Mapping[str, str]) -> Application:
    """Keep the answers; the holder of a person's application is who holds the account.

    Raises filling.Unread with every fault (nature_missing, unit_empty, entry_long (most), applicant_self (name),
    place_missing, contact_phone, holder_phone_own, holder_fixed, email_format, and what names, documents and phones refuse);
    Refused as `drafting.held`.
    """
    faults: list[Refused] = []
    told = _read(application.account, typed, faults)
    if faults:
        raise filling.Unread(faults)
    with transaction():
        application = drafting.held(application, actor)
        if "unit" in (application.nature, told["nature"]) and _is_another(application, told):
            raise filling.Unread([Refused("holder_fixed", field="holder_name")])
        for name, value in told.items():
            setattr(application, name, value)
        filling.summarise(application)
        drafting.keep(application)
    return application


def _is_another(application: Application, told: Mapping[str, str | None]) -> bool:
    """Would it name somebody else than the one who was asked to be there since it was handed in?"""
    before, after = (application.holder_name, application.identity_index), (told["holder_name"], told["identity_index"])
    return application.number is not None and before != after


def is_told(application: Application) -> bool:
    return bool(application.nature and application.identity_index)


def check(application: Application) -> None:
    """Raises Refused: contact_missing where step 4 was not answered, or the account has another identity since then."""
    same = application.identity_index == application.account.identity_index
    if not is_told(application) or (application.nature == "person" and not same):
        raise Refused("contact_missing")


def _read(account: Account, typed: Mapping[str, str], faults: list[Refused]) -> dict[str, str | None]:
    def take(name: str, rule: Callable[[str], str]) -> str:
        try:
            return rule(typed.get(name) or "")
        except Refused as refused:
            faults.append(Refused(refused.code, **refused.facts | {"field": name}))
            return ""

    nature = take("nature", _nature)
    told: dict[str, str | None] = {
        "nature": nature,
        "unit_name": take("unit_name", _unit) if nature == "unit" else "",
        "applicant": take("applicant", lambda text: _applicant(nature, account, text)),
        "place": take("place", _place),
        "phone": take("phone", _phone),
        "email": take("email", _email),
    }
    return told | (_named(account, typed, take) if nature == "unit" else _self(account))


def _named(account: Account, typed: Mapping[str, str], take: Callable[[str, Callable[[str], str]], str]) -> dict[str, str]:
    """The holder whom a unit names."""
    kind, country = typed.get("holder_kind") or "", take("holder_country", _country)

    def document(text: str) -> str:
        read = Identity.read("", kind, country, text)
        documents.check(kind, read.number, read.country)
        return read.number

    name, number = take("holder_name", _name), take("holder_document", document)
    units = (phones.clean(typed.get("phone") or ""), account.phone)
    phone = take("holder_phone", lambda text: _own_phone(text, units))
    if not (name and number):
        return {}
    identity = Identity.read(name, kind, country, number)
    return {
        "holder_name": name,
        "holder_kind": kind,
        "holder_country": identity.country,
        "holder_document": number,
        "holder_phone": phone,
        "identity_index": identity.index,
    }


def _self(account: Account) -> dict[str, str | None]:
    return {
        "holder_name": account.name,
        "holder_kind": account.document_kind,
        "holder_country": account.country,
        "holder_document": account.document,
        "holder_phone": account.phone,
        "identity_index": account.identity_index,
    }


def _nature(text: str) -> str:
    if text not in NATURES:
        raise Refused("nature_missing")
    return text


def _unit(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise Refused("unit_empty")
    if len(text) > MOST:
        raise Refused("entry_long", most=MOST)
    return text


def _applicant(nature: str, account: Account, text: str) -> str:
    """Who applies: a person is who holds the account; of a unit it is whoever does it there."""
    name = _name(text)
    if nature == "person" and names.compare(name) != account.name_compare:
        raise Refused("applicant_self", name=account.name)
    return name


def _name(text: str) -> str:
    name = Identity.read(text, "1", "", "")
    name.check_name()
    return name.name


def _place(text: str) -> str:
    if text not in tables.PROVINCES:
        raise Refused("place_missing")
    return text


def _country(text: str) -> str:
    """A name or a code; nothing is China."""
    try:
        return countries.COUNTRIES.read(text or countries.DEFAULT).code
    except Refused:
        raise Refused("document_country") from None


def _phone(text: str) -> str:
    """A mobile number of the mainland, or another one that can be called; an invoice needs the former (R-PAY-07)."""
    number = phones.clean(text)
    if not phones.well_formed(number) and not _abroad(characters.compact(text)):
        raise Refused("contact_phone")
    return number


def _own_phone(text: str, units: tuple[str | None, ...]) -> str:
    """The holder's own, on which the unit cannot answer for the holder (R-CRT-46)."""
    number = phones.clean(text)
    phones.check(number)
    if number in units:
        raise Refused("holder_phone_own")
    return number


def _email(text: str) -> str:
    address = emails.clean(text)
    emails.check(address)
    return address
