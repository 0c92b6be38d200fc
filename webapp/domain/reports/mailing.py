"""A holder sends a report by mail from the site: link and code, the PDF only when asked (R-RPT-22).

Not here: what the mail says (`templates/messages/mail/`), nor sending it (`jobs/messages.py`).
"""

from collections.abc import Sequence
from typing import NamedTuple

from peewee import JOIN

from webapp.domain import clock, journal, limits, messages
from webapp.domain.identity import emails, verification_codes
from webapp.domain.permissions import Actor
from webapp.domain.refused import Refused
from webapp.domain.reports import content, holding
from webapp.domain.reports.lifecycle import hers
from webapp.models.base import transaction
from webapp.models.messages import Message
from webapp.models.report_mails import ReportMail
from webapp.models.reports import OnlineReport

SHOWN = 20
"""Mails that the report's page tells of, the newest."""


class Sent(NamedTuple):
    """One line of the holder's log. `state` is the Message's: queued, sent, failed; sent where it is forgotten by now."""

    mail: ReportMail
    state: str


def send(report: OnlineReport, actor: Actor, addresses: Sequence[str], attach: bool) -> None:
    """Promise one mail to each address, cleaned and checked, the PDF beside it if it is to be `attach`ed.

    Raises Refused: not_allowed, report_not_open, report_no_pdf, report_mail_none, report_mail_limit (until, most), email_*.
    """
    hers(report, actor)
    named = list(dict.fromkeys(emails.clean(one) for one in addresses if one.strip()))
    for one in named:
        emails.check(one)
    if not named:
        raise Refused("report_mail_none", field="addresses")
    if holding.standing(report) not in ("active", "soon"):
        raise Refused("report_not_open")
    if attach and not has_pdf(report):
        raise Refused("report_no_pdf", field="attach")
    with transaction():
        limits.spend("report:mails", actor.key, len(named))
        for one in named:
            _promise(report, one, attach)
        journal.record("online_report.send", actor.name, report, many=len(named), attached=attach)


def _promise(report: OnlineReport, address: str, attach: bool) -> None:
    """The receiver reads the report's language."""
    title, unit = content.TITLES[report.kind], report.record.unit
    message = messages.mail(
        address,
        "report_sent",
        language=report.language,
        files=[report.upload] if attach else (),
        title=title.zh if report.language == "zh" else title.en,
        school=unit.name if report.language == "zh" else unit.english or unit.name,
        name=report.record.name,
        code=verification_codes.grouped(report.code),
        token=report.token,
        ends=content.day(report.ends, report.language),
        pin="yes" if report.pin_index is not None else "",
        attached="yes" if attach else "",
    )
    ReportMail.create(report=report, address=address, attached=attach, at=clock.now(), message=message.key)


def has_pdf(report: OnlineReport) -> bool:
    """Is its PDF drawn, and still kept?"""
    return report.pdf == "ready" and report.upload is not None and report.upload.name is not None


def of(report: OnlineReport) -> list[Sent]:
    """To whom it was sent, newest first, with what became of each mail."""
    query = ReportMail.select(ReportMail, Message.state).join(Message, JOIN.LEFT_OUTER, on=ReportMail.message == Message.key)
    found = query.where(ReportMail.report == report).order_by(ReportMail.id.desc()).limit(SHOWN)
    return [Sent(one, getattr(one, "state", None) or "sent") for one in found.objects()]
