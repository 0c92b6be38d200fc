"""What the town's students have of 在线验证报告: one with a PDF that answers, one that its holder closed, one that has ended
and that somebody asks to see.

Not here: who they are (`town.py`). Called once for each student.
"""

from datetime import timedelta

from tests import members
from tests.security.abroad_town import of_transfers
from tests.security.certified_town import of_applications
from webapp.domain import clock, defaults, permissions
from webapp.domain.organisations import api_keys, asking, lists
from webapp.domain.permissions import SYSTEM
from webapp.domain.reports import issuing, receipts, requests
from webapp.domain.reports.issuing import Wish
from webapp.models import report_by_code
from webapp.models.accounts import Account
from webapp.models.organisations import Organisation
from webapp.models.records import Record
from webapp.models.reports import OnlineReport
from webapp.providers.files import Files


def of_reports(record: Record, account: Account, files: Files) -> dict[str, str]:
    """Keys, code and token of the report that answers, keys of the others and of the request."""
    if not OnlineReport.select().exists():
        _open_wide()
    me = permissions.student(account.key)
    open_one, closed, expired = (_drawn(issuing.issue(account, me, record, Wish()), files) for _ in "abc")
    issuing.close(closed, me)
    OnlineReport.update(ends=clock.today() - timedelta(days=1)).where(OnlineReport.id == expired.id).execute()
    asked = requests.ask(report_by_code.by_key(expired.key), "人事处 王老师", "入职材料")
    return {
        "online_report": open_one.key,
        "report_code": open_one.code,
        "report_token": open_one.token,
        "closed_report": closed.key,
        "expired_report": expired.key,
        "open_request": asked.key,
        **of_transfers(record, account, files, open_one),
        **_of_a_member(open_one.code, files),
        **of_applications(record, account, files),
    }


def _open_wide() -> None:
    """A hostile walk looks more codes up than anybody; the limits have tests of their own (`test_t27.py`)."""
    for setting in ("rpt.lookup_per_min", "rpt.lookup_day_ip"):
        defaults.change(setting, 1000, SYSTEM)
    defaults.change("rpt.lookup_day_proof", 100_000, SYSTEM)


def _of_a_member(code: str, files: Files) -> dict[str, str]:
    """An organisation that looked the report up, with a list, a key and a receipt; the first one's member is the employer."""
    n = Organisation.select().count() + 1
    hr = members.member(n, "hr" if n == 1 else f"hr{n}")
    checked = asking.check(hr.asker, code, members.CONSENT)
    handed_in = lists.hand_in(hr.actor, hr.organisation, hr.staff, [(code, members.CONSENT)], "?")
    taken = receipts.issue(code, "192.0.2.0/24", lambda *_: {"title": "核验回执", "language": "zh"})
    receipts.drawn(taken, files.keep(b"%PDF-", "check_receipt", state="clean", media="application/pdf"), taken.shown)
    return {
        "organisation": hr.organisation.key,
        "member_look": checked.look.key,
        "code_list": handed_in.key,
        "api_key": api_keys.make(hr.actor, hr.organisation, "人事系统")[0].key,
        "receipt_code": taken.code,
    }


def _drawn(report: OnlineReport, files: Files) -> OnlineReport:
    """With a file in place of its PDF: a hostile walk does not read it."""
    report.upload = files.keep(b"%PDF-", "report_pdf", state="clean", media="application/pdf")
    report.pdf = "ready"
    report.save()
    return report
