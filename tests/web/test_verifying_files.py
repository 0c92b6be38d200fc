"""The PDF that somebody was sent, checked through the door: the issued one, all that is not, and the published keys."""

import re
from collections.abc import Callable

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from tests.people import School
from tests.person import Person
from tests.reporting import Holder
from tests.web.test_check_receipts import taken
from tests.world import World
from webapp.domain import certificates, clock, signing
from webapp.domain.identity import verification_codes
from webapp.domain.ports import Pdf, Signing
from webapp.domain.reports import issuing
from webapp.domain.signing import BEFORE, YEARS
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.reports import Look, OnlineReport
from webapp.models.signing import SigningKey
from webapp.providers.files import Files
from webapp.providers.storage_disk import DiskStorage

Visitors = Callable[..., Person]
BLANK = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"


def drawn(world: World, report: OnlineReport) -> bytes:
    world.work()
    return Files(world.worker.outside.storage).read(OnlineReport.get_by_id(report.id).upload)


def sent(world: World, who: Person, pdf: bytes) -> Person:
    """Bring a file, as who was sent it does."""
    who.visit("/verify/file").attach("收到的 PDF", "report.pdf", pdf)
    return who.fill("图片验证码", world.captcha()).press("核对这个文件")


def forged(world: World, report: OnlineReport, signing: Signing | None) -> bytes:
    return forged_by(world.worker.outside.pdf, report, signing)


def forged_by(pdf: Pdf, report: OnlineReport, signing: Signing | None) -> bytes:
    """Another paper with the same code, made with the same tools."""
    code = verification_codes.grouped(report.code)
    words = dict.fromkeys(("photo", "qr", "code", "check", "file", "snapshot"), "-")
    data = {
        **{"title": "学籍在线验证报告", "issuer": "云溪职业技术学院", "language": "zh", "made": clock.now().isoformat()},
        **{"foot": "", "words": words, "rows": [["姓名", "何苗"]], "code": code, "keyword": report.code, "dates": []},
        **{"photo": "", "qr": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'},
    }
    return pdf.render("report", data, signing)


def a_stranger() -> Signing:
    """An authority that calls itself as the real one does."""
    at = clock.now()
    root = certificates.root("云溪职业技术学院", at - BEFORE, at + YEARS["root"])
    own = certificates.signer("云溪职业技术学院", root, at - BEFORE, at + YEARS["signer"])
    return Signing("0" * 16, own.private, own.certificate, (root.certificate,))


@pytest.mark.req("RPT-05")
def test_the_issued_file_is_told_so_and_nothing_of_the_person_and_nothing_is_kept(world: World, hers: Holder, person: Visitors):
    report = hers.issue()
    pdf = drawn(world, report)
    before = set(DiskStorage.from_settings(world.settings).names()), Upload.select().count()
    who = sent(world, person(), pdf)
    assert (who.status, who.path, who.heading) == (200, "/verify/file/answer", "与签发的文件一致")
    who.sees("有效", "127.0.0.1:8000").sees_not(hers.record.name, hers.record.major)
    assert (set(DiskStorage.from_settings(world.settings).names()), Upload.select().count()) == before
    (look,) = Look.select()
    assert (look.report_id, look.way, look.verdict) == (report.id, "file", "valid")
    who.follow("查看现在登记的内容").sees(hers.record.name)
    assert who.path == f"/verify/{report.code}"


@pytest.mark.req("RPT-27")
def test_the_receipt_of_a_check_is_told_so_and_leads_to_its_page(world: World, hers: Holder, visitor: Visitors) -> None:
    made = taken(world, visitor(), hers.issue().code)
    who = sent(world, visitor(), Files(world.worker.outside.storage).read(made.upload))
    assert who.heading == "与签发的核验回执一致"
    assert who.follow("查看核验回执").path == f"/verify/receipts/{made.code}"


@pytest.mark.req("RPT-05", "RPT-08")
def test_an_issued_file_says_how_its_report_is_now(world: World, hers: Holder, visitor: Visitors) -> None:
    report = hers.issue()
    pdf = drawn(world, report)
    Record.update(major="数据科学与大数据技术").where(Record.id == hers.record.id).execute()
    sent(world, visitor(), pdf).sees("与签发的文件一致", "签发以后，登记的信息改过：专业。").sees_not("数据科学")
    issuing.close(OnlineReport.get_by_id(report.id), hers.actor)
    sent(world, visitor(), pdf).sees("与签发的文件一致", "已关闭").sees_not("签发以后")


@pytest.mark.req("RPT-05")
def test_a_file_that_is_not_the_issued_one_gets_an_answer_of_its_own(world: World, hers: Holder, visitor: Visitors) -> None:
    report = hers.issue()
    pdf = drawn(world, report)
    middle = len(pdf) // 2
    cases = {
        "不能采信：文件改过": pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :],
        "没有签名": forged(world, report, None),
        "不能采信：不是本站签的": forged(world, report, a_stranger()),
        "不是签发的文件": forged(world, report, signing.signer()),
        "打不开这个文件": b"\x89PNG\r\n\x1a\n",
    }
    for heading, data in cases.items():
        who = sent(world, visitor(), data)
        assert who.heading == heading
        who.sees_not("与签发的文件一致", "何苗", hers.record.name)
    assert sent(world, visitor(), BLANK).heading in ("打不开这个文件", "没有签名")
    assert Look.select().count() == 1  # by the one that our own key signed, and which names its report


