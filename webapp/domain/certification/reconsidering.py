"""申请复议: a refusal is looked at again, once, by somebody else, on new papers (R-CRT-38, R-CRT-39).

Not here: deciding it, which the agency does (`deciding.py`), nor the pictures themselves (`materials.py`).
"""

from datetime import datetime, timedelta

from webapp.domain import clock, defaults, workdays
from webapp.domain.certification import materials, steps
from webapp.domain.permissions import Actor
from webapp.domain.refused import Refused
from webapp.domain.reports.issuing import last_day
from webapp.models.base import transaction
from webapp.models.certification import ApplicationItem, ItemStep, Material

LEAST, MOST = 10, 1000
"""Characters of what the applicant says."""

SLOT = "other"
"""Where new papers go."""


def until(item: ApplicationItem) -> datetime:
    """The last second, UTC, of the day in China that is so many months after the decision."""
    day = last_day(defaults.value("crt.reconsider_months"), clock.shown(item.decided).date())
    return clock.day_bounds(day)[1] - timedelta(seconds=1)


def is_open(item: ApplicationItem) -> bool:
    """Is it offered?"""
    return item.state == "refused" and clock.now() <= until(item)


def brought(item: ApplicationItem) -> list[Material]:
    """The pictures that were added since the refusal."""
    return [one for one in materials.of(item) if materials.loose(item, one)]


def check(item: ApplicationItem) -> None:
    """May it be asked for now? Raises Refused: reconsider_once, reconsider_late (until), moved_on (nothing was refused)."""
    if item.state in ("reconsider", "upheld") or was_asked(item):
        raise Refused("reconsider_once")
    if item.state != "refused":
        raise Refused("moved_on", state=item.state)
    if clock.now() > until(item):
        raise Refused("reconsider_late", until=until(item))


def was_asked(item: ApplicationItem) -> bool:
    return ItemStep.select().where((ItemStep.item == item) & (ItemStep.move == "reconsider")).exists()


def ask(item: ApplicationItem, actor: Actor, text: str) -> ApplicationItem:
    """申请复议, with what speaks for it in words and at least one new picture. Of two taps one goes through.

    Raises Refused: reconsider_text (least, most), reconsider_nothing_new, as `check`, not_allowed.
    """
    text = text.strip()
    if not LEAST <= len(text) <= MOST:
        raise Refused("reconsider_text", least=LEAST, most=MOST)
    with transaction():
        item = item.locked()
        check(item)
        if not any(materials.readable(one) for one in brought(item)):
            raise Refused("reconsider_nothing_new")
        at = clock.now()
        due = workdays.due(at, defaults.value("crt.workdays"))
        changes = {"round": item.round + 1, "since": at, "due": due, "holder": None, "lease": None}
        return steps.make(item, "reconsider", actor, note=text, **changes)
