"""The drawings of the lifecycles: whole, and what the tables of moves say now."""

from tests.architecture.source import ROOT
from webapp.cli import lifecycles
from webapp.cli.state_words import STATES


def test_the_drawings_are_what_the_tables_say() -> None:
    """After a change: ``python -m webapp.cli.lifecycles``, and look at what it drew."""
    assert (ROOT / lifecycles.PLACE).read_text("utf-8") == lifecycles.document()


def test_every_state_and_move_of_every_lifecycle_is_drawn() -> None:
    found = lifecycles.every()
    assert {life.model._meta.table_name for life in found} == set(STATES)
    for life in found:
        drawn = lifecycles.chapter(life)
        assert all(f"<br/>{state}" in drawn for state in life.states), life.model.__name__
        assert all(f"| {name} |" in drawn for name in life.moves), life.model.__name__


def test_a_move_that_several_states_leave_is_drawn_once() -> None:
    (batch,) = (life for life in lifecycles.every() if life.model.__name__ == "Batch")
    drawn = lifecycles.chapter(batch)
    assert drawn.count("--> refused") == 1 and "等待读取<br/>要对应列<br/>正在检查<br/>等你确认" in drawn
