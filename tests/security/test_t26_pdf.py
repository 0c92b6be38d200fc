"""T26: report forgery, the half of the PDF. A byte flipped anywhere, a revoked key, another paper with the same code.

The half of the page, live and not cached, is `test_t26.py`; what other programs say is `providers/test_pdf_poppler.py`.
"""

from collections.abc import Callable
from hashlib import sha256
from random import Random

import pytest

from tests.certifying import Office
from tests.people import School
from tests.reporting import holder
from tests.web.test_verifying_files import a_stranger, drawn, forged
from tests.world import World
from webapp.domain import signing
from webapp.domain.ports import Signing
from webapp.domain.reports import files
from webapp.domain.reports.files import Answer
from webapp.models.reports import Look, OnlineReport

pytestmark = pytest.mark.anywhere

HERE = "192.0.2.0/24"


@pytest.fixture
def report(school: School) -> OnlineReport:
    return holder(school).issue()


def asked(world: World, data: bytes) -> Answer:
    return files.check(sha256(data).hexdigest(), lambda: world.worker.outside.seals.read(data), HERE)


@pytest.mark.req("RPT-05")
def test_t26_a_file_with_one_byte_flipped_anywhere_is_never_taken_for_the_issued_one(
    world: World, report: OnlineReport, times: Callable[[int, int], int]
) -> None:
    pdf, random = drawn(world, report), Random(26)
    assert asked(world, pdf) == Answer("same", report.key)
    for place in (random.randrange(len(pdf)) for _ in range(times(100, 1000))):
        flipped = pdf[:place] + bytes([pdf[place] ^ (1 << random.randrange(8))]) + pdf[place + 1 :]
        kind = asked(world, flipped).kind
        # What lies between the signed ranges is the signature itself: its filling may change without breaking it.
        assert kind in ("broken", "unreadable", "unsigned", "foreign", "other"), place
        assert kind != "other" or in_the_signature(pdf, place)


def in_the_signature(pdf: bytes, place: int) -> bool:
    start = pdf.rindex(b"/Contents <")
    return start < place < pdf.index(b">", start)


@pytest.mark.req("RPT-05")
def test_t26_what_an_old_key_signs_after_its_revocation_is_not_valid(world: World, report: OnlineReport) -> None:
    drawn(world, report)
    stolen = signing.signer()
    world.wait(hours=1)
    signing.revoke(stolen.kid, "compromise")
    world.wait(hours=1)
    assert asked(world, forged(world, report, stolen)) == Answer("revoked")


@pytest.mark.req("CRT-48")
def test_t26_the_key_of_an_agency_makes_no_report_true_and_nothing_counts_once_it_is_revoked(
    world: World, report: OnlineReport, office: Office
) -> None:
    drawn(world, report)
    signing.rotate(office.agency)
    stolen = signing.signer(office.agency)
    made = forged(world, report, stolen)
    assert asked(world, made).kind == "other"
    signing.revoke(stolen.kid, "ended")
    assert asked(world, made) == Answer("revoked")


@pytest.mark.req("RPT-05")
@pytest.mark.parametrize(("by", "kind"), [(lambda: None, "unsigned"), (a_stranger, "foreign"), (signing.signer, "other")])
def test_t26_another_paper_with_the_same_code_is_told_from_the_issued_one(
    world: World, report: OnlineReport, by: Callable[[], Signing | None], kind: str
) -> None:
    drawn(world, report)
    assert asked(world, forged(world, report, by())).kind == kind


def test_t26_a_file_in_a_file_or_more_at_its_end_is_not_the_issued_one(world: World, report: OnlineReport) -> None:
    pdf = drawn(world, report)
    for data in (
        pdf + b"\n",
        pdf + b"%%EOF\n",
        pdf + pdf,
        b"\n" + pdf,
        b"\xff\xd8\xff\xe0" + pdf,
        pdf[:-1],
        pdf[: len(pdf) // 2],
    ):
        assert asked(world, data).kind in ("broken", "unreadable", "unsigned")
    assert not Look.select().exists()
