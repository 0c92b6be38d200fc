"""The headers of rosters: recognised through their trimmings, told when unknown, never guessed."""

import pytest

from tests.rosters import GRADUATE, STUDENT, survey_of
from webapp.domain import rosters
from webapp.domain.refused import Refused
from webapp.domain.rosters import COLUMNS, ENROLMENT, KINDS, QUALIFICATION, headers


@pytest.mark.req("SCH-02")
@pytest.mark.parametrize("kind", KINDS)
def test_every_synonym_of_every_column_is_recognised(kind):
    for column in COLUMNS[kind]:
        for header in (column.label, *column.headers):
            assert rosters.match(kind, [header]).known == {0: column.field}, header


@pytest.mark.req("SCH-02")
@pytest.mark.parametrize(
    "header",
    ["姓名", " 姓 名 ", "*姓名", "姓名*", "姓名（必填）", "姓\n名", "\u00a0姓名\u3000", "'姓名", "xm", "ＸＭ", "姓名："],
)
def test_a_header_is_recognised_through_its_trimmings(header):
    assert rosters.match(ENROLMENT, [header]).known == {0: "name"}


def test_no_header_stands_for_two_columns():
    for kind in KINDS:
        seen = {}
        for column in COLUMNS[kind]:
            for header in (column.label, *column.headers):
                assert seen.setdefault(headers.tidy(header), column.field) == column.field, header


@pytest.mark.req("SCH-02")
def test_an_unknown_header_must_be_mapped_or_ignored_by_name():
    titles = ["学号", "姓名", "证件号码", "层次", "专业", "Xing Ming 2", "宿舍号"]
    found = rosters.match(ENROLMENT, titles)
    assert found.unknown == ((5, "Xing Ming 2"), (6, "宿舍号")) and not found.complete
    mapped = rosters.match(ENROLMENT, titles, {"Xing Ming 2": "counsellor", "宿舍号": rosters.IGNORE})
    assert mapped.complete and mapped.known[5] == "counsellor" and mapped.ignored == ((6, "宿舍号"),)
    with pytest.raises(Refused, match="column_unknown"):
        rosters.match(ENROLMENT, titles, {"宿舍号": "room"})


@pytest.mark.req("SCH-02")
def test_sixty_wrong_headers_are_all_named():
    found = rosters.match(ENROLMENT, ["学号", "姓名", *(f"乱{n}" for n in range(60))])
    assert len(found.unknown) == 60 and set(found.missing) == {"document", "level", "major"}
    with pytest.raises(Refused, match="roster_no_header"):
        survey_of(ENROLMENT, [f"乱{n}" for n in range(60)])


def test_two_headers_for_one_field_are_told_until_one_is_ignored():
    titles = ["学号", "姓名", "身份证号", "证件号码", "层次", "专业"]
    assert rosters.match(ENROLMENT, titles).doubled == (("document", ("身份证号", "证件号码")),)
    assert rosters.match(ENROLMENT, titles, {"证件号码": ""}).complete


def test_an_admission_ticket_number_is_taken_with_a_warning_and_yields_to_the_exam_number():
    assert rosters.match(ENROLMENT, ["准考证号"]).doubtful == ((0, "准考证号"),)
    both = rosters.match(ENROLMENT, ["准考证号", "考生号"])
    assert both.known == {1: "exam_number"} and both.ignored == ((0, "准考证号"),) and not both.doubled


def test_one_of_the_two_numbers_is_enough():
    rest = ["姓名", "证件号码", "层次", "专业"]
    assert rosters.match(ENROLMENT, ["考生号", *rest]).complete
    assert rosters.match(ENROLMENT, rest).missing == ("student_number",)


@pytest.mark.req("SCH-02")
@pytest.mark.parametrize("above", range(5))
def test_the_header_is_found_below_title_rows(above):
    titles = [["2025级新生名册"], ["", "学院：信息学院"], ["制表人：王", "日期"], ["姓名册", ""]][:above]
    table = survey_of(ENROLMENT, *titles, STUDENT.keys(), STUDENT.values()).tables[0]
    assert table.row == above + 1 and table.mapping.complete


def test_sheets_have_headers_of_their_own_and_one_without_is_skipped_and_named():
    heads = [
        ("本科", 1, ["学号", "姓名", "证件号码", "层次", "专业"]), ("说明", 1, ["填表说明"]), ("说明", 2, ["一、二、三"]),
        ("专科", 2, ["姓名", "学号", "身份证号", "专业"]),
    ]  # fmt: skip
    found = rosters.survey(ENROLMENT, heads)
    assert found.skipped == ("说明",) and not found.complete
    assert [(table.sheet, table.row, table.mapping.missing) for table in found.tables] == [
        ("本科", 1, ()), ("专科", 2, ("level",)),
    ]  # fmt: skip


def test_a_column_without_header_but_with_values_is_asked_about():
    found = survey_of(
        ENROLMENT, ["学号", "姓名", "", "证件号码", "层次", "专业", ""], ["1", "林", "?", "2", "本科", "机械", ""]
    )
    assert found.tables[0].mapping.unknown == ((2, "#3"),)
    mended = survey_of(ENROLMENT, ["学号", "姓名", ""], ["1", "林", "本科"], override={"#3": "level"})
    assert mended.tables[0].mapping.known[2] == "level"


def test_the_kind_of_a_roster_is_told_by_its_headers():
    assert rosters.likely_kind([("", 1, list(STUDENT))]) == ENROLMENT
    assert rosters.likely_kind([("", 1, list(GRADUATE))]) == QUALIFICATION
