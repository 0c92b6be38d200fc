"""Rows read together, a column at a time: the same as each alone, and nothing unreadable in any column."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rosters import GRADUATE, STUDENT, survey_of
from webapp.domain.rosters import ENROLMENT, QUALIFICATION, Reader

CELLS = [
    "", " ", "x", "本科", "专科", "林晓溪", "20260230", "2026-09-01", "11010520030127003X", "A1234567", "13800000001", "男",
    "合计",
]  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, len(STUDENT) - 1), st.one_of(st.sampled_from(CELLS), st.text(max_size=12))),
        max_size=6,
    ),
    st.lists(st.integers(0, len(STUDENT) + 2), max_size=3),
)
def test_rows_tried_together_are_read_as_each_alone(changes, widths):
    rows = [list(STUDENT.values()) for _ in range(10)]
    for at, column, cell in changes:
        rows[at][column] = cell
    for at, width in enumerate(widths):
        rows[at] = (rows[at] + ["更多"] * 3)[:width]
    table = survey_of(ENROLMENT, STUDENT).tables[0]
    alone = [Reader(ENROLMENT, table).rows([cells])[0] for cells in rows]
    assert Reader(ENROLMENT, table).rows(rows) == alone


@pytest.mark.parametrize(("kind", "row"), [(ENROLMENT, STUDENT), (QUALIFICATION, {**GRADUATE, "证书序列号": ""})])
@pytest.mark.parametrize("cell", ["\0", "13800\x0000001", "甲\0乙"])
def test_no_control_character_comes_through_in_any_column(kind, row, cell):
    reader = Reader(kind, survey_of(kind, row).tables[0])
    for column in row:
        ((person, problems),) = reader.rows([list({**row, column: cell}.values())])
        assert problems, column
        assert person is None or not any(isinstance(value, str) and "\0" in value for value in person), column
