"""A campus in the first hour: 300 students behind one address register, open their record and confirm it; nobody is refused.

Run: ``python -m tests.bench.bench_campus [--students 300] [--short]``. The server is a process of its own; each student is a
thread that solves the proof of work as the page's script does and reads its code from the outbox. Not a figure of speed:
the students' own arithmetic runs on the same machine.
"""

import argparse
import html
import json
import re
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import altcha

from tests.bench.deployment import deployed
from tests.bench.measure import machine
from tests.bench.server import Browser, serving
from tests.people import PASSWORD, make_record, make_school
from webapp.domain import checks
from webapp.models.accounts import Account
from webapp.models.base import database
from webapp.models.checks import Check
from webapp.models.records import Record
from webapp.models.school import Class
from webapp.providers import outbox

WAIT = 120.0
"""Seconds that a student waits for an SMS."""

SCHOOL = "云溪职业技术学院"
GIVEN = "一乙万三上世东严中丹主丽久义之乐乔九也习"


class Student(NamedTuple):
    name: str
    number: str
    phone: str


class Refused(Exception):
    """An answer that a student should not have had."""


def enrol(count: int) -> list[Student]:
    """Records of `count` made-up students in the open campaign, and their phones."""
    school = make_school()
    klass = Class.get()
    students = []
    with database.atomic():
        for n in range(count):
            name = "林何安周郑孙"[n % 6] + GIVEN[n // 6 % 20] + GIVEN[n // 120 % 20]
            person = (name, f"2007{1 + n % 12:02}{1 + n // 12 % 28:02}", "女男"[n % 2])
            record = make_record(school.unit, klass, person, f"20262{n:05d}", serial=500 + n % 2 + n // 336 * 2)
            students.append(Student(name, record.document, f"1380000{1000 + n:04d}"))
    checks.enrol(school.campaign)
    return students


def proof(page: str) -> str:
    """The solved puzzle of a page, as its script sends it."""
    told = json.loads(html.unescape(re.search(r'data-challenge="([^"]+)"', page)[1]))
    challenge = altcha.Challenge.from_dict(told)
    return altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_base64()


class Inbox:
    """The newest code of each phone, read from the outbox by whoever asks."""

    def __init__(self, path: Path) -> None:
        self.path, self.lock, self.codes, self.at = path, threading.Lock(), {}, 0

    def code(self, phone: str) -> str:
        until = time.monotonic() + WAIT
        while time.monotonic() < until:
            with self.lock:
                self._read()
                if phone in self.codes:
                    return self.codes[phone]
            time.sleep(0.2)
        raise Refused("no SMS came")

    def _read(self) -> None:
        if not self.path.exists():
            return
        with self.path.open(encoding="utf-8") as file:
            file.seek(self.at)
            for line in file:
                if found := re.match(r"SMS (\d{3} \d{4} \d{4}) .*?(?<!\d)(\d{6})(?!\d)", line):
                    self.codes[found[1].replace(" ", "")] = found[2]
            self.at = file.tell()


def walk(student: Student, port: int, inbox: Inbox) -> float:
    """Register, open the record, confirm it. Returns the seconds it took, puzzle included; raises Refused."""
    began, me = time.monotonic(), Browser(port)
    _at(me, "/register/phone", me.get("/register"))
    me.post(phone=student.phone, consent="y", altcha=proof(me.html))
    _at(me, "/register/code", me.html)
    me.post(code=inbox.code(student.phone))
    _at(me, "/register/identity", me.html)
    me.post(name=student.name, kind="1", country="CHN", number=student.number)
    _at(me, "/register/password", me.html)
    me.post(password=PASSWORD, confirm=PASSWORD)
    _at(me, "/register/done", me.html)
    _at(me, "/records/gate", me.get("/records"))
    me.post(school=SCHOOL)
    _at(me, "/records", me.html)
    me.get(re.search(r'href="(/records/[\w-]{22})"', me.html)[1])
    me.post(answer="right")
    if not me.path.endswith("/receipt"):
        raise Refused(f"{me.status} at {me.path} instead of the receipt")
    return time.monotonic() - began


def _at(me: Browser, place: str, page: str) -> None:
    if me.status != 200 or me.path != place:
        told = re.findall(r'<li><a href="#[^"]*">([^<]+)', page)
        raise Refused(f"{me.status} at {me.path} instead of {place}: {told}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--short", action="store_true", help="20 students")
    told = parser.parse_args()
    count = 20 if told.short else told.students
    print(machine())
    with deployed() as app:
        students, folder = enrol(count), app.config["SETTINGS"].data_dir
        with serving(folder) as server:
            inbox, began = Inbox(folder / outbox.NAME), time.monotonic()
            with ThreadPoolExecutor(count) as pool:
                walks = [pool.submit(walk, student, server.port, inbox) for student in students]
            took, memory = time.monotonic() - began, server.megabytes()
        refused = Counter(str(one.exception()) for one in walks if one.exception())
        times = sorted(one.result() for one in walks if not one.exception())
        bound = Record.select().where(Record.account.is_null(False)).count()
        confirmed = Check.select().where(Check.state == "confirmed").count()
        print(f"behind one address: {count} students; {Account.select().count()} registered, {bound} found their record")
        print(f"{confirmed} confirmed; {refused.total()} refused (goal 0) {dict(refused) or ''}")
        print(f"{took:.0f} s in all; the server's memory at most {memory:.0f} MB")
        if times:
            middle, most = times[len(times) // 2], times[-1]
            print(f"a student's way, with the puzzle and everybody else's: median {middle:.1f} s, most {most:.1f} s")
    sys.exit(confirmed != count or bool(refused))


if __name__ == "__main__":
    main()
