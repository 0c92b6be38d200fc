"""零散查询: a stranger compares a name and a certificate number, and learns whether they belong together (R-RPT-23).

Off unless the school opened it, and answered only where the holder of a report allowed it; everything else is 不一致, for the
answer must not tell which certificates exist. Not here: the captcha before each.
"""

from peewee import SQL

from webapp.domain import clock
from webapp.domain.identity import certificates, names
from webapp.domain.permissions import Actor
from webapp.domain.refused import Refused
from webapp.domain.reports import verifying
from webapp.domain.reports.lifecycle import REPORT
from webapp.models import looks, report_by_code
from webapp.models.base import transaction
from webapp.models.records import Record
from webapp.models.reports import OnlineReport


def allow(report: OnlineReport, actor: Actor, allowed: bool) -> OnlineReport:
    """The holder of a 学历 report lets strangers compare it, or stops that. Raises Refused: not_allowed, moved_on."""
    if report.kind != "qualification":
        raise Refused("not_allowed")
    return REPORT.move(report, "compare", actor, detail={"allowed": allowed}, comparable=allowed)


def compare(certificate: str, name: str, network: str) -> bool:
    """Do they belong together, as far as anybody may be told? Written down as a look: `same` or `differs`.

    Raises Refused: certificate_empty, certificate_format (length), compare_name.
    """
    number = certificates.clean(certificate)
    certificates.check(number)
    if not names.clean(name):
        raise Refused("compare_name", field="name")
    found = [one for one in _allowed(number) if verifying.judge(report_by_code.by_key(one.key)) in ("valid", "pin")]
    wanted = names.compare(names.clean(name))
    same = next((one for one in found if one.record.name_compare == wanted), None)
    met = same or next(iter(found), None)
    with transaction():
        looks.keep(met and met.id, clock.now(), "compared", "same" if same else "differs", network)
    return same is not None


def _allowed(number: str) -> list[OnlineReport]:
    numbered = Record.certificate.in_(certificates.canonical_forms(number)) & (Record.certificate != SQL("''"))
    query = OnlineReport.select(OnlineReport, Record).join(Record).where(numbered & (Record.kind == "qualification"))
    return list(query.where(OnlineReport.comparable & (OnlineReport.state == "active")).order_by(OnlineReport.id))
