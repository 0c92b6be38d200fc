"""Every limit with its default, its bounds and what it is for; a school may change each without code (R-SYS-07).

Not here: secrets and places (`settings.py`), and rates of abuse (`limits.py`).
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from webapp.domain import clock, journal
from webapp.domain.corrections import rules
from webapp.domain.permissions import Actor
from webapp.domain.recent import Recent
from webapp.domain.refused import Refused
from webapp.domain.reminders import days
from webapp.models.base import transaction
from webapp.models.settings import Setting


@dataclass(frozen=True, slots=True)
class Default:
    """A setting: its default value, the least and most that it may be (numbers), and what it is for.

    `fits` says whether a value is one, where its kind alone does not; `options` are the only values, where they are few.
    """

    value: Any
    what: str
    least: int | None = None
    most: int | None = None
    options: tuple = ()
    fits: Callable[[Any], bool] | None = None


DEFAULTS: dict[str, Default] = {
    "site.name": Default("学档", "name of the school or province that runs the site"),
    "site.seal": Default("学", "one character for the mark"),
    "site.account_name": Default("学档账号", "what the account is called on screen"),
    "site.archive_name": Default("学档", "what the archive is called on screen"),
    "site.name_en": Default("", "that name on English pages; empty: the same"),
    "site.account_name_en": Default("Xuedang account", "what the account is called on English pages"),
    "site.archive_name_en": Default("Xuedang archive", "what the archive is called on English pages"),
    "sms.ttl_hours": Default(24, "hours for which a code may be used", 1, 24),
    "sms.resend_seconds": Default(60, "seconds between two SMS to one phone", 30, 600),
    "sms.max_purpose": Default(5, "SMS to one phone for one purpose in 24 hours", 1, 10),
    "sms.max_phone": Default(10, "SMS to one phone in 24 hours", 1, 20),
    "sms.max_wrong": Default(5, "wrong tries that end a code", 3, 10),
    "sms.digits": Default(6, "digits of a code", 6, 8),
    "sms.per_hour": Default(2000, "SMS of the whole site in an hour", 10, 1_000_000),
    "sms.price": Default(45, "thousandths of a yuan that one SMS costs, for the estimate before a self-check", 0, 10_000),
    "sms.reserve": Default(400, "SMS more in an hour for who recovers an account", 0, 1_000_000),
    "acc.name_min": Default(2, "characters that a name has at least", 2, 4),
    "acc.name_max": Default(100, "characters that a name has at most", 50, 100),
    "acc.lock_failures": Default(10, "wrong passwords in half an hour that lock an account for where they came from", 5, 50),
    "acc.lock_minutes": Default(30, "minutes for which such a lock holds", 5, 1440),
    "acc.new_device_code": Default(True, "ask for an SMS code in a browser never seen"),
    "acc.draft_hours": Default(72, "hours for which an unfinished registration waits", 1, 720),
    "acc.email_link_hours": Default(24, "hours for which the link that confirms an e-mail works", 1, 72),
    "rec.link_minutes": Default(30, "minutes for which a link of recovery, or a proof, holds", 5, 120),
    "rec.questions": Default(True, "security questions are a way to a new password"),
    "rec.notice_hours": Default(24, "hours of notice before a weak proof opens an account in use", 24, 168),
    "dup.photo_set": Default(4, "photos that a claim with an identity card needs: 4, or 2 as once", 2, 4, options=(2, 4)),
    "dup.photo_max_bytes": Default(307_200, "bytes of a stored photo of a claim", 102_400, 1_048_576),
    "dup.per_day": Default(3, "times that a claim may be handed in on one day", 1, 10),
    "dup.total": Default(5, "times that a claim may be handed in at all", 1, 20),
    "dup.sla_workdays": Default(3, "working days in which a claim is decided", 1, 20),
    "dup.hold_hours": Default(72, "hours in which the holder of an account in use may object", 24, 720),
    "dup.active_days": Default(90, "days since its last use for which an account counts as in use", 30, 365),
    "dup.classmates_need": Default(2, "classmates who must say yes", 2, 5),
    "dup.classmates_invite": Default(5, "classmates who may be asked", 2, 10),
    "dup.classmates_days": Default(7, "days for which they may answer", 1, 30),
    "dup.per_helper_30d": Default(3, "cases in which one classmate helps within 30 days", 1, 10),
    "dup.record_tries_day": Default(5, "wrong answers about the school record in a day", 1, 20),
    "dup.restore_days": Default(30, "days for which an archived account can be restored", 7, 180),
    "rpt.months_min": Default(1, "months for which a report answers at least", 1, 6),
    "rpt.months_max": Default(6, "months for which a report answers at most", 1, 6),
    "rpt.months_default": Default(1, "months that are chosen unless the holder chooses others", 1, 6),
    "rpt.english_fee": Default(0, "fen for an English report; 0: it is free", 0, 1_000_000),
    "rpt.english_workdays": Default(2, "working days in which the school translates what an English report lacks", 1, 20),
    "rpt.lookup_per_min": Default(10, "codes that one network looks up in a minute before a captcha is asked", 1, 1000),
    "rpt.lookup_day_ip": Default(200, "codes that it looks up in 24 hours before a captcha is asked", 10, 100_000),
    "rpt.lookup_day_proof": Default(1000, "codes after which it is asked for each of them", 10, 1_000_000),
    "rpt.receipts_day_ip": Default(20, "receipts of checks for one network in 24 hours before a captcha is asked", 1, 10_000),
    "rpt.member_day": Default(200, "codes that an approved organisation looks up on a day", 0, 100_000),
    "rpt.list_rows": Default(5000, "codes that it hands in at once", 10, 5000),
    "crt.price_default": Default(15_000, "fen for a copy where no price was set", 0, 10_000_000),
    "crt.countdown_seconds": Default(20, "seconds for which the notice is shown before one may agree", 0, 120),
    "crt.copies_max": Default(30, "copies of all items and languages in one application", 1, 1000),
    "crt.remark_chars": Default(50, "Chinese characters of a remark; two others count as one", 10, 500),
    "crt.workdays": Default(20, "working days from acceptance to the result", 1, 120),
    "crt.pay_hours": Default(24, "hours in which an application or a report is paid for", 1, 720),
    "crt.draft_days": Default(30, "days for which an application waits that was not handed in, confirmed or paid for", 1, 365),
    "crt.supplement_days": Default(30, "days in which an applicant brings what was asked for", 1, 180),
    "crt.reconsider_months": Default(2, "months in which a refusal may be reconsidered", 1, 24),
    "crt.blacklist_years": Default(1, "years for which nobody who lied may apply", 1, 10),
    "rpv.online_tries": Default(2, "failed face checks after which only the photo is left", 1, 10),
    "rpv.qr_minutes": Default(5, "minutes for which a code leads from the computer to the phone", 1, 30),
    "rpv.workdays": Default(3, "working days in which a photo of the holder is looked at", 1, 20),
    "rpt.scattered": Default(False, "strangers may compare a name and a certificate number, where the holder allowed it"),
    "ret.report_days": Default(180, "days for which the PDF of a report is kept after its last day", 1, 1095),
    "int.link_days": Default(30, "days for which the link to records sent abroad works", 1, 90),
    "ret.transcript_days": Default(30, "days for which the pages of a transcript are kept after the decision", 1, 365),
    "ret.dup_days_ok": Default(30, "days for which photos of a claim are kept after an approval", 1, 90),
    "ret.dup_days_refused": Default(90, "days for which they are kept after a refusal", 1, 180),
    "ret.draft_hours": Default(72, "hours for which photos that were not handed in are kept", 1, 720),
    "acc.phone_takeover": Default(False, "offer 继续注册 to who proved a phone that has an account; the office looks first"),
    "acc.email_activation": Default(False, "register with an e-mail address and a mailed link too"),
    "acc.activation_hours": Default(24, "hours for which that link works", 1, 72),
    "acc.email_code": Default(False, "send the code of such a registration by mail, where asked"),
    "acc.email_code_edu_only": Default(False, "send it only to addresses that end in edu.cn"),
    "acc.redirect_seconds": Default(20, "seconds until the page after such a registration goes on to the log-in", 5, 120),
    "acc.overseas": Default(True, "register without a mainland phone, after the office has seen the document"),
    "acc.change_hold_hours": Default(72, "hours in which a new phone that the office approved can be stopped", 24, 168),
    "acc.cancel_cooling_days": Default(7, "days in which the closing of an account can be taken back", 1, 30),
    "acc.phone_reserve_hours": Default(72, "hours for which support keeps a phone for a person", 1, 168),
    "bnd.overseas_allowed": Default(True, "open records without a mainland phone to who passed the real-person check"),
    "msg.wechat": Default(False, "the school's WeChat account sends messages: offer it to who wants them"),
    "bnd.first_year": Default(1991, "first year of graduation that is served", 1949, 2001),
    "bnd.gate_idle_days": Default(180, "days without a visit after which the gate asks again", 30, 3650),
    "bnd.school_tries": Default(5, "wrong school names in a day", 1, 20),
    "chk.complete_on": Default("view", "what completes a self-check: view or confirm", options=("view", "confirm")),
    "chk.remind_days": Default("3, 1", "days before the end on which who has not checked is reminded", fits=days.check),
    "chk.remind_sms": Default(True, "what reminds by itself, and a window's opening, go out by SMS too"),
    "cor.step_workdays": Default(10, "working days that each desk has for a correction", 1, 60),
    "cor.supplement_days": Default(30, "days in which a student brings what was asked for", 7, 90),
    "cor.identity_decider": Default(
        "province", "who decides corrections of name, sex, birth date, document", options=("province", "school")
    ),
    "enr.decider": Default(
        "province", "who decides about special students and double enrolments", options=("province", "school")
    ),
    "cor.provinces": Default({}, "by code of a province: its windows, freezes, evidence of corrections", fits=rules.check),
    "img.confirmed_first": Default(True, "register only graduates who confirmed that their photo is right"),
    "ret.cor_days": Default(90, "days for which the evidence of a correction is kept after its end", 1, 365),
    "img.session_hours": Default(0, "hours in which a photo check that was begun is to be finished; 0 for no end", 0, 720),
    "img.w": Default(480, "pixels that a photo of a qualification is wide", 240, 1200),
    "img.h": Default(640, "pixels that it is high", 320, 1600),
    "img.dpi": Default(300, "dots per inch that its file says", 72, 600),
    "img.kb_min": Default(20, "kilobytes that it has at least; 10 less are taken with a warning", 10, 900),
    "img.kb_max": Default(40, "kilobytes that it has at most; 10 more are taken with a warning", 20, 900),
    "img.background": Default("any", "colour of its background", options=("any", "blue", "white")),
    "mod.satisfaction": Default(False, "students may say how they like their school"),
    "mod.assessment": Default(False, "students may find out which kind of work they like"),
    "staff.sleep_days": Default(90, "days without use after which a work account sleeps", 30, 365),
    "staff.invite_hours": Default(72, "hours for which the link that sets up a work account holds", 1, 168),
    "staff.reset_hours": Default(24, "hours in which a second person confirms a reset", 1, 72),
    "ret.mark_days": Default(180, "days for which it is known what a photo of a claim looked like, to find it again", 1, 180),
    "ret.login_days": Default(180, "days for which the log-in history is kept", 180, 1095),
    "msg.quiet_from": Default(21, "hour in China from which nobody is reminded by SMS or mail", 0, 23),
    "msg.quiet_until": Default(8, "hour until which", 0, 23),
    "msg.sla_workdays": Default(3, "working days in which a question is answered", 1, 20),
    "msg.close_days": Default(7, "days after an answer in which one may ask on", 1, 60),
    "help.account": Default("", "name of the school's official account; empty: it is not shown"),
    "help.email": Default("", "address of support, as the help page tells it"),
    "help.hours": Default("", "hours in which a person answers, as the help page tells them"),
    "help.media": Default("", "where else the school speaks, by commas"),
    "ret.crt_days": Default(365, "days for which the pictures of a certified item are kept after its end", 180, 3650),
    "ret.ticket_days": Default(90, "days for which the pictures of a question that is over are kept", 1, 1095),
    "ret.notice_days": Default(730, "days for which a message of the site is kept", 30, 3650),
    "ret.receipt_days": Default(180, "days for which the PDF of a receipt of a check is kept; its code answers on", 30, 3650),
    "ret.view_days": Default(180, "days for which it is kept who looked at which record", 180, 1095),
    "ret.message_days": Default(180, "days for which it is kept which SMS and mails went out", 30, 1095),
    "ret.import_days": Default(7, "days for which an uploaded roster is kept after the decision", 1, 30),
}

ORDERED = (
    ("rpt.months_min", "rpt.months_max"),
    ("img.kb_min", "img.kb_max"),
    ("dup.classmates_need", "dup.classmates_invite"),
)
"""Settings of which none may pass the next: nothing would be left to choose, or to take."""

SITE = {
    "zh": {name: f"site.{name}" for name in ("name", "seal", "account_name", "archive_name")},
    "en": {
        "name": "site.name_en",
        "seal": "site.seal",
        "account_name": "site.account_name_en",
        "archive_name": "site.archive_name_en",
    },
}
"""What the site calls itself, by language: each name's setting."""


