"""What can happen to a transfer and to a transcript (spec 7.16): both stories on one screen.

Not here: the verbs that make the moves (`sending.py`, `delivering.py`, `receiving.py`, `transcripts.py`, `confirming.py`).
"""

from webapp.domain import clock
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.staff import Staff
from webapp.models.transfers import Course, Transcript, TranscriptPage, Transfer


def hers(row: Transfer | Transcript, actor: Actor) -> None:
    """Only who sends it, or asks for it."""
    if row.account.key != actor.key:
        raise Refused("not_allowed")


def is_over(transfer: Transfer, actor: Actor) -> None:
    if transfer.ends is None or transfer.ends > clock.now():
        raise Refused("moved_on", state=transfer.state)


def is_whole(transcript: Transcript, actor: Actor) -> None:
    """Courses, what the pages are, and a page that can be read (R-INT-08)."""
    if not Course.select().where(Course.transcript == transcript).exists():
        raise Refused("transcript_courses")
    if not transcript.source:
        raise Refused("transcript_source")
    if not any(page.upload.state in ("raw", "clean") for page in pages(transcript)):
        raise Refused("transcript_pages")


def still_theirs(transcript: Transcript, actor: Actor) -> None:
    """The record was given to nobody else since."""
    if transcript.record.account_id != transcript.account_id:
        raise Refused("transcript_left")


def within_reach(transcript: Transcript, actor: Actor) -> None:
    if transcript.unit_id not in scope.units(actor.where(Can.TRANSCRIPTS)):
        raise Refused("not_allowed")


def is_a_stranger(transcript: Transcript, actor: Actor) -> None:
    """Nobody confirms the own transcript."""
    officer, account = Staff.by_key(actor.key), transcript.account
    if officer.name == account.name or (officer.phone is not None and officer.phone == account.phone):
        raise Refused("own_case")


TRANSFER = Lifecycle(
    Transfer,
    Move("send", ("waiting",), "sent"),
    Move("fail", ("waiting",), "failed"),
    Move("receive", ("sent",), "received"),
    Move("expire", ("sent",), "expired", guards=(is_over,)),
    Move("again", ("failed", "expired"), "waiting", Can.OWN_RECORD, (hers,), ("transfers.send",)),
    Move("withdraw", ("waiting", "sent", "failed"), "withdrawn", Can.OWN_RECORD, (hers,)),
)
"""待发送 → 已发送 → 对方已接收; 发送失败 and 链接已过期 go out again; 已撤回 only before the receiver took anything."""

SCHOOL = (within_reach, is_a_stranger)
"""For whatever the school says."""

TRANSCRIPT = Lifecycle(
    Transcript,
    Move("submit", ("draft", "returned"), "waiting", Can.OWN_RECORD, (hers, still_theirs, is_whole)),
    Move("take_back", ("waiting",), "draft", Can.OWN_RECORD, (hers,)),
    Move("confirm", ("waiting",), "confirmed", Can.TRANSCRIPTS, (*SCHOOL, still_theirs), ("transfers.draw_transcript",)),
    Move("return", ("waiting",), "returned", Can.TRANSCRIPTS, SCHOOL),
)
"""草稿 → 待学校核对 → 已确认, or 已退回 with a reason and again."""


def pages(transcript: Transcript) -> list[TranscriptPage]:
    """Its pictures in their order."""
    return list(TranscriptPage.select().where(TranscriptPage.transcript == transcript).order_by(TranscriptPage.id))
