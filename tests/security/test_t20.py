"""T20, other people's keys in an address: whoever asks, what is not theirs answers like what is not there, at every route.

The table of who gets in where is `tests/web/matrix.csv` (`tests/web/test_matrix.py`: a new route without a row fails). The
employer is a member of an organisation, and another organisation's things are as far away as another school's.
"""

import pytest
from flask import Flask

from tests.security.routes import NOBODYS, Knock, knocks, rules
from tests.security.town import ROLES, Town, make_town
from tests.web.test_matrix import send, told
from tests.world import World
from webapp.domain.identity import verification_codes

CODES = ("report_code", "receipt_code")
WORDS = ("certificate_kind", "material_slot", "agency_key")
"""What is no secret: words of a list, and the name of a key, which stands in its certificate."""


def closed(town: Town, method: str) -> list[Knock]:
    """Knocks at routes that name a thing. A link or a code that somebody was given is itself the key; notices are public."""
    public = ("home.", "news.", "verify.")
    links = {rule.endpoint for rule in rules(town.app) if {"token", "code"} & rule.arguments}
    return [
        knock
        for knock in knocks(town)
        if knock.method == method and knock.endpoint not in links and not knock.endpoint.startswith(public)
    ]


@pytest.fixture
def town(app: Flask, world: World) -> Town:
    return make_town(app, world)


@pytest.mark.anywhere
@pytest.mark.req("SYS-09")
def test_another_schools_things_are_not_there_for_anybody(town: Town) -> None:
    """Looks first, of everybody, at every route that names a thing: the far school's and nobody's give the same bytes."""
    everything = closed(town, "GET")
    nobodys = {knock.endpoint: knock for knock in everything if knock.whose == "nobody"}
    compared = 0
    for role in ROLES:
        if role == "far_officer":
            continue
        person = town.person(role)
        for knock in (one for one in everything if one.whose == "far"):
            far, none = (told(send(person, one, "")) for one in (knock, nobodys[knock.endpoint]))
            assert far == none, f"{role} learns from {knock.path} that the other school has it"
            compared += 1
    assert compared > 8 * 10


@pytest.mark.req("SYS-09")
def test_nothing_of_others_is_changed_by_keys_in_forms(town: Town) -> None:
    """Every form of the far school's things, sent by everybody of the near one, is refused as nobody's is."""
    everything = closed(town, "POST")
    nobodys = {knock.endpoint: knock for knock in everything if knock.whose == "nobody"}
    for role in ("student_a", "student_b", "counsellor", "college", "officer", "employer"):
        person = town.person(role)
        token = person.visit("/").token()
        for knock in (one for one in everything if one.whose == "far"):
            codes = [send(person, one, token).status_code for one in (knock, nobodys[knock.endpoint])]
            assert codes[0] == codes[1], f"{role}: {knock.path} {codes}"


@pytest.mark.req("SYS-09")
def test_every_key_in_an_address_is_a_word_or_128_bits(town: Town) -> None:
    """Nothing counts up: a key cannot be guessed from another, and a number of a row is no address.

    A typed code has 66 random bits and a check character; how often one network may try is T27.
    """
    named = {name for rule in rules(town.app) for name in rule.arguments}
    converters = {type(one).__name__ for rule in rules(town.app) for one in rule._converters.values()}
    assert "IntegerConverter" not in converters and named
    things = [(kind, key) for owner in town.things.values() for kind, key in owner.items()]
    for code in [key for kind, key in things if kind in CODES]:
        verification_codes.check(code)
    keys = [key for kind, key in things if kind not in (*CODES, *WORDS)]
    assert all(len(key) >= len(NOBODYS) for key in keys)