def test_two_files_with_one_code_are_told_apart_and_the_code_shows_the_true_text(world: World, hers: Holder, visitor: Visitors):
    report = hers.issue()
    pdf, other = drawn(world, report), forged(world, report, signing.signer())
    assert sent(world, visitor(), pdf).heading == "与签发的文件一致"
    who = sent(world, visitor(), other)
    assert who.heading == "不是签发的文件"
    who.follow("查看现在登记的内容").sees(hers.record.name).sees_not("何苗")


def test_a_file_of_a_revoked_key_is_worth_nothing_until_it_is_issued_anew(world: World, hers: Holder, visitor: Visitors):
    report = hers.issue()
    drawn(world, report)
    stolen = signing.signer()
    signing.revoke(stolen.kid, "compromise")
    assert sent(world, visitor(), forged(world, report, stolen)).heading == "不能采信：密钥已吊销"


def test_what_cannot_be_checked_says_why(world: World, school: School, visitor: Visitors) -> None:
    who = visitor().visit("/verify/file").fill("图片验证码", world.captcha()).press("核对这个文件")
    assert who.status == 422
    who.sees("选一个 PDF 文件")
    who = sent(world, visitor(), b"%PDF-" + b"0" * (5 * 1024 * 1024))
    assert who.status == 422
    who.sees("文件超过 5 MB")
    assert visitor().visit("/verify/file/answer").path == "/verify/file"


@pytest.mark.req("RPT-05")
def test_the_keys_are_published_with_their_states_and_a_get_makes_none(world: World, school: School, visitor: Visitors) -> None:
    who = visitor().visit("/verify/keys").sees("还没有密钥")
    assert (who.visit("/verify/ca.pem").status, who.visit("/verify/ca.crl").status) == (404, 404)
    assert not SigningKey.select().exists()
    first = signing.signer().kid
    signing.rotate()
    signing.revoke(first, "superseded")
    who = visitor().visit("/verify/keys").sees(first, signing.signer().kid, "在用", "已吊销", "换用新的密钥")
    assert re.search(r"[0-9A-F]{4}( [0-9A-F]{4}){15}", who.text)
    root = x509.load_pem_x509_certificate(who.visit("/verify/ca.pem").answer.get_data())
    assert root.public_bytes(Encoding.PEM).decode() == signing.authority().certificate
    revoked = x509.load_der_x509_crl(who.visit("/verify/ca.crl").answer.get_data())
    assert revoked.is_signature_valid(root.public_key())
    assert len(revoked) == 1
    assert [key["kid"] for key in who.visit("/verify/keys.json").answer.get_json()["keys"]] == [signing.signer().kid]
