"""The PDFs of reports: drawn, signed and kept; drawn again where a font came or a key was revoked; shredded long after.

What stands on one is `domain/reports/paper.py`, what becomes of it `domain/reports/drawing.py`.
"""

import json
from base64 import b64encode
from hashlib import sha256

import segno

from webapp.domain import signing
from webapp.domain.ports import Unavailable
from webapp.domain.reports import drawing, orders, paper
from webapp.jobs.registry import Later, Outside, every, job
from webapp.models import report_by_code
from webapp.models.photos import Upload
from webapp.models.report_by_code import FoundReport
from webapp.providers import shredding
from webapp.providers.files import Files

PHOTO_BYTES, PHOTO_SIDE, PHOTO_LEAST = 100 * 1024, 800, 200
"""A photo heavier than that is reduced: the file stays one that a mail carries. The longer and the shorter side in pixels."""

FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 4">'
    '<image width="3" height="4" preserveAspectRatio="xMidYMid meet" href="data:image/jpeg;base64,{}"/></svg>'
)
"""A photo as typst takes it within JSON: a list of its bytes takes five times as long, and the file holds the same JPEG."""


@job("reports.draw")
def draw(outside: Outside, key: str) -> None:
    """Draw, sign and keep the PDF of a report that still waits for it, unless a character of a name has no font (R-RPT-05)."""
    report = drawing.waiting(key)
    if report is None:
        return
    found, files = report_by_code.by_key(key), Files(outside.storage)
    if found.account != found.report_account:  # what the record says is another's by now
        if report.upload is not None and report.upload.name is not None:
            files.shred(report.upload)
        drawing.gone([report])
        return
    url = outside.settings.url.rstrip("/")
    data = paper.data(found, url, _qr(f"{url}/v/{report.token}"), _photo(outside, files, found))
    if lacking := outside.pdf.undrawable(paper.text(data)):
        drawing.undrawn(report, lacking)
        return
    by = signing.signer()
    try:
        pdf = outside.pdf.render("report", data, by)
    except Unavailable as fault:
        if fault.retry:
            raise Later from fault
        drawing.undrawn(report)
        return
    upload = files.stored(pdf, "report_pdf", state="clean", media="application/pdf", account=report.account)
    told = json.dumps(paper.told(found), ensure_ascii=False)
    before = drawing.drawn(report, upload, told, sha256(pdf).hexdigest(), by.kid)
    if before is not None:
        files.shred(before)


def _qr(address: str) -> str:
    return segno.make(address, error="m", micro=False).svg_inline(scale=4, border=0)


def _photo(outside: Outside, files: Files, found: FoundReport) -> str:
    """The photo that the holder chose to show, framed; empty without one."""
    if "photo" not in found.report_shows.split() or found.photo is None:
        return ""
    upload = Upload.by_key(found.photo)
    if upload.state != "clean":
        return ""
    jpeg = files.read(upload)
    if len(jpeg) > PHOTO_BYTES:
        try:
            jpeg = outside.images.clean(jpeg, long_side=PHOTO_SIDE, max_bytes=PHOTO_BYTES, min_side=PHOTO_LEAST).jpeg
        except Unavailable as fault:
            raise Later from fault
    return FRAME.format(b64encode(jpeg).decode())


@every(minute="*/10")
def draw_again(outside: Outside) -> int:
    """Reports for whose names there is a font now, and those that a revoked key signed. Returns how many were promised."""
    drawable = [characters for characters in drawing.lacking() if not outside.pdf.undrawable(characters)]
    return drawing.again([*drawing.without(drawable), *drawing.signed_by_revoked()])


@every(minute="35")
def shred_reports(outside: Outside) -> int:
    """Shred the PDFs of reports that ended long ago. Returns how many."""
    gone = 0
    while reports := drawing.over():
        shredding.shred(outside.storage, [report.upload for report in reports if report.upload.name], "report")
        drawing.gone(reports)
        gone += len(reports)
    return gone


@every(minute="25", hour="19")
def forget_orders(outside: Outside) -> int:
    """At 3:25 in China, what was chosen in orders that were never paid for. Returns how many."""
    return orders.forget()
