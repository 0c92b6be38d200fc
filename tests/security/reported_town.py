"""What the town's students have of 在线验证报告: one with a PDF that answers, and one that its holder closed.

Not here: who they are (`town.py`). Called once for each student.
"""

from webapp.domain import permissions
from webapp.domain.reports import issuing
from webapp.domain.reports.issuing import Wish
from webapp.models.accounts import Account
from webapp.models.records import Record
from webapp.models.reports import OnlineReport
from webapp.providers.files import Files


def of_reports(record: Record, account: Account, files: Files) -> dict[str, str]:
    """Keys, code and token of the report that answers, the key of the closed one."""
    open_one, closed = (_drawn(issuing.issue(account, permissions.student(account.key), record, Wish()), files) for _ in "ab")
    issuing.close(closed, permissions.student(account.key))
    return {
        "online_report": open_one.key,
        "report_code": open_one.code,
        "report_token": open_one.token,
        "closed_report": closed.key,
    }


def _drawn(report: OnlineReport, files: Files) -> OnlineReport:
    """With a file in place of its PDF: a hostile walk does not read it."""
    report.upload = files.keep(b"%PDF-", "report_pdf", state="clean", media="application/pdf")
    report.pdf = "ready"
    report.save()
    return report
