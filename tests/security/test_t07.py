"""T07, an SMS flood at one victim: however many ask from however many networks, ten a day arrive, and nobody learns more.

As decided, a phone gets one SMS a minute, five for a purpose and ten in all in any 24 hours; one check
(proof of work or captcha) stands before every SMS, from the first. A block at the victim's wish does not exist: the gateway's
own (退订) is the one that also stops others.
"""

import random

import pytest

from tests.people import _HASH
from tests.security import crowd
from tests.security.knocking import DOORS, Browser
from tests.security.test_t12 import facts
from tests.world import World
from webapp.models.messages import Message

pytestmark = pytest.mark.anywhere

ASKING = ("register", "a code to log in", "reset by phone")


@pytest.mark.req("ACC-05", "ACC-06")
def test_of_a_day_of_asking_from_everywhere_ten_arrive(world: World, times) -> None:
    """The same flood at who is here and at who is not: the same number arrives, and the same bytes come back."""
    (here,), (away,) = list(crowd.people(1)), list(crowd.people(1, begin=500))
    crowd.register(here, _HASH)
    many, draw = times(200, 1_000), random.Random(7)
    seconds = 24 * 3600 / many
    for n in range(many):
        door = draw.choice(ASKING)
        told = [facts(DOORS[door](Browser(world.app, f"198.51.{n % 200}.7"), who, world.work)()) for who in (here, away)]
        assert told[0] == told[1], door
        world.wait(seconds=seconds)
    sent = [arrived(world, who.phone) for who in (here, away)]
    assert 5 <= sent[0] <= 10 and sent[1] <= 10


def arrived(world: World, phone: str) -> int:
    grouped = f"SMS {phone[:3]} {phone[3:7]} {phone[7:]} "
    return sum(line.startswith(grouped) for line in world.outbox())


@pytest.mark.req("ACC-04")
@pytest.mark.parametrize("door", ASKING[:2])
def test_without_the_check_nothing_is_sent(world: World, door: str) -> None:
    (who,) = crowd.people(1)
    path = {"register": "/register/phone", "a code to log in": "/login/code"}[door]
    me = Browser(world.app, "198.51.100.7")
    for typed in ("", "0000", "altcha"):
        me.get(path)
        me.post(path, phone=who.phone, consent="y", captcha=typed)
    assert Message.select().count() == 0


@pytest.mark.req("ACC-04")
def test_an_answered_check_sends_one_sms_and_no_second(world: World) -> None:
    one, other = crowd.people(2)
    me = Browser(world.app, "198.51.100.7")
    me.get("/login/code")
    typed = me.captcha()
    me.post("/login/code", phone=one.phone, captcha=typed)
    me.post("/login/code", phone=other.phone, captcha=typed)
    assert (arrived(world, one.phone), arrived(world, other.phone)) == (1, 0)
