"""The walking skeleton: the front page stands, on the database that was asked for."""

from collections.abc import Callable

from tests.person import Person


def test_the_front_page_answers(visitor: Callable[..., Person]) -> None:
    assert visitor().visit("/").status == 200
