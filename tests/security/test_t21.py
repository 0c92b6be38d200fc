"""T21, more than a form asks for: a right to read is not one to write, no form takes a field that it does not show, and
rights end with the request before.

A role that ended counting at the next request is also `test_doors.py`.
"""

import ast
from pathlib import Path

import pytest
from flask import Flask

import webapp.web
from tests.person import Person
from tests.security.forms import forms, send
from tests.security.state import state
from tests.security.town import Town, make_town
from tests.world import World
from webapp.domain import users
from webapp.domain.permissions import SYSTEM
from webapp.models.accounts import Account, Session
from webapp.models.staff import Grant, Staff

MORE = {
    "role": "O",
    "roles": "O",
    "school_id": "2",
    "unit_id": "2",
    "state": "approved",
    "status": "approved",
    "account": "1",
    "account_id": "1",
    "person_proved": "2026-11-16 10:00:00",
    "school_proved": "2026-11-16 10:00:00",
    "identity_index": "x",
    "spent": "0",
    "needs_two": "0",
    "winner": "1",
    "totp": "",
}
GUARDED = {
    "account": ("state", "identity_index", "person_proved", "school_proved"),
    "grant": ("role", "unit_id", "staff_id"),
    "claim": ("state", "winner_id", "needs_two"),
    "record": ("account_id", "identity_index", "unit_id"),
}
"""Columns that no form of these names sets: they change by moves and imports alone."""


@pytest.fixture
def town(app: Flask, world: World) -> Town:
    return make_town(app, world)


def test_no_view_both_looks_and_changes_by_one_permission() -> None:
    """One function for GET and POST would have one permission for both; the gate reads the code of every route."""
    found, both = 0, []
    for path in Path(webapp.web.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                verbs = {one.func.attr for one in node.decorator_list if _is_route(one)}
                found += bool(verbs)
                if len(verbs & {"get", "post"}) == 2 or "route" in verbs:
                    both.append(f"{path.name}:{node.name}")
    assert found > 100 and both == []


def _is_route(decorator: ast.expr) -> bool:
    named = isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute)
    return named and decorator.func.attr in ("get", "post", "route", "put", "delete", "patch")


@pytest.mark.req("SYS-08", "SYS-09")
@pytest.mark.anywhere
def test_fields_that_a_form_does_not_show_are_not_taken(town: Town) -> None:
    sent = 0
    for shown in forms(town):
        if shown.method != "post" or shown.multipart:
            continue
        more = {name: value for name, value in MORE.items() if name not in shown.names}
        before = guarded()
        send(shown, more)
        town.world.work()
        gained = {key: now for key, now in guarded().items() if key in before and now != before[key]}
        assert all("1" not in map(str, _news(before[key], now)) for key, now in gained.items()), (shown.action, gained)
        roles = {row.role for row in Grant.select().join(Staff).where(Staff.login.not_in(("admin", "admin-99998")))}
        assert "O" not in roles, shown.action
        assert not Account.select().where((Account.state == "approved") | (Account.identity_index == "x")).exists()
        sent += 1
    assert sent > 40


def guarded() -> dict[tuple[str, int], tuple]:
    rows = state()
    return {
        (table, number): tuple(row.get(column) for column in columns)
        for table, columns in GUARDED.items()
        for number, row in rows.get(table, {}).items()
    }


def _news(before: tuple, now: tuple) -> list:
    return [one for was, one in zip(before, now, strict=True) if was != one]


@pytest.mark.req("SYS-09")
def test_who_leaves_a_school_has_no_session_and_no_right_there(town: Town) -> None:
    person = town.person("officer")
    assert person.visit("/staff/records").status == 200
    staff = Session.select().order_by(Session.id.desc()).get().staff
    for grant in Grant.select().where((Grant.staff == staff) & Grant.ends.is_null()):
        users.end(SYSTEM, grant)
    for path in ("/staff/records", "/staff/import", "/staff/review", "/staff"):
        assert person.visit(path).status in (403, 200) and "学籍查询" not in person.text
    again = town.world.log_in(Person(town.app), Staff.get_by_id(staff.id))
    assert again.visit("/staff/records").status == 403
