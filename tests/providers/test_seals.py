"""Signatures in files that strangers send: what is no PDF, hostile ones, and a child that is killed or works too long."""

import os
import signal
import zlib
from random import Random

import pytest

from tests.providers.test_pdf import SAMPLE
from webapp.domain import certificates, clock
from webapp.domain.ports import Seal, Signing
from webapp.domain.signing import BEFORE, YEARS
from webapp.providers.pdf_typst import TypstPdf
from webapp.providers.seals_pyhanko import PyhankoSeals


@pytest.fixture(scope="module")
def seals():
    made = PyhankoSeals()
    yield made
    made.close()


@pytest.fixture(scope="module")
def signed() -> tuple[bytes, Signing]:
    at, pdf = clock.now(), TypstPdf()
    root = certificates.root("云溪学院", at - BEFORE, at + YEARS["root"])
    own = certificates.signer("云溪学院", root, at - BEFORE, at + YEARS["signer"])
    by = Signing("k", own.private, own.certificate, (root.certificate,))
    data = pdf.render("receipt", SAMPLE, by)
    pdf.close()
    return data, by


@pytest.mark.req("RPT-05")
def test_a_signed_paper_says_whose_certificate_signed_it(seals: PyhankoSeals, signed: tuple[bytes, Signing]) -> None:
    data, by = signed
    assert seals.read(data) == Seal("signed", certificates.fingerprint(by.certificate))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-",
        b"%PDF-1.7\n" + b"[" * 200_000,
        b"%PDF-1.7\n" + b"<<" * 200_000,
        b"\xff\xd8\xff\xe0JFIF",
        b"PK\x03\x04" + bytes(1000),
        b"%PDF-1.7\ntrailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF",
        b"%PDF-1.7\nxref\n0 99999999\ntrailer<</Size 99999999/Root 1 0 R>>\nstartxref\n9\n%%EOF",
        bytes(5 * 1024 * 1024),
    ],
)  # fmt: skip
def test_what_is_no_signed_pdf_is_told_so(seals: PyhankoSeals, data: bytes) -> None:
    assert seals.read(data).kind in ("unreadable", "unsigned")


def test_a_bomb_in_a_stream_ends_the_child_at_most(seals: PyhankoSeals) -> None:
    packed = zlib.compress(bytes(600 * 1024 * 1024), 9)
    xref = b"<</Type/XRef/Size 2/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n" % len(packed)
    data = b"%PDF-1.7\n1 0 obj" + xref + packed + b"\nendstream endobj\nstartxref\n9\n%%EOF"
    assert seals.read(data).kind == "unreadable"
    assert seals.read(b"%PDF-").kind == "unreadable"


def test_mutants_are_all_answered(seals: PyhankoSeals, signed: tuple[bytes, Signing], times) -> None:
    random, (data, _by) = Random(5), signed
    for _ in range(times(60, 1000)):
        start = random.randrange(len(data))
        cut = data[:start] + random.randbytes(random.randrange(40)) + data[start + random.randrange(200) :]
        assert seals.read(cut).kind in ("unreadable", "unsigned", "broken")


def test_a_child_that_was_killed_is_replaced(seals: PyhankoSeals, signed: tuple[bytes, Signing]) -> None:
    seals.read(signed[0])
    before = seals.child_pid
    os.kill(before, signal.SIGKILL)
    assert seals.read(signed[0]).kind == "signed"
    assert seals.child_pid != before
