"""One student of a campaign, and names to copy into a class's chat."""

from flask import abort, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from webapp.domain import checks, filters, progress, receipts
from webapp.domain.filters import Choice
from webapp.domain.identity import names
from webapp.domain.permissions import Can
from webapp.domain.progress import Student
from webapp.domain.reminders import calling, choosing
from webapp.models.checks import Check
from webapp.web import access, told
from webapp.web.access import allow
from webapp.web.page import show
from webapp.web.staff import filtering, step_words
from webapp.web.staff.moments import lately
from webapp.web.staff.progress import bp, finding
from webapp.web.staff.progress.board import LIST, REMIND

WAYS = {"site": _l("站内消息"), "sms": _l("短信"), "mail": _l("邮件")}
"""By what a student was reminded."""

MOST = 500
"""Names on one page to copy; a school's longer list is copied by college or class."""


@bp.get("/student/<key>")
@allow(Can.PROGRESS)
def student(key: str) -> Response:
    """How far one student is. No document number: the counsellor's list has none (R-SYS-09)."""
    view = finding.view(finding.campaigns(kinds=("check",)))
    check = progress.check(view, key) or abort(404)
    found = progress.student(view, check.record)
    return show(
        "staff/progress/student.html",
        view=view,
        student=found,
        pill=step_words.pill(found),
        last=checks.deadline(check),
        late=checks.is_late(check, check.seen),
        wrong=[str(told.COLUMNS[name]) for name in progress.wrong_fields(check)],
        may_open=any(grant in view.grants for grant in access.actor().where(Can.RECORDS)),
        number=receipts.number(check.key) if check.seen else "",
        may_call=bool(check.record.phone_index) and access.actor().may(Can.REMIND),
        reminder=_reminded(check),
        lately=lately,
        day=told.short_day,
    )


def _reminded(check: Check) -> str:
    """When and by which ways the student was last reminded; empty for never."""
    last = choosing.last(check)
    if last is None:
        return ""
    ways = _("、").join(str(WAYS[way]) for way in last.ways.split()) or _("没有办法通知到")
    return _("%(when)s，%(ways)s", when=lately(last.told), ways=ways)


@bp.get("/student/<key>/phone")
@allow(Can.REMIND)
def phone(key: str) -> Response:
    """The school's number of one student, to ring up; each look is an Event."""
    view = finding.view(finding.campaigns(Can.REMIND, ("check",)), Can.REMIND)
    check = progress.check(view, key) or abort(404)
    number = calling.phone(access.actor(), check)
    return show("staff/progress/phone.html", view=view, student=check.record, number=number)


@bp.get("/names")
@allow(Can.PROGRESS)
def copy() -> Response:
    """The list as text; names are masked unless asked for, since a chat shows them to everybody in it."""
    view = finding.view(finding.campaigns(kinds=("check",)))
    which = request.args.get("who") if request.args.get("who") in REMIND else "all"
    full = request.args.get("names") == "full"
    chosen = filtering.bar(LIST, view.grants).choice if view.klass is None else Choice()
    page = progress.students(view, which, size=MOST, only=filters.within(view.grants, chosen))
    lines = [_line(one, full) for one in page.rows]
    address = finding.address(view) | {"who": which}
    return show("staff/progress/names.html", view=view, lines=lines, more=page.after, full=full, address=address, most=MOST)


def _line(student: Student, full: bool) -> str:
    if full:
        return f"{student.name} {student.number}"
    return f"{names.masked(student.name)} {'*' * max(0, len(student.number) - 4)}{student.number[-4:]}"
