"""The world of a test: a real migrated database, the real app, local stand-ins, a clock that can be moved.

`--postgres` runs all that asks a database on PostgreSQL, `--browser` adds the journeys in Chromium, `--dovecot` a real mail
box, `--poppler` other programs that read our PDFs. Nothing is skipped: what is not asked for is not collected, what is asked
for and missing fails.
"""

import gc
import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType
from typing import Any, ClassVar

import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from playhouse.migrations import Runner
from werkzeug.routing import Rule

from tests.certifying import Office
from tests.certifying import office as make_office
from tests.members import Member, member
from tests.people import School, make_school
from tests.person import Person
from tests.postgres import Cluster
from tests.reporting import Holder, holder
from tests.world import World
from webapp import create_app, places
from webapp.domain import defaults
from webapp.models import keys
from webapp.models.base import database, open_database
from webapp.settings import Settings


class Compiled(BytecodeCache):
    """Templates compiled once in the life of a test process: compiling them anew took a third of every page test."""

    def __init__(self) -> None:
        self.known: dict[str, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.known.get(bucket.key + bucket.checksum)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.known[bucket.key + bucket.checksum] = bucket.code


COMPILED = defaultdict(Compiled)
"""By language: a sentence is translated when its template is compiled."""


class KnownRule(Rule):
    """A route that is compiled once in the life of a test process: most of an app's start."""

    known: ClassVar[dict[tuple, tuple]] = {}
    WHOLE = ("_parts", "_trace", "_converters", "arguments")

    def compile(self) -> None:
        key = self.rule, str(self.defaults)
        if key not in self.known:
            super().compile()
            made = {name: getattr(self, name) for name in self.WHOLE}
            self.known[key] = made, self._build.__func__, self._build_unknown.__func__
        made, build, build_unknown = self.known[key]
        vars(self).update(made)
        self._build, self._build_unknown = build.__get__(self, None), build_unknown.__get__(self, None)


Flask.url_rule_class = KnownRule
gc.set_threshold(100_000, 20, 100)
"""Python looks for rings every 700 new objects; with all that a test process holds, that is a twentieth of its time."""


OUTSIDERS = ("test_mail_imap.py", "test_pdf_poppler.py")
"""Tests that ask no database, but were asked for by an option of their own."""

WITH_CHILD = ("images", "portraits", "pdf", "seals", "glyphs")
"""Providers that ask nothing of the settings and work in a child process: to begin one took a tenth of all the tests' time."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgres", action="store_true", help="run on PostgreSQL instead of SQLite")
    parser.addoption("--browser", action="store_true", help="also run the journeys in Chromium")
    parser.addoption("--full", action="store_true", help="run the attacks of tests/security at full size")
    parser.addoption("--ocr", action="store_true", help="also read made-up cards with the extra [ocr]")
    parser.addoption("--face", action="store_true", help="also look for faces with the extra [face]")
    parser.addoption("--dovecot", action="store_true", help="also read a mail box on Dovecot")
    parser.addoption("--poppler", action="store_true", help="also read our papers with poppler and OpenSSL")


@pytest.fixture
def times(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """``times(60, 200)``: how often an attack runs, in CI and with `--full`."""
    return lambda ci, full: full if request.config.getoption("--full") else ci


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "req(*ids): the requirements that a test proves")
    config.addinivalue_line("markers", "anywhere: a long walk or attack, which ends alike on any database: on SQLite alone")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    wants = config.getoption("--browser")
    if not wants and "browser" in collection_path.relative_to(Path(__file__).parent).parts:
        return True
    if collection_path.name == "test_ocr.py" and not config.getoption("--ocr"):
        return True
    if collection_path.name in ("test_photo_faces.py", "test_faces_local.py") and not config.getoption("--face"):
        return True
    if collection_path.name == "test_mail_imap.py" and not config.getoption("--dovecot"):
        return True
    if collection_path.name == "test_pdf_poppler.py" and not config.getoption("--poppler"):
        return True
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With `--postgres` only what asks a database runs, and what else was asked for; `person` comes there without JavaScript
    alone, for how a page is asked for is nothing that a database could tell; nor is who gets in, what markup does, or how often
    somebody guesses, asks and sends pictures (`anywhere`).

    The journeys come first and the attacks next, for they are the longest: one that began last would leave the other workers
    idle.
    """
    items.sort(key=lambda one: ("browser" not in one.path.parts, "security" not in one.path.parts))
    if not config.getoption("--postgres"):
        return
    here, elsewhere = [], []
    for one in items:
        asks = {"databases", "cluster"} & set(one.fixturenames) or one.path.name in OUTSIDERS
        again = getattr(one, "callspec", None) is not None and one.callspec.params.get("person") == "htmx"
        alike = one.get_closest_marker("anywhere") is not None
        (here if asks and not again and not alike else elsewhere).append(one)
    config.hook.pytest_deselected(items=elsewhere)
    items[:] = here


@pytest.fixture(scope="session")
def cluster(request: pytest.FixtureRequest) -> Iterator[Cluster | None]:
    """The PostgreSQL of this run; None on SQLite."""
    if not request.config.getoption("--postgres"):
        yield None
        return
    # Not in pytest's own folder, which it closes to the user as whom PostgreSQL runs when another run begins.
    with TemporaryDirectory(prefix="xuedang-postgres-") as folder, Cluster(Path(folder)) as started:
        yield started


@pytest.fixture(scope="session")
def databases(cluster: Cluster | None, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], str]:
    """A function from a test's folder to the URL of its own fresh, migrated database."""
    if cluster is not None:
        _migrate(cluster.url("xuedang"))
        return lambda folder: cluster.empty("xuedang")
    template = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    _migrate(f"sqlite:///{template}")

    def copy(folder: Path) -> str:
        shutil.copy(template, folder / "xuedang.sqlite3")
        return f"sqlite:///{folder / 'xuedang.sqlite3'}"

    return copy


