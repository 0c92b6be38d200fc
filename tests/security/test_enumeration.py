"""Who is here and who is not: before the phone is proved nobody learns it from a page, a status, a header or the work done."""

import cProfile
import pstats
import re
from collections.abc import Callable

import pytest

from tests.pages import counted
from tests.people import _HASH, PASSWORD, School, id_number, make_account
from tests.person import Person
from tests.security import crowd
from tests.security.knocking import DOORS as DOORS_AS_KNOCKED
from tests.security.knocking import Browser
from tests.world import World
from webapp.domain import defaults
from webapp.models.accounts import Account, Login
from webapp.models.messages import Message

KNOWN, UNKNOWN = "13800000001", "13800000002"
HASHING = "domain/passwords.py"
WRONG = "bu-shi-zhe-ge-mima-9"

FRESH = re.compile(
    r'value="[\w.-]{60,}"|/captcha/[^"]+\.png|data-challenge="[^"]+"|.加.等于几|138[ *\d]{8,10}'
    r'|110105\d{11}[\dX]|"(?:ni|nobody)"|\w+@example\.edu\.cn'
)
"""What differs between two visits anyway: token, captcha, and what was typed, which is shown again."""


@pytest.fixture
def account(school: School) -> Account:
    made = make_account(school.record("林晓溪"), KNOWN, email_proved=school.campaign.created)
    made.email = "lin@example.edu.cn"
    made.save()
    return made


def ask_register(person: Person, world: World, phone: str) -> Person:
    person.visit("/register/phone").fill("手机号", phone).tick("我已阅读并同意")
    return person.fill("图片验证码", world.captcha()).press("获取短信验证码")


def ask_login(person: Person, world: World, phone: str) -> Person:
    person.visit("/login/code").fill("手机号", phone).fill("图片验证码", world.captcha())
    return person.press("获取短信验证码")


def wrong_code(ask: Callable) -> Callable:
    return lambda person, world, phone: ask(person, world, phone).fill("短信验证码", "000000").press("下一步")


def by_password(person: Person, world: World, name: str) -> Person:
    return person.visit("/login").fill("手机号、证件号码或邮箱", name).fill("密码", WRONG).press("登录")


def by_staff(person: Person, world: World, login: str) -> Person:
    return person.visit("/staff/login").fill("登录名", login).fill("密码", WRONG).press("下一步")


NUMBERS = id_number("20080512", 2), id_number("20080512", 4)
DOORS = {
    "registering": (ask_register, KNOWN, UNKNOWN),
    "registering, a wrong code": (wrong_code(ask_register), KNOWN, UNKNOWN),
    "a code to log in": (ask_login, KNOWN, UNKNOWN),
    "a code to log in, wrong": (wrong_code(ask_login), KNOWN, UNKNOWN),
    "a password, by phone": (by_password, KNOWN, UNKNOWN),
    "a password, by number": (by_password, *NUMBERS),
    "a password, by mail": (by_password, "lin@example.edu.cn", "ren@example.edu.cn"),
    "staff": (by_staff, "ni", "nobody"),
}


@pytest.mark.req("ACC-02", "ACC-36")
@pytest.mark.parametrize("door", DOORS)
def test_a_door_tells_nobody_who_is_behind_it(visitor, world: World, account: Account, door: str) -> None:
    knock, *names = DOORS[door]
    people = [visitor(address=address) for address in ("192.0.2.10", "203.0.113.10")]
    for _ in range(3):
        for person, name in zip(people, names, strict=True):
            knock(person, world, name)
        known, unknown = map(told, people)
        assert known == unknown
        world.wait(minutes=2)


def told(person: Person) -> tuple:
    """All that a browser learns."""
    headers = [pair for pair in person.answer.headers if pair[0] not in ("Set-Cookie", "Content-Length")]
    cookies = [cookie.partition("=")[0] for cookie in person.answer.headers.getlist("Set-Cookie")]
    return person.path, person.status, headers, cookies, FRESH.sub("", person.html)


