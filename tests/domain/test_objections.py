"""「不是我」 and 「是我」: the link of a warning, what each does to what was decided, and levels that nobody saw."""

from datetime import timedelta

import pytest

from tests.domain.test_duplicates import approve, fresh, hand_in, new, old, party, used  # noqa: F401 (fixtures)
from tests.domain.test_duplicates import desk as desk
from webapp.domain import clock, standing
from webapp.domain.duplicates import effect, objections
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.models.base import transaction


def test_a_link_speaks_for_one_account_in_one_case(party, old):  # noqa: F811
    token = objections.token(party.claim, old)
    claim, account = objections.read(token)
    assert (claim.key, account.key, len(token)) == (party.claim.key, old.key, 35)
    assert objections.read(token[:-2] + ("A" if token[-2] != "A" else "B") + token[-1]) is None
    assert objections.read("") is None
    assert objections.token(party.claim, party.account) != token
    assert objections.against(party.account) is None


@pytest.mark.req("DUP-20")
def test_who_agrees_waits_for_no_objection(party, old, desk, world):  # noqa: F811
    used(old)
    hand_in(party, world)
    claim = approve(approve(fresh(party.claim), desk[0], party), desk[1], party)
    assert claim.effective - clock.now() == timedelta(hours=72)
    effect.consent(fresh(claim), fresh(old))
    world.wait(seconds=31)
    assert (fresh(claim).state, fresh(old).state, fresh(party.account).state) == ("done", "archived", "active")
    with pytest.raises(Refused, match="moved_on"):
        effect.consent(fresh(claim), fresh(old))


def test_agreeing_before_a_decision_counts_when_it_comes_and_can_be_taken_back(party, old, desk, world):  # noqa: F811
    used(old)
    effect.consent(party.claim, old)
    assert fresh(party.claim).consented is not None
    effect.object(fresh(party.claim), old)
    assert (fresh(party.claim).consented, "objected" in fresh(party.claim).signals) == (None, True)


def test_a_stranger_neither_agrees_nor_objects(party, school):  # noqa: F811
    for say in (effect.consent, effect.object):
        with pytest.raises(Refused, match="moved_on"):
            say(fresh(party.claim), party.account)


@pytest.mark.req("DUP-19")
def test_an_approval_that_nobody_saw_raises_no_level(party, old, world):  # noqa: F811
    with transaction():
        effect.approve(fresh(party.claim), SYSTEM, party, "record")
    world.wait(seconds=31)
    assert (fresh(party.account).state, standing.level(fresh(party.account))) == ("active", 1)
