"""The table of moves: the only way a row's state changes. State, promised jobs and the Event go in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from webapp.domain import journal
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models.base import KeyedRow, transaction

R = TypeVar("R", bound=KeyedRow)

Guard = Callable[[Any, Actor], None]
"""Reads as a sentence and raises Refused when it does not hold."""


@dataclass(frozen=True, slots=True)
class Move:
    """One arrow: its name, the states it leaves, where it leads, who may, what must hold, which jobs it promises.

    A job gets the row's key as `key`.
    """

    name: str
    leaves: tuple[str, ...]
    to: str
    who: Can | None = None
    guards: tuple[Guard, ...] = ()
    jobs: tuple[str, ...] = ()


class Lifecycle(Generic[R]):
    """All moves of one model, readable on one screen. `column` holds the state."""

    def __init__(self, model: type[R], *moves: Move, column: str = "state") -> None:
        self.model, self.column = model, column
        self.moves = {move.name: move for move in moves}

    @property
    def states(self) -> frozenset[str]:
        return frozenset(s for move in self.moves.values() for s in (*move.leaves, move.to))

    def move(self, row: R, name: str, actor: Actor, *, detail: dict | None = None, **changes: Any) -> R:
        """Make the move and return the row as it now is; `changes` are columns set with it, `detail` goes to the Event.

        Raises Refused: not_allowed, moved_on (somebody was faster, or the state does not allow it), or a guard's own.
        """
        step = self.moves[name]
        with transaction():
            row = row.locked()
            if step.who is not None:
                actor.require(step.who)
            before = getattr(row, self.column)
            if before not in step.leaves:
                raise Refused("moved_on", state=before)
            for guard in step.guards:
                guard(row, actor)
            setattr(row, self.column, step.to)
            for column, value in changes.items():
                setattr(row, column, value)
            if not self._write(row, step.leaves):
                raise Refused("moved_on", state=before)
            for job in step.jobs:
                journal.promise(job, key=row.key)
            journal.record(f"{row._meta.table_name}.{name}", actor.name, row, **(detail or {}))
        return row

    def _write(self, row: R, leaves: tuple[str, ...]) -> bool:
        model = self.model
        changed = {field: row.__data__[field.name] for field in row.dirty_fields}
        there = getattr(model, self.column).in_(leaves)
        done = model.update(changed).where((model.id == row.id) & there).execute()
        row._dirty.clear()
        return done == 1
