"""Every rate limit by name, in one table, and the one way to spend from it.

Limits that refuse belong to a phone, an account or an identity. One for a network only steps up to a puzzle or a
captcha: three hundred students behind one address all finish.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from webapp.domain import clock, defaults
from webapp.domain.refused import Refused
from webapp.models import keys
from webapp.models.base import on_sqlite, transaction
from webapp.models.journal import Bucket

HOUR = timedelta(hours=1)
DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` in any `window`; `most` may name a setting. `code` is how it refuses."""

    most: int | str
    window: timedelta
    code: str

    def allowed(self) -> int:
        return defaults.value(self.most) if isinstance(self.most, str) else self.most


LIMITS: dict[str, Limit] = {
    "sms:phone": Limit("sms.max_phone", DAY, "sms_limit"),
    "sms:purpose": Limit("sms.max_purpose", DAY, "sms_limit"),
    "sms:wrong": Limit(20, DAY, "code_tries_day"),
    "sms:network": Limit(20, HOUR, "step_up"),
    "sms:site_hour": Limit("sms.per_hour", HOUR, "sms_busy"),
    "identity:phone": Limit(5, DAY, "identity_tries"),
    "login:account_network": Limit("acc.lock_failures", timedelta(minutes=30), "login_locked"),
    "login:account": Limit(10, timedelta(minutes=15), "login_slow"),
    "login:network": Limit(20, timedelta(minutes=1), "step_up"),
    "staff:login": Limit(5, timedelta(minutes=10), "staff_locked"),
    "school:account": Limit("bnd.school_tries", DAY, "school_tries"),
    "manual:account": Limit(10, DAY, "manual_tries"),
    "email:account": Limit(5, DAY, "email_limit"),
    "captcha:network": Limit(600, HOUR, "step_up"),
    "export:staff": Limit(30, DAY, "export_limit"),
}


def spend(name: str, subject: str, times: int = 1) -> None:
    """Count one use; Refused(code, until=…, most=…) when the window is full, and then nothing is counted.

    Counters live in the database: a restart forgets nothing, and two processes share them.
    """
    limit = LIMITS[name]
    at = clock.now()
    with transaction():
        row, stamps = _held(name, subject, at - limit.window)
        if len(stamps) + times > limit.allowed():
            raise Refused(limit.code, until=_free_at(stamps, limit, times), most=limit.allowed())
        stamps += [clock.seconds(at)] * times
        Bucket.update(stamps=" ".join(map(str, stamps)), until=at + limit.window).where(Bucket.id == row.id).execute()


def left(name: str, subject: str) -> int:
    """How many uses the window still has."""
    limit = LIMITS[name]
    row = Bucket.get_or_none((Bucket.name == name) & (Bucket.subject == _subject(name, subject)))
    return limit.allowed() - (len(_live(row.stamps, clock.now() - limit.window)) if row else 0)


def used_up(name: str, subject: str) -> bool:
    return left(name, subject) <= 0


def clear(name: str, subject: str) -> None:
    """Forget what was counted: after a success, or when the holder recovered the account."""
    Bucket.delete().where((Bucket.name == name) & (Bucket.subject == _subject(name, subject))).execute()


def sweep() -> int:
    """Drop buckets whose window has passed. Returns how many."""
    return Bucket.delete().where(Bucket.until < clock.now()).execute()


def _subject(name: str, subject: str) -> str:
    return keys.blind(f"limit|{name}", subject)


def _held(name: str, subject: str, since: datetime) -> tuple[Bucket, list[int]]:
    hashed = _subject(name, subject)
    Bucket.insert(name=name, subject=hashed, until=since).on_conflict_ignore().execute()
    query = Bucket.select().where((Bucket.name == name) & (Bucket.subject == hashed))
    row = (query if on_sqlite() else query.for_update()).get()
    return row, _live(row.stamps, since)


def _live(stamps: str, since: datetime) -> list[int]:
    edge = clock.seconds(since)
    return [stamp for stamp in map(int, stamps.split()) if stamp > edge]


def _free_at(stamps: list[int], limit: Limit, times: int) -> datetime:
    due = len(stamps) + times - limit.allowed() - 1
    oldest = stamps[due] if due < len(stamps) else stamps[-1] if stamps else clock.seconds(clock.now())
    return clock.moment(oldest) + limit.window
