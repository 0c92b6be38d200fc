"""The ten kinds of identity document (证件类型, spec 2-data §5.9): rule, one key per person, mask.
Not evidence that a document exists or belongs to somebody: only what its number can tell."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from webapp.domain.identity import characters, countries, id_numbers
from webapp.domain.refused import Refused

clean = characters.compact
"""As typed → half-width, no spaces or hyphens, upper case: the form that `check`, `canonical` and storage take."""

_RESIDENCE_AREAS = frozenset(("810000", "820000", "830000"))
_ANY_PROVINCE = id_numbers.PROVINCES | {"83"}
_hong_kong_card = re.compile(r"([A-Z]{1,2})([0-9]{6})\(?([0-9A])\)?").fullmatch
_hong_kong_passport = re.compile(r"[A-Z]{1,2}[0-9]{8}").fullmatch
_macao_card = re.compile(r"[157][0-9]{6}\(?[0-9]\)?").fullmatch
_macao_passport = re.compile(r"M[A-Z]?[0-9]{7,8}").fullmatch
_taiwan_permit = re.compile(r"[0-9]{8}|[0-9]{10}(?:\(?[A-Z]\)?)?").fullmatch
_home_permit = re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?").fullmatch
_foreign_card_old = re.compile(r"[A-Z]{3}[0-9]{12}").fullmatch
_foreign_card_new = re.compile(r"9[0-9]{16}[0-9X]").fullmatch
_passport = re.compile(r"[A-Z0-9]{5,20}").fullmatch


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One row of §5.9. `issuer`: alpha-3 country where the kind itself fixes it, None where a country is asked."""

    code: str
    zh: str
    short: str
    en: str
    hint: str
    hint_en: str
    issuer: str | None
    check: Callable[[str], None]
    canonical: Callable[[str], str]


def check(kind: str, number: str, country: str = "CHN") -> None:
    """Refuse a cleaned number that a document of this kind cannot bear (R-ACC-12, R-ACC-18).

    Raises `document_kind`, `document_empty`, `document_format`, `document_country`, and for resident IDs and residence
    permits the `id_*` codes of `id_numbers.check`.
    """
    document = TYPES.get(kind)
    if document is None:
        raise Refused("document_kind")
    if not number:
        raise Refused("document_empty")
    if document.issuer is None and not re.fullmatch("[A-Z]{3}", country):
        raise Refused("document_country")
    document.check(number)


def canonical(kind: str, number: str, country: str = "CHN") -> str:
    """The key under which two documents are one identity; takes a number that passed `check` (R-ACC-20).

    Resident IDs of 15 and 18 digits and residence permits (居民居住证): ``ID|`` and the 18 characters; so too where such a
    number was entered as a passport or 其他, which would else be a way to a second account. All others:
    ``type|country|number``, the country being the issuer where the kind fixes it.
    """
    if kind in ("1", "R") or (kind in ("A", "J", "Z") and _is_resident_id(number)):
        return f"ID|{id_numbers.upgrade(number)}"
    document = TYPES[kind]
    return f"{kind}|{document.issuer or country}|{document.canonical(number)}"


def readings(number: str) -> set[str]:
    """Every key under which a cleaned number may stand, for a log-in, where neither kind nor country is asked."""
    if _is_resident_id(number):
        return {canonical("1", number)}
    found = set()
    for document in TYPES.values():
        try:
            document.check(number)
        except Refused:
            continue
        issuers = [document.issuer] if document.issuer else countries.COUNTRIES.codes
        found |= {canonical(document.code, number, issuer) for issuer in issuers}
    return found


def masked(number: str) -> str:
    """First character, five stars, last one, as in ``1*****0``; the length is not shown."""
    return f"{number[0]}*****{number[-1]}" if number else ""


def _is_resident_id(number: str) -> bool:
    try:
        id_numbers.check(number, _ANY_PROVINCE)
    except Refused:
        return False
    return True


def _check_residence_permit(number: str) -> None:
    if len(number) == 15:  # only identity cards ever had 15
        raise Refused("id_length", length=15, missing=3, extra=0)
    id_numbers.check(number, _ANY_PROVINCE)
    if number[:6] not in _RESIDENCE_AREAS:
        raise Refused("id_province", found=number[:2])


