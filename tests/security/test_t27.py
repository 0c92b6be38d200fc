"""T27, guessed and harvested codes: guesses are slowed down, all misses look alike, and each look stays with the holder.

The long simulation and the meter of time are `tests/bench/bench_guess.py`.
"""

import random
from collections.abc import Callable

import pytest

from tests.person import Person
from tests.reporting import Holder
from tests.world import World
from webapp.domain.identity import verification_codes
from webapp.domain.reports import issuing
from webapp.models.reports import Look, OnlineReport

Visitors = Callable[..., Person]


@pytest.mark.req("RPT-15")
def test_guesses_from_one_network_are_stopped_before_the_eleventh(hers: Holder, visitor: Visitors, times) -> None:
    hers.issue()
    who, lot, answered = visitor(), random.Random(27), []
    for _ in range(times(50, 2_000)):
        place = (
            f"/v/{''.join(lot.choices(verification_codes.ALPHABET, k=26))}" if lot.random() < 0.5 else "/verify/" + made(lot)
        )
        answered.append(who.visit(place).status)
    assert answered[:5] == [404] * 5
    assert set(answered[5:]) == {429}
    assert Look.select().count() == 5


def made(lot: random.Random) -> str:
    """A well-formed code that nobody has."""
    body = "AP" + "".join(lot.choices(verification_codes.ALPHABET, k=13))
    return body + verification_codes.check_character(body)


@pytest.mark.req("RPT-15")
def test_looks_that_meet_a_report_are_stopped_before_the_eleventh(hers: Holder, visitor: Visitors) -> None:
    report, who = hers.issue(), visitor()
    assert [who.visit(f"/verify/{report.code}").status for _ in range(12)] == [200] * 10 + [429] * 2


@pytest.mark.req("RPT-15")
def test_a_campus_is_never_refused(world: World, hers: Holder, visitor: Visitors) -> None:
    """Three hundred people behind one address within the same minute: each solves one captcha, and each sees the report."""
    report = hers.issue()
    for n in range(30):
        who = visitor().visit(f"/verify/{report.code}")
        if n >= 10:
            assert who.status == 429
            who.fill("图片验证码", world.captcha()).press("接着查询")
        assert (who.status, who.heading) == (200, "有效")


def test_a_solved_captcha_is_good_for_its_own_network_alone(world: World, hers: Holder, visitor: Visitors) -> None:
    report, who = hers.issue(), visitor()
    for _ in range(11):
        who.visit(f"/verify/{report.code}")
    assert who.fill("图片验证码", world.captcha()).press("接着查询").status == 200
    other = visitor(address="203.0.113.9")
    for _ in range(10):
        other.visit(f"/verify/{report.code}")
    other.client = who.client
    assert other.visit(f"/verify/{report.code}").status == 429


@pytest.mark.req("RPT-16")
def test_all_misses_read_the_same(hers: Holder, visitor: Visitors) -> None:
    lot = random.Random(16)
    pages = {
        visitor().visit(place).text for place in (f"/verify/{made(lot)}", f"/verify/{made(lot)}", f"/v/{'A' * 26}", "/v/x")
    }
    assert len(pages) == 1


@pytest.mark.req("RPT-15")
def test_a_pin_cannot_be_used_to_try_codes_without_a_trace(hers: Holder, visitor: Visitors) -> None:
    hers.issue(pin="4821")
    who, lot = visitor().visit("/verify"), random.Random(4821)
    for n in range(1, 7):
        token = who.token() or who.visit("/verify").token()
        who.post(f"/verify/{made(lot)}", {"csrf_token": token, "pin": "1234"})
        who.visit("/verify")
        assert Look.select().count() >= min(n, 5)
    assert who.post(f"/verify/{made(lot)}", {"pin": "1234"}).status == 422


@pytest.mark.req("RPT-14")
def test_the_holder_finds_every_look_with_its_time_and_its_place(world: World, hers: Holder, visitor: Visitors) -> None:
    report = hers.issue()
    visitor().visit(f"/verify/{report.code}")
    issuing.close(report, hers.actor)
    visitor(address="198.51.100.7").visit(f"/v/{report.token}")
    looks = [(look.way, look.verdict, look.network) for look in OnlineReport.get_by_id(report.id).looks.order_by(Look.id)]
    assert looks == [("typed", "valid", "192.0.2.0/24"), ("scanned", "closed", "198.51.100.0/24")]


def test_a_code_has_66_random_bits_and_a_token_130(hers: Holder) -> None:
    reports = [hers.issue() for _ in range(8)]
    assert len({one.code[2:15] for one in reports}) == 8
    assert {len(one.token) for one in reports} == {26}
    assert len(verification_codes.ALPHABET) ** 13 > 2**66 and len(verification_codes.ALPHABET) ** 26 > 2**130
