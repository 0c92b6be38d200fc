"""Hostile input: never a fault of ours, never markup of theirs, never more than was asked."""

import logging
import random
import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.person import Person
from tests.security.forms import WAYS, forms, hostile, send
from tests.security.payloads import ASKED, HEADERS, KEYS, MARKED, ODD, QUERIES
from tests.security.routes import rules
from tests.security.town import Town, make_town
from tests.world import World
from webapp.models.journal import Draft

log = logging.getLogger("tests.security")


@pytest.fixture
def town(app: Flask, world: World) -> Town:
    return make_town(app, world)


def test_no_form_answers_hostile_input_with_a_fault_of_ours(town: Town) -> None:
    draw = random.Random(20261116)
    texts = [*ODD, *MARKED]
    sent = 0
    for shown in forms(town):
        for _ in range(3):
            values = hostile(shown, draw, texts)
            _, answer = send(shown, values)
            sane(answer, f"{shown.who} {shown.method} {shown.action} {values}")
            sent += 1
    log.info("%s hostile forms sent", sent)
    assert sent > 150


def sane(answer: TestResponse, what: str) -> None:
    """No 5xx, and headers that a server can write down."""
    assert answer.status_code < 500, what
    for name, value in answer.headers:
        assert value.isprintable() and value.encode("latin-1", "replace").decode("latin-1") == value, (
            f"{what}: {name}: {value!r}"
        )


def test_no_address_and_no_cookie_ends_in_a_fault_of_ours(town: Town) -> None:
    people = {role: town.person(role) for role in ("anonymous", "student_a", "officer", "auditor")}
    draw = random.Random(20261117)
    sent = 0
    for rule in rules(town.app):
        for role, person in people.items():
            values = {name: draw.choice(KEYS) for name in rule.arguments}
            path = re.sub(r"<(?:[^:>]*:)?(\w+)>", lambda found, values=values: values[found[1]], rule.rule)
            query = "&".join(f"{name}={draw.choice(QUERIES)}" for name in ASKED if draw.random() < 0.6)
            headers = {name: draw.choice(values) for name, values in HEADERS.items() if draw.random() < 0.4}
            answer = person.client.get(f"{path}?{query}", headers=headers)
            sane(answer, f"{role} {path}?{query} {headers}")
            sent += 1
    log.info("%s hostile addresses asked", sent)
    assert sent > 400


def test_each_fault_that_was_found_is_told_to_who_made_it(town: Town) -> None:
    place = f"class:{town.things['near']['class']}"
    colleague = {"login": "xin", "name": "新同事", "role": "C", "place": place}
    columns = WAYS["officer: unknown columns"](town).path + "/columns"
    officer = town.person("officer")
    for path, data, status in (
        ("/staff/campaigns/new", {"title": "自查", "grades": "²"}, 422),
        ("/staff/campaigns/new", {"title": "自查", "grades": "9" * 400}, 422),
        ("/staff/users/new", colleague | {"name": "长" * 3000}, 422),
        ("/staff/users/new", colleague, 200),
        (columns, {}, 422),
        (columns, {"columns-0-field": "", "columns-1-field": "name", "columns-9-field": "x"}, 422),
        ("/staff/import/new", {"kind": "enrolment", "file": "a text"}, 422),
        ("/staff/records", {"kind": "enrolment", "year": "²"}, 422),
        ("/staff/records", {"kind": "enrolment", "year": "9" * 5000}, 422),
    ):
        token = officer.visit("/").token()
        assert officer.client.post(path, data={"csrf_token": token, **data}).status_code == status, f"{path} {data}"
    assert town.person("auditor").client.get("/staff/audit?before=99999999999999999999").status_code == 200


def test_guessing_codes_without_a_captcha_writes_no_drafts(visitor, world: World) -> None:
    """Else anybody could fill the disk: a draft waits for three days."""
    for n in range(12):
        person = visitor().visit("/register/code")
        person.post("/register/code", {"phone": f"138000055{n:02d}", "code": "000000", "consent": "y"})
        assert person.status == 422
    assert Draft.select().count() == 0


