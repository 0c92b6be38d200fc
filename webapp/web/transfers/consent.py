"""同意书: what the holder agrees to, naming the receiver and every document, as it is shown and as it is kept (R-INT-03).

A changed text gets another `sending.VERSION`. Not here: keeping it (`domain/transfers/sending.py`).
"""

import hashlib
from collections.abc import Sequence

from flask_babel import gettext as _

from webapp.domain import clock
from webapp.domain.identity import verification_codes
from webapp.domain.identity.countries import COUNTRIES
from webapp.domain.reports import content
from webapp.domain.transfers.receivers import Receiver
from webapp.models.reports import OnlineReport
from webapp.models.transfers import Transcript
from webapp.web import language, told


def receiver_name(receiver: Receiver) -> str:
    """The institution with its country, in the reader's language."""
    if not receiver.code:
        return _("其他机构")
    country = COUNTRIES[receiver.country]
    if language.chosen() == "en":
        return f"{receiver.english}, {country.en}"
    return f"{receiver.name}，{country.zh}"


def report_name(report: OnlineReport) -> str:
    title = content.TITLES[report.kind]
    kind = title.en if language.chosen() == "en" else title.zh
    written = _("英文") if report.language == "en" else _("中文")
    facts = {"kind": kind, "language": written, "school": told_school(report)}
    return _("%(school)s %(kind)s（%(language)s）", **facts)


def coded(report: OnlineReport) -> str:
    """Its name with its code: there may be several of a kind."""
    return f"{report_name(report)} {verification_codes.grouped(report.code)}"


def transcript_name(transcript: Transcript) -> str:
    return _("%(school)s 大学成绩单（中英文）", school=told_school(transcript))


def told_school(document: OnlineReport | Transcript) -> str:
    unit = document.record.unit
    return unit.english or unit.name if language.chosen() == "en" else unit.name


def text(
    receiver: Receiver, email: str, reference: str, reports: Sequence[OnlineReport], transcripts: Sequence[Transcript]
) -> str:
    """The whole text, a line for each sentence and each document."""
    named = [coded(one) for one in reports]
    named += [transcript_name(one) for one in transcripts]
    lines = [
        _("我同意把下面的文件发给：%(receiver)s，邮箱 %(email)s。", receiver=receiver_name(receiver), email=email),
        _("参考编号：%(number)s", number=reference) if reference else "",
        _("文件：%(documents)s", documents=_("；").join(named)),
        _(
            "文件里有我的姓名、性别、出生日期、学校、专业、层次、学籍或学历的信息，以及我选择显示的其他信息；成绩单里有每门课的成绩。"
        ),
        _("对方用发到这个邮箱的链接和验证码下载，也可以在线查验。对方什么时候下载了哪些文件，我都能看到。"),
        _("对方下载以前我可以撤回。对方下载以后怎样保存和使用，由对方按当地的法律和它的规定负责。"),
    ]
    return "\n".join(filter(None, lines))


def again_text(receiver: Receiver, email: str) -> str:
    """What is agreed to besides, when the same documents go out once more."""
    day = told.day(clock.today())
    return _(
        "%(day)s：我同意把上面的文件发到邮箱 %(email)s（%(receiver)s）。",
        day=day,
        email=email,
        receiver=receiver_name(receiver),
    )


def digest(text: str) -> str:
    """By which a form says which text it showed."""
    return hashlib.sha256(text.encode()).hexdigest()
