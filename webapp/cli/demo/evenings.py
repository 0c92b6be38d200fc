"""How the demo's self-check went until now: the boards of every evening since it began, by what students have done since.

Not here: what they did (`story.py`).
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from peewee import JOIN

from webapp.domain import clock
from webapp.models.accounts import OWNING, Account
from webapp.models.checks import Check, Snapshot
from webapp.models.desk import Evening
from webapp.models.records import Record
from webapp.models.school import Campaign

Student = tuple[int | None, str, object, object]
"""Class, state of the check, when it was seen, when the student registered."""


def keep(campaign: Campaign) -> None:
    """A board a day, from the first to yesterday, for the whole school and for each class."""
    owner = (Account.identity_index == Record.identity_index) & Account.state.in_(OWNING)
    columns = (Check.klass, Check.state, Check.seen, Account.created)
    query = Check.select(*columns).join(Record).join(Account, JOIN.LEFT_OUTER, on=owner)
    students = list(query.where((Check.campaign == campaign) & (Check.state != "exempt")).tuples())
    for day in _days(campaign):
        whole: dict[str, int] = defaultdict(int)
        for klass, counts in _counted(students, day).items():
            registered = counts.pop("registered")
            Snapshot.create(campaign=campaign, klass=klass, day=day, counts=json.dumps(counts))
            for name, many in {**counts, "registered": registered}.items():
                whole[name] += many
        del whole["unseen"]
        Evening.create(campaign=campaign, day=day, **whole)


def _days(campaign: Campaign) -> Iterator[date]:
    day = campaign.starts
    while day < clock.today():
        yield day
        day += timedelta(days=1)


def _counted(students: list[Student], day: date) -> dict[int | None, dict[str, int]]:
    """Each class at the end of the day; what was reported is taken for older than that."""
    _, night = clock.day_bounds(day)
    found: dict[int | None, dict[str, int]] = {}
    for klass, state, seen, joined in students:
        row = found.setdefault(klass, dict.fromkeys(("due", "done", "wrong", "unseen", "held", "registered"), 0))
        done = seen is not None and seen < night
        row["due"] += 1
        row["done" if done else "unseen"] += 1
        row["wrong"] += done and state == "reported"
        row["registered"] += joined is not None and joined < night
    return found
