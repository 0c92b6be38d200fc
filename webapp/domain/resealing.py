"""密钥轮换: what an older root sealed is sealed again under the newest, a few hundred values at a time (R-SYS-05).

Not here: the roots and their file (`models/keys.py`). A value outside a Sealed field is told by who seals it, as a Place.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from peewee import Expression, Field, ModelSelect, fn

from webapp.domain import journal
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.models import TABLES, keys
from webapp.models.base import Ciphertext, Sealed, transaction
from webapp.models.journal import Event

PORTION = 500
"""Values sealed in one transaction: how long others wait to write."""


class Place(NamedTuple):
    """A column of sealed values: the purpose of its key, and how `aad` is made of which columns, in that table or beside it."""

    field: Field
    purpose: str
    names: tuple[Field, ...]
    aad: Callable[..., str]

    def older(self) -> Expression:
        """Values that the newest root did not seal."""
        prefix = keys.prefix()
        return self.field.is_null(False) & (fn.SUBSTR(self.field, 1, len(prefix)) != prefix)

    def rows(self, after: int) -> ModelSelect:
        """A portion of the older values beyond that row: (id, value, names…)."""
        model = self.field.model
        query = model.select(model.id, self.field, *self.names).where(self.older() & (model.id > after))
        for other in dict.fromkeys(name.model for name in self.names if name.model is not model):
            query = query.join_from(model, other)
        return query.order_by(model.id).limit(PORTION).tuples()


def columns() -> Iterator[Place]:
    """Every Sealed field of every table."""
    for model in TABLES:
        for field in model._meta.sorted_fields:
            if isinstance(field, Sealed):
                yield Place(field, field.purpose, (model.key,), f"{field.purpose}|{{}}".format)


def unfinished() -> bool:
    """Was the newest root made by a renewal that broke off? Its line of history is the last thing that it writes."""
    ring = keys.ring()
    told = (Event.action == "keys.renew") & (Event.object == f"keys:{ring.current}")
    return len(ring.roots) > 1 and not Event.select().where(told).exists()


def renew(places: Iterable[Place]) -> tuple[int, list[str]]:
    """Seal everything again that an older root sealed: how many values, and which do not open (table, column, row's id).

    Broken off and begun again it goes on where it stopped, for what it did no longer looks older.
    """
    broken: list[str] = []
    many = sum(seal_again(place, broken) for place in places)
    with transaction():
        journal.record("keys.renew", SYSTEM.name, f"keys:{keys.ring().current}", values=many, broken=len(broken))
    return many, broken


def seal_again(place: Place, broken: list[str]) -> int:
    """One column; how many values. Adds to `broken` what does not open."""
    many = after = 0
    while True:
        with transaction():
            rows = list(place.rows(after))
            many += sum(_sealed(place, broken, *row) for row in rows)
        if len(rows) < PORTION:
            return many
        after = rows[-1][0]


def _sealed(place: Place, broken: list[str], row: int, value: str, *names: str) -> int:
    """One value; one that somebody changed meanwhile was sealed with the newest root by that."""
    aad, model = place.aad(*names), place.field.model
    try:
        fresh = Ciphertext(keys.seal_bytes(place.purpose, keys.open_bytes(place.purpose, value, aad), aad))
    except keys.CannotOpen:
        broken.append(f"{model._meta.table_name} {place.field.column_name} {row}")
        return 0
    return model.update({place.field: fresh}).where((model.id == row) & (place.field == value)).execute()


def left(places: Iterable[Place]) -> int:
    """How many values only an older root opens."""
    return sum(place.field.model.select().where(place.older()).count() for place in places)


def drop(places: Iterable[Place]) -> keys.Keyring:
    """The keys without the roots that seal nothing any more, for their file. Raises keys_in_use where one still does."""
    if many := left(places):
        raise Refused("keys_in_use", left=many)
    alone = keys.ring().newest_alone()
    with transaction():
        journal.record("keys.drop", SYSTEM.name, f"keys:{alone.current}")
    return alone
