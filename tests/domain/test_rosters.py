"""Rosters: rows become people or problems, and no digit is lost on the way."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rosters import GRADUATE, STUDENT, made, survey_of
from webapp.domain import rosters
from webapp.domain.identity import id_numbers
from webapp.domain.refused import Refused
from webapp.domain.rosters import (
    COLUMNS,
    ENROLMENT,
    QUALIFICATION,
    Reader,
    School,
    columns,
    resident_ids,
)  # fmt: skip

NO_SCHOOL = School()


def read_one(row, kind=ENROLMENT, school=NO_SCHOOL, defaults=None, **changes):
    row = {**row, **changes}
    found = survey_of(kind, row)
    return Reader(kind, found.tables[0], school, defaults).rows([list(row.values())])[0]


def codes(problems, level="error"):
    return {(problem.field, problem.code) for problem in problems if problem.level == level}


@pytest.mark.req("SCH-02", "SCH-03", "SCH-31")
def test_a_row_becomes_a_person_as_a_record_holds_one():
    person, problems = read_one(STUDENT)
    assert problems == []
    assert person.student_number == "00120250001" and person.natural == "00120250001|bachelor"
    assert (person.name, person.name_compare, person.name_gap) == ("林小溪", "林小溪", False)
    assert person.name_sort.startswith("lin")
    assert (person.sex, person.birth_date, person.ethnic) == ("2", "2003-01-27", "01")
    assert (person.document_kind, person.country, person.canonical) == ("1", "CHN", f"ID|{person.document}")
    assert (person.level, person.length, person.category) == ("bachelor", "4", "regular")
    assert (person.enrolled_on, person.expected_on, person.left_on) == ("2025-09-01", "2029-07-01", None)
    assert (person.phone, person.email, person.counsellor) == ("13800005678", "lin@example.edu.cn", "王老师")
    assert (person.college, person.klass, person.status) == ("信息学院", "信管2501", "A1")


@pytest.mark.req("SCH-03")
@settings(max_examples=100)
@given(st.from_regex(r"[0-9]{5,18}", fullmatch=True))
def test_numbers_survive_byte_for_byte(number):
    person, _ = read_one(STUDENT, 学号=number, 考生号=number)
    assert (person.student_number, person.exam_number) == (number, number)


@pytest.mark.req("SCH-03")
@pytest.mark.parametrize(
    "cell", ["'00120250001", '="00120250001"', "\u00a000120250001 ", "００１２０２５０００１", "\ufeff00120250001"]
)
def test_what_spreadsheets_leave_round_a_number_goes_and_its_zeros_stay(cell):
    assert read_one(STUDENT, 学号=cell)[0].student_number == "00120250001"


@pytest.mark.req("SCH-03")
def test_a_lost_zero_of_a_code_is_given_back():
    assert read_one(STUDENT, 民族="1")[0].ethnic == read_one(STUDENT, 民族="01")[0].ethnic == "01"


@pytest.mark.req("SCH-04")
@pytest.mark.parametrize(
    ("column", "field", "cell"),
    [
        ("证件号码", "document", "1.10105200301270E+17"), ("证件号码", "document", "1.10105E+17"),
        ("证件号码", "document", "110105200301270000"), ("学号", "student_number", "2.0250000001E+11"),
        ("考生号", "exam_number", "２．５Ｅ＋１３"), ("联系电话", "phone", "1.38E+10"),
    ],
)  # fmt: skip
def test_a_number_that_a_spreadsheet_damaged_refuses_its_row(column, field, cell):
    person, problems = read_one(STUDENT, **{column: cell})
    assert person is None and codes(problems) == {(field, "spreadsheet_damage")}
    assert (problems[0].column, problems[0].value) == (column, cell)


@pytest.mark.req("SCH-05")
def test_all_problems_of_a_row_are_told_at_once_with_column_and_value():
    person, problems = read_one(STUDENT, 姓名="林😀", 性别="X", 层次="", 学制="九年", 入学日期="明天", 证件号码="12")
    assert person is None
    assert codes(problems) == {
        ("name", "name_unreadable"), ("sex", "table_unknown"), ("level", "value_missing"),
        ("length", "length_unknown"), ("enrolled_on", "date_format"), ("document", "id_length"),
    }  # fmt: skip
    assert {problem.column: problem.value for problem in problems}["入学日期"] == "明天"


def test_one_wrong_cell_gives_one_problem():
    for changes in ({"证件类型": "?"}, {"性别": "?"}, {"层次": "?"}, {"学号": "?", "考生号": ""}, {"证件号码": "?"}):
        person, problems = read_one({**STUDENT, "证件类型": "1"}, **changes)
        assert person is None and len(problems) == 1, changes


def test_a_document_is_judged_with_its_kind():
    assert codes(read_one(STUDENT, 证件号码="110105200301270022")[1]) == {("document", "id_digit")}
    passport = {**STUDENT, "证件类型": "护照", "证件号码": "ab 123456", "民族": ""}
    assert codes(read_one(passport)[1]) == {("country", "country_needed")}
    person, problems = read_one({**passport, "国籍": "日本"}, 姓名="YAMADA,TARO")
    assert not codes(problems) and (person.canonical, person.document) == ("A|JPN|AB123456", "AB123456")
    permit = made("83000019920130002")
    assert read_one(STUDENT, 证件号码=permit, 性别="", 出生日期="")[0].document_kind == "R"


@pytest.mark.req("ACC-20")
def test_fifteen_and_eighteen_digits_are_one_identity_and_the_file_s_form_is_kept():
    old, _ = read_one(STUDENT, 证件号码="110105491231002", 性别="", 出生日期="")
    new, _ = read_one(STUDENT, 证件号码="11010519491231002X", 性别="", 出生日期="")
    assert old.canonical == new.canonical and old.document == "110105491231002"


def test_a_temporary_number_of_a_vocational_school_is_no_resident_id():
    person, problems = read_one(STUDENT, 证件号码="999111000199900001")
    assert person.document_kind == "Z" and ("document", "document_temporary") in codes(problems, "warning")


def test_sex_and_birthday_come_from_the_number_or_are_compared_with_it():
    person, problems = read_one(STUDENT, 性别="", 出生日期="")
    assert (person.sex, person.birth_date, problems) == ("2", "2003-01-27", [])
    person, problems = read_one(STUDENT, 性别="男", 出生日期="2003-01-28")
    assert codes(problems, "warning") == {("sex", "sex_differs"), ("birth_date", "birth_date_differs")}
    assert (person.sex, person.birth_date) == ("1", "2003-01-28")


@pytest.mark.parametrize(
    ("cell", "years"), [("4", "4"), ("4.0", "4"), ("四年", "4"), ("2.5", "2.5"), ("两年半", "2.5"), ("５年制", "5")]
)
def test_lengths_are_read_as_schools_write_them(cell, years):
    assert read_one(STUDENT, 学制=cell)[0].length == years


def test_a_month_without_a_day_is_taken_with_a_warning():
    person, problems = read_one(STUDENT, 入学日期="2025-09", 预计毕业日期="47300")
    assert (person.enrolled_on, person.expected_on) == ("2025-09-01", "2029-07-01")
    assert codes(problems, "warning") == {("enrolled_on", "day_missing")}


def test_a_missing_character_becomes_a_gap_and_a_private_one_is_mended():
    person, problems = read_one(STUDENT, 姓名="林??")
    assert person.name_gap and codes(problems, "warning") == {("name", "name_gap")}
    assert codes(read_one(STUDENT, 姓名="???")[1]) == {("name", "name_empty")}
    assert codes(read_one(STUDENT, 姓名="<b>?")[1]) == {("name", "name_unreadable")}
    person, problems = read_one(STUDENT, 姓名="林\ue863")
    assert person.name == "林䶮" and problems[0].facts == {"found": "\ue863", "real": "䶮"}


def test_blank_rows_totals_remarks_and_repeated_headers_are_nobody():
    found = survey_of(ENROLMENT, STUDENT)
    width = len(STUDENT)
    for cells in (
        [""] * width, ["\u00a0", " "], ["合计", "", "35"],
        ["总 计：35人"], ["", "", "共 35 人"], ["制表人：王", "审核：李"],
        ["备注：本表一式两份"], list(STUDENT),
    ):  # fmt: skip
        assert Reader(ENROLMENT, found.tables[0]).rows([cells]) == [(None, [])], cells


def test_a_row_without_number_and_name_is_not_taken_for_a_total():
    person, problems = read_one(STUDENT, 姓名="", 学号="", 考生号="")
    assert person is None and ("name", "name_empty") in codes(problems)


def test_short_and_long_rows_are_read_by_their_columns():
    found = survey_of(ENROLMENT, STUDENT)
    reader, cells = Reader(ENROLMENT, found.tables[0]), list(STUDENT.values())
    long, short = reader.rows([[*cells, "behind the last header"], cells[:-3]])
    assert (long[0].counsellor, short[0].counsellor) == ("王老师", "") and len(cells) == len(STUDENT)


def test_a_contact_that_cannot_be_read_does_not_stop_a_student():
    person, problems = read_one(STUDENT, 联系电话="010-5555", 邮箱="lin@")
    assert (person.phone, person.email) == ("", "")
    assert codes(problems, "warning") == {("phone", "phone_format"), ("email", "email_format")}


def test_another_school_s_row_is_refused():
    school = School("99999", ("示例大学", "示例学院"))
    own = {**STUDENT, "院校代码": "99999", "学校名称": "示例学院"}
    assert read_one(own, school=school)[1] == []
    assert read_one({**own, "院校代码": "4111099999"}, school=school)[1] == []
    other = read_one({**own, "院校代码": "99998", "学校名称": "别的大学"}, school=school)[1]
    assert codes(other) == {("school_code", "other_school"), ("school_name", "other_school")}


def test_defaults_fill_columns_that_the_file_does_not_have():
    rest = {header: cell for header, cell in STUDENT.items() if header != "学籍状态"}
    assert read_one(rest, defaults={"status": "N0"})[0].status == "N0"
    assert read_one(STUDENT, defaults={"status": "N0"})[0].status == "A1"


def test_dates_in_the_wrong_order_and_another_year_s_number_are_doubted():
    problems = read_one(STUDENT, 预计毕业日期="2024-07-01", 考生号="24110105150001")[1]
    assert codes(problems, "warning") == {("expected_on", "dates_order"), ("exam_number", "exam_number_year")}


@pytest.mark.req("SCH-02")
def test_a_qualification_is_read_with_its_certificate():
    person, problems = read_one(GRADUATE, QUALIFICATION)
    assert problems == [] and person.natural == person.certificate == "999991200205000012"
    assert (person.conclusion, person.graduated_on, person.president) == ("graduated", "2002-07-01", "周正")
    assert (person.document, person.canonical) == ("", "")


def test_a_certificate_must_agree_with_year_type_and_level():
    for change, code in (
        ({"毕业日期": "2003-07-01"}, "certificate_year"), ({"层次": "专科"}, "certificate_level"),
        ({"学历类别": "成人"}, "certificate_type"), ({"毕业日期": "1990-07-01"}, "before_1991"),
    ):  # fmt: skip
        assert code in {code for _, code in codes(read_one({**GRADUATE, **change}, QUALIFICATION)[1])}


def test_an_old_certificate_number_is_kept_as_printed_and_found_by_its_digits():
    person, problems = read_one(GRADUATE, QUALIFICATION, 证书编号="NO.00298959", 毕业日期="1995-07-01", 入学日期="1991-09-01")
    assert not problems and (person.certificate, person.natural) == ("NO.00298959", "00298959")


def test_nothing_is_read_before_the_columns_are_settled():
    rows = [("甲", 1, [*STUDENT, "宿舍号"]), ("甲", 2, [*STUDENT.values(), "3"])]
    with pytest.raises(Refused, match="roster_mapping"):
        list(rosters.read(ENROLMENT, rows))
    assert len(list(rosters.read(ENROLMENT, rows, {"宿舍号": rosters.IGNORE}))) == 1
    with pytest.raises(Refused, match="roster_no_header"):
        list(rosters.read(ENROLMENT, [("甲", 1, ["说明"])]))


@pytest.mark.req("SCH-05")
def test_read_gives_sheet_row_person_and_problems_below_the_header():
    rows = [("甲", 1, ["名册"]), ("甲", 2, list(STUDENT)), ("甲", 3, list(STUDENT.values())), ("乙", 1, ["说明"])]
    rows.insert(3, ("甲", 9, list({**STUDENT, "层次": "?"}.values())))
    read = list(rosters.read(ENROLMENT, rows))
    assert [(sheet, number, person is None) for sheet, number, person, _ in read] == [("甲", 3, False), ("甲", 9, True)]
    assert read[1][3][0].code == "table_unknown"


@settings(max_examples=300)
@given(st.from_regex(r"[1-8][0-9]{5}(19[0-9]{2}|20[0-2][0-9])[01][0-9][0-3][0-9][0-9]{3}[0-9X]", fullmatch=True), st.booleans())
def test_the_quick_yes_agrees_with_the_full_check(number, mend):
    number = made(number[:17]) if mend else number
    try:
        id_numbers.check(number)
        valid = True
    except Refused:
        valid = False
    assert resident_ids.sound(number) == valid


@pytest.mark.parametrize(
    "number", ["", "1", "11010519491231002x", "１10105194912310021", "11010519491231002XX", "abcdef194912310021"]
)
def test_the_quick_yes_is_no_for_what_is_no_number(number):
    assert not resident_ids.sound(number)


@settings(max_examples=150)
@given(st.lists(st.text(max_size=30), min_size=len(STUDENT), max_size=len(STUDENT) + 3))
def test_no_cell_breaks_the_reader(cells):
    ((person, problems),) = Reader(ENROLMENT, survey_of(ENROLMENT, STUDENT).tables[0]).rows([cells])
    assert person is None or person.name
    assert all(problem.code and problem.column for problem in problems)


def test_columns_say_what_a_later_change_needs():
    key = {column.label for column in COLUMNS[ENROLMENT] if column.key}
    assert {"姓名", "性别", "出生日期", "证件号码", "民族", "专业名称", "层次", "学习形式", "学制"} <= key
    assert columns.label(QUALIFICATION, "certificate") == "证书编号"


def test_dates_of_excel_are_dates_of_the_record():
    day = datetime.date(2025, 9, 1)
    assert read_one(STUDENT, 入学日期=day.isoformat())[0].enrolled_on == day.isoformat()
