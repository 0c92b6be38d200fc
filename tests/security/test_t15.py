"""T15, stolen, planted and resurrected sessions: a session dies when it is ended, everywhere, and nothing brings it back.

The hand-off to a phone is one token for one browser, five minutes long. Planted and copied cookies are also `test_doors.py`.
"""

import hashlib
import threading

import pytest
from flask import Flask

from tests.certifying import Office, begun
from tests.people import PASSWORD, School, make_account
from tests.person import Person
from tests.reporting import Holder
from tests.world import World
from webapp.domain import login, sessions, standing
from webapp.domain.certification import filing
from webapp.domain.login import Visit
from webapp.domain.permissions import SYSTEM
from webapp.models.accounts import Account, Session
from webapp.models.base import database
from webapp.models.journal import Event
from webapp.models.liveness import Handoff

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


@pytest.mark.req("RPV-01", "RPV-13")
def test_a_hand_off_is_dead_once_used_with_another_number_for_another_account_and_after_five_minutes(
    app: Flask, world: World, school: School, hers: Holder, office: Office
) -> None:
    application = filing.submit(begun(hers, office.agency), hers.actor)
    place = f"/applications/{application.key}/person"
    me = world.log_in(Person(app), hers.account).visit(place).press("换手机做：显示二维码")

    def shown() -> Handoff:
        return Handoff.select().order_by(Handoff.id.desc()).get()

    def anew() -> str:
        me.visit(place).press("重新显示二维码")
        return f"/m/{shown().token}"

    first, code = f"/m/{shown().token}", shown().code
    link = anew()
    assert Person(app).visit(first).status == 409, "a newer one takes its place"
    assert Person(app).visit("/m").fill("电脑上显示的 7 位代码", code).press("下一步").errors()
    for path in (link, "/me", "/m"):  # a look, by whoever fetches links, uses nothing up
        Person(app).visit(path)
    stranger = world.log_in(Person(app), make_account(school.record("何苗"), "13800002222"))
    assert "用本人账号扫码" in stranger.visit(link).text
    assert stranger.visit("/m").post(link, {"is": "me", "match": shown().match}).status == 409 and shown().opened is None
    wrong = f"{(int(shown().match) - 9) % 90 + 10}"
    phone = Person(app).visit(link)
    assert "数字和电脑上的不一样" in phone.post(link, {"is": "me", "match": wrong}).text
    assert phone.post(link, {"is": "me", "match": shown().match}).status == 409 and shown().ended is not None
    link = anew()
    world.wait(minutes=5)
    assert Person(app).visit(link).status == 409
    link = anew()
    phone = Person(app).visit(link).press("是我")
    assert phone.path == "/m/face" and Person(app).visit(link).status == 409
    assert Person(app).visit("/m/face").status == 409, "the browser that opened it goes on alone"
    thief = Person(app).visit("/m")
    assert thief.post(link, {"is": "me", "match": shown().match}).status == 409
    world.log_in(phone, stranger_of(stranger)).visit("/m/face").sees("用本人账号扫码")
    phone.client.delete_cookie("xd_session")
    assert phone.visit("/m/face").status == 200
    me.post("/logout")
    assert phone.visit("/m/face").status == 409, "it ends with the log-in that showed it"
    told = [one.action for one in Event.select().where(Event.action.startswith("handoff."))]
    assert told.count("handoff.deny") == 1 and told.count("handoff.open") == 1


def stranger_of(person: Person) -> Account:
    """Whose session that browser has."""
    token = hashlib.sha256(person.client.get_cookie("xd_session").value.encode()).hexdigest()
    return Session.get(Session.token == token).account
