"""The screens for who was sent a PDF: the file asked for, each answer that one can get, and the published keys."""

from collections.abc import Iterator

from tests.browser.guide import Guide, Shot, Tour
from tests.browser.site import until
from tests.web.test_verifying_files import a_stranger, forged_by
from webapp.domain import signing
from webapp.domain.permissions import student
from webapp.domain.reports import issuing
from webapp.domain.reports.issuing import Wish
from webapp.models.accounts import Account
from webapp.models.records import Record
from webapp.models.reports import OnlineReport
from webapp.providers.files import Files
from webapp.providers.pdf_typst import TypstPdf
from webapp.providers.storage_disk import DiskStorage


def keys(guide: Guide) -> Iterator[Shot]:
    first = signing.signer().kid
    signing.rotate()
    signing.rotate()
    signing.revoke(first, "compromise")
    yield "verify-keys", guide.open().visit("/verify/keys")


def checking(guide: Guide) -> Iterator[Shot]:
    report = _drawn(guide)
    file = Files(DiskStorage.from_settings(guide.site.settings)).read(report.upload)
    stolen, pdf = signing.signer(), TypstPdf()
    papers = {
        "same": file,
        "other": forged_by(pdf, report, stolen),
        "broken": file[:9000] + b"?" + file[9001:],
        "foreign": forged_by(pdf, report, a_stranger()),
        "unsigned": forged_by(pdf, report, None),
        "unreadable": b"\x89PNG\r\n\x1a\n",
    }
    pdf.close()
    me = guide.open().visit("/verify/file")
    yield "verify-file", me
    yield "verify-file-none", me.pass_captcha(guide.site.captcha()).press("核对这个文件")
    for name, data in papers.items():
        me.visit("/verify/file").attach("收到的 PDF", "report.pdf", data).pass_captcha(guide.site.captcha())
        yield f"verify-file-{name}", me.press("核对这个文件")
    signing.revoke(stolen.kid, "compromise")
    me.visit("/verify/file").attach("收到的 PDF", "report.pdf", papers["other"]).pass_captcha(guide.site.captcha())
    yield "verify-file-revoked", me.press("核对这个文件")


def _drawn(guide: Guide) -> OnlineReport:
    """A report whose PDF is there, and whose record was changed since."""
    record = guide.several("confirmed", 36)[34 + (guide.language == "en")]
    account = Account.get_by_id(record.account_id)
    report = issuing.issue(account, student(account.key), Record.get_by_id(record.id), Wish())
    report = until(lambda: OnlineReport.get_or_none((OnlineReport.id == report.id) & (OnlineReport.pdf == "ready")))
    Record.update(length="5").where(Record.id == record.id).execute()
    return report


STUDENTS: tuple[Tour, ...] = (keys, checking)
