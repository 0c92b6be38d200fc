"""Where personal data must not lie: two people and a roster walk through everything, then every place is searched for them."""

import base64
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import flask
import pytest
from flask import Flask

from tests.desk import roster, student
from tests.people import PASSWORD, School, id_number
from tests.person import Person
from tests.registering import register
from tests.web.test_in_person import meet, two_officers
from tests.web.test_slips import code_of, give
from tests.world import World
from webapp.domain.accounts import Identity
from webapp.models.base import database, on_sqlite
from webapp.models.journal import Event, Job
from webapp.models.records import Record, View
from webapp.models.staff import Filter

PHONE, NUMBER, NAME = "13800007741", id_number("20080512", 714), "阚泽雨"
MAIL, COLLEAGUE, COLLEAGUES_PHONE = "kan.zeyu@example.edu.cn", "colleague.bai@example.edu.cn", "13800007742"
ROSTER_PHONE, ROSTER_NUMBER, ROSTER_NAME = "13800007743", id_number("20080303", 717), "阚泽霖"
DESK_PHONE, DESK_NUMBER, DESK_NAME = "13800007744", id_number("20080304", 719), "阚泽霆"
SLIP_PHONE, SLIP_NUMBER, SLIP_NAME = "13800007745", id_number("20080305", 721), "阚泽霁"

PEOPLE_AT_THE_DESK = (DESK_PHONE, DESK_NUMBER, SLIP_PHONE, SLIP_NUMBER)

SEALED = (PHONE, NUMBER, MAIL, COLLEAGUE, COLLEAGUES_PHONE, ROSTER_NUMBER, ROSTER_PHONE, PASSWORD, *PEOPLE_AT_THE_DESK)
"""What the database holds encrypted or not at all; names and student numbers are searched and sorted, so they are in clear."""

CANARIES = (*SEALED, NAME, ROSTER_NAME, DESK_NAME, SLIP_NAME)


class Heard:
    """Addresses, titles, redirects and cookies of every request of this process."""

    def __init__(self, app: Flask) -> None:
        self.texts: list[str] = []
        flask.request_finished.connect(self._listen, app)

    def _listen(self, app: Flask, response: flask.Response, **more: object) -> None:
        self.texts += [flask.request.url, *(f"{name}: {value}" for name, value in response.headers)]
        if response.mimetype == "text/html" and (title := re.search(r"<title>(.*?)</title>", response.get_data(as_text=True))):
            self.texts.append(title[1])


@pytest.fixture
def heard(app: Flask, world: World, school: School, visitor, caplog: pytest.LogCaptureFixture) -> Heard:
    """What was heard while everybody walked through everything."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger().addHandler(caplog.handler)
    heard = Heard(app)
    student_walks(visitor(), world, school)
    staff_walk(visitor(), world, school)
    desk_walk(app, world, school)
    strangers_walk(visitor(), world)
    heard.texts += [record.getMessage() + (record.exc_text or "") for record in caplog.records]
    return heard


def student_walks(person: Person, world: World, school: School) -> None:
    """Registers, finds the record, says what is wrong, and everything round the account."""
    record = school.record("林晓溪")
    record.name = record.name_compare = NAME
    record.document, record.identity_index = NUMBER, Identity.read(NAME, "1", "", NUMBER).index
    record.save()
    register(person, world, PHONE, NAME, NUMBER)
    assert person.path == "/register/done", person.text
    person.visit("/records/gate").fill("院校名称", "云溪职业技术学院").press(_first(person))
    person.visit(f"/records/{record.key}").sees(NAME)
    person.post(f"/records/{record.key}", {"wrong": "document", "right_document": NUMBER, "note": f"{PHONE} {MAIL}"})
    for page in (
        "/me",
        "/me/log",
        "/me/sessions",
        "/me/document",
        "/me/consents",
        "/records/identity",
        "/records/none",
        "/records/add",
    ):
        person.visit(page)
    person.visit("/me/document").fill("密码", PASSWORD).press(_first(person)).sees(NUMBER)
    person.visit("/me/email").post("/me/email", {"email": MAIL})
    person.visit(world.link(MAIL)).press(_first(person))
    person.post("/records/none", {"school": "云溪", "student_number": "2026", "note": NUMBER})
    person.post("/logout")
    for name in (NUMBER, PHONE, MAIL):
        person.visit("/login").fill("手机号、证件号码或邮箱", name).fill("密码", "bu-dui-de-mima")
        person.press("登录")


def staff_walk(person: Person, world: World, school: School) -> None:
    """Brings a roster in, finds people, answers, takes a list away, adds a colleague."""
    officer = world.log_in(person, school.staff("ni"))
    data = roster(
        student(7, 姓名=ROSTER_NAME, 身份证号=ROSTER_NUMBER, 联系电话=ROSTER_PHONE),
        student(8, 层次="本", 身份证号=ROSTER_NUMBER),
    )
    officer.visit("/staff/import/new").tick("学籍名册").attach("文件", f"{ROSTER_NAME}.csv", data).press("上传并检查")
    world.work()
    officer.visit(officer.path).visit(f"{officer.path}/wrong")
    officer.visit("/staff/import").follow(ROSTER_NAME).post(f"{officer.path}/confirm", {"reason": "新生"})
    world.work()
    officer.visit("/staff/records").post("/staff/records", {"kind": "enrolment", "text": ROSTER_NAME})
    officer.visit(f"/staff/records/{Record.get(Record.name == NAME).key}")
    for page in (
        "/staff",
        "/staff/reports",
        "/staff/reports/no-records",
        "/staff/progress",
        "/staff/progress/names?names=full",
    ):
        officer.visit(page)
    officer.visit("/staff/reports").follow(NAME)
    place = f"class:{school.records[0].klass.key}"
    new = {"login": "bai", "name": "白老师", "email": COLLEAGUE, "phone": COLLEAGUES_PHONE, "role": "C", "place": place}
    assert officer.visit("/staff/users/new").post("/staff/users/new", new).status == 200
    world.work()


def desk_walk(app: Flask, world: World, school: School) -> None:
    """Registers at the office without an SMS, loses the account and gets it back with a phone; and finds somebody's slip."""
    officers, her = two_officers(app, world, school), Person(app, address="192.0.2.77")
    her.visit("/register/in-person").fill("姓名", DESK_NAME).fill("证件号码", DESK_NUMBER).tick("我已阅读并同意")
    her.fill("图片验证码", world.captcha()).press("显示数字")
    meet(officers, _number(her), DESK_NUMBER[-6:]).sees(DESK_NAME)
    her.visit("/register/in-person").press("继续注册").fill("密码", PASSWORD).fill("密码确认", PASSWORD)
    her.press("完成注册").sees("账号注册成功").post("/logout")
    her.visit("/recover/in-person").fill("姓名", DESK_NAME).fill("证件号码", DESK_NUMBER)
    her.fill("图片验证码", world.captcha()).press("显示数字")
    meet(officers, _number(her), DESK_NUMBER[-6:])
    her.visit("/recover/in-person").press("设新密码")
    her.fill("新手机号", DESK_PHONE).fill("图片验证码", world.captcha()).press("获取短信验证码")
    her.fill("短信验证码", world.code(DESK_PHONE)).press("下一步")
    klass = Record.by_key(school.record("何苗").key).klass
    world.log_in(Person(app), school.staff("ni")).visit(f"/staff/slips/classes/{klass.key}").press("生成纸条")
    finder = give(Person(app, address="192.0.2.78"), world, code_of(school, "何苗"), phone=SLIP_PHONE)
    finder.fill("姓名", SLIP_NAME).fill("证件号码", SLIP_NUMBER).press(_first(finder))