def _check_hong_kong(number: str) -> None:
    """Card with its check digit (weights 9…2 and 1, A = 10 … Z = 35, a missing first letter 36), or a passport."""
    if _hong_kong_passport(number):
        return
    card = _hong_kong_card(number)
    if card is None:
        raise Refused("document_format")
    letters, digits, check_digit = card.groups()
    values = [ord(letter) - 55 for letter in letters.rjust(2, "[")] + [int(digit) for digit in digits]
    total = sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True))
    if (total + int(check_digit, 16)) % 11:
        raise Refused("document_format")


def _check_macao(number: str) -> None:
    if not (_macao_card(number) or _macao_passport(number)):
        raise Refused("document_format")


def _check_foreign_card(number: str) -> None:
    """15 characters until November 2023; since then 18, first digit 9, last MOD 11-2: both are valid."""
    if _foreign_card_old(number):
        return
    if not _foreign_card_new(number) or id_numbers.check_digit(number[:17]) != number[17]:
        raise Refused("document_format")


def _matches(pattern: Callable[[str], object]) -> Callable[[str], None]:
    def check_pattern(number: str) -> None:
        if not pattern(number):
            raise Refused("document_format")

    return check_pattern


def _has_length(least: int, most: int) -> Callable[[str], None]:
    def check_length(number: str) -> None:
        if not (least <= len(number) <= most and number.isprintable()):
            raise Refused("document_format")

    return check_length


def _whole(number: str) -> str:
    return number


def _without_brackets(number: str) -> str:
    return number.replace("(", "").replace(")", "")


def _first(count: int) -> Callable[[str], str]:
    return lambda number: number[:count]


TYPES: dict[str, DocumentType] = {
    row.code: row
    for row in (
        DocumentType(
            "1", "中华人民共和国居民身份证", "居民身份证", "Resident identity card of the People's Republic of China",
            "18 位，最后一位可能是 X", "18 characters; the last may be X",
            "CHN", id_numbers.check, id_numbers.upgrade,
        ),
        DocumentType(
            "6", "香港特区护照/身份证明", "香港身份证明", "Hong Kong SAR passport or identity card",
            "身份证号，如 A123456(3)", "Identity card number, as in A123456(3)",
            "HKG", _check_hong_kong, _without_brackets,
        ),
        DocumentType(
            "7", "澳门特区护照/身份证明", "澳门身份证明", "Macao SAR passport or identity card",
            "身份证号 8 位", "Identity card number, 8 digits",
            "MAC", _check_macao, _without_brackets,
        ),
        DocumentType(
            "8", "台湾居民来往大陆通行证", "台胞证", "Mainland travel permit for Taiwan residents",
            "8 位数字", "8 digits",
            "TWN", _matches(_taiwan_permit), _first(8),
        ),
        DocumentType(
            "9", "外国人永久居留身份证", "外国人永久居留证", "Foreign permanent resident ID card",
            "18 位，以 9 开头；旧卡 3 个字母加 12 位数字",
            "18 characters, the first is 9; older cards 3 letters and 12 digits",
            "CHN", _check_foreign_card, _whole,
        ),
        DocumentType(
            "A", "护照", "护照", "Passport",
            "5 到 20 位字母和数字", "5 to 20 letters and digits",
            None, _matches(_passport), _whole,
        ),
        DocumentType(
            "H", "港澳居民来往内地通行证", "回乡证", "Mainland travel permit for Hong Kong and Macao residents",
            "H 或 M 加 8 位数字", "H or M and 8 digits",
            "CHN", _matches(_home_permit), _first(9),
        ),
        DocumentType(
            "R", "港澳台居民居住证", "居住证", "Residence permit for Hong Kong, Macao and Taiwan residents",
            "18 位，以 81、82 或 83 开头", "18 characters, beginning with 81, 82 or 83",
            "CHN", _check_residence_permit, _whole,
        ),
        DocumentType(
            "J", "军官证、士兵证或其他军人证件", "军人证件", "Military identity document",
            "5 到 20 位", "5 to 20 characters",
            "CHN", _has_length(5, 20), _whole,
        ),
        DocumentType(
            "Z", "其他", "其他", "Other document",
            "5 到 30 位", "5 to 30 characters",
            None, _has_length(5, 30), _whole,
        ),
    )
}  # fmt: skip
"""Every kind by its code; the first is the default (R-ACC-17)."""
