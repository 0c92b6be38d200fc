"""The reports of certification, later: drawn, signed, kept and mailed; and reminders to who forgot 确认提交.

Not here: what stands on a report (`domain/certification/paper.py`), nor who is told (`delivering.py`, `reminding.py`).
"""

from base64 import b64encode
from hashlib import sha256

import segno

from webapp.domain import signing
from webapp.domain.certification import delivering, paper, reminding
from webapp.domain.ports import Unavailable
from webapp.jobs.registry import Later, Outside, every, job
from webapp.models.certification import Agency, ApplicationItem
from webapp.providers.files import Files

SEAL = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">'
    '<image width="1" height="1" preserveAspectRatio="xMidYMid meet" href="data:{};base64,{}"/></svg>'
)
"""A picture as typst takes it within JSON, in a square as seals are."""


@job("certification.draw")
def draw(outside: Outside, key: str) -> None:
    """Draw, sign and keep the report of an item that was certified, then send it to who applied (R-CRT-36).

    Its agency's own key signs, where there is one (R-CRT-48).
    """
    item = ApplicationItem.by_key(key)
    if item is None or item.pdf != "waiting" or item.state != "issued":
        return
    files, url = Files(outside.storage), outside.settings.url.rstrip("/")
    address = f"{url}/verify/certified/{item.token}"
    qr = segno.make(address, error="m", micro=False).svg_inline(scale=4, border=0)
    by = signing.signer(item.agency)
    data = paper.data(item, url, qr, _seal(files, item.agency), own=bool(signing.find(by.kid).owner))
    if outside.pdf.undrawable(paper.text(data)):
        _keep(files, item, b"")
        return
    try:
        pdf = outside.pdf.render("certification", data, by)
    except Unavailable as fault:
        if fault.retry:
            raise Later from fault
        _keep(files, item, b"")
        return
    _keep(files, item, pdf, by.kid)


def _seal(files: Files, agency: Agency) -> str:
    """The picture of the agency's seal, framed; empty without one."""
    seal = agency.seal
    if seal is None or seal.state != "clean":
        return ""
    return SEAL.format(seal.media, b64encode(files.read(seal)).decode())


def _keep(files: Files, item: ApplicationItem, pdf: bytes, kid: str = "") -> None:
    """The signed file, or nothing where it cannot be drawn; the one before it is shredded."""
    upload = None
    if pdf:
        account = item.application.account
        upload = files.stored(pdf, "certification", state="clean", media="application/pdf", account=account)
    before = delivering.drawn(item, upload, sha256(pdf).hexdigest() if pdf else "", kid)
    if before is not None:
        files.shred(before)


@every(minute="*/10")
def draw_certifications_again(outside: Outside) -> int:
    return delivering.again()


@every(minute="*/10")
def remind_to_confirm(outside: Outside) -> int:
    """After an hour and after a day (R-CRT-30)."""
    return reminding.remind()
