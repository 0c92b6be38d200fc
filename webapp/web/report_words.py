"""信息有误 in words: its states, and its way from the student to the answer as a line of steps, for holder and staff.

Not here: what was reported and what the school answered.
"""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.domain import clock, handling
from webapp.models.checks import Report, ReportStep
from webapp.web import told

STATES = {
    "open": ("warn", _l("已反馈")),
    "gathered": ("info", _l("学院已汇总")),
    "working": ("info", _l("处理中")),
    "fixed": ("ok", _l("已更正")),
    "kept": ("ok", _l("不予更正")),
}
"""Pills by state, and by outcome once it was answered."""

Item = tuple[str, str, str, tuple[str, str] | None]


def pill(report: Report) -> tuple[str, str]:
    kind, words = STATES[report.outcome if report.state == "answered" else report.state]
    return kind, str(words)


def line(report: Report, steps: Sequence[ReportStep], named: bool = False) -> list[Item]:
    """The steps for the macro `timeline`; colleagues and their remarks are `named` to staff alone."""
    made = {step.move: step for step in steps}
    items: list[Item] = [("done", _("已反馈"), "", _at(report.created))]
    for move, words, state in (("forward", _("学院已汇总，转到学籍科"), "open"), ("take", _("学籍科处理中"), "gathered")):
        if step := made.get(move):
            items.append(("done", words, _who(step) if named else "", _at(step.at)))
        elif report.state == state:
            items.append(("now", _("等学院汇总") if move == "forward" else _("等学籍科处理"), "", None))
    if report.state == "answered":
        return [*items, ("done", pill(report)[1], report.staff.name if named else "", _at(report.answered))]
    return [*items, ("now" if report.state == "working" else "next", _("答复"), due(report), None)]


def due(report: Report) -> str:
    """By when the school answers, and that it did not."""
    if report.due is None:
        return ""
    day = told.short_day(clock.shown(report.due).date())
    return _("应在 %(day)s前答复，已经过期", day=day) if handling.late(report) else _("最晚 %(day)s答复", day=day)


def _who(step: ReportStep) -> str:
    return _("%(who)s：%(what)s", who=step.staff.name, what=step.note) if step.note else step.staff.name


def _at(moment: datetime) -> tuple[str, str]:
    return f"{clock.shown(moment).isoformat()}+08:00", told.moment(moment)
