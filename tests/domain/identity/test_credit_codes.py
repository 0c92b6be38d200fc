"""统一社会信用代码: the check character of GB 32100-2015."""

import pytest

from webapp.domain.identity import credit_codes
from webapp.domain.refused import Refused

WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
"""As the standard's table 2 prints them."""

BODY = "91110105MA0000001"


def refusal(code: str) -> str:
    with pytest.raises(Refused) as refused:
        credit_codes.check(code)
    return refused.value.code


def test_the_check_character_is_that_of_the_printed_weights() -> None:
    total = sum(credit_codes.ALPHABET.index(one) * weight for one, weight in zip(BODY, WEIGHTS, strict=True))
    assert credit_codes.check_character(BODY) == credit_codes.ALPHABET[(31 - total % 31) % 31]


def test_a_right_code_passes_as_people_type_it() -> None:
    code = BODY + credit_codes.check_character(BODY)
    credit_codes.check(credit_codes.clean(f" {code[:9].lower()}-{code[9:]} "))


def test_one_wrong_character_is_found_at_every_place() -> None:
    code = BODY + credit_codes.check_character(BODY)
    for place in range(8, len(code)):
        wrong = "2" if code[place] != "2" else "3"
        assert refusal(code[:place] + wrong + code[place + 1 :]) == "credit_code_digit"


@pytest.mark.parametrize("code", ["", "91110105", "91110105MA000000SX", "9111O105MA00000012", "9A110105MA00000012３"])
def test_what_is_no_code_is_refused(code: str) -> None:
    assert refusal(code) == "credit_code_format"
