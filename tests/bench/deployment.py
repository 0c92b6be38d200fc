"""A throw-away deployment for the benches: SQLite in a temporary folder, or PostgreSQL with ``--postgres``."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from playhouse.migrations import Runner

from tests.postgres import Cluster
from webapp import create_app, places
from webapp.models import keys
from webapp.models.base import database, open_database
from webapp.settings import Settings


@contextmanager
def deployed(postgres: bool = False, **told: object) -> Iterator[Flask]:
    """The app over a fresh, migrated database; everything is gone afterwards."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="xuedang-bench-")))
        url = f"sqlite:///{folder / 'xuedang.sqlite3'}"
        if postgres:
            (folder / "postgres").mkdir()
            url = stack.enter_context(Cluster(folder / "postgres")).url("xuedang")
        db = open_database(url)
        Runner(db, str(places.find("migrations"))).up()
        db.close()
        settings = Settings.read({}, data_dir=folder, database=url, demo=True, **told)
        keys.Keyring.fresh().save(settings.keys)
        try:
            yield create_app(settings)
        finally:
            database.close()
            if hasattr(database.obj, "close_all"):
                database.close_all()
