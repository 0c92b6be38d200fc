"""T15, stolen, planted and resurrected sessions: a session dies when it is ended, everywhere, and nothing brings it back.

The hand-off between devices comes with certification. Planted and copied cookies are also `test_doors.py`.
"""

import threading

import pytest
from flask import Flask

from tests.people import PASSWORD, School, make_account
from tests.person import Person
from tests.world import World
from webapp.domain import login, sessions, standing
from webapp.domain.login import Visit
from webapp.domain.permissions import SYSTEM
from webapp.models.accounts import Account, Session
from webapp.models.base import database

PHONE = "13800001111"


@pytest.fixture
def account(school: School) -> Account:
    return make_account(school.record("林晓溪"), PHONE)


def stolen(app: Flask, cookie: str) -> int:
    """What a thief with the cookie gets at /me: 200, or 303 to the door."""
    client = app.test_client()
    client.set_cookie("xd_session", cookie)
    return client.get("/me").status_code


def enter(app: Flask, world: World) -> tuple[Person, str]:
    me = Person(app).visit("/login").fill("手机号、证件号码或邮箱", PHONE).fill("密码", PASSWORD).press("登录")
    me.fill("图片验证码", world.captcha()).press("获取短信验证码").fill("短信验证码", world.code(PHONE)).press("下一步")
    return me, me.client.get_cookie("xd_session").value


@pytest.mark.req("ACC-37")
def test_the_cookie_after_log_in_is_new_long_and_kept_as_a_hash(app: Flask, world: World, account: Account) -> None:
    before = Person(app)
    before.client.set_cookie("xd_session", "planted" * 7)
    before.visit("/login").fill("手机号、证件号码或邮箱", PHONE).fill("密码", PASSWORD).press("登录")
    before.fill("图片验证码", world.captcha()).press("获取短信验证码").fill("短信验证码", world.code(PHONE)).press("下一步")
    cookie = before.client.get_cookie("xd_session")
    assert cookie.value != "planted" * 7 and len(cookie.value) >= 43
    assert cookie.http_only and cookie.same_site == "Lax"
    assert cookie.value not in {one.token for one in Session.select()}
    assert stolen(app, "planted" * 7) == 303


@pytest.mark.req("ACC-37", "ACC-52")
@pytest.mark.parametrize("end", ["log out", "a new password", "not me", "frozen", "archived", "ended elsewhere"])
def test_a_stolen_cookie_is_dead_within_the_second(app: Flask, world: World, account: Account, end: str) -> None:
    me, cookie = enter(app, world)
    assert stolen(app, cookie) == 200
    ways = {
        "log out": lambda: me.post("/logout"),
        "a new password": lambda: login.recovered(Account.get_by_id(account.id), Visit("Chrome", "192.0.2.0/24", "another")),
        "not me": lambda: me.visit("/me/log").press("不是我"),
        "frozen": lambda: standing.freeze(Account.get_by_id(account.id), SYSTEM, "alleged"),
        "archived": lambda: (
            sessions.end_all(account),
            standing.ACCOUNT.move(Account.get_by_id(account.id), "archive", SYSTEM),
        ),
        "ended elsewhere": lambda: me.visit("/me/sessions").post("/me/sessions", {"which": "all"}),
    }
    ways[end]()
    assert stolen(app, cookie) == 303


@pytest.mark.req("ACC-37")
def test_no_request_in_flight_brings_a_session_back(app: Flask, world: World, account: Account, times) -> None:
    """Log-outs beside requests of the same session, at once, again and again."""
    for _ in range(times(6, 60)):
        cookie = sessions.begin(account, "-", "192.0.2.0/24")
        start, codes = threading.Barrier(9), []

        def look(cookie: str = cookie, start: threading.Barrier = start, codes: list = codes) -> None:
            start.wait()
            codes.append(stolen(app, cookie))
            database.close()

        def leave(cookie: str = cookie, start: threading.Barrier = start) -> None:
            start.wait()
            sessions.end_all(account)
            database.close()

        threads = [threading.Thread(target=look) for _ in range(8)] + [threading.Thread(target=leave)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(codes) == 8 and set(codes) <= {200, 303}
        assert stolen(app, cookie) == 303
        assert not Session.select().where((Session.account == account) & Session.ended.is_null()).exists()
