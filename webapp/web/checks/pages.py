"""自查回执: proof to show the class adviser, on the screen and as a PDF, for who confirmed or opened the record (R-CHK-13)."""

from flask import Blueprint, abort, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.domain import checks, clock, handling, matching, papers, receipts, records
from webapp.domain.identity import names
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.own_record import OwnRecord
from webapp.web import access, paper, report_words, told, words
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import go, show

bp = Blueprint("checks", __name__)


@bp.get("/records/<key>/receipt")
@allow(Can.OWN_RECORD)
def receipt(key: str) -> Response:
    """Masked name, class, state and times. A record that was not opened yet has none: its page comes first."""
    return _receipt(key) or _elsewhere(key)


@bp.post("/records/<key>/receipt")
@allow(Can.OWN_RECORD)
def ask_paper(key: str) -> Response:
    """The same on paper, with its number: a job draws it."""
    found, form = _found(key), Form()
    if found is None:
        return _elsewhere(key)
    if not form.validate_on_submit():
        return _receipt(key, 422)
    if matching.lacks(found.name, access.account().name):
        return _receipt(key, 409, words.say(Refused("name_incomplete")))
    data = paper.of(
        found.unit_name,
        _("自查回执"),
        caption=found.campaign_title,
        rows=[*_rows(found), (_("状态"), _state(found))],
        number=(_("回执编号"), receipts.number(found.check_key)),
        notes=[_("辅导员和学籍科可以在自己的名单上核对这个编号。"), _("这张回执只说明核对的情况，不证明学籍。")],
    )
    try:
        asked = papers.ask(access.account(), "receipt", data, name="receipt", back=url_for("checks.receipt", key=key))
    except Refused as refusal:
        return _receipt(key, 409, words.say(refusal))
    return go(url_for("papers.paper", key=asked.key))


def _found(key: str) -> OwnRecord | None:
    """The record with its check; None where there is nothing to receive yet."""
    if records.gate_due(access.account()):
        return None
    found = records.find(key, access.account(), access.actor()) or abort(404)
    return None if found.check_key is None or found.seen is None else found


def _elsewhere(key: str) -> Response:
    gate = records.gate_due(access.account())
    return redirect(url_for("records.gate") if gate else url_for("records.record", key=key), 303)


def _receipt(key: str, status: int = 200, said: str = "") -> Response | None:
    found = _found(key)
    if found is None:
        return None
    return show(
        "checks/receipt.html",
        status,
        record=found,
        rows=_rows(found),
        late=_is_late(found),
        number=receipts.number(found.check_key),
        form=Form(),
        said=said,
    )


def _rows(found: OwnRecord) -> list[tuple[str, str]]:
    """What the receipt tells, on the screen and on paper, as (label, value)."""
    last = checks.moved(found, found.held_since, found.held_days)
    seen = told.moment(found.seen)
    rows = [
        (_("自查"), found.campaign_title),
        (_("学校"), found.unit_name),
        (_("姓名"), names.masked(found.name)),
        (_("学号"), found.student_number or "—"),
        (_("班级"), found.klass or "—"),
        (_("查看时间"), _("%(time)s，已逾期", time=seen) if _is_late(found) else seen),
    ]
    if found.confirmed:
        rows.append((_("确认时间"), told.moment(found.confirmed)))
    if last:
        rows.append((_("截止"), f"{told.day(last)} 24:00"))
    return rows + _reported(found)


def _reported(found: OwnRecord) -> list[tuple[str, str]]:
    """What was reported last is with whom since when, and by when it is answered (R-CHK-06)."""
    newest = handling.newest(found.id)
    if newest is None:
        return []
    lines = report_words.line(*newest)
    return [(title, time[1] if time else text or "—") for _state, title, text, time in lines]


def _state(found: OwnRecord) -> str:
    if found.check_state == "confirmed":
        return _("自查完成，全部正确")
    return _("已查看，反馈处理中") if found.check_state == "reported" else _("已查看，还没有确认")


def _is_late(found: OwnRecord) -> bool:
    last = checks.moved(found, found.held_since, found.held_days)
    return last is not None and clock.shown(found.seen).date() > last
