"""What comes to an end by itself at the desk: meetings that nobody finished, slips that nobody used.

Not here: what ends them (`domain/in_person.py`, `domain/slips.py`).
"""

from webapp.domain import in_person, slips
from webapp.jobs.registry import Outside, every


@every(minute="*/10")
def end_meetings(outside: Outside) -> None:
    in_person.sweep()


@every(minute="41")
def end_slips(outside: Outside) -> None:
    slips.sweep()
