"""Each form of the student's story goes off twice at the same moment, with one token and one body: one state comes of it."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from io import BytesIO
from typing import NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from tests.people import PASSWORD, School, id_number
from tests.person import Person
from tests.registering import ask_code, identify
from tests.security.state import state
from tests.web.test_records import diploma
from tests.world import World
from webapp.models.base import database
from webapp.models.journal import Event

NEW_PASSWORD = "shan-shui-yunxi-27"

UNCOUNTED = {"bucket", "puzzle", "task", "upload", "device"}
"""Rows of a request and not of its outcome: rates, puzzles, calls to wake the worker, browsers that came in, and files
(the sweep takes those that no report names)."""

ENTRY = {"session", "login"}
"""Rows of one way in. Whichever answer the browser keeps has to open the door, so that two answers are two ways in."""


class Student(NamedTuple):
    name: str
    number: str
    phone: str


class Hasty(FlaskClient):
    """A browser whose every form goes off twice at once; it stays with an answer that leads on, where one does."""

    def post(self, *path: str, **told: object) -> TestResponse:
        ready, answers = threading.Barrier(2), []

        def send(browser: FlaskClient, form: dict) -> None:
            ready.wait()
            answers.append((browser.open(*path, method="POST", **form), browser))
            database.close()

        browsers = [self.application.test_client() for _ in range(2)]
        for browser in browsers:
            browser._cookies = dict(self._cookies)
        threads = [threading.Thread(target=send, args=(browser, deepcopy(told))) for browser in browsers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [answer.status_code < 500 for answer, _ in answers] == [True, True]
        answer, browser = min(answers, key=_goes_on)
        self._cookies = browser._cookies
        return answer


def _goes_on(one: tuple[TestResponse, object]) -> tuple[bool, bool]:
    """Which of two answers a browser ends with: both set its cookies, so that the one that came in counts."""
    answer = one[0]
    return answer.status_code not in (204, 303), (answer.location or "").startswith("/login")


def register(me: Person, world: World, who: Student) -> Iterator[str]:
    ask_code(me, world, who.phone)
    yield "ask for a code"
    me.visit("/register/code").fill("短信验证码", world.code(who.phone)).press("下一步")
    yield "prove the phone"
    identify(me, who.name, who.number)
    yield "say who it is"
    me.fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("完成注册")
    yield "come in by registering"


def check(me: Person, school: School, who: Student) -> Iterator[str]:
    record = school.record(who.name)
    me.visit("/records").fill("院校名称", school.unit.name).press("核验")
    yield "pass the gate"
    me.visit("/records/identity").press("都对，确认绑定")
    yield "bind the identity"
    me.visit(f"/records/{record.key}").press("全部正确，确认")
    yield "confirm"
    me.visit(f"/records/{record.key}").tick("有误 专业").fill("正确的专业", "计算机网络技术")
    me.fill("补充说明", "见录取通知书").attach("证明的照片", "a.jpg", picture()).press("提交勾选的问题")
    yield "report what is wrong"
    paper = diploma(school, record, identity_index=None, graduated_on=date(1998, 7, 1), certificate=who.phone)
    me.visit("/records/add").fill("证书编号", paper.certificate).fill("毕业年份", "1998")
    me.fill("毕业学校", school.unit.name).press("查找并绑定")
    yield "bind by certificate"


def keep(me: Person, world: World, who: Student) -> Iterator[str]:
    address = f"{who.phone}@example.edu.cn"
    me.visit("/me/optional").fill("安全邮箱", address).press("保存")
    yield "leave an address"
    me.visit(world.link(address)).press("确认邮箱")
    yield "confirm the address"
    me.visit("/me/language").tick("中文").press("保存语言")
    yield "choose a language"
    me.visit("/me/password").fill("现在的密码", PASSWORD).fill("新密码", NEW_PASSWORD).fill("密码确认", NEW_PASSWORD)
    me.press("修改密码")
    yield "change the password"
    me.visit("/").press("退出")
    yield "leave"
    me.visit("/login").fill("手机号、证件号码或邮箱", who.phone).fill("密码", NEW_PASSWORD).press("登录")
    yield "come in with the password"
    me.visit("/me/consents").press("撤回同意")
    yield "withdraw a consent"
    me.visit("/login").fill("手机号、证件号码或邮箱", who.phone).fill("密码", NEW_PASSWORD).press("登录")
    yield "ask to come in again"
    me.visit("/login/agree").press("同意并登录")
    yield "come in by agreeing"
    me.visit("/me/log").press("不是我")
    yield "disown a log-in"


def find(me: Person, world: World, school: School, who: Student) -> Iterator[str]:
    """A student of the roster."""
    yield from register(me, world, who)
    yield from check(me, school, who)
    yield from keep(me, world, who)


def miss(me: Person, world: World, school: School, who: Student) -> Iterator[str]:
    """Somebody who is in no roster."""
    yield from register(me, world, who)
    me.visit("/records").press("提交问题反馈")
    yield "tell the office"


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (300, 400), "navy").save(out, "JPEG")
    return out.getvalue()


def rows() -> Counter:
    return Counter({table: len(found) for table, found in state().items() if table not in UNCOUNTED})


def traced(steps: Iterator[str], world: World) -> Iterator[tuple[str, dict[str, int], list[str]]]:
    """Each step with the rows that it added or took, by table, and the events that tell of it; its jobs are done."""
    before, seq = rows(), Event.select().count()
    for step in steps:
        world.work()
        after = rows()
        leaves_out = ENTRY if step.startswith("come in") else set()
        more = {table: after[table] - before[table] for table in after if table not in leaves_out}
        events = [event.action for event in Event.select().where(Event.seq > seq).order_by(Event.seq)]
        yield step, {table: count for table, count in more.items() if count}, events
        before, seq = after, seq + len(events)


@pytest.mark.parametrize(
    ("story", "calm", "hasty"),
    [
        pytest.param(
            find,
            Student("林晓溪", id_number("20080512", 2), "13800007701"),
            Student("何苗", id_number("20080101", 4), "13800007702"),
            id="finds the record",
        ),
        pytest.param(
            miss,
            Student("顾长风", id_number("20080606", 801), "13800007703"),
            Student("白露", id_number("20080607", 802), "13800007704"),
            id="finds none",
        ),
    ],
)
def test_a_form_that_goes_off_twice_leaves_one_state(
    app: Flask, world: World, school: School, story: Callable, calm: Student, hasty: Student
) -> None:
    once = list(traced(story(Person(app), world, school, calm), world))
    twice = Person(app)
    twice.client = Hasty(app, app.response_class, use_cookies=True)
    assert list(traced(story(twice, world, school, hasty), world)) == once
