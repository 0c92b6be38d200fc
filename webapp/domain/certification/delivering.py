"""The file of a report: kept once it is signed, mailed to 报告接收邮箱, told to who applied (R-CRT-36).

Not here: what stands on it (`paper.py`), drawing it (`jobs/certification.py`).
"""

from webapp.domain import messages, signed_papers
from webapp.domain.certification import paper
from webapp.models.base import transaction
from webapp.models.certification import ApplicationItem
from webapp.models.photos import Upload


def drawn(item: ApplicationItem, upload: Upload | None, digest: str = "", kid: str = "") -> Upload | None:
    """The job is done: the signed file, or None where it cannot be drawn. Returns the file before it, to be shredded.

    Where another worker was faster, nothing happens, and this file is nobody's.
    """
    with transaction():
        kept = signed_papers.keep(item, upload, digest, kid)
        if kept is None:
            return None
        item, before = kept
        _tell(item, first=before is None)
    return before


def again() -> int:
    """Promise the papers anew that a revoked key signed. Returns how many."""
    return signed_papers.again(ApplicationItem, "certification.draw")


def _tell(item: ApplicationItem, first: bool) -> None:
    """The file goes to the address that the application names; `first` also tells the account that there is a result."""
    application = item.application
    account = application.account
    if first:
        messages.tell(account, "certification_issued", link=f"/applications/{application.key}", topic="progress")
    if item.upload is None or not application.email:
        return
    messages.mail(
        application.email,
        "certification_report",
        account,
        files=[item.upload],
        number=item.report,
        title=paper.title(item, account.language),
        agency=paper.issuer(item.agency, account.language),
    )
