"""T08, pumping SMS: only mainland mobiles, an hour's budget for the whole site that outlives a restart, and a reserve.

As decided, the check before each SMS stands from the first, so a low share of codes that are used asks
for nothing more; the budget is a setting (2,000 an hour), here the row's 200.
"""

import random

import pytest

from tests.world import World
from webapp import create_app
from webapp.domain import codes, defaults, limits
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.models.journal import Event

pytestmark = pytest.mark.anywhere

BUDGET, RESERVE = 200, 40


def ask(phone: str, purpose: str = "register", network: str = "") -> str:
    try:
        codes.request(phone, purpose, network)
    except Refused as refusal:
        return refusal.code
    return "sent"


@pytest.mark.req("ACC-06")
def test_of_an_hour_of_pumping_the_budget_leaves_and_a_recovery_still_does(world: World, settings, times) -> None:
    defaults.change("sms.per_hour", BUDGET, SYSTEM)
    defaults.change("sms.reserve", RESERVE, SYSTEM)
    many = times(300, 10_000)
    said = []
    for n in range(many):
        said.append(ask(f"138000{n:05d}", network=f"198.51.{n % 250}.0/24"))
        if n == BUDGET // 2:
            create_app(settings)  # a restart in the middle
            defaults.forget()
        if n % 10 == 9:
            world.wait(seconds=1)
    assert said == ["sent"] * BUDGET + ["sms_busy"] * (many - BUDGET)
    texts = [line for line in world.outbox() if line.startswith("SMS 138 00")]
    assert len(texts) == BUDGET
    told = [event.detail for event in Event.select().where(Event.action == "sms.budget").order_by(Event.seq)]
    assert told == ['{"left":100,"most":200}', '{"left":0,"most":200}']
    recovered = [ask(f"137000{n:05d}", "recover") for n in range(RESERVE + 5)]
    assert recovered == ["sent"] * RESERVE + ["sms_busy"] * 5
    assert ask("13600000000", "login") == "sms_busy"
    world.wait(hours=1)
    assert ask("13600000000", "login") == "sent"


@pytest.mark.req("ACC-06")
def test_only_mainland_mobiles_are_sent_to(world: World) -> None:
    draw = random.Random(8)
    strange = ["+1 202 555 0100", "0085223456789", "95588", "12800000000", "1380000000", "138000000001", "０1380000000"]
    strange += [f"00{draw.randint(10**8, 10**13)}" for _ in range(200)] + [f"1{draw.randint(0, 2)}{n:09d}" for n in range(200)]
    assert {ask(phone) for phone in strange} == {"phone_format"}
    assert limits.left("sms:site_hour", "") == limits.LIMITS["sms:site_hour"].allowed()
