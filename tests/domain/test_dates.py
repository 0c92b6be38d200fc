"""Dates as schools' files write them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.domain import dates
from webapp.domain.refused import Refused

DAY = date(2003, 1, 27)


@pytest.mark.parametrize(
    "text",
    [
        "20030127",
        "2003-01-27",
        "2003/1/27",
        "2003.1.27",
        "2003年01月27日",
        "2003年1月27日",
        "37648",
        "37648.0",
        "2003-01-27 00:00:00",
    ]
    + [
        "2003-01-27T00:00:00",
        "'20030127",
        " 2003 年 1 月 27 日 ",
        "２００３／１／２７",
        "2003\u00a0-01-27",
        "2003/1/27 0:00",
        "2003年1月27号",
    ],
)
def test_every_form_that_schools_use_is_one_day(text):
    assert dates.read(text) == (DAY, None)


@pytest.mark.parametrize("text", ["200309", "2003-09", "2003/9", "2003年9月", "2003年09月", "2003.09", "2003.9"])
def test_year_and_month_give_the_first_day_with_a_warning(text):
    assert dates.read(text) == (date(2003, 9, 1), "day_missing")


def test_a_month_from_which_a_spreadsheet_may_have_cut_the_zero_of_october_is_called_unsure():
    assert dates.read("2003.1") == (date(2003, 1, 1), "month_unsure")
    assert dates.read("2003.10") == (date(2003, 10, 1), "day_missing")
    assert dates.read("2003.01") == (date(2003, 1, 1), "day_missing")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "2003",
        "27/01/2003",
        "03-01-27",
        "2003-02-29",
        "2003-13-01",
        "20030132",
        "2003-1/27",
        "18991231",
        "21010101",
    ]
    + ["2003-01-27 08:30:00", "昨天", "2.0030127E+7", "0", "-1", "200313", "2003-01-27x", "20030127 20030128"],
)
def test_what_is_no_date_is_refused_and_never_guessed(text):
    with pytest.raises(Refused, match="date_format"):
        dates.read(text)


@given(st.dates(date(1930, 1, 1), date(2099, 12, 31)))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_all_forms_of_a_day_agree(day):
    serial = (day - date(1899, 12, 30)).days
    forms = (
        f"{day:%Y%m%d}",
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{serial}",
    )
    assert {dates.read(form) for form in forms} == {(day, None)}


@given(st.text(max_size=20))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_no_text_does_more_than_be_refused(text):
    try:
        day, warning = dates.read(text)
    except Refused as refused:
        assert refused.code == "date_format"
    else:
        assert 1900 <= day.year <= 2100
        assert warning in (None, "day_missing", "month_unsure")
