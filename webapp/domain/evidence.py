"""How long pictures that prove something are kept, and which have outlived their time (R-DUP-23, R-SYS-06).

Not here: shredding them, which is for `jobs/retention.py`, nor what is kept of other things (`traces.py`, `messages.py`).
"""

from datetime import datetime, timedelta

from peewee import Expression, ModelSelect, fn

from webapp.domain import defaults
from webapp.models.duplicates import CLOSED, Claim, Party, Photo, Submission
from webapp.models.photos import Upload

PICTURES = (
    "claim_photo",
    "report_file",
    "ticket_file",
    "correction_file",
    "transcript_page",
    "checking_reply",
    "holder_photo",
    "material",
)
"""Purposes whose files somebody outside sent, and which a child turns into harmless ones."""

REASONS = ("approved", "refused", "withdrawn", "unnamed")


def over(reason: str, at: datetime) -> ModelSelect:
    """Files that are still kept at that moment though their time is over, for this one of REASONS, oldest first."""
    kept = Upload.select().where(Upload.name.is_null(False)).order_by(Upload.id)
    if reason == "unnamed":
        return kept.where(Upload.expires < at)
    query = kept.join(Photo).join(Submission).join(Party).join(Claim)
    return query.where((Upload.purpose == "claim_photo") & OVER[reason](at))


def _approved(at: datetime) -> Expression:
    return (Submission.state == "approved") & (Submission.decided < _days_before(at, "ret.dup_days_ok"))


def _refused(at: datetime) -> Expression:
    """Refused, or still waiting when the case ended: somebody else's was approved, or an impostor's came to light."""
    edge = _days_before(at, "ret.dup_days_refused")
    lost = Submission.state.in_(("checking", "waiting")) & Claim.state.in_(CLOSED) & (Claim.closed < edge)
    return (Submission.state == "refused") & (Submission.decided < edge) | lost


def _withdrawn(at: datetime) -> Expression:
    since = fn.COALESCE(Party.left, Claim.closed, Submission.sent, Submission.begun)
    return (Submission.state == "withdrawn") & (since < at - timedelta(hours=defaults.value("ret.draft_hours")))


OVER = {"approved": _approved, "refused": _refused, "withdrawn": _withdrawn}


def _days_before(at: datetime, setting: str) -> datetime:
    return at - timedelta(days=defaults.value(setting))
