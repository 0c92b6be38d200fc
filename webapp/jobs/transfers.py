"""Records sent abroad, later: the mail with the link, links whose days are over, the paper of a confirmed transcript.

Not here: what any of it means (`domain/transfers/`).
"""

from contextlib import suppress
from datetime import timedelta
from hashlib import sha256

import segno

from webapp.domain import clock, defaults, signing, texts
from webapp.domain.ports import Unavailable
from webapp.domain.refused import Refused
from webapp.domain.transfers import delivering, paper, sending
from webapp.jobs.registry import Later, Outside, every, job
from webapp.models.transfers import Transcript, Transfer
from webapp.providers.files import Files


@job("transfers.send")
def send(outside: Outside, key: str) -> None:
    """Mail the link of a transfer that still waits, once its documents are drawn; a try that failed comes again (R-INT-05)."""
    transfer = Transfer.by_key(key)
    if transfer is None or transfer.state != "waiting" or transfer.account.state == "archived":
        return  # nothing goes out in the name of an account that was put away
    with suppress(Refused):  # the holder withdrew it meanwhile: the link is dead
        try:
            _try(outside, transfer)
        except Unavailable as fault:
            delivering.not_sent(transfer, fault.reason, fault.retry)


def _try(outside: Outside, transfer: Transfer) -> None:
    ready = delivering.readiness(transfer)
    if ready == "waiting":
        delivering.wait(transfer)
    elif ready == "failed":
        delivering.not_sent(transfer, "document", retry=False)
    else:
        _mail(outside, transfer)
        delivering.left(transfer)


def _mail(outside: Outside, transfer: Transfer) -> None:
    ends = clock.now() + timedelta(days=defaults.value("int.link_days"))
    facts = {
        "reference": transfer.reference or "—",
        "documents": len(sending.items(transfer)),
        "token": sending.token(transfer),
        "until": ends,
    }
    text = texts.fill(
        "mail",
        "transfer_link",
        "en",
        facts,
        sign="",
        host=outside.settings.host,
        url=outside.settings.url.rstrip("/"),
        site=defaults.site("en"),
        site_zh=defaults.site("zh")["name"],
        until_zh=texts.told({"until": ends}, "zh")["until"],
    )
    subject, _, body = text.partition("\n")
    outside.mail.send(transfer.email, subject, body.strip(), f"{transfer.key}{transfer.round}")


@every(minute="5")
def expire_links(outside: Outside) -> int:
    return delivering.expire()


@every(minute="*/10")
def draw_transcripts_again(outside: Outside) -> int:
    return paper.again()


@job("transfers.draw_transcript")
def draw_transcript(outside: Outside, key: str) -> None:
    """Draw, sign and keep the paper of a confirmed transcript."""
    transcript = Transcript.by_key(key)
    if transcript is None or transcript.pdf != "waiting":
        return
    if transcript.record.account_id != transcript.account_id:  # what the record says is another's by now
        _not_drawn(outside, transcript)
        return
    address = f"{outside.settings.url.rstrip('/')}/transcripts/{paper.with_token(transcript)}"
    qr = segno.make(address, error="m", micro=False).svg_inline(scale=4, border=0)
    data = paper.data(transcript, address, qr)
    if outside.pdf.undrawable(paper.text(data)):
        _not_drawn(outside, transcript)
        return
    by, files = signing.signer(), Files(outside.storage)
    try:
        pdf = outside.pdf.render("transcript", data, by)
    except Unavailable as fault:
        if fault.retry:
            raise Later from fault
        _not_drawn(outside, transcript)
        return
    upload = files.stored(pdf, "transcript", state="clean", media="application/pdf", account=transcript.account)
    before = paper.drawn(transcript, upload, sha256(pdf).hexdigest(), by.kid)
    if before is not None:
        files.shred(before)


def _not_drawn(outside: Outside, transcript: Transcript) -> None:
    """There will be no paper, and one from before goes too: nobody would find it any more to shred it."""
    before = paper.drawn(transcript, None)
    if before is not None:
        Files(outside.storage).shred(before)
