"""What changes anything: a look does not, and a form only with the token of the browser that it was made for."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.person import Person
from tests.security.routes import Knock, knocks
from tests.security.state import changed, state
from tests.security.town import ROLES, Town, make_town
from tests.world import World

TABLE = Path(__file__).parents[1] / "web" / "matrix.csv"

FIRST_LOOK = {"record.opened", "check.state", "check.seen"}
"""已查看 of the holder's own record."""

EVERY_LOOK = {
    "view+", "look+",  # the view log, and that of reports
    "event+", "chain.seq", "chain.mac",  # a look of staff at a picture or a whole number
    "session.seen", "account.records_seen",  # when somebody was last here
    "bucket+", "bucket.stamps", "bucket.until",
}  # fmt: skip


@pytest.fixture
def town(app: Flask, world: World) -> Town:
    return make_town(app, world)


def doors(town: Town, method: str) -> Iterator[tuple[str, Knock]]:
    """Each route of a method once, with a role that it opens to, or would if its thing were there."""
    with TABLE.open() as file:
        rows = {tuple(list(row.values())[:3]): row for row in csv.DictReader(file)}
    for knock in knocks(town):
        if knock.method == method and knock.whose in ("-", "near"):
            row = rows[knock[:3]]
            nobody = "claimant" if knock.path.startswith("/duplicate") else "anonymous"
            yield next((role for said in ("in", "400", "404") for role in reversed(ROLES) if row[role] == said), nobody), knock


@pytest.mark.anywhere
@pytest.mark.req("SYS-08")
def test_a_look_changes_nothing_but_the_log_of_looks(town: Town) -> None:
    people = {role: town.person(role) for role in (*ROLES, "claimant")}
    looks = [*doors(town, "GET"), *((role, knock) for role, knock in doors(town, "GET") for role in ("student_b", "officer"))]
    for allowed in (FIRST_LOOK | EVERY_LOOK, EVERY_LOOK):
        before = state()
        for role, knock in looks:
            people[role].client.get(knock.path)
            people[role].client.head(knock.path)
        assert changed(before, state()) <= allowed
        town.world.wait(minutes=11)


@pytest.mark.req("SYS-08")
@pytest.mark.anywhere
def test_no_form_is_taken_without_the_token_of_its_own_browser(town: Town) -> None:
    people = {role: town.person(role) for role in (*ROLES, "claimant")}
    tokens = {role: person.visit("/").token() for role, person in people.items()}
    strangers = Person(town.app).visit("/").token()
    forged, before = 0, None
    for role, knock in doors(town, "POST"):
        before = before or state()
        for data, headers in forgeries(tokens[role], strangers):
            answer = people[role].client.post(knock.path, data=data, headers=headers)
            locked_out = answer.status_code == 303 and knock.endpoint.startswith(("accounts.", "staff."))
            assert answer.status_code in (400, 403) or locked_out, f"{knock.path} took {data} {headers}"
            forged += 1
    assert changed(before, state()) == set()
    assert forged > 400


def forgeries(token: str, strangers: str) -> list[tuple[object, dict[str, str]]]:
    """What another site can send: without the token, with its own visit's token, or with a leaked one from elsewhere."""
    right = {"csrf_token": token}
    return [
        ({}, {}),
        ({"csrf_token": strangers}, {}),
        ({"csrf_token": token[:-9] + ("A" if token[-9] != "A" else "B") + token[-8:]}, {}),
        (f"csrf_token={token}", {"Content-Type": "text/plain"}),
        (right, {"Origin": "https://evil.example"}),
        (right, {"Origin": "null"}),
        (right, {"Origin": "http://["}),
        (right, {"Origin": "http://localhost.evil.example"}),
        (right, {"Sec-Fetch-Site": "cross-site"}),
    ]
