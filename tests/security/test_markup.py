"""What people type stays what they typed: no markup on a page, no formula in a file, no field that was not asked."""

from io import BytesIO
from itertools import cycle
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from tests.desk import Desk, roster, student
from tests.security.forms import forms, plausible, send
from tests.security.payloads import MARKED
from tests.security.routes import knocks
from tests.security.state import changed, state
from tests.security.town import ROLES, Town, make_town
from tests.world import World
from webapp.models.checks import ReportedField
from webapp.models.school import Campaign, Class

ADDRESSES = ("href", "src", "action", "formaction")
FORMULA = '=HYPERLINK("http://evil.example","x")'


@pytest.fixture
def town(app: Flask, world: World) -> Town:
    return make_town(app, world)


@pytest.mark.req("SYS-08")
@pytest.mark.anywhere
def test_markup_typed_anywhere_comes_to_life_nowhere(town: Town) -> None:
    evil = cycle(MARKED)
    desk = Desk(town.world, town.near)
    rows = [
        student(n, 班级=next(evil), 学院=next(evil), 专业名称=next(evil), 姓名=name)
        for n, name in ((50, "学生甲"), (51, "<x-evil>"))
    ]
    desk.confirm(desk.upload(roster(*rows), name="<x-evil>.csv"))
    for shown in forms(town):
        for _ in range(2):
            person, answer = send(shown, plausible(shown, lambda: next(evil)))
            inert(answer.get_data(as_text=True) if answer.mimetype == "text/html" else "", shown.action)
    town.world.work()
    read = 0
    for role in ROLES:
        person = town.person(role)
        for knock in knocks(town):
            if knock.method == "GET" and knock.whose in ("-", "near", "beside"):
                answer = person.client.get(knock.path)
                read += inert(answer.get_data(as_text=True) if answer.mimetype == "text/html" else "", f"{role} {knock.path}")
    assert Class.select().where(Class.name.contains("x-evil")).exists(), "nothing hostile was kept: this test proves nothing"
    assert read > 10, "nothing hostile was shown: this test proves nothing"


def inert(html: str, where: str) -> bool:
    """No element, attribute or address of theirs. Returns whether something of theirs is on the page at all."""
    if "x-evil" not in html and "onerror" not in html:
        return False
    for tag in BeautifulSoup(html, "html5lib").find_all(True):
        assert tag.name != "x-evil", f"{where}: {tag}"
        for name, value in tag.attrs.items():
            theirs = "x-evil" in name or name.startswith("on") or (name.startswith("hx-") and "evil" in value)
            leads = name in ADDRESSES and str(value).strip().lower().startswith(("javascript:", "data:"))
            assert not theirs and not leads, f"{where}: {tag}"
    return True


@pytest.mark.req("SCH-03", "CHK-10")
def test_no_cell_of_an_exported_file_is_a_formula(town: Town) -> None:
    for klass in Class.select():
        Class.update(name=f"{FORMULA}{klass.id}").where(Class.id == klass.id).execute()
    for field in ReportedField.select():
        field.right = FORMULA
        field.save()
    for kind in ("unfinished", "errors"):
        officer = town.person("officer").visit("/staff/progress/export")
        reason = officer.page.select_one("select[name=reason] option[value]:not([value='']), input[name=reason]")["value"]
        sent = {"csrf_token": officer.token(), "kind": kind, "reason": reason}
        answer = officer.client.post("/staff/progress/export", data=sent)
        assert answer.status_code == 200, answer.text
        with ZipFile(BytesIO(answer.data)) as book:
            sheets = b"".join(book.read(name) for name in book.namelist())
        assert b"evil.example" in sheets and b"<f>" not in sheets and b"<hyperlink" not in sheets


EXTRA = {
    "id": "1", "key": "AAAAAAAAAAAAAAAAAAAAAA", "state": "closed", "account": "1", "account_id": "1", "staff": "1",
    "actor": "system", "password_hash": "x", "identity_index": "x", "document": "110105200801010029", "phone_proved": "1",
    "new_password_due": "", "abilities": "staff:write", "grants": "O", "is_admin": "1", "language": "xx", "totp": "x",
    "created": "1970-01-01",
}  # fmt: skip
"""Names of columns, as somebody guesses them who read the source."""

HELD = {
    "account": {"key", "state", "phone", "document", "identity_index", "name", "password_hash", "language", "email"},
    "staff": {"key", "state", "login", "name", "password_hash", "totp", "phone", "email", "language"},
    "record": {"key", "account_id", "unit_id", "document", "identity_index", "name", "status", "exempt"},
    "grant": {"staff_id", "role", "unit_id", "college_id", "klass_id", "starts", "ends"},
    "session": {"account_id", "staff_id", "kind", "ends"},
    "report": {"account_id", "record_id"},
    "no_record": {"account_id"},
    "batch": {"unit_id", "staff_id", "kind"},
    "campaign": {"unit_id", "key"},
    "upload": {"account_id", "unit_id", "name", "wrapped_key"},
}
"""Columns that no form of these sets, whatever is sent along."""

SETS = (
    "/duplicate/leave",
    "/staff/users",
    "/me/password",
    "/me/language",
    "/language",
    "/staff/invite",
    "/staff/setup",
    "/me/email/confirm",
    "/staff/records/",
)
"""Where forms go that do set some of these; their own tests say which."""


@pytest.mark.req("SYS-08", "SYS-09")
@pytest.mark.anywhere
def test_fields_that_no_form_asks_for_set_nothing(town: Town) -> None:
    extra = {**EXTRA, "role": "O", "unit": town.things["far"]["unit"], "unit_id": str(town.far.unit.id)}
    people = f"/staff/agencies/{town.things['near']['agency']}/people"
    shown_forms = [shown for shown in forms(town) if not shown.action.startswith((*SETS, people))]
    before = state()
    for shown in shown_forms:
        asked = set(shown.names)
        send(shown, plausible(shown, lambda: "2026") | {name: value for name, value in extra.items() if name not in asked})
    held = {f"{table}.{column}" for table, columns in HELD.items() for column in columns}
    assert changed(before, state()) & (held | {"grant+", "staff+", "unit+", "record-", "setting+"}) == set()
    assert {one.unit_id for one in Campaign.select().where(Campaign.id.not_in(list(before["campaign"])))} <= {town.near.unit.id}