def _number(person: Person) -> str:
    return person.page.select_one("strong.big").get_text()


def strangers_walk(person: Person, world: World) -> None:
    """Types the numbers where they do not belong."""
    person.visit("/register/phone").post("/register/phone", {"phone": NUMBER, "captcha": PHONE})
    person.post("/register/code", {"phone": PHONE, "code": "000000", "consent": "y"})
    person.visit("/staff/login").post("/staff/login", {"login": PHONE, "password": PASSWORD})
    person.post("/staff/login", {"login": MAIL, "password": PASSWORD})
    world.wait(days=2)


def _first(person: Person) -> str:
    return person.page.find("main").find("button", type=lambda kind: kind != "button").get_text(strip=True)


@pytest.mark.req("SYS-07")
def test_nothing_personal_is_in_an_address_a_title_a_header_or_a_log(heard: Heard) -> None:
    assert len(heard.texts) > 400
    found = {(canary, text[:200]) for text in heard.texts for canary in CANARIES if canary in text}
    assert not found


@pytest.mark.req("SYS-02", "SYS-07")
def test_nothing_personal_is_in_history_jobs_views_and_filters(heard: Heard) -> None:
    rows = [*Event.select().dicts(), *Job.select().dicts(), *View.select().dicts()]
    assert len(rows) > 20
    for row in rows:
        text = json.dumps(row, default=str, ensure_ascii=False)
        assert not [canary for canary in CANARIES if canary in text], row
    kept = [row.chosen for row in Filter.select()]
    assert kept and not [canary for canary in SEALED for text in kept if canary in text]


@pytest.mark.req("SYS-05")
def test_nothing_sealed_is_in_the_database_or_the_store_in_any_writing(heard: Heard, world: World) -> None:
    data = b"".join(_bytes(world.settings.data_dir))
    assert len(data) > 20_000
    assert NAME.encode() in data, "names are in clear: where they are missing, this looks in the wrong place"
    for canary in SEALED:
        for written in _written(canary):
            assert written not in data, canary


def _bytes(folder: Path) -> Iterator[bytes]:
    """Everything at rest but the demo's outbox, which stands for the phones and mail boxes themselves."""
    if on_sqlite():
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    else:
        for table in database.get_tables():
            yield repr(database.execute_sql(f'SELECT * FROM "{table}"').fetchall()).encode()  # noqa: S608
    yield from (path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "outbox.txt")


def _written(text: str) -> Iterator[bytes]:
    plain = text.encode()
    yield from (plain, plain[::-1], text.encode("utf-16-le"), text.encode("utf-16-be"), plain.hex().encode())
    yield from (base64.b64encode(b"x" * shift + plain)[4:-4] for shift in range(3))
