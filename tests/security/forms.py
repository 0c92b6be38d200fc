"""Every form that the site shows, found by looking at its pages, and ways to send one back as nobody meant it.

A page that only stands in the middle of a way (a code, a second step) is reached by going that way.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, SoupStrainer, Tag
from werkzeug.test import TestResponse

from tests.desk import HEADER, Desk, roster, student
from tests.people import PASSWORD
from tests.person import Person
from tests.registering import identify, prove
from tests.security.routes import knocks
from tests.security.town import CLAIMED, NEAR, ROLES, Town
from webapp.models.accounts import Account
from webapp.models.staff import Staff

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
FORMS = SoupStrainer("form")
"""Of a page nothing else is wanted here: fifteen hundred pages are read in a third of the time."""


LAST = ("/duplicate/leave", "/me/log", "/me/consents")
"""Where forms go that end what all others need: they are tried last."""


@dataclass(frozen=True)
class Field:
    name: str
    kind: str
    value: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A form on a page: who sees it (`reach` leads a new browser there), where it goes, what it asks."""

    who: str
    reach: Callable[[], Person]
    action: str
    method: str
    multipart: bool
    fields: tuple[Field, ...]

    @property
    def names(self) -> list[str]:
        return [field.name for field in self.fields if field.name != "csrf_token"]


def forms(town: Town) -> list[Shown]:
    """The forms of all pages and ways, each once per student and once for everybody else."""
    found: dict[tuple, Shown] = {}
    for who, person, reach in _places(town):
        for form in BeautifulSoup(person.html, "lxml", parse_only=FORMS).find_all("form"):
            shown = _shown(who, reach, form, person.path)
            found.setdefault((who.startswith("student"), shown.action, *shown.names), shown)
    return sorted(found.values(), key=lambda shown: shown.action.startswith(LAST))


def send(shown: Shown, values: dict[str, object]) -> tuple[Person, TestResponse]:
    """Fill the form in a new browser: `values` win over what stands there (None: not sent); the token is that browser's."""
    person = shown.reach()
    token = (_TOKEN.search(person.html) or _TOKEN.search(_looking(person, "/").html))[1]
    data = {field.name: field.value for field in shown.fields if field.kind != "file"} | values | {"csrf_token": token}
    data = {name: value for name, value in data.items() if value is not None}
    if shown.method == "get":
        return person, person.client.get(shown.action, query_string=values)
    kind = "multipart/form-data" if shown.multipart else "application/x-www-form-urlencoded"
    return person, person.client.post(shown.action, data=data, content_type=kind)


def plausible(shown: Shown, text: Callable[[], str]) -> dict[str, str]:
    """Answers that may pass: a choice where there are choices, and `text` wherever somebody writes."""
    answers = {}
    for field in shown.fields:
        if field.kind in ("radio", "select"):
            answers[field.name] = next((option for option in field.options if option), "")
        elif field.kind == "checkbox":
            answers[field.name] = field.options[0]
        elif field.kind not in ("hidden", "file", "submit"):
            answers[field.name] = text()
    return answers


def hostile(shown: Shown, draw: random.Random, texts: list[str]) -> dict[str, str | None]:
    """Some fields filled with what nobody types, some left as they stand, some not sent, some that no form has."""
    names = [*shown.names, "id", "key", "next", "altcha", "unit"]
    missing = {name: None for name in shown.names if draw.random() < 0.2}
    return {name: draw.choice(texts) for name in names if draw.random() < 0.7} | missing


def _places(town: Town) -> Iterator[tuple[str, Person, Callable[[], Person]]]:
    for role in ROLES:
        person = town.person(role)
        for knock in knocks(town):
            if knock.method == "GET" and knock.whose in ("-", "near") and _look(person, knock.path):
                yield role, person, lambda role=role, path=knock.path: _looking(town.person(role), path)
    for name, way in WAYS.items():
        yield name, way(town), lambda way=way: way(town)


def _look(person: Person, path: str) -> bool:
    """Read a page as it comes, unchecked; False where there is none."""
    answer = person.client.get(path)
    person.path, person.html = path, answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
    return answer.status_code == 200


def _looking(person: Person, path: str) -> Person:
    _look(person, path)
    return person


