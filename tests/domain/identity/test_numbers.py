"""Certificate, student and examinee numbers, and the typed codes of reports."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.domain.identity import certificates, characters, exam_numbers, student_numbers, verification_codes
from webapp.domain.refused import Refused


def refusal(check, *arguments, **known) -> str:
    with pytest.raises(Refused) as caught:
        check(*arguments, **known)
    return caught.value.code


@pytest.mark.parametrize(
    ("number", "known"),
    [
        ("999991202305000001", {"year": 2023, "type_code": "1", "level_code": "05"}),
        ("999991202305000001", {}),
        ("99999120010500001", {"year": 2001}),
        ("99999120020500001", {"year": 2002}),
        ("999995200206000001", {"year": 2002}),
        ("65110101071123456", {"year": 2007, "type_code": "6"}),
        ("NO.00298959", {"year": 1998}),
        ("学（1998）第123号", {"year": 1998}),
        ("NO.00298959", {}),
    ],
)
def test_a_certificate_number_of_its_years_scheme_passes(number, known):
    certificates.check(certificates.clean(number), **known)


@pytest.mark.parametrize(
    ("number", "known", "code"),
    [
        ("", {}, "certificate_empty"),
        ("99999120230500001", {}, "certificate_format"),
        ("99999120230500001", {"year": 2023}, "certificate_format"),
        ("999991202305000001", {"year": 2022}, "certificate_year"),
        ("999991199905000001", {}, "certificate_year"),
        ("999992202305000001", {}, "certificate_type"),
        ("999991202305000001", {"type_code": "5"}, "certificate_type"),
        ("999991202303000001", {}, "certificate_level"),
        ("999991202305000001", {"level_code": "06"}, "certificate_level"),
        ("NO.00298959", {"year": 2010}, "certificate_format"),
        ("1" * 31, {"year": 1998}, "certificate_format"),
        ("1<2", {"year": 1998}, "certificate_format"),
    ],
)
def test_a_certificate_number_at_odds_with_its_scheme_or_record_is_refused(number, known, code):
    assert refusal(certificates.check, certificates.clean(number), **known) == code


@pytest.mark.req("BND-07")
def test_graduations_before_1991_are_refused():
    assert refusal(certificates.check_year, 1990) == "before_1991"
    certificates.check_year(1991)


@pytest.mark.parametrize(
    "text", ["NO.00298959", "00298959", "298959", "No 00298959", "№00298959", "ＮＯ．００２９８９５９", "N0.298959"]
)
def test_the_writings_of_a_serial_number_meet(text):
    assert set(certificates.canonical_forms(text)) & {"298959"}
    assert set(certificates.canonical_forms(text)) <= {"00298959", "298959"}


def test_of_two_numbers_the_schools_comes_first():
    assert certificates.canonical_forms("学(98)第0123号；NO.00298959") == ("学98第0123号", "00298959", "298959")


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_no_text_breaks_the_matching_and_its_forms_match_themselves(text):
    forms = certificates.canonical_forms(text)
    for form in forms:
        if not form.startswith("N"):
            assert set(certificates.canonical_forms(form)) & set(forms)


@pytest.mark.req("SCH-04")
@pytest.mark.parametrize(
    ("text", "yes"), [("9.99991E+17", True), ("999991202305001000", False), ("2E15", True), ("E15", False)]
)
def test_scientific_notation_is_recognised_in_any_number(text, yes):
    assert characters.scientific(text) is yes


@pytest.mark.parametrize("text", ["2021030415", "0012345", "A-2021-01", "a1", "1", " 2021 030415 ", "２０２１０３０４１５"])
def test_student_numbers_pass_with_their_leading_zeros(text):
    number = student_numbers.clean(text)
    student_numbers.check(number)
    assert number.lstrip("0") != number or not text.startswith("0")


def test_student_numbers_differ_by_more_than_case():
    assert student_numbers.canonical("ab-01") == student_numbers.canonical("AB-01")
    assert student_numbers.canonical("0123") != student_numbers.canonical("123")


@pytest.mark.parametrize("text", ["-1", "1-", "2021/1", "学号", "1" * 19, "=1+1", "2021.5"])
def test_what_is_no_student_number_is_refused(text):
    assert refusal(student_numbers.check, text) == "student_number_format"
    assert refusal(student_numbers.check, "") == "student_number_empty"


@pytest.mark.parametrize("text", ["21110105150001", "100011234567890", "A2021030415-00001"])
def test_examinee_numbers_of_every_admission_pass(text):
    exam_numbers.check(exam_numbers.clean(text))


def test_what_is_no_examinee_number_is_refused():
    assert refusal(exam_numbers.check, "") == "exam_number_empty"
    assert refusal(exam_numbers.check, "1234") == "exam_number_format"
    assert refusal(exam_numbers.check, "1" * 19) == "exam_number_format"
    assert exam_numbers.canonical("a2021") == "A2021"


def test_another_year_or_province_in_an_examinee_number_is_a_doubt_only():
    assert exam_numbers.doubts("21110105150001", 2021, "11") == ()
    assert exam_numbers.doubts("21110105150001", 2022, "31") == ("exam_number_year", "exam_number_province")
    assert exam_numbers.doubts("100011234567890", 2022, "31") == ()


@pytest.mark.parametrize("code", ["AP00000000000000", "AP7KD3MXW9QTE52T", "AUZZZZZZZZZZZZZ0"])
def test_the_vectors_of_the_check_character_are_valid(code):
    verification_codes.check(code)


@pytest.mark.parametrize("code", ["AP7KD3MXW9QTE52T", "AUZZZZZZZZZZZZZ0"])
def test_every_single_wrong_character_of_a_code_is_found(code):
    for place in range(2, len(code)):
        for wrong in verification_codes.ALPHABET.replace(code[place], ""):
            assert refusal(verification_codes.check, code[:place] + wrong + code[place + 1 :]) == "report_code_digit"


def test_a_code_survives_being_read_and_typed():
    code = verification_codes.make("P")
    assert verification_codes.clean(verification_codes.grouped(code).lower().replace(" ", " - ")) == code
    verification_codes.check(code)
    assert refusal(verification_codes.check, code[:-1]) == "report_code_length"
    assert refusal(verification_codes.check, "AX" + code[2:]) == "report_code_format"
