"""Reminders later: keeping those that were promised, and asking by the clock whose end is near (R-CHK-14)."""

from webapp.domain.reminders import choosing, telling
from webapp.jobs.registry import Outside, every, job, still_running
from webapp.models.school import Campaign


def ways(outside: Outside) -> list[str]:
    """What this site can send by."""
    return [way for way in ("sms", "mail") if getattr(outside.settings, way) != "none"]


@job("reminders.keep", apart=True)
def keep(outside: Outside) -> None:
    """Tell everybody whose reminder was promised and not kept yet, whoever promised it."""
    telling.keep(ways(outside), still_running)


@every(minute="5", hour="1-11")
def remind_by_the_clock(outside: Outside) -> None:
    """Every hour from 9:05 to 19:05 in China, so that a machine that was off in the morning loses nothing."""
    running = ~Campaign.closed & (Campaign.kind == "check") & Campaign.starts.is_null(False)
    for campaign in Campaign.select().where(running):
        choosing.by_the_clock(campaign)
