"""How long the database needs for the board of 60,000 students: the least of seven, in milliseconds, on SQLite.
Run: python -m tests.bench.bench_board [--students 60000] [--short]. Not the page round it, and no other load."""

import argparse
import logging
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playhouse.migrations import Runner

from webapp import places
from webapp.domain import checks, clock, progress, rehearsal
from webapp.models import keys
from webapp.models.accounts import Account
from webapp.models.base import Ciphertext, database, new_key, open_database
from webapp.models.checks import Check
from webapp.models.records import Record
from webapp.models.school import Campaign, Class, College, Unit
from webapp.models.staff import Grant
from webapp.providers import fonts

SEALED = Ciphertext("k1." + "x" * 90)
STATES = ("seen", "confirmed", "seen", "seen", "reported", "unseen", "unseen", "unseen", "seen", "seen")
"""In the middle of a window: two thirds done, a few errors; of those not seen every third has an account."""


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--students", type=int, default=60_000)
    options.add_argument("--short", action="store_true", help="3,000 students")
    given = options.parse_args()
    students = 3_000 if given.short else given.students
    with tempfile.TemporaryDirectory() as folder:
        grant, campaign = build(Path(folder), students)
        view = progress.View(campaign, (grant,))
        print(f"{students:,} students, SQLite")
        say("board of the school", lambda: (progress.counts(view), progress.registered(view)))
        college = College.select().first()
        say("board of one college", lambda: (progress.counts(view.within(college)), progress.registered(view.within(college))))
        say("first page of the chase list", lambda: progress.students(view, "all"))
        say("rehearsal before it opens", lambda: rehearsal.rehearse(campaign, fonts.undrawable))
        print(f"the same with its names looked at {least(lambda: rehearsal.rehearse(campaign, fonts.undrawable)):6.1f} ms")


def build(folder: Path, students: int) -> tuple[Grant, Campaign]:
    """A migrated database with one unit of 30 colleges and a class for every 40 students."""
    database.initialize(open_database(f"sqlite:///{folder / 'board.sqlite3'}"))
    Runner(database.obj, str(places.find("migrations"))).up()
    keys.use(keys.Keyring.fresh())
    at = clock.now()
    unit = Unit.create(name="云溪职业技术学院", short="云溪", seal="溪", code="99999", province="33", created=at)
    colleges = [College.create(unit=unit, name=f"学院{n}") for n in range(30)]
    with database.atomic():
        classes = [Class.create(unit=unit, college=colleges[n % 30], name=f"班级{n}") for n in range(students // 40)]
        for start in range(0, students, 500):
            fill(unit, classes, range(start, min(start + 500, students)))
        campaign = Campaign.create(unit=unit, title="2026 级新生学籍自查", starts=clock.today(), created=at)
    checks.enrol(campaign)
    with database.atomic():
        for remainder, state in enumerate(STATES):
            Check.update(state=state).where((Check.id - Check.id / 10 * 10) == remainder).execute()
    database.execute_sql("ANALYZE")
    return Grant(role="R", unit=unit), campaign


def fill(unit: Unit, classes: list[Class], numbers: range) -> None:
    """Records as a roster brings them, and accounts of those who registered."""
    at = clock.now()
    identity = [f"{n:043d}" for n in numbers]
    records = [
        {
            "key": new_key(), "unit": unit.id, "kind": "enrolment", "natural": f"本科|{n:010d}", "name": f"学生{n}",
            "name_compare": f"学生{n}", "name_sort": f"xue2{n:010d}", "document": SEALED, "identity_index": found,
            "level": "bachelor", "student_number": f"{n:010d}", "klass": classes[n % len(classes)].id,
            "college": classes[n % len(classes)].college_id, "updated": at, "phone": SEALED, "phone_index": found,
            "email": SEALED, "email_index": found,
        }
        for n, found in zip(numbers, identity, strict=True)
    ]  # fmt: skip
    Record.insert_many(records).execute()
    accounts = [
        {
            "key": new_key(), "state": "active", "phone": SEALED, "phone_index": found, "name": f"学生{n}",
            "name_compare": f"学生{n}", "document_kind": "1", "document": SEALED, "identity_index": found,
            "password_hash": "x" * 97, "password_changed": at, "created": at,
        }
        for n, found in zip(numbers, identity, strict=True)
        if n % 3 == 0
    ]  # fmt: skip
    Account.insert_many(accounts).execute()


def say(what: str, ask: Callable[[], object]) -> None:
    """Print the least of seven: asking and fetching in the driver itself, without peewee's objects."""
    asked = statements(ask)
    fastest = min(sum(fetched(*statement) for statement in asked) for _ in range(7))
    print(f"{what:32} {fastest * 1000:8.1f} ms in {len(asked)} queries")


def least(ask: Callable[[], object]) -> float:
    """Milliseconds of CPU, the least of seven: with peewee's objects and our own work."""
    taken = []
    for _ in range(7):
        before = time.process_time()
        ask()
        taken.append(time.process_time() - before)
    return min(taken) * 1000


def statements(ask: Callable[[], object]) -> list[tuple[str, list]]:
    """What `ask` asks of the database."""
    asked: list[tuple[str, list]] = []
    execute = database.obj.execute_sql

    def listen(sql: str, params: list):
        asked.append((sql, params))
        return execute(sql, params)

    database.obj.execute_sql = listen
    try:
        ask()
    finally:
        database.obj.execute_sql = execute
    return asked


def fetched(sql: str, params: list) -> float:
    """Seconds until the last row was there."""
    began = time.perf_counter()
    database.obj.connection().execute(sql, params).fetchall()
    return time.perf_counter() - began


if __name__ == "__main__":
    logging.disable()
    main()
