"""Outsiders read our papers: poppler's pdftotext and pdfsig, and OpenSSL. With `--poppler` only: they are no part of Python."""

import re
import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.certifying import Office, certified
from tests.person import Person
from tests.providers.test_pdf import SAMPLE
from tests.reporting import Holder
from tests.world import World
from webapp.domain import certificates, clock
from webapp.domain import signing as instance
from webapp.domain.certificates import Pair, Revoked
from webapp.domain.ports import Signing
from webapp.models.certification import ApplicationItem
from webapp.providers import fonts
from webapp.providers.files import Files
from webapp.providers.pdf_typst import TypstPdf

MADE = datetime.fromisoformat(SAMPLE["made"])
EXTENSIONS = {
    "A": (0x3400, 0x4DBF),
    "end of the basic block": (0x9FA6, 0x9FFF),
    "B": (0x20000, 0x2A6DF),
    "C": (0x2A700, 0x2B739),
    "D": (0x2B740, 0x2B81D),
    "E": (0x2B820, 0x2CEA1),
    "F": (0x2CEB0, 0x2EBE0),
    "G": (0x30000, 0x3134A),
    "H": (0x31350, 0x323AF),
    "I": (0x2EBF0, 0x2EE5D),
    "compatibility": (0xF900, 0xFAD9),
    "its supplement": (0x2F800, 0x2FA1D),
}
FOREIGN = (
    "阿依古丽·买买提", "扎西·顿珠", "John O'Brien", "José Müller-Lüdenscheidt", "Дмитрий Иванов", "Nguyễn Thị Ánh", "김민준",
    "山田 太郎", "Ørsted", "Łukasz Żółć",
)  # fmt: skip
NAMES = 200


@pytest.fixture(scope="module")
def pdf():
    made = TypstPdf()
    yield made
    made.close()


@pytest.fixture
def authority() -> Pair:
    return certificates.root("云溪职业技术学院", MADE - timedelta(days=1), MADE + timedelta(days=7300))


@pytest.fixture
def signing(authority: Pair) -> Signing:
    own = certificates.signer("云溪职业技术学院", authority, MADE - timedelta(days=1), MADE + timedelta(days=730))
    return Signing("k", own.private, own.certificate, (authority.certificate,))


def says(folder: Path, *command: object) -> subprocess.CompletedProcess[str]:
    environ = {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}
    return subprocess.run(list(map(str, command)), cwd=folder, env=environ, capture_output=True, text=True, check=False)


def names() -> list[str]:
    """As many of each extension as will do, of the characters that the fonts of this machine hold; always the same ones."""
    random, made = Random(26), list(FOREIGN)
    held = [[one for one in map(chr, range(first, last + 1)) if fonts.file_with(one)] for first, last in EXTENSIONS.values()]
    held = [one for one in held if one]
    while len(made) < NAMES:
        made.append(random.choice("林王李赵钱孙") + "".join(random.choices(held[len(made) % len(held)], k=2)))
    return made


@pytest.mark.req("RPT-05")
def test_200_names_come_out_exactly_as_they_went_in(pdf: TypstPdf, tmp_path: Path, signing: Signing) -> None:
    wanted = names()
    assert not fonts.undrawable("".join(wanted))
    paper = pdf.render("receipt", SAMPLE | {"rows": [["姓名", name] for name in wanted]}, signing)
    (tmp_path / "names.pdf").write_bytes(paper)
    for way in ("-layout", "-raw"):
        lines = says(tmp_path, "pdftotext", way, "names.pdf", "-").stdout.splitlines()
        read = {line.strip().removeprefix("姓名").strip() for line in lines}
        assert not [name for name in wanted if name not in read]


@pytest.mark.req("RPT-05")
def test_pdfsig_accepts_the_signature_and_refuses_what_was_changed(pdf: TypstPdf, tmp_path: Path, signing: Signing) -> None:
    data = pdf.render("receipt", SAMPLE, signing)
    (tmp_path / "report.pdf").write_bytes(data)
    said = says(tmp_path, "pdfsig", "report.pdf").stdout
    for words in ("Signature is Valid", "Total document signed", "ETSI.CAdES.detached", "云溪职业技术学院", "Nov 16 2026"):
        assert words in said, said
    random, (first, _gap, *_rest) = Random(5), ranges(said)
    for place in (random.randrange(9, first) for _ in range(20)):
        (tmp_path / "report.pdf").write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert "Signature is Valid" not in says(tmp_path, "pdfsig", "report.pdf").stdout


