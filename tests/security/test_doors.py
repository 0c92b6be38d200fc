"""The doors themselves: cookies copied, proofs used twice or elsewhere, roles that ended, addresses that lead away."""

import re
from datetime import timedelta
from urllib.parse import quote

import pyotp
import pytest
from flask import Flask

from tests.people import PASSWORD, TOTP
from tests.person import Person
from tests.security.forms import WAYS
from tests.security.town import NEAR, Town, make_town
from tests.world import START, World
from webapp.domain import accounts, clock, second_factor, users
from webapp.domain.permissions import SYSTEM
from webapp.models.accounts import Consent, Session
from webapp.models.staff import Grant, Staff

NEW = "shan-gao-shui-chang-77"


@pytest.fixture
def town(app: Flask, world: World) -> Town:
    return make_town(app, world)


def cookies(person: Person) -> dict[str, str]:
    return {name: cookie.value for name in ("xd_visit", "xd_session") if (cookie := person.client.get_cookie(name))}


def with_cookies(town: Town, kept: dict[str, str]) -> Person:
    """The browser of somebody who copied these cookies."""
    thief = Person(town.app)
    for name, value in kept.items():
        thief.client.set_cookie(name, value)
    return thief


def test_a_half_way_mark_of_students_says_nothing_at_the_door_of_staff(town: Town) -> None:
    student = WAYS["logging in: new browser"](town)
    assert student.path == "/login/device"
    assert student.visit("/staff/login/second").path == "/staff/login"
    assert student.visit("/staff/setup").path == "/staff/login"
    staff = WAYS["staff: second step"](town)
    assert staff.path == "/staff/login/second"
    assert staff.visit("/login/device").path == "/login"
    assert staff.visit("/login/password").path in ("/login", "/login/code")


@pytest.mark.req("SYS-10")
def test_a_half_way_mark_ends_with_the_password_it_proved(town: Town) -> None:
    """Who knew the old password must not set up the second factor of the new one."""
    thief = WAYS["staff: second step"](town)
    staff = Staff.get(Staff.login == "luo")
    token = users.reset(staff)
    holder = Person(town.app).visit(f"/staff/invite/{token}").fill("密码", NEW).fill("密码确认", NEW)
    assert holder.press(holder.page.find("main").find("button").get_text(strip=True)).path == "/staff/setup"
    assert thief.visit("/staff/setup").path == "/staff/login"
    assert thief.visit("/staff/login/second").path == "/staff/login"


@pytest.mark.req("ACC-57")
def test_a_cookie_kept_from_agreeing_again_opens_no_second_time(town: Town) -> None:
    for kind, version in accounts.TEXTS.items():
        Consent.create(account=town.accounts[NEAR], kind=kind, version=version, at=clock.now(), network="?")
    holder = town.person("student_a").visit("/me/consents")
    holder.post("/me/consents", {"kind": "terms"})
    town.world.wait(minutes=1)
    holder = WAYS["logging in: new browser"](town).fill("图片验证码", town.world.captcha()).press("获取短信验证码")
    holder.fill("短信验证码", town.world.code(town.accounts[NEAR].phone)).press("下一步")
    assert holder.path == "/login/agree"
    kept = cookies(holder)
    holder.post("/login/agree")
    assert holder.visit("/me").status == 200 and holder.path == "/me"
    holder.post("/logout")
    thief = with_cookies(town, kept).visit("/help")
    assert thief.post("/login/agree").path == "/login"
    assert thief.visit("/me").path == "/login"


@pytest.mark.req("ACC-37", "SYS-10")
def test_cookies_copied_before_log_out_open_nothing_after_it(town: Town) -> None:
    for role, inside, out in (("student_a", "/me", "/logout"), ("officer", "/staff/records", "/staff/logout")):
        person = town.person(role).visit(inside)
        kept = cookies(person)
        assert with_cookies(town, kept).visit(inside).path == inside
        person.post(out)
        assert with_cookies(town, kept).visit(inside).path.endswith("/login")
        assert with_cookies(town, kept).visit("/").post(out).status == 200


def test_a_session_planted_before_log_in_is_not_the_one_after_it(town: Town) -> None:
    victim = Person(town.app).visit("/login")
    victim.client.set_cookie("xd_session", "planted")
    planted = {"xd_session": "planted", "xd_visit": cookies(victim)["xd_visit"]}
    victim.visit("/staff/login").fill("登录名", "ni").fill("密码", PASSWORD).press("下一步")
    victim.fill("动态码", pyotp.TOTP(TOTP).at(START)).press("登录")
    assert victim.visit("/staff/records").path == "/staff/records"
    assert cookies(victim)["xd_session"] != "planted"
    assert with_cookies(town, planted).visit("/staff/records").path == "/staff/login"


@pytest.mark.req("SYS-10")
def test_a_code_of_the_second_factor_opens_one_browser(town: Town) -> None:
    code = pyotp.TOTP(TOTP).at(START)
    people = [Person(town.app).visit("/staff/login").fill("登录名", "ni").fill("密码", PASSWORD).press("下一步") for _ in "12"]
    ends = [person.fill("动态码", code).press("登录").path for person in people]
    assert ends == ["/staff", "/staff/login/second"]
    staff = Staff.get(Staff.login == "ni")
    assert second_factor.spend(staff, code) == ""


