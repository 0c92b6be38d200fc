"""Every rate limit by name, in one table, and the one way to spend from it.

Limits that refuse belong to a phone, an account or an identity. One for a network only steps up to a puzzle or a
captcha: three hundred students behind one address all finish.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from webapp.domain import clock, defaults
from webapp.domain.refused import Refused
from webapp.models import entrance, keys
from webapp.models.base import transaction
from webapp.models.entrance import BucketRow
from webapp.models.journal import Bucket

HOUR = timedelta(hours=1)
DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` in any `window`; `most` may name a setting, `window` one of minutes. `code` is how it refuses."""

    most: int | str
    window: timedelta | str
    code: str

    def allowed(self) -> int:
        return defaults.value(self.most) if isinstance(self.most, str) else self.most

    def span(self) -> timedelta:
        return timedelta(minutes=defaults.value(self.window)) if isinstance(self.window, str) else self.window


LIMITS: dict[str, Limit] = {
    "sms:phone": Limit("sms.max_phone", DAY, "sms_limit"),
    "sms:purpose": Limit("sms.max_purpose", DAY, "sms_limit"),
    "sms:wrong": Limit(20, DAY, "code_tries_day"),
    "sms:network": Limit(20, HOUR, "step_up"),
    "sms:site_hour": Limit("sms.per_hour", HOUR, "sms_busy"),
    "sms:site_reserve": Limit("sms.reserve", HOUR, "sms_busy"),
    "identity:phone": Limit(3, DAY, "identity_tries"),
    "identity:told": Limit(1, DAY, "identity_tries"),
    "login:account_network": Limit("acc.lock_failures", timedelta(minutes=30), "login_locked"),
    "login:lock": Limit(1, "acc.lock_minutes", "login_locked"),
    "login:told": Limit(1, DAY, "step_up"),
    "login:account": Limit(10, timedelta(minutes=15), "login_slow"),
    "login:network": Limit(20, timedelta(minutes=1), "step_up"),
    "staff:login": Limit(5, timedelta(minutes=10), "staff_locked"),
    "staff:second": Limit(5, timedelta(minutes=10), "staff_locked"),
    "staff:told": Limit(1, DAY, "staff_locked"),
    "school:account": Limit("bnd.school_tries", DAY, "school_tries"),
    "manual:account": Limit(10, DAY, "manual_tries"),
    "recovery:name": Limit(5, HOUR, "recovery_tries"),
    "recovery:told": Limit(1, DAY, "recovery_tries"),
    "recovery:sms": Limit("sms.max_purpose", DAY, "recovery_tries"),
    "recovery:mail": Limit(5, DAY, "recovery_tries"),
    "recovery:answers": Limit(5, DAY, "recovery_tries"),
    "recovery:answers_all": Limit(5, DAY, "recovery_tries"),
    "recovery:codes": Limit(5, DAY, "recovery_tries"),
    "recovery:codes_all": Limit(5, DAY, "recovery_tries"),
    "email:account": Limit(5, DAY, "email_limit"),
    "claim:told": Limit(1, DAY, "identity_tries"),
    "photo:account": Limit(60, DAY, "photos_many"),
    "evidence:account": Limit(60, DAY, "photos_many"),
    "material:account": Limit(500, DAY, "photos_many"),
    "record:account": Limit("dup.record_tries_day", DAY, "record_tries"),
    "classmate:account": Limit(10, DAY, "classmate_tries"),
    "face:identity": Limit(4, DAY, "face_tries_day"),
    "handoff:network": Limit(20, timedelta(minutes=10), "step_up"),
    "shots:check": Limit(60, HOUR, "shots_often"),
    "person:phone": Limit(5, DAY, "sms_limit"),
    "meeting:number": Limit(10, timedelta(minutes=15), "number_tries"),
    "meeting:card": Limit(5, DAY, "card_tries"),
    "slip:phone": Limit(5, DAY, "slip_tries"),
    "change:account": Limit(5, DAY, "change_limit"),
    "signup:email": Limit(5, DAY, "email_limit"),
    "signup:resume": Limit(10, DAY, "resume_limit"),
    "export:staff": Limit(30, DAY, "export_limit"),
    "report:account": Limit(20, DAY, "report_limit"),
    "report:pin": Limit(5, DAY, "report_pin_limit"),
    "report:asked": Limit(3, DAY, "report_asked_limit"),
    "report:mails": Limit(5, DAY, "report_mail_limit"),
    "certified:network": Limit(20, HOUR, "step_up"),
    "certified:number": Limit(60, DAY, "certified_limit"),
    "certified:application": Limit(20, DAY, "certified_limit"),
    "receipt:network": Limit("rpt.receipts_day_ip", DAY, "step_up"),
    "member:minute": Limit(120, timedelta(minutes=1), "member_busy"),
    "transfer:account": Limit(10, DAY, "transfer_limit"),
    "transfer:code": Limit(5, DAY, "transfer_codes"),
    "paper:owner": Limit(60, DAY, "paper_limit"),
    "remind:address": Limit(1, HOUR * 12, "remind_limit"),
    "ask:account": Limit(10, DAY, "ask_limit"),
    "ask:contact": Limit(5, DAY, "ask_limit"),
    "ticket:alert": Limit(1, DAY, "ask_limit"),
    "message:test": Limit(20, DAY, "message_test_limit"),
    "letter:ack": Limit(3, DAY, "ask_limit"),
    "pay:forged": Limit(1, HOUR, "step_up"),
}


