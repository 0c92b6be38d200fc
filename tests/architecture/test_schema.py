"""The migrations make exactly the tables that the models describe, on either database, and take them down again."""

from collections.abc import Iterator

import pytest
from peewee import Database, SqliteDatabase
from playhouse.migrations import Runner

from webapp import places
from webapp.models import TABLES
from webapp.models.base import open_database

POSTGRES = """
SELECT table_name, column_name, ordinal_position::text, data_type || coalesce(character_maximum_length::text, ''),
       is_nullable || coalesce(column_default, '')
FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL
SELECT tablename, indexname, '', indexdef, '' FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT conrelid::regclass::text, conname, '', pg_get_constraintdef(oid), ''
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
"""


def catalogue(db: Database) -> list[tuple]:
    """What the database itself says of the models' tables: its own text of each table, index and constraint, however spaced."""
    ours = {model._meta.table_name for model in TABLES}
    query = "SELECT tbl_name, type, name, sql FROM sqlite_master WHERE type <> 'trigger' AND sql IS NOT NULL"
    rows = db.execute_sql(query if isinstance(db, SqliteDatabase) else POSTGRES).fetchall()
    told = (tuple(str(part).replace(" ,", ",") for part in row) for row in rows)
    return sorted(row for row in told if row[0].strip('"') in ours)


@pytest.fixture
def db(blank: str) -> Iterator[Database]:
    """A database that the migrations have just made."""
    opened = open_database(blank)
    opened.connect()
    runner(opened).up()
    yield opened
    opened.close()
    if hasattr(opened, "close_all"):
        opened.close_all()


def test_the_migrated_schema_is_the_models_own(db: Database) -> None:
    migrated = catalogue(db)
    take_down(db)
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)
    assert migrated == catalogue(db)
    assert {row[0].strip('"') for row in migrated} == {model._meta.table_name for model in TABLES}


def test_no_two_indexes_have_one_name() -> None:
    """The second would be taken for the first, and never be made."""
    for model in TABLES:
        names = [index._name for index in model._meta.fields_to_index()]
        assert len(names) == len(set(names)), (model.__name__, sorted(names))


def test_migrations_go_down_to_nothing_and_up_again(db: Database) -> None:
    before = catalogue(db)
    take_down(db)
    assert db.get_tables() == ["schema_migration"]
    runner(db).up()
    assert catalogue(db) == before


def test_migrations_know_nothing_of_the_app() -> None:
    for path in places.find("migrations").glob("*.py"):
        assert "webapp" not in path.read_text(), path.name


def runner(db: Database) -> Runner:
    return Runner(db, str(places.find("migrations")))


def take_down(db: Database) -> None:
    while runner(db).applied():
        runner(db).down()