@Recent
def _changed() -> dict[str, Any]:
    """The settings that were changed, with their values."""
    return {row.name: json.loads(row.value) for row in Setting.select()}


def value(name: str) -> Any:
    """The value in force of the setting `name` (KeyError for a name that is none)."""
    default = DEFAULTS[name].value
    return _changed().get(name, default)


def site(language: str) -> dict[str, str]:
    """The site's own names, by which pages and messages in `language` call it: name, seal, account_name, archive_name."""
    changed = _changed()
    told = {name: changed.get(setting, DEFAULTS[setting].value) for name, setting in SITE[language].items()}
    told["name"] = told["name"] or value("site.name")
    return told


def bounds(name: str) -> tuple[int, int] | None:
    """The least and the most that a number may be now, for its own sake and for that of those beside it in ORDERED."""
    least, most = DEFAULTS[name].least, DEFAULTS[name].most
    if least is None or most is None:
        return None
    for row in ORDERED:
        if name in row:
            place = row.index(name)
            least = max((least, *(value(other) for other in row[:place])))
            most = min((most, *(value(other) for other in row[place + 1 :])))
    return least, most


def change(name: str, new: Any, actor: Actor) -> None:
    """Change a setting, with an Event that holds old and new. Raises Refused: setting_unknown, setting_kind, setting_range,
    setting_fits.
    """
    if name not in DEFAULTS:
        raise Refused("setting_unknown", name=name)
    default = DEFAULTS[name]
    if type(new) is not type(default.value):
        raise Refused("setting_kind", name=name, kind=type(default.value).__name__)
    within = bounds(name)
    if within is not None and not within[0] <= new <= within[1]:
        raise Refused("setting_range", name=name, least=within[0], most=within[1])
    if default.options and new not in default.options:
        raise Refused("setting_option", name=name, options=", ".join(map(str, default.options)))
    if default.fits is not None and not default.fits(new):
        raise Refused("setting_fits", name=name)
    with transaction():
        old = value(name)
        (
            Setting.insert(name=name, value=json.dumps(new), changed=clock.now())
            .on_conflict(conflict_target=[Setting.name], preserve=[Setting.value, Setting.changed])
            .execute()
        )
        journal.record("setting.change", actor.name, f"setting:{name}", old=old, new=new)
    forget()


def forget() -> None:
    """Read afresh at the next question: after a change, and when a test brings another database."""
    for one in Recent.known:
        one.forget()
