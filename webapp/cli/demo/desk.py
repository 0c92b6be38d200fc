"""What the demo's desk has behind it: the province that looks on, the boards of the evenings, lists that were taken away."""

from datetime import timedelta

from webapp.cli.demo import evenings
from webapp.domain import clock, exports, second_factor, sessions
from webapp.models.school import Campaign, Unit
from webapp.models.staff import Grant, Staff

WATCHERS = (("sheng", "省教育厅 郑老师"), ("sheng2", "省教育厅 钱老师"))
"""Logins and names of those who look on the first school's province: its decisions need two."""

TAKEN = (("unfinished", "remind", 46), ("errors", "correct", 11))
"""Lists, what for, and how many lines they had."""


def make(unit: Unit, officer: Staff) -> None:
    """Boards of the evenings and the officer's lists of one school."""
    actor = sessions.staff_actor(officer)
    for campaign in Campaign.select().where((Campaign.unit == unit) & (Campaign.kind == "check")):
        evenings.keep(campaign)
    for kind, reason, rows in TAKEN:
        exports.counted(exports.write_down(actor, unit, kind, reason), rows)


def make_watchers(unit: Unit, password_hash: str) -> None:
    """Those of the province in which a school lies."""
    at = clock.now()
    for login, name in WATCHERS:
        watcher = Staff(login=login, name=name, password_hash=password_hash, created=at, used=at)
        watcher.totp = second_factor.new_secret()
        watcher.save(force_insert=True)
        Grant.create(staff=watcher, role="P", province=unit.province, starts=at - timedelta(days=7))