@pytest.fixture
def blank(cluster: Cluster | None, tmp_path: Path) -> str:
    """The URL of a database with nothing in it, for tests of what makes and changes tables."""
    return f"sqlite:///{tmp_path / 'blank.sqlite3'}" if cluster is None else cluster.blank()


def _migrate(url: str) -> None:
    db = open_database(url)
    Runner(db, str(places.find("migrations"))).up()
    db.close()
    if hasattr(db, "close_all"):
        db.close_all()


@pytest.fixture
def settings(databases: Callable[[Path], str], tmp_path: Path) -> Iterator[Settings]:
    """A demo deployment in the test's own folder."""
    for name in [name for name in os.environ if name.startswith("XUEDANG_")]:
        raise RuntimeError(f"unset {name}: tests bring their own settings")
    made = Settings.read({}, data_dir=tmp_path, database=databases(tmp_path), demo=True)
    keys.Keyring.fresh().save(made.keys)
    yield made
    if not database.obj.is_closed():
        database.close()
    if hasattr(database.obj, "close_all"):
        database.close_all()


@pytest.fixture(scope="session")
def parents() -> Iterator[dict[str, Any]]:
    """The providers of WITH_CHILD, by port: a child is kept for many items, in a deployment and for many tests alike."""
    kept: dict[str, Any] = {}
    yield kept
    for one in kept.values():
        one.close()


@pytest.fixture
def app(settings: Settings, parents: dict[str, Any]) -> Flask:
    """The real app over that deployment, with an empty database."""
    app = create_app(settings)
    defaults.forget()
    for one, templates in app.extensions["templates"].items():
        templates.bytecode_cache = COMPILED[one]
    worker = app.extensions["worker"]
    kept = {port: parents.setdefault(port, getattr(worker.outside, port)) for port in WITH_CHILD}
    worker.outside = replace(worker.outside, **kept)
    return app


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    """Time, the worker and the outbox of the app."""
    with World(app) as made:
        yield made


@pytest.fixture
def school(world: World) -> School:
    """云溪职业技术学院: two colleges, three classes, twelve students in the roster, an open campaign, staff."""
    return make_school()


@pytest.fixture
def hers(school: School) -> Holder:
    """林晓溪, who has an account and her 学籍 bound to it."""
    return holder(school)


@pytest.fixture
def office(school: School) -> Office:
    """An agency that takes every kind of application, with its people."""
    return make_office()


@pytest.fixture
def hr(school: School) -> Member:
    """A member of staff of an organisation that may check reports."""
    return member()


@pytest.fixture(params=["plain", "htmx"])
def person(request: pytest.FixtureRequest, app: Flask, world: World) -> Callable[[], Person]:
    """A maker of visitors: each test that uses one runs twice, without JavaScript and as htmx asks."""
    return lambda **options: Person(app, htmx=request.param == "htmx", **options)


@pytest.fixture
def visitor(app: Flask, world: World) -> Callable[[], Person]:
    """A maker of visitors without JavaScript, where running twice proves nothing more."""
    return lambda **options: Person(app, **options)


@pytest.fixture
def secure_settings(settings: Settings) -> Settings:
    """The same deployment behind https."""
    return replace(settings, url="https://xj.example.edu.cn")
