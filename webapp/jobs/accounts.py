"""What visits leave behind, forgotten every hour: old log-ins, looks, sent messages, ended sessions, drafts, codes,
counters, kept promises.

Not here: how long each is kept (`sweep` of each module, and `domain/defaults.py`).
"""

from webapp.domain import captchas, codes, drafts, journal, limits, login, sessions, traces
from webapp.domain.recovery import cases
from webapp.domain.reports import requests
from webapp.jobs.registry import Outside, every

SWEEPS = (
    login.sweep,
    sessions.sweep,
    drafts.sweep,
    codes.sweep,
    captchas.sweep,
    limits.sweep,
    cases.sweep,
    traces.sweep,
    journal.sweep,
    requests.sweep,
)


@every(minute="17")
def forget_what_accounts_left(outside: Outside) -> None:
    """Drop what has outlived its time (R-ACC-49)."""
    for sweep in SWEEPS:
        sweep()
