"""Campaigns later: calling up their students, and the board of every evening (R-CHK-01, R-CHK-08)."""

from webapp.domain import campaigns, clock, progress, province
from webapp.jobs.registry import Outside, every, job
from webapp.models.school import Campaign


@job("campaigns.call_up")
def call_up(outside: Outside, key: str) -> None:
    """Give everybody in the campaign's scope a check; done twice, nothing more happens."""
    campaign = Campaign.by_key(key)
    if campaign is not None and not campaign.closed:
        campaigns.call_up(campaign)


@every(minute="55", hour="15")
def keep_boards(outside: Outside) -> None:
    """At 23:55 in China, keep how each running campaign stands, so that tomorrow can say what today did."""
    for campaign in Campaign.select().where(~Campaign.closed & (Campaign.kind == "check") & Campaign.starts.is_null(False)):
        progress.keep(campaign, clock.today())
        province.keep(campaign, clock.today())
