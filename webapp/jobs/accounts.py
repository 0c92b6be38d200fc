"""What the accounts leave behind, forgotten every hour: log-ins after 180 days, ended sessions, drafts, codes, counters.

Not here: how long each is kept (`sweep` of each module, and `domain/defaults.py`).
"""

from webapp.domain import captchas, codes, drafts, limits, login, sessions
from webapp.jobs.registry import Outside, every

SWEEPS = (login.sweep, sessions.sweep, drafts.sweep, codes.sweep, captchas.sweep, limits.sweep)


@every(minute="17")
def forget_what_accounts_left(outside: Outside) -> None:
    """Drop what has outlived its time (R-ACC-49)."""
    for sweep in SWEEPS:
        sweep()
