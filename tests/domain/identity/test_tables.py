"""The code tables: complete, without double spellings, read as schools write them."""

import pytest

from webapp.domain.identity import countries, tables
from webapp.domain.identity.code_table import Entry, Table
from webapp.domain.refused import Refused

EVERY = [found for found in vars(tables).values() if isinstance(found, Table)] + [countries.COUNTRIES]


@pytest.mark.parametrize("table", EVERY, ids=lambda table: table.name)
def test_every_entry_is_labelled_in_both_languages_and_read_back_from_each_spelling(table: Table[Entry]):
    for row in table:
        assert row.zh and row.en
        for text in (row.code, row.zh, row.en, row.en.upper(), f" {row.zh}　", *row.aliases):
            assert table.read(text) is row
        assert table[row.code] is row


@pytest.mark.parametrize(
    ("table", "count"),
    [(tables.LEVELS, 12), (tables.CATEGORIES, 7), (tables.MODES, 12), (tables.STATUSES, 17), (tables.ETHNIC_GROUPS, 58)]
    + [(tables.POLITICAL, 13), (tables.SEXES, 4), (tables.PROVINCES, 35), (countries.COUNTRIES, 249)],
)
def test_no_row_of_the_standard_is_missing(table, count):
    assert len(table) == count


@pytest.mark.parametrize(
    ("table", "text", "code"),
    [
        (tables.ETHNIC_GROUPS, "汉", "01"), (tables.ETHNIC_GROUPS, "1", "01"), (tables.ETHNIC_GROUPS, "０１", "01"),
        (tables.ETHNIC_GROUPS, "毛难族", "36"), (tables.ETHNIC_GROUPS, "崩龙族", "46"),
        (tables.ETHNIC_GROUPS, "穿青人", "97"),
        (tables.STATUSES, "在籍(注册学籍)", "A1"), (tables.STATUSES, "注册学籍", "A1"),
        (tables.STATUSES, "报到入学", "A1"),
        (tables.STATUSES, "不在籍（毕业）", "B1"), (tables.LEVELS, "专科（高职）", "vocational"),
        (tables.LEVELS, "专科起点本科", "top_up"), (tables.SEXES, "男性", "1"), (tables.SEXES, "2", "2"),
        (tables.POLITICAL, "团员", "03"), (tables.POLITICAL, "3", "03"), (tables.PROVINCES, "广西壮族自治区", "45"),
        (countries.COUNTRIES, "156", "CHN"), (countries.COUNTRIES, "中国", "CHN"), (countries.COUNTRIES, "香港", "HKG"),
    ],
)  # fmt: skip
def test_what_schools_write_is_understood(table, text, code):
    assert table.read(text).code == code


@pytest.mark.parametrize("text", ["", "99", "外星", "１００"])
def test_what_is_not_in_a_table_is_refused_by_name(text):
    with pytest.raises(Refused) as caught:
        tables.ETHNIC_GROUPS.read(text)
    assert (caught.value.code, caught.value.facts) == ("table_unknown", {"table": "ethnic_groups", "value": text})


def test_who_is_enrolled_and_who_may_have_a_report():
    assert {row.code for row in tables.STATUSES if row.in_school} == {"A1", "A2", "A3", "A4", "X1"}
    assert {row.code for row in tables.STATUSES if row.reportable} == {"A1", "A2", "A3", "A4"} | {f"B{n}" for n in range(1, 8)}
    assert [row.code for row in tables.STATUSES if row.marked] == ["A4"]


def test_the_certificate_codes_of_levels_are_those_of_the_scheme():
    assert {row.certificate for row in tables.LEVELS} - {""} == {"01", "02", "04", "05", "06"}
    assert tables.LEVELS["top_up"].certificate == "05"


def test_china_and_its_regions_stand_first():
    first = list(countries.COUNTRIES)[:4]
    assert [row.zh for row in first] == ["中国大陆", "中国香港", "中国澳门", "中国台湾"]
    assert first[0].code == countries.DEFAULT
    assert len({row.numeric for row in countries.COUNTRIES}) == 249
