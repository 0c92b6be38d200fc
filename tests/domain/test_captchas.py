"""Captchas: the digits, the sum in words or a proof of work; each is taken once, and only in its time."""

import altcha
import pytest

from webapp.domain import captchas
from webapp.domain.refused import Refused
from webapp.models.codes import Puzzle


def refused(act, *args) -> str:
    with pytest.raises(Refused) as caught:
        act(*args)
    return caught.value.code


def solved(challenge: dict) -> str:
    parsed = altcha.Challenge.from_dict(challenge)
    return altcha.Payload(parsed, altcha.solve_challenge(parsed)).to_base64()


@pytest.mark.req("ACC-04")
def test_the_digits_or_the_sum_answer_a_captcha(world):
    for answer in (
        captchas.digits,
        lambda name: f" {captchas.digits(name)} ",
        lambda name: str(sum(captchas.addends(name))),
        lambda name: captchas._numeral(sum(captchas.addends(name))),
    ):
        name = captchas.new()
        captchas.check(name, answer(name))


@pytest.mark.parametrize(("number", "numeral"), [(2, "二"), (10, "十"), (11, "十一"), (18, "十八")])
def test_sums_are_read_in_chinese_numerals(number, numeral):
    assert captchas._numeral(number) == numeral


@pytest.mark.req("ACC-04")
def test_a_captcha_is_taken_once_right_or_wrong(world):
    name = captchas.new()
    assert refused(captchas.check, name, " ") == "captcha_empty"
    assert refused(captchas.check, name, "x") == "captcha_wrong"
    assert refused(captchas.check, name, captchas.digits(name)) == "captcha_wrong"
    assert refused(captchas.check, None, "1234") == "captcha_wrong"


def test_an_old_captcha_is_refused(world):
    name = captchas.new()
    world.wait(minutes=30)
    assert refused(captchas.check, name, captchas.digits(name)) == "captcha_wrong"


def test_a_solved_puzzle_counts_once(world):
    sent = solved(captchas.challenge())
    captchas.check_proof(sent)
    assert refused(captchas.check_proof, sent) == "proof_old"


def test_a_puzzle_of_ones_own_or_an_old_one_is_refused(world):
    own = altcha.create_challenge("PBKDF2/SHA-256", 1, counter=1, hmac_secret=b"mine", hmac_key_secret=b"mine").to_dict()
    assert refused(captchas.check_proof, solved(own)) == "proof_old"
    cheaper = captchas.challenge()
    cheaper["parameters"]["keyPrefix"] = "00"
    assert refused(captchas.check_proof, solved(cheaper)) == "proof_old"
    sent = solved(captchas.challenge())
    world.wait(minutes=31)
    assert refused(captchas.check_proof, sent) == "proof_old"


DEEP = "W1tb" * 16_000  # 48,000 times "["


@pytest.mark.parametrize(
    "sent", ["", "x", "eyJ9", "bnVsbA==", "e30=", "W10=", "eyJjaGFsbGVuZ2UiOnt9LCJzb2x1dGlvbiI6e319", DEEP]
)
def test_what_is_no_proof_is_refused(world, sent):
    assert refused(captchas.check_proof, sent) == "proof_old"


def test_what_was_handed_in_is_forgotten_in_time(world):
    captchas.check_proof(solved(captchas.challenge()))
    assert captchas.sweep() == 0
    world.wait(minutes=31)
    assert captchas.sweep() == 1
    assert Puzzle.select().count() == 0
