"""Work accounts from the inside: the invitation, the two steps of logging in, waking up, the own password (R-SYS-10).

Not here: what colleagues do with them (`users.py`), and sessions (`sessions.py`).
"""

import hashlib
import hmac
import secrets
from datetime import timedelta

from webapp.domain import clock, codes, defaults, journal, limits, messages, passwords, second_factor, sessions
from webapp.domain.identity import passwords as good_passwords
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import ALONE, SYSTEM, VISITOR, Actor, Can
from webapp.domain.refused import Refused
from webapp.models import keys
from webapp.models.accounts import Session
from webapp.models.base import transaction
from webapp.models.staff import Grant, Staff

SHORTEST = 12
SHORTEST_ALONE = 15
"""Characters of a password: more for those who keep users or read the history."""


def live_grants(staff: Staff) -> list[Grant]:
    """Grants that hold now or will hold, in the order in which they were given."""
    over = Grant.ends.is_null() | (Grant.ends > clock.now())
    return list(Grant.select().where((Grant.staff == staff) & over).order_by(Grant.id))


def manages(staff: Staff, actor: Actor) -> None:
    """Each role of the other is one that the actor may hand out there, and nobody manages oneself."""
    if staff.key == actor.key:
        raise Refused("own_account")
    held = live_grants(staff) or list(Grant.select().where(Grant.staff == staff))
    if not held or not all(actor.gives(grant.role, grant.unit_id) for grant in held):
        raise Refused("not_yours")


STAFF = Lifecycle(
    Staff,
    Move("sleep", ("active",), "asleep"),
    Move("wake", ("asleep",), "active"),
    Move("rouse", ("asleep",), "active", Can.USERS, (manages,)),
    Move("close", ("active", "asleep"), "closed", Can.USERS, (manages,)),
)
"""`wake` is the person's own (code to the work phone, after both factors), `rouse` one press of the officer."""


def acting(staff: Staff) -> str:
    return f"staff:{staff.key}"


# the invitation


def new_link(staff: Staff, life: timedelta) -> str:
    """Give `staff` (locked, in the caller's transaction) a one-time link, 128 bits; an older one ends. Returns its token."""
    token = secrets.token_urlsafe(16)
    staff.invite, staff.invite_ends = _hash(token), clock.now() + life
    staff.save()
    return token


def invited(token: str) -> Staff | None:
    """Whom an unused link that still holds belongs to."""
    holds = (Staff.invite == _hash(token)) & (Staff.invite_ends > clock.now()) & (Staff.state != "closed")
    return Staff.get_or_none(holds)


def accept(token: str, password: str) -> Staff:
    """Set the password by a one-time link, which ends with it; the second factor is set up afresh afterwards.

    Raises Refused: invite_over, password_* (from `identity/passwords.py`), busy.
    """
    staff = invited(token)
    if staff is None:
        raise Refused("invite_over")
    check_new(staff, password)
    hashed = passwords.hash(password)
    with transaction():
        staff = staff.locked()
        if staff.invite != _hash(token):
            raise Refused("invite_over")
        staff.password_hash, staff.invite, staff.invite_ends = hashed, None, None
        staff.totp_next = second_factor.new_secret()
        second_factor.forget(staff)
        staff.save()
        sessions.end_all(staff)
        journal.record("staff.accept", acting(staff), staff)
    return staff


def shortest(staff: Staff) -> int:
    """Characters that this person's password has at least."""
    return SHORTEST_ALONE if {grant.role for grant in live_grants(staff)} & ALONE else SHORTEST


def check_new(staff: Staff, password: str) -> None:
    """Refuse a password that is short for this person's roles (password_length), common or made of own data."""
    least = shortest(staff)
    if not least <= len(password) <= good_passwords.LONGEST:
        raise Refused("password_length", least=least, most=good_passwords.LONGEST, length=len(password))
    known = [staff.name, staff.login, defaults.value("site.name")]
    good_passwords.check(password, [*known, *filter(None, (staff.phone, staff.email))])


# logging in


def door_mark(staff: Staff) -> str:
    """What a browser keeps, signed, in which this person has come in; it ends with the password."""
    return keys.blind("staff door", f"{staff.key}|{staff.password_hash}")


def _tries(staff: Staff, where: str) -> str:
    """Where this person's own tries count, apart from those of whoever knows the login: nobody else can use them up."""
    return f"{staff.login}|{where}"


def check_password(login: str, password: str, mark: str = "") -> Staff:
    """First step; `mark` is the browser's own. Unknown, closed and wrong answer alike.

    Raises Refused: staff_locked (until), staff_wrong, busy.
    """
    login = login.strip().casefold()
    staff = Staff.get_or_none((Staff.login == login) & (Staff.state != "closed"))
    known = staff is not None and hmac.compare_digest(mark.encode(), door_mark(staff).encode())
    tries = _tries(staff, "known") if known else login
    limits.spend("staff:login", tries)
    kept = staff.password_hash if staff else None
    if not passwords.verify(kept or None, password):
        _wrong("staff:login", tries, staff)
        raise Refused("staff_wrong")
    if passwords.is_dated(kept):
        staff.password_hash = passwords.hash(password)
    with transaction():
        staff.save()
        idle = clock.now() - timedelta(days=defaults.value("staff.sleep_days"))
        if staff.state == "active" and staff.used <= idle:
            staff = STAFF.move(staff, "sleep", SYSTEM)
    return staff


