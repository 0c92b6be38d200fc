"""T01, who knows everything about somebody and holds nothing of theirs: no order of requests makes the account the attacker's.

As decided, an objection in any of the 72 hours sends the case to two people; the claimant stays in doubt, and
keeps a session that opens nothing. Orders of claims, decisions and objections are `tests/domain/test_claim_machine.py`.
"""

import random
from datetime import timedelta

import pytest

from tests.claims import Claims
from tests.people import School, make_account
from tests.scenes import saved, scene
from tests.security.knocking import DOORS, Browser, Person
from tests.security.routes import knocks
from tests.security.town import NEAR, Town, make_town
from tests.world import World
from webapp.domain import clock, sessions
from webapp.domain.duplicates import cases, objections
from webapp.models.accounts import Account, Login, Session
from webapp.models.duplicates import Claim
from webapp.models.journal import Event

HERS = ("state", "phone", "email", "password_hash", "identity_index", "new_password_due", "person_proved")
NEW = "shan-gao-shui-chang-77"


def known(town: Town, victim: Account, own: str) -> dict[str, str]:
    """Everything that a leak tells, under every name that a form may ask it by; the phone is the attacker's own."""
    record = town.near.record(victim.name)
    return {
        "name": victim.name, "number": victim.document, "login": victim.document, "phone": own, "kind": "1", "country": "CHN",
        "school": town.near.unit.name, "student_number": record.student_number, "year": "2026", "level": record.level,
        "password": NEW, "again": NEW, "confirm": NEW, "email": "evil@example.edu.cn", "consent": "y", "agree": "y", "yes": "y",
        "question1": "pet", "answer1": "白菜", "question2": "street", "answer2": "长街", "verdict": "approve", "end": "settle",
    }  # fmt: skip


@pytest.mark.req("ACC-03", "DUP-20", "REC-06")
def test_no_order_of_requests_makes_an_account_the_attackers(app, world: World, times) -> None:
    """Public doors and every route of the site, anonymous and from an account in doubt, with guessed and with own codes."""
    town = make_town(app, world)
    victim = Account.by_key(town.accounts[NEAR].key)
    before = [getattr(victim, name) for name in HERS]
    mine = make_account(town.near.record(NEAR), "13800008888", state="duplicate")
    doors, draw = list(DOORS.values()), random.Random(1)
    routes = [knock for knock in knocks(town) if knock.whose in ("-", "nobody")]
    facts = known(town, victim, mine.phone)
    who, walked = Person(victim.phone, victim.name, victim.document, victim.email or ""), 0
    for sequence in range(times(30, 1_000)):
        me = Browser(app, f"203.0.{sequence % 250}.9")
        if sequence % 2:
            me.client.set_cookie("xd_session", sessions.begin(mine, "-", "-"))
        for _ in range(draw.randint(4, 12)):
            if draw.random() < 0.3:
                draw.choice(doors)(me, who, world.work)()
            else:
                knock = draw.choice(routes)
                code = draw.choice(["000000", "00000000", f"{draw.randrange(10**6):06d}"])
                me.get(knock.path) if knock.method == "GET" else me.post(knock.path, **facts, code=code)
            walked += 1
        world.wait(hours=draw.choice((0, 1, 24, 73)))
        Login.create(account=victim, at=clock.now(), method="code", result="in", device="-", network="-")  # still in use
        victim = Account.by_key(victim.key)
        assert [getattr(victim, name) for name in HERS] == before
        assert Account.by_key(mine.key).state in ("duplicate", "archived", "closing")
    assert walked > 4 * times(30, 1_000)
    assert {one.account_id for one in Session.select().where(Session.device == "-")} <= {mine.id}


@pytest.mark.req("DUP-20", "DUP-21")
def test_one_tap_in_the_last_minute_stops_it(app, world: World, school: School) -> None:
    claims = Claims(world, school)
    party = claims.party()
    old = cases.rivals(party.claim)[0]
    Login.create(account=old, at=clock.now(), method="code", result="in", device="-", network="-")
    claims.hand_in(party, saved(scene(1, (800, 600))))
    claims.approve(party)
    claim = Claim.get_by_id(party.claim_id)
    assert claim.effective - clock.now() == timedelta(hours=72)
    claimant = Browser(app, "203.0.113.9")
    claimant.client.set_cookie("xd_session", sessions.begin(Account.get_by_id(party.account_id), "-", "-"))
    assert claimant.get("/records").status_code == 409
    world.wait(hours=71, minutes=59)
    holder = Browser(app, "192.0.2.77")
    link = f"/duplicate/notice/{objections.token(claim, old)}"
    holder.get(link)
    assert holder.post(link).status_code in (200, 303)
    world.wait(days=30)
    claim = Claim.get_by_id(claim.id)
    assert (claim.state, claim.needs_two, claim.winner) == ("waiting", True, None)
    assert (Account.get_by_id(old.id).state, Account.get_by_id(party.account_id).state) == ("active", "duplicate")
    assert Event.select().where((Event.object == f"claim:{claim.key}") & (Event.action == "claim.object")).count() == 1
    assert claimant.get("/records").status_code == 303
