"""失信行为名单: an entry ends by itself on its day (R-CRT-41)."""

from contextlib import suppress

from webapp.domain.certification import discredit, discredited
from webapp.domain.refused import Refused
from webapp.jobs.registry import Outside, every


@every(minute="5", hour="16")
def end_entries(outside: Outside) -> int:
    """At 0:05 in China; who applies is let in from midnight, whether this ran or not. Returns how many ended."""
    over = discredited.over()
    for entry in over:
        with suppress(Refused):  # another worker was faster
            discredit.end(entry)
    return len(over)