def check_second(staff: Staff, typed: str) -> None:
    """Second step: a time code or a recovery code, used up by this. Raises Refused: staff_locked, code_second."""
    limits.spend("staff:second", staff.login)
    with transaction():
        staff = staff.locked()
        how = second_factor.spend(staff, typed)
        if how == "recovery":
            journal.record("staff.recovery_code", acting(staff), staff, left=second_factor.recovery_left(staff))
    if not how:
        _wrong("staff:second", staff.login, staff)
        raise Refused("code_second")


def enter(staff: Staff, device: str, network: str) -> str:
    """Both steps are done: open the one session; returns its cookie. Raises Refused: staff_asleep, staff_no_role."""
    with transaction():
        staff = staff.locked()
        if staff.state != "active":
            raise Refused("staff_asleep")
        if not sessions.staff_actor(staff).abilities:
            raise Refused("staff_no_role")
        staff.used = clock.now()
        staff.save()
        token = sessions.begin(staff, device, network)
        for name, tries in (("login", staff.login), ("login", _tries(staff, "known")), ("second", staff.login)):
            limits.clear(f"staff:{name}", tries)
        journal.record("staff.enter", acting(staff), staff)
    return token


def leave(actor: Actor, session: Session) -> None:
    """End the session in use; a student's too, who came to the wrong door in this browser."""
    with transaction():
        sessions.end(session)
        if session.staff is not None:
            journal.record("staff.leave", actor.name, session.staff)


def tell(staff: Staff, template: str, **facts: object) -> None:
    """Write to the work mailbox, or where there is none to the work phone; who has neither learns it from the page."""
    if staff.email:
        messages.mail(staff.email, template, language=staff.language, **facts)
    elif staff.phone:
        messages.sms(staff.phone, template, language=staff.language, **facts)


def _wrong(name: str, tries: str, staff: Staff | None) -> None:
    """The last try that the window had locks for a whole window from now on, and the person is told, once a day."""
    if not limits.used_up(name, tries):
        return
    with transaction():
        limits.clear(name, tries)
        limits.spend(name, tries, times=limits.LIMITS[name].allowed())
        if staff is not None:
            if not limits.used_up("staff:told", staff.key):
                limits.spend("staff:told", staff.key)
                tell(staff, "staff_locked", until=clock.now() + limits.LIMITS[name].span())
            journal.record("staff.lock", VISITOR.name, staff, step=name.partition(":")[2])


# the second factor and the password


def set_up(staff: Staff, typed: str) -> list[str]:
    """Prove the secret that was shown: it becomes the second factor. Returns ten recovery codes, to be shown once.

    Raises Refused: moved_on (no secret waits), staff_locked, code_second.
    """
    limits.spend("staff:second", staff.login)
    with transaction():
        staff = staff.locked()
        if staff.totp_next is None:
            raise Refused("moved_on")
        step = second_factor.step_of(staff.totp_next, second_factor.clean(typed), after=0)
        if step is not None:
            staff.totp, staff.totp_step, staff.totp_next = staff.totp_next, step, None
            staff.save()
            codes = second_factor.renew_recovery(staff)
            journal.record("staff.second_factor", acting(staff), staff)
            return codes
    _wrong("staff:second", staff.login, staff)
    raise Refused("code_second")


def begin_new_factor(staff: Staff, typed: str) -> None:
    """Change to another authenticator app: prove the old one or a recovery code; a new secret waits for `set_up`."""
    check_second(staff, typed)
    with transaction():
        staff = staff.locked()
        staff.totp_next = second_factor.new_secret()
        staff.save()
        journal.record("staff.new_factor", acting(staff), staff)


def new_recovery_codes(staff: Staff, typed: str) -> list[str]:
    """Ten new recovery codes against a code of the second factor; the old ones end."""
    check_second(staff, typed)
    with transaction():
        codes = second_factor.renew_recovery(staff.locked())
        journal.record("staff.new_codes", acting(staff), staff)
    return codes


def change_password(staff: Staff, current: str, new: str, session: Session) -> None:
    """A new password against the current one; every other session ends. Raises Refused: staff_locked, staff_current."""
    tries = _tries(staff, "inside")
    limits.spend("staff:login", tries)
    if not passwords.verify(staff.password_hash or None, current):
        _wrong("staff:login", tries, staff)
        raise Refused("staff_current", field="current")
    check_new(staff, new)
    hashed = passwords.hash(new)
    with transaction():
        Staff.update(password_hash=hashed).where(Staff.id == staff.id).execute()
        sessions.end_all(staff, but=session)
        limits.clear("staff:login", tries)
        journal.record("staff.password", acting(staff), staff)


# sleeping


def send_code(staff: Staff, network: str) -> None:
    """Send a code to the work phone of who sleeps and proved both factors. Raises Refused: no_work_phone, sms_*."""
    if staff.phone is None:
        raise Refused("no_work_phone")
    codes.request(staff.phone, "staff", network, language=staff.language)


def wake(staff: Staff, typed: str) -> Staff:
    """Awake again with the code from the work phone (R-SYS-10). Raises Refused: no_work_phone, code_*, moved_on."""
    if staff.phone is None:
        raise Refused("no_work_phone")
    codes.prove(staff.phone, "staff", typed)
    return STAFF.move(staff, "wake", Actor(acting(staff), frozenset()), used=clock.now())


def let_sleep() -> int:
    """Put those to sleep who have not logged in for `staff.sleep_days`; their sessions end. Returns how many.

    Who has not set a password yet does not sleep: nobody can log in there.
    """
    idle = clock.now() - timedelta(days=defaults.value("staff.sleep_days"))
    found = list(Staff.select().where((Staff.state == "active") & (Staff.used <= idle) & (Staff.password_hash != "")))
    for staff in found:
        with transaction():
            STAFF.move(staff, "sleep", SYSTEM)
            sessions.end_all(staff)
    return len(found)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
