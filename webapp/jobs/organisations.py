"""Looks up the codes that an organisation handed in at once; forgets such lists and refused applications (R-RPT-24)."""

from webapp.domain.organisations import applying, lists
from webapp.jobs import registry
from webapp.jobs.registry import Outside, every, job


@job("organisations.check_list")
def check_list(outside: Outside, key: str, network: str) -> None:
    """A list of 5,000 takes some ten seconds, in portions: others write in between."""
    while lists.work(key, network):
        registry.still_running()


@every(minute="35")
def forget_organisations(outside: Outside) -> int:
    return lists.sweep() + applying.sweep()