@pytest.mark.req("SYS-09")
def test_a_role_that_ended_counts_at_the_next_request(town: Town) -> None:
    for role, page in (("counsellor", "/staff/progress"), ("college", "/staff/records"), ("officer", "/staff/import")):
        person = town.person(role)
        assert person.visit(page).status == 200
        grant = Grant.get(Grant.staff == Session.select().order_by(Session.id.desc()).get().staff)
        users.end(SYSTEM, grant)
        assert person.visit(page).status == 403
        assert person.visit("/staff").status == 403


@pytest.mark.req("SYS-09")
def test_a_role_holds_from_its_first_to_its_last_second(town: Town) -> None:
    person = town.person("counsellor")
    grant = Grant.get(Grant.staff == Staff.get(Staff.login == "luo"))
    Grant.update(starts=clock.now() + timedelta(seconds=1), ends=clock.now() + timedelta(seconds=2)).where(
        Grant.id == grant.id
    ).execute()
    seen = []
    for _ in range(3):
        seen.append(person.visit("/staff/progress").status)
        town.world.wait(seconds=1)
    assert seen == [403, 200, 403]


AWAY = (
    "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "https:evil.example",
    "http:///evil.example", "/\t/evil.example", "\t//evil.example", "/\n/evil.example", "/\r\nLocation: //evil.example",
    "javascript:alert(1)", "data:text/html,x", "//evil.example@localhost", "//localhost@evil.example", "/\u2028/evil.example",
    "/．/evil.example", "／／evil.example", "。。/evil", "@evil.example", "?//evil.example", "#//evil.example", "evil.example",
    " //evil.example", "/ /evil.example", "//", "/\\", "%2f%2fevil.example", "%5cevil.example",
)  # fmt: skip


@pytest.mark.parametrize("place", AWAY)
def test_no_address_leads_away_from_the_site(visitor, place: str) -> None:
    person = visitor().visit("/")
    for headers in ({}, {"HX-Request": "true"}):
        data = {"csrf_token": person.token(), "lang": "zh", "next": place}
        answer = person.client.post("/language", data=data, headers=headers)
        where = answer.headers.get("Location") or answer.headers["HX-Redirect"]
        assert where == "/", where


@pytest.mark.parametrize("place", AWAY)
def test_what_was_wanted_before_logging_in_is_a_place_of_this_site(visitor, world, school, place: str) -> None:
    person = visitor()
    person.client.get(f"/records/{quote(place, safe='')}?next={quote(place)}")
    person.client.get(f"/records?{quote(place)}")
    with person.client.session_transaction() as visit:
        wanted = visit["after_login"]
    assert wanted.isascii() and wanted.isprintable() and wanted.startswith("/records") and "\\" not in wanted


def test_links_take_their_host_from_the_settings_not_from_the_request(town: Town) -> None:
    colleague = {"login": "xin", "name": "新同事", "email": "xin@example.edu.cn", "role": "C"}
    colleague["place"] = f"class:{town.things['near']['class']}"
    shown = at_evil(town, "officer", "/staff/users/new", colleague)
    assert "evil.example" not in shown and f"{town.world.settings.url}/staff/invite/" in shown
    at_evil(town, "student_a", "/me/email", {"email": "a@example.edu.cn"})
    mails = [line for line in town.world.outbox() if line.startswith("MAIL ")]
    assert any("xin@example.edu.cn" in line for line in mails) and any(" a@example.edu.cn" in line for line in mails)
    assert not any("evil.example" in line for line in mails)


def at_evil(town: Town, role: str, path: str, data: dict[str, str]) -> str:
    """Send a form under another host's name; returns what is shown."""
    person, evil = town.person(role), "http://evil.example"
    person.client.set_cookie("xd_session", cookies(person)["xd_session"], domain="evil.example")
    token = re.search(r'name="csrf_token" value="([^"]+)"', person.client.get(path, base_url=evil).text)[1]
    return person.client.post(path, base_url=evil, data={"csrf_token": token, **data}).text


@pytest.mark.req("SYS-09")
def test_the_keys_of_another_school_in_a_query_are_not_there(town: Town) -> None:
    officer, far, near = town.person("officer"), town.things["far"], town.things["near"]
    for path, kind in (
        ("/staff/progress?campaign=", "campaign"),
        ("/staff/progress/export?campaign=", "campaign"),
        ("/staff/progress/names?class=", "class"),
        ("/staff/progress/names?college=", "college"),
        ("/staff/campaigns?unit=", "unit"),
        ("/staff/campaigns/new?unit=", "unit"),
        ("/staff/campaigns/contacts/records?unit=", "unit"),
    ):
        answers = [officer.client.get(path + key).status_code for key in (near[kind], far[kind], "AAAAAAAAAAAAAAAAAAAAAA")]
        assert answers == [200, 404, 404], path
