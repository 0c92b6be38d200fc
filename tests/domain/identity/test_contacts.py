"""Phones and e-mail addresses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.domain.identity import emails, phones
from webapp.domain.refused import Refused


@pytest.mark.req("ACC-01")
@pytest.mark.parametrize(
    "text", ["13800005678", " 138 0000 5678", "１３８００００５６７８", "+86 138-0000-5678", "8613800005678"]
)
def test_eleven_digits_are_taken_however_they_are_grouped(text):
    number = phones.clean(text)
    phones.check(number)
    assert number == "13800005678"


@pytest.mark.req("ACC-01")
@pytest.mark.parametrize(
    "text",
    ["", "1380000567", "138000056789", "12800005678", "03800005678", "+85291234567", "1380000567a", "13800005678\n1"],
)
def test_anything_but_a_mainland_mobile_is_refused(text):
    with pytest.raises(Refused, match="phone_format"):
        phones.check(phones.clean(text))


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True, alphabet="0123456789"))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_grouping_is_undone_by_cleaning(number):
    phones.check(number)
    assert phones.clean(phones.grouped(number)) == number


def test_a_phone_is_grouped_for_its_holder_and_masked_for_others():
    assert phones.grouped("13800005678") == "138 0000 5678"
    assert phones.masked("13800005678") == "138****5678"


@pytest.mark.parametrize("text", [" Alice@Example.edu.cn ", "a.b+c@qq.com", "x@a-b.co", "ａ@qq.com", "1@mail.xn--fiqs8s"])
def test_ordinary_addresses_pass(text):
    emails.check(emails.clean(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "alice",
        "@qq.com",
        "a@",
        "a@b",
        "a b@qq.com",
        "a..b@qq.com",
        ".a@qq.com",
        "a@-b.com",
        "a@b..com",
        "a@qq.com,b@qq.com",
    ]
    + [
        "a@qq.com\r\nBcc: b@qq.com",
        "a@qq.com\n",
        "a\r@qq.com",
        "<a@qq.com>",
        "a" * 65 + "@qq.com",
        "a@" + "b." * 126 + "com",
    ],
)
def test_what_is_no_address_or_would_inject_a_header_is_refused(text):
    with pytest.raises(Refused, match="email_format"):
        emails.check(emails.clean(text))


def test_an_address_is_masked_but_for_its_first_letter_and_domain():
    assert emails.masked("alice@qq.com") == "a***@qq.com"
