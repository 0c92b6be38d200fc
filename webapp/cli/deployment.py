"""One deployment, opened for a command: its settings, its keys, its database.

Not for the commands that start a server; those build the whole app.
"""

import argparse
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playhouse.migrations import Runner

from webapp import bind, places
from webapp.cli.words import _
from webapp.models.base import database, on_sqlite
from webapp.settings import Misconfigured, Settings


def add_data(parser: argparse.ArgumentParser) -> None:
    """Every command may name the folder of its deployment."""
    parser.add_argument("--data", type=Path, metavar=_("目录"), help=_("数据目录，默认 XUEDANG_DATA_DIR 或 ./xuedang-data"))


def settings_of(told: argparse.Namespace, **more: object) -> Settings:
    """The settings of the deployment that a command names. Raises settings.Misconfigured."""
    if told.data is not None:
        more["data_dir"] = told.data
    return Settings.read(told.environ, **more)


@contextmanager
def opened(told: argparse.Namespace) -> Iterator[Settings]:
    """Load the keys and connect; the connection is closed afterwards. Raises settings.Misconfigured."""
    settings = settings_of(told)
    bind(settings)
    with connected():
        yield settings


@contextmanager
def connected() -> Iterator[None]:
    """A connection of the bound database for a while; every one of the pool is closed after it."""
    database.connect(reuse_if_open=True)
    try:
        yield
    finally:
        close()


def close() -> None:
    """Give back the connection of this thread, and those of the pool."""
    if not database.is_closed():
        database.close()
    if not on_sqlite():
        database.close_all()


def runner() -> Runner:
    """What applies and reverts the migrations of this installation."""
    return Runner(database.obj, str(places.find("migrations")))


def pending() -> list[str]:
    """Names of the migrations that this installation has and the database does not."""
    return [migration.name for migration in runner().status() if migration.path and not migration.applied]


def require_schema() -> None:
    """Stop where the database is behind this installation. Raises settings.Misconfigured with what is missing."""
    with connected():
        missing = pending()
    if missing:
        raise Misconfigured("schema_behind", missing=", ".join(missing))


def work_steadily() -> None:
    """For a process that goes through a million rows: look for rings of objects rarely, a fourth of the work is that."""
    gc.set_threshold(100_000, 20, 100)
