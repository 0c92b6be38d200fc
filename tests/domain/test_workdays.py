"""Working days: holidays, make-up days, and years that nobody has arranged yet."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.domain import clock, workdays

YEARS = st.dates(date(2020, 1, 1), date(2060, 12, 31))


@pytest.mark.req("SYS-08")
@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 17), False), (date(2026, 10, 7), False), (date(2026, 10, 8), True),
        (date(2026, 9, 20), True), (date(2026, 10, 10), True), (date(2026, 1, 4), True),
        (date(2026, 10, 17), False), (date(2026, 3, 4), True), (date(2011, 12, 31), True),
    ],
)  # fmt: skip
def test_holidays_are_off_and_make_up_weekends_are_worked(day, works):
    assert workdays.is_workday(day) is works


@pytest.mark.req("SYS-08")
def test_a_term_over_national_day_counts_the_make_up_saturday():
    assert workdays.add(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert workdays.add(date(2026, 9, 30), 3) == date(2026, 10, 10)


@pytest.mark.req("SYS-08")
def test_nought_days_mean_today_or_the_next_day_that_is_worked():
    assert workdays.add(date(2026, 3, 4), 0) == date(2026, 3, 4)
    assert workdays.add(date(2026, 10, 1), 0) == date(2026, 10, 8)


@pytest.mark.req("SYS-08")
def test_a_term_ends_with_the_last_second_of_the_chinese_day():
    evening_in_utc = datetime(2026, 3, 3, 17, 0)  # already the 4th in China
    due = workdays.due(evening_in_utc, 3)
    assert due == datetime(2026, 3, 9, 15, 59, 59)
    assert clock.shown(due) == datetime(2026, 3, 9, 23, 59, 59)


@pytest.mark.req("SYS-08")
@pytest.mark.parametrize("year", [2027, 2028, 2040, 2099])
def test_years_without_a_published_arrangement_have_the_laws_holidays(year):
    assert not workdays.is_workday(date(year, 1, 1))
    assert not workdays.is_workday(date(year, 10, 1))
    assert sum(workdays.is_workday(date(year, 1, 1) + timedelta(days=n)) for n in range(365)) in range(240, 256)


@pytest.mark.req("SYS-08")
def test_beyond_the_lunar_tables_weekdays_still_count():
    assert workdays.add(date(2150, 3, 6), 1) == date(2150, 3, 9)


@given(YEARS, st.integers(1, 30), st.integers(1, 30))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_two_terms_one_after_the_other_are_their_sum(day, first, second):
    assert workdays.add(workdays.add(day, first), second) == workdays.add(day, first + second)
    assert workdays.is_workday(workdays.add(day, first))
