"""A reviewer's hundred clean cases through the door (page, photos, decision), and the queue's page with a long history.

Prints the server's CPU for a case, with and without its photos, and the queue page's cost with a million decided cases by
that with a thousand, each by another page in turn with it (goal: at most 1.2 ×). ``--short`` takes ten and twenty thousand.
"""

import argparse
import io
import os
import re
import sys
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from PIL import Image
from playhouse.migrations import Runner

from tests.bench.measure import least
from tests.people import School, make_account, make_record, make_school
from tests.person import Person
from webapp import create_app, places
from webapp.domain import clock, sessions
from webapp.domain.duplicates import cases, sending
from webapp.jobs import registry
from webapp.models import keys
from webapp.models.base import database, new_key, open_database, transaction
from webapp.models.duplicates import Party
from webapp.models.staff import Grant, Staff
from webapp.providers.files import Files
from webapp.settings import Settings

GOAL = 1.2
SLACK = 1.5
"""What a short run on a shared machine may be over the goal."""


def photo(n: int) -> bytes:
    """About what a phone's photo weighs once it is stored."""
    out = io.BytesIO()
    Image.effect_noise((1600, 1200), 20 + n % 40).convert("RGB").save(out, "JPEG", quality=60)
    return out.getvalue()


def cpu(images: object) -> float:
    """CPU seconds of this process and of the child that marks photos."""
    used = sum(os.times()[:2])
    if pid := images.child_pid:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        used += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return used


def reviewer(app: Flask, school: School) -> Person:
    at = clock.now()
    staff = Staff.create(login="ma", name="马老师", password_hash="-", created=at, used=at)
    Grant.create(staff=staff, role="H", unit=school.unit, starts=at - timedelta(days=1))
    person = Person(app)
    person.client.set_cookie("xd_session", sessions.begin(staff, "bench", "192.0.2.1"))
    return person


def lay(school: School, storage, many: int) -> None:
    """So many cases that wait, each with four clean photos."""
    klass, pictures = school.records[0].klass, [photo(n) for n in range(4)]
    for n in range(many):
        record = make_record(school.unit, klass, (f"学生{n}", "20080512", "女"), f"40{n:08d}", 2 * n + 2, document_kind="1")
        make_account(record, f"139{n:08d}")
        account = make_account(record, f"138{n:08d}", state="duplicate")
        submission = sending.draft(cases.accept(account))
        for slot, jpeg in zip(sending.slots(submission), pictures, strict=True):
            upload = Files(storage).keep(jpeg, "claim_photo", state="clean", media="image/jpeg", account=account)
            sending.attach(submission, slot, upload)
        sending.enter(sending.submit(submission))


class Hand:
    """What a reviewer does, with the server's CPU alone counted: reading the page is not its work."""

    def __init__(self, person: Person, images: object) -> None:
        self.client, self.images = person.client, images
        self.pages = self.shown = 0.0

    def page(self, path: str, **data: object) -> str:
        before = cpu(self.images)
        answer = self.client.post(path, data=data, follow_redirects=True) if data else self.client.get(path)
        self.pages += cpu(self.images) - before
        assert answer.status_code == 200, answer.status_code
        return answer.get_data(as_text=True)

    def photo(self, path: str) -> None:
        before = cpu(self.images)
        answer = self.client.get(path)
        self.shown += cpu(self.images) - before
        assert answer.status_code == 200 and answer.mimetype == "image/jpeg"


def clear(person: Person, images: object, many: int) -> tuple[float, float, int]:
    """Decide every case as a hand would: CPU seconds a case with photos and without, and how many were decided."""
    hand, done = Hand(person, images), 0
    html = hand.page("/staff/review")
    html = hand.page("/staff/review/next", csrf_token=_token(html))
    hand.pages = 0.0  # templates were compiled just now
    while done < many and "data-desk" in html:
        for place in re.findall(r'<img[^>]* src="(/staff/review/[^"]+)"', html):
            hand.photo(place)
        ticks = dict.fromkeys(re.findall(r'data-tick="(\w+)"', html), "same")
        place = re.search(r"/staff/review/([\w-]{22})/photos/", html)
        html = hand.page(f"/staff/review/{place[1]}", csrf_token=_token(html), verdict="approve", **ticks)
        done += 1
    return (hand.pages + hand.shown) / done, hand.pages / done, done


def _token(html: str) -> str:
    return re.search(r'name="csrf_token"[^>]* value="([^"]+)"', html)[1]


def history(school: School, party: Party, many: int) -> None:
    """Cases that were decided long ago, each with what was handed in."""
    at = str(clock.now() - timedelta(days=40))
    cases_ = ((new_key(), f"h{n}", "done", school.unit.id, at, at, False, "", 1, 1, "photos") for n in range(many))
    names = "key, identity_index, state, unit_id, opened, due, needs_two, signals, round, held_round, way"
    sent = ((new_key(), party.id, "photos", "approved", at, at, True, at, "", "") for _ in range(many))
    columns = "key, party_id, way, state, begun, sent, spent, decided, reasons, note"
    with transaction():
        for table, columns_, rows, wide in (("claim", names, cases_, 11), ("submission", columns, sent, 10)):
            marks = ", ".join("?" * wide)
            database.cursor().executemany(f"INSERT INTO {table} ({columns_}) VALUES ({marks})", rows)


def queue(person: Person) -> tuple[float, float]:
    """Least CPU milliseconds of the queue's page, and by a page that reads nothing of cases, asked in turn: what else the
    machine does at that moment hits both."""

    def ask(place: str) -> None:
        assert person.client.get(place).status_code == 200

    page, other = least(lambda: ask("/staff/review"), lambda: ask("/staff/me"), rounds=20, times=20)
    return page * 1000, page / other


def main(short: bool) -> int:
    many, few, lots = (10, 1000, 20_000) if short else (100, 1000, 1_000_000)
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.sqlite3"
        settings = Settings.read({}, data_dir=Path(folder), database=url, demo=True)
        keys.Keyring.fresh().save(settings.keys)
        db = open_database(url)
        Runner(db, str(places.find("migrations"))).up()
        db.close()
        app = create_app(settings)
        outside = app.extensions["worker"].outside
        school = make_school()
        person = reviewer(app, school)
        lay(school, outside.storage, many)
        registry.drain(outside)
        whole, page, done = clear(person, outside.images, many)
        print(f"{done} clean cases: {whole * 1000:.0f} ms of CPU each with photos, {page * 1000:.1f} ms without")
        party = Party.select().first()
        history(school, party, few)
        first, by_other = queue(person)
        history(school, party, lots)
        second, by_other_then = queue(person)
        ratio = by_other_then / by_other
        print(
            f"queue page: {first:.2f} ms with {few:,} decided cases, {second:.2f} ms with {lots:,}; "
            f"by the page beside it {ratio:.2f} × (goal {GOAL})"
        )
        outside.images.close()
        database.close()
    return int(done < many * 0.9 or ratio > GOAL * (SLACK if short else 1))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    sys.exit(main(parser.parse_args().short))
