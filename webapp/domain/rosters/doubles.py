"""One file that names the same number twice: student number, exam number, certificate, or document (R-SCH-07).
Against records that exist the import compares; this keeps 12 bytes for each number and knows the file alone."""

from array import array
from bisect import bisect_left

from webapp.domain.rosters.columns import ENROLMENT, label
from webapp.domain.rosters.people import Parsed, Problem

_LEAST_SLOTS = 1 << 12


class _Seen:
    """Which 8-byte digest was met first at which row: an open hash table in two arrays, at most 60 % full."""

    def __init__(self) -> None:
        self._count, self._mask = 0, _LEAST_SLOTS - 1
        self._digests, self._rows = self._empty(_LEAST_SLOTS)

    @staticmethod
    def _empty(slots: int) -> tuple[array, array]:
        return array("q", bytes(8 * slots)), array("I", bytes(4 * slots))

    def first(self, digest: int, row: int) -> int | None:
        """The row where the digest was met before; None, and remembered, where it was not."""
        digests, mask = self._digests, self._mask
        slot = digest & mask
        while digests[slot]:
            if digests[slot] == digest:
                return self._rows[slot]
            slot = (slot + 1) & mask
        digests[slot], self._rows[slot] = digest, row
        self._count += 1
        if self._count * 5 > mask * 3:
            self._grow()
        return None

    def _grow(self) -> None:
        digests, rows = self._digests, self._rows
        self._count, self._mask = 0, 2 * self._mask + 1
        self._digests, self._rows = self._empty(self._mask + 1)
        for digest, row in zip(digests, rows, strict=True):
            if digest:
                self.first(digest, row)


class Doubles:
    """Ask once for each row, in the file's order. Digests are Python's own keyed hash, 64 bits, for this run only.

    Numbers count as the same within one level only: 专科 and 本科 of one person are two records (spec §6.7, §6.8).
    """

    def __init__(self, kind: str) -> None:
        enrolment = kind == ENROLMENT
        level = "error" if enrolment else "warning"
        own = "student_number" if enrolment else "certificate"
        checked = (
            ("natural", own, "error"),
            *([] if enrolment else [("student_number", "student_number", level)]),
            ("exam_number", "exam_number", level),
            ("canonical", "document", level),
        )
        place = Parsed._fields.index
        self._kind = kind
        self._checked = [(place(of), place(field), field, level, _Seen()) for of, field, level in checked]
        self._level = place("level")
        self._sheets: list[str] = []
        self._starts: list[int] = []
        self._last = 0

    def check(self, parsed: Parsed, sheet: str, number: int) -> list[Problem]:
        """Problems of a row some of whose numbers an earlier row has; facts: `row` and `sheet` of the first one.

        Codes file_double_student_number, _exam_number, _document, _certificate; the value is the normalised one.
        """
        if not self._sheets or self._sheets[-1] != sheet:
            self._sheets.append(sheet)
            self._starts.append(self._last)
        self._last = at = self._starts[-1] + number
        problems = []
        for place, told, field, level, seen in self._checked:
            if value := parsed[place]:
                first = seen.first(hash((value.upper(), parsed[self._level])) or 1, at)
                if first is not None:
                    facts = self._where(first)
                    shown = parsed[told] or parsed.exam_number
                    problems.append(Problem(field, label(self._kind, field), shown, f"file_double_{field}", facts, level))
        return problems

    def _where(self, at: int) -> dict[str, object]:
        sheet = bisect_left(self._starts, at) - 1
        return {"sheet": self._sheets[sheet], "row": at - self._starts[sheet]}
