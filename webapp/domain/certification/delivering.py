"""The file of a report: kept once it is signed, mailed to 报告接收邮箱, told to who applied (R-CRT-36).

Not here: what stands on it (`paper.py`), drawing it (`jobs/certification.py`).
"""

from webapp.domain import journal, messages
from webapp.domain.certification import paper
from webapp.models.base import transaction
from webapp.models.certification import ApplicationItem
from webapp.models.photos import Upload
from webapp.models.signing import SigningKey


def drawn(item: ApplicationItem, upload: Upload | None, digest: str = "", kid: str = "") -> Upload | None:
    """The job is done: the signed file, or None where it cannot be drawn. Returns the file before it, to be shredded.

    Where another worker was faster, nothing happens, and this file is nobody's.
    """
    with transaction():
        item = item.locked()
        if item.pdf != "waiting":
            return None
        before = item.upload
        if upload is not None:
            upload.save(force_insert=True)
        item.upload, item.digest, item.kid = upload, digest, kid
        item.pdf = "ready" if upload else "failed"
        item.save()
        _tell(item, first=before is None)
    return before


def again() -> int:
    """Promise the papers anew that a revoked key signed. Returns how many."""
    revoked = [key.kid for key in SigningKey.select().where(SigningKey.state == "revoked")]
    signed = list(ApplicationItem.select().where((ApplicationItem.pdf == "ready") & ApplicationItem.kid.in_(revoked)))
    with transaction():
        for item in signed:
            ApplicationItem.update(pdf="waiting").where(ApplicationItem.id == item.id).execute()
            journal.promise("certification.draw", key=item.key)
    return len(signed)


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
