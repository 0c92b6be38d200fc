"""The ground under every table: the database from a URL, rows that save what changed, sealed and blind-indexed fields.

Not here: any rule. A model may have named queries; what may happen to a row is a verb in `domain/`.
"""

import logging
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Generic, NamedTuple, Self, TypeVar
from urllib.parse import urlsplit

from peewee import (
    BigAutoField,
    CharField,
    Database,
    DatabaseProxy,
    DateField,
    DateTimeField,
    Field,
    FieldAccessor,
    Model,
    SqliteDatabase,
    TextField,
    Value,
)
from playhouse.db_url import connect

from webapp.models import keys

database = DatabaseProxy()

logging.getLogger("peewee").setLevel(logging.INFO)
"""At DEBUG it writes down every statement with its values, and names of people stand among them."""

R = TypeVar("R", bound="Row")
Found = TypeVar("Found", bound=NamedTuple)

SQLITE = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: an answer that a person saw survives a power cut
    "foreign_keys": 1,
    "busy_timeout": 15_000,
    "secure_delete": 1,
    "trusted_schema": 0,
    "cache_size": -4000,  # KiB for each thread's connection; the system keeps the file in its own cache besides
}


def open_database(url: str) -> Database:
    """The database behind `url`: ``sqlite:///path`` (a connection per thread) or ``postgresql://…`` (a pool)."""
    if urlsplit(url).scheme == "sqlite":
        return connect(url, pragmas=SQLITE, timeout=15)
    pooled = url.replace("postgresql://", "postgresql+pool://", 1).replace("postgres://", "postgres+pool://", 1)
    return connect(pooled, unquote_password=True, max_connections=32, stale_timeout=300, timeout=10)


def on_sqlite() -> bool:
    return isinstance(database.obj, SqliteDatabase)


_one_writer = threading.Lock()
"""SQLite lets one write at a time, and who waits asks it again and again: in a rush somebody always comes too late. Threads of
one process wait in line here instead."""


@contextmanager
def transaction() -> Iterator[None]:
    """All or nothing. On SQLite it takes the write lock at once, so that no reader-turned-writer meets a stale page.

    Inside another one it joins it: a verb may call a verb.
    """
    if database.in_transaction():
        yield
    elif on_sqlite():
        with _one_writer, database.atomic("IMMEDIATE"):
            yield
    else:
        with database.atomic():
            yield


@contextmanager
def attempt() -> Iterator[None]:
    """A part of a transaction that may fail alone: what it wrote goes, and the rest goes on (PostgreSQL ends it otherwise)."""
    with transaction(), database.atomic():
        yield


def new_key() -> str:
    """22 characters, 128 random bits: what an address, a job or a sealed value calls a row (never its number)."""
    return secrets.token_urlsafe(16)


class Row(Model):
    """A row with a number that nobody sees. `save()` writes what changed and nothing else."""

    id = BigAutoField()

    class Meta:
        database = database
        legacy_table_names = False
        only_save_dirty = True

    def locked(self) -> Self:
        """The same row as it is now, held until the transaction ends (SQLite holds everything already)."""
        query = type(self).select().where(type(self).id == self.id)
        return (query if on_sqlite() else query.for_update()).get()


def revive(model: type[R], values: dict[str, Any]) -> R:
    """An instance from what a compiled query read: as if peewee had loaded it, at a tenth of the cost."""
    row = model(__no_default__=1)
    row.__data__.update(values)
    return row


class KeyedRow(Row):
    """A row that has an address or a sealed field: it has a random key before it is inserted."""

    key = CharField(max_length=22, unique=True, default=new_key)

    @classmethod
    def by_key(cls, key: str) -> Self | None:
        return cls.get_or_none(cls.key == key)


class Ciphertext(str):
    """A value as the database holds it; a plain `str` set on the same attribute is sealed first."""

    __slots__ = ()


class SealedAccessor(FieldAccessor):
    """Seals on the way in (with its blind indexes), opens on the way out; what comes from the database stays as it is."""

    def __get__(self, instance: Any, instance_type: type | None = None) -> Any:
        if instance is None:
            return self.field
        value = instance.__data__.get(self.name)
        return None if value is None else keys.unseal(self.field.purpose, value, f"{self.field.purpose}|{instance.key}")

    def __set__(self, instance: Any, value: str | None) -> None:
        if not isinstance(value, Ciphertext):
            for index in self.field.indexes:
                setattr(instance, index.name, None if value is None else index.of(value))
            if value is not None:
                value = Ciphertext(keys.seal(self.field.purpose, value, f"{self.field.purpose}|{instance.key}"))
        super().__set__(instance, value)