def _shown(who: str, reach: Callable[[], Person], form: Tag, path: str) -> Shown:
    fields: dict[str, Field] = {}
    for control in form.find_all(["input", "select", "textarea", "button"]):
        name = control.get("name")
        if not name:
            continue
        kind = {"button": "submit", "input": control.get("type", "text")}.get(control.name, control.name)
        value = control.get("value", "") if kind not in ("checkbox", "radio", "submit") else ""
        options = [control.get("value", "on")] if kind in ("checkbox", "radio") else []
        options += [option.get("value", "") for option in control.find_all("option")]
        before = fields.get(name, Field(name, kind, value))
        fields[name] = Field(name, before.kind, before.value, (*before.options, *options))
    multipart = form.get("enctype") == "multipart/form-data"
    return Shown(who, reach, form.get("action") or path, form.get("method", "get").lower(), multipart, tuple(fields.values()))


def _phone(town: Town) -> str:
    """A phone that nobody had before."""
    town.fresh += 1
    return f"1380003{town.fresh:04d}"


def _half_in(town: Town) -> Person:
    person = Person(town.app).visit("/login")
    return person.fill("手机号、证件号码或邮箱", town.accounts[NEAR].phone).fill("密码", PASSWORD).press("登录")


def _code_asked(town: Town) -> Person:
    town.world.wait(minutes=1)
    person = Person(town.app).visit("/login/code").fill("手机号", _phone(town)).fill("图片验证码", town.world.captcha())
    return person.press("获取短信验证码")


def _staff_half_in(town: Town) -> Person:
    person = Person(town.app).visit("/staff/login").fill("登录名", "luo").fill("密码", PASSWORD)
    return person.press("下一步")


def _setting_up(town: Town) -> Person:
    Staff.update(totp=None).where(Staff.login == "xinxi").execute()
    staff = Staff.get(Staff.login == "xinxi")
    staff.totp_next = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    staff.save()
    person = Person(town.app).visit("/staff/login").fill("登录名", "xinxi").fill("密码", PASSWORD)
    return person.press("下一步")


def _checking(town: Town) -> Person:
    """A student before an open record, with a tick and a field for everything in it."""
    return _looking(*town.checking())


def _at_the_gate(town: Town) -> Person:
    return _looking(town.newcomer("周明轩"), "/records/gate")


def _without_record(town: Town) -> Person:
    person = town.newcomer("马若兰", name="马若澜")
    return _looking(person, "/records/none")


def _asking_in_english(town: Town) -> Person:
    """A holder at the step that an English report asks besides."""
    person, record = town.checking("钱多多")
    return person.visit(f"/reports/new/{record.rpartition('/')[2]}").tick("英文").press("申请")


def _claiming(path: str) -> Callable[[Town], Person]:
    """Somebody whose identity is in doubt, before one of the pages of that."""
    return lambda town: _looking(town.world.log_in(Person(town.app), town.claimant()), path)


def _warned(town: Town) -> Person:
    """Who has the account that a claim would put away."""
    holder = Account.get((Account.name == CLAIMED) & (Account.state == "active"))
    return _looking(town.world.log_in(Person(town.app), holder), "/duplicate/notice")


def _mapping(town: Town) -> Person:
    batch = Desk(town.world, town.near).upload(roster([*student(40), "x"], header=[*HEADER, "暗号"]))
    return _looking(town.person("officer"), f"/staff/import/{batch.key}")


WAYS: dict[str, Callable[[Town], Person]] = {
    "registering: identity": lambda town: prove(Person(town.app), town.world, _phone(town)),
    "registering: password": lambda town: identify(prove(Person(town.app), town.world, _phone(town))),
    "logging in: new browser": _half_in,
    "logging in: code": _code_asked,
    "staff: second step": _staff_half_in,
    "staff: setting up": _setting_up,
    "student: checking": _checking,
    "student: at the gate": _at_the_gate,
    "student: without record": _without_record,
    "student: an English report": _asking_in_english,
    "student: choosing a way": _claiming("/duplicate"),
    "student: handing photos in": _claiming("/duplicate/photos"),
    "student: one photo": _claiming("/duplicate/photos/card_front"),
    "student: the school record": _claiming("/duplicate/record"),
    "student: asking classmates": _claiming("/duplicate/classmates"),
    "student: the old account": _claiming("/duplicate/leave"),
    "student: warned of a claim": _warned,
    "officer: unknown columns": _mapping,
}
