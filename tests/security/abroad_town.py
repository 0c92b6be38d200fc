"""What the town's students have of 国际合作申请: a transfer whose link is open, a transcript that came back, one confirmed.

Not here: who they are (`town.py`). Called once for each student.
"""

from datetime import timedelta

from tests.correcting import picture
from webapp.domain import clock, permissions
from webapp.domain.transfers import courses, paper, receivers, sending, transcripts
from webapp.domain.transfers.sending import Wish
from webapp.models.accounts import Account
from webapp.models.records import Record
from webapp.models.reports import OnlineReport
from webapp.models.transfers import Institution, Transcript, Transfer
from webapp.providers.files import Files


def of_transfers(record: Record, account: Account, files: Files, report: OnlineReport) -> dict[str, str]:
    """Keys of the transfer, its document and link; of both transcripts, a course, a page; of a receiver of the school's own."""
    confirmed = _transcript(record, account, files)
    upload = files.keep(b"%PDF-", "transcript", state="clean", media="application/pdf")
    token = paper.with_token(confirmed)
    confirmed.state, confirmed.pdf, confirmed.upload, confirmed.decided = "confirmed", "ready", upload, clock.now()
    confirmed.save()
    returned = _transcript(record, account, files)
    Transcript.update(state="returned", submitted=clock.now(), decided=clock.now()).where(
        Transcript.id == returned.id
    ).execute()
    wish = Wish(receivers.find(account, "wes"), "intake@wes.org", "1234567", (report.key,))
    transfer = sending.send(account, permissions.student(account.key), wish, "同意", True, "192.0.2.0/24")
    sent = {"state": "sent", "sent": clock.now(), "ends": clock.now() + timedelta(days=30)}
    Transfer.update(sent).where(Transfer.id == transfer.id).execute()
    names = {"country": "JPN", "name": "东方大学", "english": "Toho University"}
    return {
        "transfer": transfer.key,
        "transfer_item": sending.items(transfer)[0].key,
        "transfer_link": sending.token(transfer),
        "transcript": returned.key,
        "course": transcripts.lines(returned)[0].key,
        "transcript_page": returned.pages[0].key,
        "confirmed_transcript": confirmed.key,
        "transcript_token": token,
        "institution": Institution.create(unit=record.unit, changed=clock.now(), **names).key,
    }


def _transcript(record: Record, account: Account, files: Files) -> Transcript:
    """A draft with a course and a page."""
    made = transcripts.begin(account, permissions.student(account.key), record)
    transcripts.add(made, courses.line(name="高等数学", english="Advanced Mathematics", credit="4", mark="92", kind="必修"))
    transcripts.attach(made, files.keep(picture(), "transcript_page", state="clean", media="image/jpeg"))
    transcripts.say_source(made, "original")
    return made
