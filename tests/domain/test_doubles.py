"""One file that names the same number twice is told, with the row where it stood first."""

from tests.domain.test_rosters import read_one
from tests.rosters import STUDENT, made
from webapp.domain.rosters import ENROLMENT, Doubles


def again(person, **changes):
    """The same person with other values, found again as a reader would have it."""
    other = person._replace(**changes)
    return other._replace(natural=f"{(other.student_number or other.exam_number).upper()}|{other.level}")


def test_a_student_number_that_is_another_ones_examinee_number_stands_twice():
    double, person = Doubles(ENROLMENT), read_one(STUDENT)[0]
    assert double.check(again(person, exam_number="", canonical=""), "", 2) == []
    found = double.check(again(person, student_number="", exam_number=person.student_number, canonical=""), "", 3)
    assert [(problem.code, problem.value) for problem in found] == [("file_double_student_number", person.student_number)]


def test_a_number_that_stands_twice_names_the_row_where_it_stood_first():
    double = Doubles(ENROLMENT)
    person = read_one(STUDENT)[0]
    other = read_one(STUDENT, 学号="X1", 考生号="25110105150002", 证件号码=made("11010520030127004"))[0]
    master = again(person, level="master")
    assert double.check(person, "甲", 7) == [] and double.check(other, "甲", 8) == []
    assert double.check(master, "乙", 2) == []
    found = double.check(again(person, student_number="00120250009"), "乙", 3)
    assert {(problem.code, problem.level) for problem in found} == {
        ("file_double_exam_number", "error"), ("file_double_document", "error"),
    }  # fmt: skip
    assert found[0].facts == {"sheet": "甲", "row": 7}
    assert double.check(again(other, student_number="x1"), "乙", 4)[0].code == "file_double_student_number"
    assert double.check(master, "乙", 5)[0].facts == {"sheet": "乙", "row": 2}


def test_doubles_are_found_among_many_rows():
    double, person = Doubles(ENROLMENT), read_one(STUDENT)[0]
    found = []
    for number in range(2, 40_002):
        row = again(person, student_number=str(number % 39_990), exam_number="", canonical="")
        found += double.check(row, "", number)
    assert [problem.facts["row"] for problem in found] == [number - 39_990 for number in range(39_992, 40_002)]
