"""A report on its way: from the student over the college to the records office, with who had it since when (R-CHK-06).

Not here: writing and answering it (`reported.py`), and the lists in which staff read it (`inbox.py`).
"""

from collections.abc import Sequence

from webapp.domain import checks, clock
from webapp.domain.permissions import Actor
from webapp.domain.refused import Refused
from webapp.domain.reported import REPORT, due
from webapp.models.base import transaction
from webapp.models.checks import WAITING, Check, Report, ReportStep
from webapp.models.school import Campaign
from webapp.models.staff import Staff

REMARK = 200
"""Characters that a college or a counsellor sends along."""

AT_ONCE = 200
"""Reports that are handed on in one press."""


def forward(report: Report, actor: Actor, staff: Staff, remark: str = "") -> Report:
    """学院已汇总: a counsellor or a college looked at it and hands it to the records office, with a remark for its eyes.

    Raises Refused: remark_long (most, over), moved_on, not_allowed.
    """
    if len(remark) > REMARK:
        raise Refused("remark_long", field="remark", most=REMARK, over=len(remark) - REMARK)
    return _move(report, "forward", actor, staff, remark)


def forward_all(reports: Sequence[Report], actor: Actor, staff: Staff) -> int:
    """Hand on every one of these that nobody handed on meanwhile. Returns how many."""
    done = 0
    for report in reports:
        try:
            forward(report, actor, staff)
        except Refused as refusal:
            if refusal.code != "moved_on":
                raise
        else:
            done += 1
    return done


def take(report: Report, actor: Actor, staff: Staff) -> Report:
    """处理中: the records office works on it, whether a college handed it on or not. Raises Refused: moved_on, not_allowed."""
    return _move(report, "take", actor, staff)


def _move(report: Report, move: str, actor: Actor, staff: Staff, remark: str = "") -> Report:
    with transaction():
        if check := report.check_row:
            check.locked()  # before the report, as `reported.report` does: two who began with theirs would wait
        moved = REPORT.move(report, move, actor)
        step = ReportStep(report=moved, move=move, staff=staff, at=clock.now())
        step.note = remark or None
        step.save(force_insert=True)
        if check:
            checks.tell(check, f"report_{moved.state}")
    return moved


def steps(report: Report) -> list[ReportStep]:
    """The steps in their order, each with who made it."""
    query = ReportStep.select(ReportStep, Staff).join(Staff).where(ReportStep.report == report)
    return list(query.order_by(ReportStep.id))


def newest(record_id: int) -> tuple[Report, list[ReportStep]] | None:
    """The newest report of a record with its steps, for its holder; None where nothing was reported."""
    report = Report.select().where(Report.record == record_id).order_by(Report.id.desc()).first()
    return (report, steps(report)) if report else None


def late(report: Report) -> bool:
    """Is the answer owed since before now?"""
    return report.state in WAITING and report.due is not None and report.due < clock.now()


def due_anew(campaign: Campaign) -> None:
    """The campaign's last day was moved: so is that of every answer that is still owed."""
    mine = Report.check_row.in_(Check.select(Check.id).where(Check.campaign == campaign.id))
    with transaction():
        Report.update(due=due(campaign.ends)).where(Report.state.in_(WAITING) & mine).execute()
