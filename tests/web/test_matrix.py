"""Who gets in where: every route × method × owner of the thing × role against a checked-in table (R-SYS-09).

`matrix.csv` is read by people; a new route fails here until its row was looked at and added.
"""

import csv
import difflib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.test import TestResponse

from tests.person import Person
from tests.security.routes import Knock, knocks
from tests.security.town import ROLES, Town, make_town
from tests.world import World
from webapp.models.accounts import Account

TABLE = Path(__file__).with_name("matrix.csv")
HEAD = ["endpoint", "method", "whose", *ROLES]

FRESH = re.compile(r'name="csrf_token" value="[^"]+"|name="next" value="[^"]+"')
"""What differs between two looks at one page: the token, and the address itself."""


@pytest.fixture
def town(app: Flask, world: World) -> Town:
    return make_town(app, world)


@pytest.mark.req("SYS-09", "SYS-08")
@pytest.mark.anywhere
def test_every_door_opens_to_whom_the_table_says(town: Town, tmp_path: Path) -> None:
    seen: dict[tuple[str, str, str], dict[str, str]] = {}
    for role, knock, answer in walk(town, list(knocks(town))):
        seen.setdefault(knock[:3], {})[role] = kind(answer)
    rows = [HEAD, *([*place, *(kinds[role] for role in ROLES)] for place, kinds in sorted(seen.items()))]
    found = tmp_path / "matrix.csv"
    with found.open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    known, now = (path.read_text().splitlines() if path.exists() else [] for path in (TABLE, found))
    changed = [line for line in difflib.unified_diff(known, now, lineterm="", n=0) if line[0] in "+-"][2:]
    assert not changed, f"look at each of these, then copy {found} to {TABLE}:\n" + "\n".join(changed)


@pytest.mark.anywhere
@pytest.mark.req("SYS-09")
def test_what_belongs_to_others_answers_like_what_is_not_there(town: Town) -> None:
    with TABLE.open() as file:
        rows = [row for row in csv.DictReader(file) if row["anonymous"] != "in"]  # a link opens to who has it, once
        hidden = {(*list(row.values())[:3], role) for row in rows for role in ROLES if row[role] == "404"}
    all_knocks = list(knocks(town))
    nobodys = {(knock.endpoint, knock.method): knock for knock in all_knocks if knock.whose == "nobody"}
    pairs = [(knock, nobodys[knock[:2]]) for knock in all_knocks if knock.whose not in ("-", "nobody")]
    compared = 0
    for role in ROLES:
        person = town.person(role)
        token = person.visit("/").token()
        for knock, nobodys_knock in pairs:
            if (*knock[:3], role) not in hidden:
                continue
            one, other = (told(send(person, each, token)) for each in (knock, nobodys_knock))
            assert one == other, f"{role} learns from {knock.method} {knock.endpoint} that {knock.whose}'s is there"
            compared += 1
    assert compared > 150


@pytest.mark.anywhere
@pytest.mark.req("SYS-08")
def test_no_route_takes_a_method_that_it_does_not_name(town: Town) -> None:
    officer = town.person("officer")
    token = officer.visit("/").token()
    ways = town.app.url_map.bind("localhost")
    for path in {knock.path for knock in knocks(town) if knock.whose in ("-", "near")}:
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"):
            try:
                ways.match(path, method=method)
            except MethodNotAllowed:
                answer = officer.client.open(path, method=method, data={"csrf_token": token})
                assert answer.status_code == 405, f"{method} {path}"


def walk(town: Town, doors: list[Knock]) -> Iterator[tuple[str, Knock, TestResponse]]:
    """Everybody knocks at every door: all looks first, then everything that might change something."""
    for method in ("GET", "POST"):
        mine = [door for door in doors if door.method == method]
        for role in ROLES:
            person = town.person(role)
            token = person.visit("/").token()
            for door in mine:
                answer = send(person, door, token)
                yield role, door, answer
                if "xd_session=" in " ".join(answer.headers.getlist("Set-Cookie")):
                    Account.update(new_password_due=False).execute()  # 「不是我」 would close every other door
                    person = town.enter(role, Person(town.app))
                    token = person.visit("/").token()


def send(person: Person, door: Knock, token: str) -> TestResponse:
    if door.method == "GET":
        return person.client.get(door.path)
    return person.client.open(door.path, method=door.method, data={"csrf_token": token})


def kind(answer: TestResponse) -> str:
    """The class of an answer: in, login or staff (sent to that door), or the number of the refusal."""
    place = answer.headers.get("Location", "")
    if answer.status_code == 303 and place in ("/login", "/staff/login"):
        return "staff" if place.startswith("/staff") else "login"
    return "in" if answer.status_code in (200, 204, 303, 409, 422) else str(answer.status_code)


def told(answer: TestResponse) -> tuple[int, list, str]:
    """All that an answer tells."""
    headers = sorted(pair for pair in answer.headers if pair[0] not in ("Set-Cookie", "Content-Length"))
    return answer.status_code, headers, FRESH.sub("", answer.get_data(as_text=True))