class Sealed(TextField):
    """Text that the database sees encrypted: AES-256-GCM, bound to table, column and the row's key (R-SYS-05)."""

    accessor_class = SealedAccessor

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.indexes: list[Blind] = []

    @property
    def purpose(self) -> str:
        return f"{self.model._meta.table_name}|{self.column_name}"

    def db_value(self, value: str | None) -> str | None:
        if value is not None and not isinstance(value, Ciphertext):
            raise TypeError(f"{self.purpose}: plain text must not reach the database")
        return value

    def python_value(self, value: str | None) -> Ciphertext | None:
        return None if value is None else Ciphertext(value)


class Blind(CharField):
    """Keyed hash of a sealed field's canonical form, set when that field is: equality search without plain text.

    `purpose` names the kind of thing (``"phone"``), so that the same number meets itself across tables.
    """

    def __init__(self, purpose: str, canonical: Callable[[str], str], of: Sealed, **options: Any) -> None:
        options.setdefault("null", of.null)
        super().__init__(max_length=43, **options)
        self.kind, self.canonical = purpose, canonical
        of.indexes.append(self)

    def of(self, value: str) -> str:
        """The hash to search with; `value` is as a person typed it."""
        return keys.blind(self.kind, self.canonical(value))


class Moment(DateTimeField):
    """Naive UTC, whole seconds; the value always comes from `domain.clock.now()`."""


READERS = {DateTimeField: datetime.fromisoformat, DateField: date.fromisoformat}
"""How a compiled query reads what SQLite holds as text; peewee's own readers try several forms."""


class Compiled(Generic[Found]):
    """A hot query, built once: its SQL text is kept and rows come as a prepared tuple (models cost 13 × the driver).

    Only for the few pages that everybody opens at once. Arguments go to the query in order, as database values. `worked_out`
    names what the query computes and the field whose kind of value that is.
    """

    def __init__(self, row: type[Found], build: Callable[..., Any], **worked_out: Field) -> None:
        self.row, self.build, self.worked_out = row, build, worked_out
        self.arguments = build.__code__.co_argcount
        self._ready: dict[type, tuple[str, list]] = {}

    def __call__(self, *values: Any) -> list[Found]:
        sql, readers = self._ready.get(type(database.obj)) or self._compile()
        found = [list(row) for row in database.execute_sql(sql, values).fetchall()]
        for row in found:
            for place, read in readers:
                held = row[place]
                if held is not None:
                    row[place] = read(held)
        return [self.row._make(row) for row in found]

    def _compile(self) -> tuple[str, list]:
        marks = [Value(object(), converter=False) for _ in range(self.arguments)]
        query = self.build(*marks)
        sql, parameters = query.sql()
        if parameters != [mark.value for mark in marks]:
            raise ValueError("a compiled query takes its arguments in order and has no other parameters")
        columns = [self.worked_out.get(n, f) for n, f in zip(self.row._fields, query._returning, strict=True)]
        kinds = {**READERS, Sealed: Ciphertext} if on_sqlite() else {Sealed: Ciphertext}
        readers = [(n, read) for n, column in enumerate(columns) for kind, read in kinds.items() if isinstance(column, kind)]
        self._ready[type(database.obj)] = sql, readers
        return sql, readers


class Statement:
    """A hot change, built once as `Compiled` is.

    Values come by name, as the database takes them, and every column of an insert is told: nothing has a default.
    """

    def __init__(self, build: Callable[..., Any]) -> None:
        self.build = build
        self.names = build.__code__.co_varnames[: build.__code__.co_argcount]
        self._ready: dict[type, tuple[str, list[str]]] = {}

    def __call__(self, **values: Any) -> None:
        sql, order = self._ready.get(type(database.obj)) or self._compile()
        database.execute_sql(sql, [values[name] for name in order])

    def _compile(self) -> tuple[str, list[str]]:
        marks = {name: object() for name in self.names}
        sql, parameters = self.build(**{name: Value(mark, converter=False) for name, mark in marks.items()}).sql()
        named = {mark: name for name, mark in marks.items()}
        self._ready[type(database.obj)] = found = sql, [named[parameter] for parameter in parameters]
        return found
