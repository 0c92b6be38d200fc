"""Resident ID numbers: the standard's samples, the order of the checks, fifteen and eighteen digits, damage."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.domain.identity import id_numbers
from webapp.domain.refused import Refused

DAYS = st.dates(date(1900, 1, 1), date(1999, 12, 31))
FIFTEEN = st.builds(lambda day, serial: f"110105{day:%y%m%d}{serial:03d}", DAYS, st.integers(0, 999))


def refusal(number: str) -> Refused:
    with pytest.raises(Refused) as caught:
        id_numbers.check(number)
    return caught.value


@pytest.mark.req("ACC-18")
@pytest.mark.parametrize(
    "number",
    ["11010519491231002X", "110101199003071233", "110101199003071241", "11010119980103949X", "44030820000229001X"]
    + ["810000199508170011", "820000199901010024", "110105491231002"],
)
def test_the_vectors_of_the_standard_are_valid(number):
    id_numbers.check(number)


@pytest.mark.req("ACC-18")
@pytest.mark.parametrize(
    ("number", "code", "facts"),
    [
        ("11010519491231002", "id_length", {"length": 17, "missing": 1, "extra": 0}),
        ("11010519491231002X1", "id_length", {"length": 19, "missing": 0, "extra": 1}),
        ("", "id_length", {"length": 0, "missing": 18, "extra": 0}),
        ("11010519491231X02X", "id_pattern", {}),
        ("11010549123100X", "id_pattern", {}),
        ("１１010519491231002X", "id_pattern", {}),
        ("990105194912310025", "id_province", {"found": "99"}),
        ("830000199201300022", "id_province", {"found": "83"}),
        ("110101202302290019", "id_date", {}),
        ("110101189912310014", "id_date", {}),
        ("110101209903071233", "id_date", {}),
        ("110101199003071234", "id_digit", {}),
    ],
)
def test_each_fault_has_its_own_refusal_in_the_order_of_the_standard(number, code, facts):
    refused = refusal(number)
    assert (refused.code, refused.facts) == (code, facts)


@pytest.mark.req("ACC-20")
def test_fifteen_digits_become_the_same_persons_eighteen():
    assert id_numbers.upgrade("110105491231002") == "11010519491231002X"
    assert id_numbers.upgrade("11010519491231002X") == "11010519491231002X"


@given(FIFTEEN)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_every_first_generation_number_upgrades_to_a_valid_one(fifteen):
    number = id_numbers.upgrade(fifteen)
    id_numbers.check(fifteen)
    id_numbers.check(number)
    assert id_numbers.sex(fifteen) == id_numbers.sex(number)
    assert id_numbers.birth_date(fifteen) == id_numbers.birth_date(number)


@given(FIFTEEN.map(id_numbers.upgrade), st.integers(0, 16), st.integers(1, 9))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_one_wrong_digit_never_leaves_the_check_digit_right(number, place, step):
    wrong = str((int(number[place]) + step) % 10)
    assert id_numbers.check_digit(number[:place] + wrong + number[place + 1 : 17]) != number[17]


def test_sex_and_birth_date_are_read():
    assert id_numbers.sex("110101199003071233") == "1"
    assert id_numbers.sex("110101199003071241") == "2"
    assert id_numbers.birth_date("44030820000229001X") == date(2000, 2, 29)


def test_what_keyboards_do_to_a_number_is_undone():
    assert id_numbers.clean(" １１0105 1949-1231\u3000002ｘ\u200b") == "11010519491231002X"


@pytest.mark.req("SCH-04")
@pytest.mark.parametrize("text", ["1.20104E+17", "1.10101e+17", "1E+17", " 1.10101199003071E+17 ", "110101199003071000"])
def test_a_number_that_a_spreadsheet_rewrote_is_recognised(text):
    assert id_numbers.damaged(text)


@pytest.mark.req("SCH-04")
@pytest.mark.parametrize("text", ["110101199003071233", "11010519491231002X", "110105491231002", "E12345678", "12345000"])
def test_a_sound_number_is_not_called_damaged(text):
    assert not id_numbers.damaged(text)


def test_a_right_number_that_ends_in_three_zeros_is_its_holders():
    number = next(
        f"1101051990{month:02d}{day:02d}{serial}000"
        for month in range(1, 13)
        for day in range(1, 29)
        for serial in range(10)
        if id_numbers.check_digit(f"1101051990{month:02d}{day:02d}{serial}00") == "0"
    )
    id_numbers.check(number)
    assert not id_numbers.damaged(number)
