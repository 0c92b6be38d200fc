"""The ten kinds of document: their rules, and one key for one person."""

import pytest

from webapp.domain.identity import documents
from webapp.domain.refused import Refused


def refusal(kind: str, number: str, country: str = "CHN") -> Refused:
    with pytest.raises(Refused) as caught:
        documents.check(kind, documents.clean(number), country)
    return caught.value


@pytest.mark.req("ACC-17")
def test_there_are_ten_kinds_and_the_resident_card_is_the_first():
    assert list(documents.TYPES) == ["1", "6", "7", "8", "9", "A", "H", "R", "J", "Z"]
    assert all(row.zh and row.short and row.en and row.hint and row.hint_en for row in documents.TYPES.values())


@pytest.mark.req("ACC-18")
@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("1", "11010519491231002x"), ("1", "110105 491231 002"),
        ("6", "A123456(3)"), ("6", "C668668(9)"), ("6", "AB987654(3)"), ("6", "a1234563"), ("6", "K12345678"),
        ("7", "12345678"), ("7", "5123456(7)"), ("7", "MA0123456"),
        ("8", "12345678"), ("8", "0123456701"), ("8", "0123456701(B)"),
        ("9", "ABC123456789012"), ("A", "E12345678"), ("A", "ｅ12345678"),
        ("H", "H12345678"), ("H", "M1234567801"),
        ("R", "810000199508170011"), ("R", "820000199901010024"), ("R", "830000199201300022"),
        ("J", "军字第12345号"), ("Z", "临时证明2021001"),
    ],
)  # fmt: skip
def test_a_right_number_of_each_kind_passes(kind, number):
    documents.check(kind, documents.clean(number), "USA" if kind == "A" else "CHN")


@pytest.mark.parametrize(
    ("kind", "number", "code"),
    [
        ("1", "", "document_empty"), ("A", "", "document_empty"), ("?", "12345", "document_kind"),
        ("1", "110101199003071234", "id_digit"), ("1", "9990000000012345", "id_length"),
        ("6", "A123456(4)", "document_format"), ("6", "123456(3)", "document_format"),
        ("7", "22345678", "document_format"), ("8", "1234567", "document_format"),
        ("9", "911010199003071233", "document_format"), ("9", "AB1234567890123", "document_format"),
        ("A", "E123", "document_format"), ("A", "E" * 21, "document_format"), ("A", "护照12345", "document_format"),
        ("H", "A12345678", "document_format"), ("H", "H123456789", "document_format"),
        ("R", "110101199003071233", "id_province"), ("R", "810000950817001", "id_length"),
        ("R", "810000199508170012", "id_digit"),
        ("J", "1234", "document_format"), ("Z", "1234", "document_format"), ("Z", "1" * 31, "document_format"),
        ("Z", "12345\x00", "document_format"),
    ],
)  # fmt: skip
def test_a_wrong_number_of_each_kind_is_refused(kind, number, code):
    assert refusal(kind, number).code == code


def test_a_country_is_asked_only_where_the_kind_does_not_fix_it():
    assert refusal("A", "E12345678", "").code == "document_country"
    documents.check("H", "H12345678", "")
    assert documents.canonical("H", "H12345678", "HKG") == documents.canonical("H", "H1234567801", "CHN")


@pytest.mark.req("ACC-20")
def test_fifteen_and_eighteen_digits_are_one_identity():
    assert documents.canonical("1", "110105491231002") == documents.canonical("1", "11010519491231002X")


@pytest.mark.req("ACC-20")
@pytest.mark.parametrize("kind", ["A", "J", "Z"])
@pytest.mark.parametrize("number", ["11010519491231002X", "110105491231002"])
def test_an_id_number_entered_as_another_kind_is_still_the_same_identity(kind, number):
    assert documents.canonical(kind, number) == documents.canonical("1", "11010519491231002X")


def test_a_residence_permit_has_the_same_key_whatever_kind_it_is_entered_as():
    assert documents.canonical("R", "810000199508170011") == documents.canonical("1", "810000199508170011")


@pytest.mark.parametrize(
    ("kind", "country", "one", "other"),
    [
        ("6", "HKG", "A123456(3)", "A1234563"), ("7", "MAC", "5123456(7)", "51234567"),
        ("8", "TWN", "01234567", "0123456701(B)"), ("H", "CHN", "H12345678", "H1234567802"),
        ("A", "USA", "e1234 5678", "E12345678"),
    ],
)  # fmt: skip
def test_two_writings_of_one_document_have_one_key(kind, country, one, other):
    first, second = (documents.canonical(kind, documents.clean(number), country) for number in (one, other))
    assert first == second


def test_equal_numbers_of_different_kinds_or_countries_are_different_identities():
    keys = {
        documents.canonical("A", "12345678", "USA"), documents.canonical("A", "12345678", "KOR"),
        documents.canonical("8", "12345678"), documents.canonical("7", "12345678"),
        documents.canonical("Z", "12345678"),
    }  # fmt: skip
    assert len(keys) == 5


def test_a_number_is_shown_with_its_first_and_last_character_only():
    assert documents.masked("110101199003071230") == "1*****0"
    assert documents.masked("") == ""