@pytest.mark.req("RPT-05")
def test_openssl_verifies_the_signed_ranges_under_the_published_authority(
    pdf: TypstPdf, tmp_path: Path, authority: Pair, signing: Signing
) -> None:
    data = pdf.render("receipt", SAMPLE, signing)
    (tmp_path / "report.pdf").write_bytes(data)
    says(tmp_path, "pdfsig", "-dump", "report.pdf")
    first, start, end = ranges(says(tmp_path, "pdfsig", "report.pdf").stdout)
    (tmp_path / "signed.bin").write_bytes(data[:first] + data[start:end])
    (tmp_path / "ca.pem").write_text(authority.certificate)
    check = ("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "report.pdf.sig0", "-content", "signed.bin")
    check = (*check, "-purpose", "any", "-attime", clock.seconds(MADE), "-out", "/dev/null", "-CAfile")
    accepted = says(tmp_path, *check, "ca.pem")
    assert accepted.returncode == 0, accepted.stderr

    (tmp_path / "changed.bin").write_bytes(data[:first] + data[start : end - 1] + b"?")
    assert says(tmp_path, *(word if word != "signed.bin" else "changed.bin" for word in check), "ca.pem").returncode

    other = certificates.root("云溪职业技术学院", MADE - timedelta(days=1), MADE + timedelta(days=7300))
    (tmp_path / "other.pem").write_text(other.certificate)
    assert says(tmp_path, *check, "other.pem").returncode


def test_openssl_finds_a_revoked_key_in_the_published_list(
    pdf: TypstPdf, tmp_path: Path, authority: Pair, signing: Signing
) -> None:
    (tmp_path / "own.pem").write_text(signing.certificate)
    check = ("openssl", "verify", "-crl_check", "-attime", clock.seconds(MADE), "-CAfile", "both.pem", "own.pem")
    for revoked, answer in (([], "own.pem: OK"), ([Revoked(signing.certificate, MADE, "compromise")], "certificate revoked")):
        made = certificates.revoked_list(authority, revoked, MADE, MADE + timedelta(days=30))
        (tmp_path / "ca.crl").write_bytes(made)
        assert says(tmp_path, "openssl", "crl", "-in", "ca.crl", "-inform", "DER", "-out", "crl.pem").returncode == 0
        (tmp_path / "both.pem").write_text(authority.certificate + (tmp_path / "crl.pem").read_text())
        said = says(tmp_path, *check)
        assert answer in said.stdout + said.stderr


@pytest.mark.req("CRT-48")
def test_outsiders_accept_what_an_agencys_own_key_signed_under_the_sites_authority(
    world: World, hers: Holder, office: Office, visitor: Callable[..., Person], tmp_path: Path
) -> None:
    instance.rotate(office.agency)
    item = certified(hers, office)
    world.work()
    data = Files(world.worker.outside.storage).read(ApplicationItem.get_by_id(item.id).upload)
    (tmp_path / "report.pdf").write_bytes(data)
    said = says(tmp_path, "pdfsig", "-dump", "report.pdf").stdout + says(tmp_path, "pdfsig", "report.pdf").stdout
    for words in ("Signature is Valid", "Total document signed", "ETSI.CAdES.detached", "青溪省学历认证中心"):
        assert words in said, said
    first, start, end = ranges(said)
    (tmp_path / "signed.bin").write_bytes(data[:first] + data[start:end])
    (tmp_path / "ca.pem").write_bytes(visitor().visit("/verify/ca.pem").answer.get_data())
    check = ("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "report.pdf.sig0", "-content", "signed.bin")
    at = ("-purpose", "any", "-attime", clock.seconds(clock.now()), "-out", "/dev/null")
    accepted = says(tmp_path, *check, *at, "-CAfile", "ca.pem", "-signer", "own.pem")
    assert accepted.returncode == 0, accepted.stderr
    own = (tmp_path / "own.pem").read_text()
    assert certificates.fingerprint(own)[:16] == instance.current(office.agency).kid
    instance.revoke(certificates.fingerprint(own)[:16], "compromise")
    (tmp_path / "ca.crl").write_bytes(visitor().visit("/verify/ca.crl").answer.get_data())
    says(tmp_path, "openssl", "crl", "-in", "ca.crl", "-inform", "DER", "-out", "crl.pem")
    (tmp_path / "both.pem").write_text((tmp_path / "ca.pem").read_text() + (tmp_path / "crl.pem").read_text())
    refused = says(tmp_path, "openssl", "verify", "-crl_check", "-attime", at[3], "-CAfile", "both.pem", "own.pem")
    assert "certificate revoked" in refused.stdout + refused.stderr


def ranges(said: str) -> tuple[int, int, int]:
    """What pdfsig calls the signed ranges: the end of the first, start and end of the second."""
    found = re.search(r"Signed Ranges: \[0 - (\d+)\], \[(\d+) - (\d+)\]", said)
    return int(found[1]), int(found[2]), int(found[3])
