"""The PDF of a report on its way: drawn once, kept, or given up with the characters that no font holds.

Not here: what stands on it (`paper.py`), nor the drawing and signing, which is a job's (`jobs/reports.py`).
"""

from collections.abc import Iterable
from datetime import timedelta

from peewee import SQL, Expression

from webapp.domain import clock, defaults, journal, signed_papers
from webapp.models.base import transaction
from webapp.models.photos import Upload
from webapp.models.reports import OnlineReport
from webapp.models.signing import SigningKey

DRAWN_IN = ("active", "closed")
"""States in which a report has a PDF: one that waits for its translation has none, one corrected needs none."""

PORTION = 200
"""Reports that one round draws anew, or shreds."""


def waiting(key: str) -> OnlineReport | None:
    """The report, where its PDF is still to be drawn."""
    report = OnlineReport.by_key(key)
    return report if report is not None and report.pdf == "waiting" and report.state in DRAWN_IN else None


def drawn(report: OnlineReport, upload: Upload, told: str, digest: str, kid: str) -> Upload | None:
    """The file, whose row is not saved yet, is the report's: with the JSON `told` that it shows, its SHA-256 and its key's id.

    Returns the file before it, to be shredded. Where another worker was faster, nothing happens, and this file is nobody's.
    """
    kept = signed_papers.keep(report, upload, digest, kid, told=told, lacking="")
    return kept and kept[1]


def undrawn(report: OnlineReport, lacking: str = "") -> None:
    """No PDF can be made: for want of fonts for the characters `lacking`, or through the fault of its layout or data."""
    changes = {"pdf": "failed", "lacking": lacking[: OnlineReport.lacking.max_length]}
    OnlineReport.update(changes).where((OnlineReport.id == report.id) & (OnlineReport.pdf == "waiting")).execute()


def lacking() -> list[str]:
    """The characters, as they stand beside each other in a report, for want of which there is no PDF."""
    return [told for (told,) in OnlineReport.select(OnlineReport.lacking).where(_lacks()).distinct().tuples()]


def without(characters: Iterable[str]) -> list[OnlineReport]:
    """Reports without a PDF for want of one of these, as `lacking` tells them."""
    query = OnlineReport.select().where(_lacks() & OnlineReport.lacking.in_(list(characters)))
    return list(query.order_by(OnlineReport.id).limit(PORTION))


def _lacks() -> Expression:
    """The condition on the index stands there in so many words: SQLite takes it for nothing else."""
    return (OnlineReport.lacking != SQL("''")) & (OnlineReport.pdf == "failed") & OnlineReport.state.in_(DRAWN_IN)


def signed_by_revoked() -> list[OnlineReport]:
    """Reports that still answer and whose PDF a revoked key signed."""
    revoked = [key.kid for key in SigningKey.select().where(SigningKey.state == "revoked")]
    answers = OnlineReport.state.in_(DRAWN_IN) & (OnlineReport.pdf == "ready") & (OnlineReport.ends >= clock.today())
    signed = (OnlineReport.kid != SQL("''")) & OnlineReport.kid.in_(revoked) & answers
    return list(OnlineReport.select().where(signed).order_by(OnlineReport.id).limit(PORTION))


def again(reports: list[OnlineReport]) -> int:
    """Promise these PDFs anew. Returns how many."""
    with transaction():
        for report in reports:
            OnlineReport.update(pdf="waiting").where(OnlineReport.id == report.id).execute()
            journal.promise("reports.draw", key=report.key)
    return len(reports)


def over() -> list[OnlineReport]:
    """Reports that ended so long ago that their files are shredded (`ret.report_days`)."""
    edge = clock.today() - timedelta(days=defaults.value("ret.report_days"))
    query = OnlineReport.select(OnlineReport, Upload).join(Upload, on=OnlineReport.upload == Upload.id)
    return list(query.where((OnlineReport.pdf == "ready") & (OnlineReport.ends < edge)).limit(PORTION))


def gone(reports: list[OnlineReport]) -> None:
    """Their files are shredded, so what these said is forgotten too; one that is extended again is drawn again."""
    changes = {"pdf": "gone", "upload": None, "told": None}
    OnlineReport.update(changes).where(OnlineReport.id.in_([report.id for report in reports])).execute()


def wanted_again(report: OnlineReport) -> dict[str, str]:
    """What an extension changes of a report whose file is gone."""
    return {"pdf": "waiting"} if report.pdf == "gone" else {}