@pytest.mark.anywhere
@pytest.mark.req("ACC-36")
@pytest.mark.parametrize("door", ["a password, by phone", "a password, by number", "a password, by mail", "staff"])
def test_a_door_does_the_same_work_for_everybody(visitor, world: World, account: Account, door: str) -> None:
    knock, *names = DOORS[door]
    work = []
    for n, name in enumerate([*names, *names]):  # the first round warms what is worked out once per process
        person, profile = visitor(address=f"198.51.{n}.7"), cProfile.Profile()
        defaults.forget()  # or the settings are read again once a second, whoever knocks then
        with counted() as cost, profile:
            knock(person, world, name)
        calls = pstats.Stats(profile).stats
        hashes = sum(
            stat[0] for (file, _, what), stat in calls.items() if what in ("hash", "verify") and file.endswith(HASHING)
        )
        work.append((hashes, cost.reads, cost.transactions))
    assert work[2] == work[3] and work[3][0] == 1


@pytest.mark.anywhere
@pytest.mark.req("REC-02", "REC-03", "REC-04", "REC-06", "REC-08")
@pytest.mark.parametrize("door", [door for door in DOORS_AS_KNOCKED if door.startswith(("reset", "find"))])
def test_a_way_back_does_the_same_work_for_everybody(world: World, door: str) -> None:
    here, away = list(crowd.people(2)), list(crowd.people(2, begin=50))
    for who in here:
        crowd.register(who, _HASH)
    work = []
    for n, who in enumerate((here[0], away[0], here[1], away[1])):  # the first two warm what is worked out once
        press = DOORS_AS_KNOCKED[door](Browser(world.app, f"198.51.{n}.7"), who, world.work)
        defaults.forget()
        with counted() as cost:
            press()
        work.append((cost.reads, cost.writes, cost.transactions))
        world.wait(minutes=2)
    assert work[2] == work[3]


@pytest.mark.req("ACC-36")
def test_a_code_goes_to_every_phone_alike(visitor, world: World, account: Account) -> None:
    for phone in (KNOWN, UNKNOWN):
        ask_login(visitor(), world, phone)
        world.wait(minutes=2)
        ask_register(visitor(), world, phone)
        world.wait(minutes=2)
    sent = [(message.template, message.state) for message in Message.select().order_by(Message.id)]
    assert sent[:2] == sent[2:] and len(sent) == 4


@pytest.mark.req("ACC-36", "ACC-49")
def test_tries_at_nobody_leave_no_history_of_anybody(visitor, world: World, account: Account) -> None:
    by_password(visitor(), world, UNKNOWN)
    assert Login.select().count() == 0
    by_password(visitor(), world, KNOWN)
    assert [login.account_id for login in Login.select()] == [account.id]


@pytest.mark.req("ACC-20")
def test_whether_an_identity_is_known_is_told_three_times_a_day_to_a_proved_phone_only(
    visitor, world: World, account: Account
) -> None:
    person = visitor().visit("/register/identity")
    assert person.path == "/register/phone"
    person.post("/register/identity", {"name": "林晓溪", "kind": "1", "number": NUMBERS[0]})
    assert person.path == "/register/phone" and "证件号码已被注册" not in person.html
    ask_register(person, world, UNKNOWN).fill("短信验证码", world.code(UNKNOWN)).press("下一步")
    told = []
    for serial in range(2, 18, 2):
        person.visit("/register/identity").fill("姓名", "林晓溪").fill("证件号码", id_number("20080512", serial)).press("是")
        told.append("证件号码已被注册" in person.html)
    assert told.count(True) == 1 and told[0]
    assert PASSWORD not in person.html


def test_a_page_of_nobodys_record_costs_what_anothers_does(visitor, world: World, school: School, account: Account) -> None:
    other = school.record("何苗")
    person = world.log_in(visitor(), account)
    costs = []
    for key in (other.key, "AAAAAAAAAAAAAAAAAAAAAA") * 2:
        defaults.forget()
        with counted() as cost:
            person.visit(f"/records/{key}")
        costs.append((cost.reads, cost.writes, cost.transactions))
    assert costs[2] == costs[3]
