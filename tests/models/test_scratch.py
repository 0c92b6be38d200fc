"""What is put aside on disk comes back, and only that."""

from webapp.models.scratch import Numbers


def test_numbers_come_back_with_what_they_stand_for() -> None:
    numbers = Numbers()
    numbers.put({-(1 << 63): 1, 7: 2})
    numbers.put({(1 << 63) - 1: 3})
    assert [numbers.get(one) for one in (-(1 << 63), 7, (1 << 63) - 1, 8)] == [1, 2, 3, None]