def test_an_address_of_any_letters_goes_back_to_htmx_escaped(visitor) -> None:
    asked = {"HX-Request": "true", "HX-Request-Type": "partial"}
    for path in ("/%E4%B8%AD%E6%96%87", "/a%0d%0aX-Evil:1", "/x?a=%E4%B8%AD&b=%0a"):
        answer = visitor().client.get(path, headers=asked)
        sane(answer, path)
        assert answer.status_code == 404 and "X-Evil" not in answer.headers


@pytest.mark.parametrize(
    "cookie", ["", "x", "a.b.c", "\xff\xfe", "%00", "e30.aaaa.bbbb", "." * 4000, '"quoted;"', "=", "xd_visit=1"]
)
def test_a_cookie_that_was_made_up_is_as_good_as_none(visitor, cookie: str) -> None:
    person = visitor()
    for path in ("/", "/login", "/register/code", "/records", "/staff", "/staff/login/second", "/login/device"):
        sent = f"xd_visit={cookie}; xd_session={cookie}"
        answer = person.client.get(path, headers={"Cookie": sent})
        sane(answer, path)
        assert b"csrf_token" in answer.data or answer.status_code == 303


def test_a_cookie_with_one_letter_changed_says_nothing(town: Town) -> None:
    person = WAYS["staff: second step"](town)
    assert person.visit("/staff/login/second").status == 200
    kept = person.client.get_cookie("xd_visit").value
    for place in (0, 5, len(kept) // 2):
        letter = "A" if kept[place] != "A" else "B"
        person.client.set_cookie("xd_visit", kept[:place] + letter + kept[place + 1 :])
        assert person.visit("/staff/login/second").path == "/staff/login"


def test_a_body_that_is_too_much_is_refused_before_it_is_read(town: Town) -> None:
    too_much = {
        "a field of a megabyte": {"login": "x" * (1 << 20)},
        "ten thousand fields": {f"f{n}": "" for n in range(10_000)},
        "ten thousand of one": {"login": ["x"] * 10_000},
    }
    officer, student = town.person("officer"), town.person("student_a")
    record = f"/records/{town.things['near']['record']}"
    places = [(Person(town.app), "/login"), (student, record), (officer, "/staff/import/new")]
    for what, data in too_much.items():
        for person, path in places:
            token = person.visit("/").token()
            for kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
                answer = person.client.post(path, data={**data, "csrf_token": token}, content_type=kind)
                sane(answer, f"{what} {path} {kind}")
                assert answer.status_code in (400, 413, 422), f"{what} {path} {kind}: {answer.status_code}"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"login=%FF%FE&password=\xff\xfe&csrf_token=%s"),
        ("application/x-www-form-urlencoded", b"login=%00&password=a%00b&csrf_token=%s"),
        ("application/x-www-form-urlencoded", b"&&&==&login&csrf_token=%s"),
        ("application/x-www-form-urlencoded; charset=utf-7", b"login=+ADw-x-evil+AD4-&csrf_token=%s"),
        ("multipart/form-data", b"csrf_token=%s"),
        ("multipart/form-data; boundary=", b"--\r\n\r\n%s"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=csrf_token\r\n\r\n%s"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="login"; filename="\x00"\r\n\r\n%s\r\n--x--',
        ),
        ("application/json", b'{"csrf_token": "%s", "login": {"$ne": 1}}'),
        ("text/plain", b"csrf_token=%s"),
        ("", b"%s"),
    ],
)
def test_a_body_of_another_kind_is_no_fault_of_ours(visitor, kind: str, body: bytes) -> None:
    for path in ("/login", "/staff/login", "/register/phone", "/language"):
        person = visitor().visit("/login")
        answer = person.client.post(path, data=body.replace(b"%s", person.token().encode()), content_type=kind)
        sane(answer, path)
