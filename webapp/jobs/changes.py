"""What a change promised: a new phone after the time to object, an account closed after the time to think.

Not here: what happens then (`domain/changes/`).
"""

from webapp.domain.changes import closing, requests, reviews
from webapp.domain.signups import finishing
from webapp.jobs.registry import Outside, every, job


@job("changes.make")
def make(outside: Outside, key: str) -> None:
    """When the old contacts have had their time to stop it."""
    reviews.make(key)


@job("accounts.close")
def close(outside: Outside, key: str) -> None:
    """Seven days after its holder asked, unless taken back."""
    closing.finish(key)


@every(minute="23")
def end_what_waited_too_long(outside: Outside) -> None:
    """Changes for which nobody came, and sign-ups that nobody finished."""
    requests.sweep()
    finishing.sweep()