def spend(name: str, subject: str, times: int = 1) -> None:
    """Count one use; Refused(code, until=…, most=…) when the window is full, and then nothing is counted.

    Counters live in the database: a restart forgets nothing, and two processes share them.
    """
    limit = LIMITS[name]
    at = clock.now()
    with transaction():
        row, stamps = _held(name, subject, at - limit.span())
        if len(stamps) + times > limit.allowed():
            raise Refused(limit.code, until=_free_at(stamps, limit, times), most=limit.allowed())
        _keep(row, [*stamps, *[clock.seconds(at)] * times], at + limit.span())


def note(name: str, subject: str) -> None:
    """Count one use that has happened already, whether the window is full or not."""
    at = clock.now()
    with transaction():
        row, stamps = _held(name, subject, at - LIMITS[name].span())
        _keep(row, [*stamps, clock.seconds(at)], at + LIMITS[name].span())


def settle(name: str, subject: str) -> None:
    """What was tried came right: forget the failures before it. Refused as by `spend` when they filled the window meanwhile."""
    with transaction():
        for row in entrance.bucket_held(name, _subject(name, subject)):
            check(name, subject)
            _keep(row, [], clock.now())


def check(name: str, subject: str) -> None:
    """Refused as by `spend` when the window is full; counts nothing."""
    limit = LIMITS[name]
    stamps = _stamps(name, subject)
    if len(stamps) >= limit.allowed():
        raise Refused(limit.code, until=_free_at(stamps, limit, 1), most=limit.allowed())


def pause(name: str, subject: str, longest: int) -> int:
    """Seconds still to wait once the window is full: 1 after the first use that fills it, doubling up to `longest`."""
    stamps = _stamps(name, subject)
    over = len(stamps) - LIMITS[name].allowed()
    if over < 0:
        return 0
    return max(0, stamps[-1] + min(2**over, longest) - clock.seconds(clock.now()))


def left(name: str, subject: str) -> int:
    """How many uses the window still has."""
    return LIMITS[name].allowed() - len(_stamps(name, subject))


def used_up(name: str, subject: str) -> bool:
    return left(name, subject) <= 0


def clear(name: str, subject: str) -> None:
    """Forget what was counted: after a success, or when the holder recovered the account."""
    entrance.empty_bucket(name=name, subject=_subject(name, subject), stamps="")


def sweep() -> int:
    """Drop buckets whose window has passed. Returns how many."""
    return Bucket.delete().where(Bucket.until < clock.now()).execute()


def _subject(name: str, subject: str) -> str:
    return keys.blind(f"limit|{name}", subject)


def _held(name: str, subject: str, since: datetime) -> tuple[BucketRow, list[int]]:
    hashed = _subject(name, subject)
    entrance.hold_bucket(name=name, subject=hashed, stamps="", until=since)
    (row,) = entrance.bucket(name, hashed)
    return row, _live(row.stamps, since)


def _keep(row: BucketRow, stamps: list[int], until: datetime) -> None:
    entrance.keep_bucket(id=row.id, stamps=" ".join(map(str, stamps)), until=until)


def _stamps(name: str, subject: str) -> list[int]:
    rows = entrance.bucket(name, _subject(name, subject))
    return _live(rows[0].stamps, clock.now() - LIMITS[name].span()) if rows else []


def _live(stamps: str, since: datetime) -> list[int]:
    edge = clock.seconds(since)
    return [stamp for stamp in map(int, stamps.split()) if stamp > edge]


def _free_at(stamps: list[int], limit: Limit, times: int) -> datetime:
    due = len(stamps) + times - limit.allowed() - 1
    oldest = stamps[due] if due < len(stamps) else stamps[-1] if stamps else clock.seconds(clock.now())
    return clock.moment(oldest) + limit.span()
