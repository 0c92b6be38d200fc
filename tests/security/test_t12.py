"""T12, harvesting: at every door somebody who is here is answered, byte for byte, like somebody who is not.

How long an answer takes is judged by `tests/bench/bench_enumeration.py`. As decided, nobody is refused for the
network that they share; who may ask for an identity at all has proved a phone, and asks for three a day.
"""

import re

import pytest

from tests.people import _HASH
from tests.security import crowd
from tests.security.knocking import DOORS, Browser, Person
from tests.world import World
from webapp.domain import accounts
from webapp.domain.accounts import Identity
from webapp.domain.refused import Refused
from webapp.models.base import database

pytestmark = pytest.mark.anywhere

FRESH = re.compile(
    r'value="[\w.-]{60,}"|/captcha/[^"]+\.png|data-challenge="[^"]+"|.加.等于几|138[ *\d]{8,10}|110105\d{11}[\dX]'
    r"|p\d{4}@example\.edu\.cn"
)
"""What differs between two visits anyway: token, captcha, and what was typed, which is shown again."""


def answered(world: World, door: str, who: Person, address: str) -> list[tuple]:
    """All that a browser learns at a door: the answer to the form, and the page to which it leads."""
    me = Browser(world.app, address)
    answer = DOORS[door](me, who, world.work)()
    told = [facts(answer)]
    if answer.status_code == 303:
        told.append(facts(me.get(answer.headers["Location"])))
    return told


def facts(answer) -> tuple:
    headers = [pair for pair in answer.headers if pair[0] not in ("Set-Cookie", "Content-Length")]
    cookies = sorted(cookie.partition("=")[0] for cookie in answer.headers.getlist("Set-Cookie"))
    page = answer.get_data(as_text=True)
    return answer.status_code, headers, cookies, FRESH.sub("", page), len(FRESH.sub("", page))


@pytest.mark.req("ACC-02", "ACC-36", "REC-02", "REC-04", "REC-06", "REC-08")
@pytest.mark.parametrize("door", DOORS)
def test_who_is_here_and_who_is_not_get_the_same_bytes(world: World, times, door: str) -> None:
    many = times(60, 200)
    here, away = list(crowd.people(many)), list(crowd.people(many, begin=many))
    database.execute_sql("PRAGMA synchronous = 0")  # what survives a power cut is not the question
    for who in here:
        crowd.register(who, _HASH)
    for n, (one, other) in enumerate(zip(here, away, strict=True)):
        # Neighbours in one network, as on a campus: what its budget makes harder is as hard for both.
        known, unknown = (answered(world, door, who, f"198.51.{n // 250}.{n % 250}") for who in (one, other))
        assert known == unknown
        world.wait(seconds=61)


@pytest.mark.req("ACC-20")
def test_the_fourth_identity_of_a_day_is_not_looked_up(world: World, times) -> None:
    """100 phones ask for 10,000 identities and learn of 300; three a phone."""
    phones, each = times(20, 100), times(20, 100)
    asked = list(crowd.people(phones * each))
    for who in asked[:: each // 4]:
        crowd.register(who, _HASH)
    learned = 0
    for n in range(phones):
        for who in asked[n * each : (n + 1) * each]:
            try:
                accounts.check_free(Identity(who.name, "1", "CHN", who.number), f"1390000{n:04d}")
            except Refused as refusal:
                if refusal.code == "identity_tries":
                    break
            learned += 1
    assert learned == 3 * phones
