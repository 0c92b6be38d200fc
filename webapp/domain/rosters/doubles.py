"""One file that names the same number twice: student number, exam number, certificate, or document (R-SCH-07).
Against records that exist the import compares; this knows the file alone, and its memory does not grow with it."""

from bisect import bisect_left

from webapp.domain.rosters.columns import ADMISSION, ENROLMENT, label
from webapp.domain.rosters.people import Parsed, Problem
from webapp.models.scratch import Numbers

_BITS = 1 << 23
_HELD = 1 << 14


class _Seen:
    """Which 8-byte digest was met first at which row. The newest are held in memory, the others lie on disk.

    A megabyte of bits says of nearly every new one that it is new: of a million rows' the disk is asked for one in nine.
    """

    def __init__(self) -> None:
        self._bits = bytearray(_BITS >> 3)
        self._held: dict[int, int] = {}
        self._others = Numbers()

    def first(self, digest: int, row: int) -> int | None:
        """The row where the digest was met before; None, and remembered, where it was not."""
        place, bit = (digest & _BITS - 1) >> 3, 1 << (digest & 7)
        if self._bits[place] & bit:
            found = self._held.get(digest) or self._others.get(digest)
            if found is not None:
                return found
        self._bits[place] |= bit
        self._held[digest] = row
        if len(self._held) == _HELD:
            self._others.put(self._held)
            self._held = {}
        return None


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
        if kind == ADMISSION:
            checked = (("natural", "exam_number", "error"), ("canonical", "document", "error"))
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
