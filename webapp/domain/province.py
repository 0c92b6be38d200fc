"""A province over its schools: how many have registered and checked, school by school, read only (R-SCH-25).

Not here: the students, whom a province does not see, and corrections, which it decides (`corrections/`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from peewee import fn

from webapp.domain import progress
from webapp.domain.progress import Counts, View
from webapp.models import keyset, scope
from webapp.models.base import transaction
from webapp.models.desk import Evening
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.school import Campaign, College, Unit
from webapp.models.staff import Grant

CHECK = "check"
"""The kind of campaign that is a self-check."""


@dataclass(frozen=True, slots=True)
class Rates:
    """应查, 已查, 有误, 卡住 and who has an account, at the end of a day (`day` none: right now)."""

    due: int
    done: int
    wrong: int
    held: int
    registered: int
    day: date | None = None

    @property
    def checked(self) -> int:
        """Whole percent of those due who checked, rounded down."""
        return 100 * self.done // self.due if self.due else 0

    @property
    def joined(self) -> int:
        """Whole percent of those due who have an account."""
        return 100 * self.registered // self.due if self.due else 0


@dataclass(frozen=True, slots=True)
class School:
    """A line of the list: the school's campaign that comes first, and its rates of the last evening, if any was kept."""

    unit: Unit
    campaign: Campaign | None
    rates: Rates | None


def schools(grants: Sequence[Grant], place: Place = FIRST) -> Page:
    """The schools in reach by their code; what they have done is as it was kept of an evening, so that nobody is counted."""
    page = keyset.cut(Unit.select().where(Unit.id.in_(scope.units(grants))), (Unit.code, Unit.id), place)
    first: dict[int, Campaign] = {}
    for campaign in _checks([Grant(unit=unit) for unit in page.rows]):
        first.setdefault(campaign.unit_id, campaign)
    kept = _last([campaign.id for campaign in first.values()])
    lines = [(unit, first.get(unit.id)) for unit in page.rows]
    return page._replace(rows=[School(unit, one, kept.get(one.id) if one else None) for unit, one in lines])


def total(grants: Sequence[Grant]) -> Rates | None:
    """All running campaigns of the schools in reach together, on the last evening that was kept."""
    mine = Campaign.unit.in_(scope.units(grants)) & ~Campaign.closed & (Campaign.kind == CHECK)
    day = Evening.select(fn.MAX(Evening.day)).join(Campaign).where(mine).scalar()
    if day is None:
        return None
    columns = (Evening.due, Evening.done, Evening.wrong, Evening.held, Evening.registered)
    summed = Evening.select(*map(fn.SUM, columns)).join(Campaign).where(mine & (Evening.day == day)).tuples().get()
    return Rates(*map(int, summed), day=day)


def school(grants: Sequence[Grant], key: str) -> Unit | None:
    return Unit.get_or_none((Unit.key == key) & Unit.id.in_(scope.units(grants)))


def campaigns(unit: Unit) -> list[Campaign]:
    """The school's self-checks, the running ones first."""
    return _checks([Grant(unit=unit)])


def rates(campaign: Campaign) -> tuple[Rates, list[tuple[str, Counts]]]:
    """A campaign as it stands now, whole and by college; those without a college stand under an empty name."""
    view = _whole(campaign)
    counted = progress.counts(view)
    by_college: dict[int | None, Counts] = {}
    for (college, _klass), row in counted.items():
        by_college[college] = by_college.get(college, Counts()).plus(row)
    named = progress.places(College, by_college)
    lines = [(named[college].name if college in named else "", row) for college, row in by_college.items()]
    lines.sort(key=lambda line: (line[1].done / (line[1].due or 1), line[0]))
    return _rates(view, progress.total(counted.values())), lines


def keep(campaign: Campaign, day: date) -> None:
    """How a self-check stood at the end of a day. Kept once; a second time changes nothing."""
    if campaign.kind != CHECK:
        return
    view = _whole(campaign)
    found = _rates(view, progress.total(progress.counts(view).values()))
    with transaction():
        if not Evening.select().where((Evening.campaign == campaign) & (Evening.day == day)).exists():
            numbers = {name: getattr(found, name) for name in ("due", "done", "wrong", "held", "registered")}
            Evening.create(campaign=campaign, day=day, **numbers)


def _checks(grants: Sequence[Grant]) -> list[Campaign]:
    return [campaign for campaign in progress.campaigns(grants) if campaign.kind == CHECK]


def _whole(campaign: Campaign) -> View:
    return View(campaign, (Grant(unit=campaign.unit_id),))


def _rates(view: View, counts: Counts) -> Rates:
    strangers = counts.unseen - progress.registered(view)
    return Rates(counts.due, counts.done, counts.wrong, counts.held, counts.due - strangers)


def _last(campaigns: list[int]) -> dict[int, Rates]:
    """What was last kept of each campaign."""
    newest = Evening.select(Evening.campaign, fn.MAX(Evening.day).alias("day")).where(Evening.campaign.in_(campaigns))
    newest = newest.group_by(Evening.campaign).alias("newest")
    query = Evening.select().join(newest, on=(Evening.campaign == newest.c.campaign_id) & (Evening.day == newest.c.day))
    return {one.campaign_id: Rates(one.due, one.done, one.wrong, one.held, one.registered, one.day) for one in query}
