"""Many codes at once, out of a CSV or a box of text: each gets its verdict, a mistyped one too (R-RPT-07, 24).

Not here: how many one may ask (a visitor's form, an organisation's quota), nor the table that shows the answers.
"""

import csv
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from webapp.domain import clock
from webapp.domain.identity import characters, verification_codes
from webapp.domain.refused import Refused
from webapp.domain.reports import verifying
from webapp.models import looks, report_by_code
from webapp.models.base import transaction
from webapp.models.report_by_code import FoundReport

HEADS = ("在线验证码", "验证码", "code", "verificationcode")
"""What the column of the codes is called, without spaces and in small letters; without such a head it is the first."""

CODECS = ("utf-8-sig", "gb18030")
"""How spreadsheet programs in China write a CSV."""

SEPARATORS = ",;\t"

AT_ONCE = 200
"""Looks that are written in one transaction."""


class Checked(NamedTuple):
    """One line: the code as it was written, its verdict, the refusal of one mistyped, the report where there is one.

    What `found` holds may be told where the verdict is valid. `look` is the number of the look (0: mistyped, no look-up).
    """

    typed: str
    verdict: str
    refused: Refused | None
    found: FoundReport | None
    look: int = 0


def read(data: bytes, most: int) -> list[str]:
    """The codes in a CSV, or in lines of text, as they were written; empty lines and the head are left out.

    Raises Refused: codes_file, codes_none, codes_many (most, found).
    """
    lines = table(data)
    place, begins = column(lines, HEADS)
    codes = [row[place] for row in lines[begins:] if len(row) > place and row[place]]
    if not codes:
        raise Refused("codes_none")
    if len(codes) > most:
        raise Refused("codes_many", most=most, found=len(codes))
    return codes


def table(data: bytes) -> list[list[str]]:
    """The lines of a CSV that hold anything, their cells without outer spaces. Raises Refused("codes_file")."""
    return [row for row in _rows(_text(data)) if any(row)]


def column(lines: Sequence[Sequence[str]], named: Sequence[str], otherwise: int = 0) -> tuple[int, int]:
    """In which column that stands which a head in `named` calls so, and from which line on; without a head `otherwise`."""
    heads = [characters.without_spaces(cell).lower() for cell in lines[0]] if lines else []
    found = next((place for place, head in enumerate(heads) if head in named), None)
    return (otherwise, 0) if found is None else (found, 1)


def judge(typed: str) -> Checked:
    """The verdict on one code, written down nowhere."""
    try:
        code = verification_codes.read(typed)
    except Refused as refused:
        return Checked(typed, "mistyped", refused, None)
    found = report_by_code.by_code(code)
    return Checked(typed, verifying.judge(found), None, found)


def check(codes: Sequence[str], way: str, network: str) -> Iterator[Checked]:
    """The answers to many codes in their order, each look-up written down; a code that stands twice is asked twice."""
    for begin in range(0, len(codes), AT_ONCE):
        judged = [judge(typed) for typed in codes[begin : begin + AT_ONCE]]
        with transaction():
            kept = [_keep(one, way, network) for one in judged]
        yield from kept


def _keep(one: Checked, way: str, network: str) -> Checked:
    if one.verdict == "mistyped":
        return one
    report = one.found.report_id if one.found else None
    return one._replace(look=looks.keep(report, clock.now(), way, one.verdict, network))


def _text(data: bytes) -> str:
    for codec in CODECS:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refused("codes_file")


def _rows(text: str) -> Iterator[list[str]]:
    first = text.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    try:
        for row in csv.reader(text.splitlines(), delimiter=separator):
            yield [cell.strip() for cell in row]
    except csv.Error:
        raise Refused("codes_file") from None
