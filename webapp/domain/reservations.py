"""手机号保留: support saw whose a phone is; its old account lets go of it, and for a while nobody else may take it (R-ACC-58).

Not here: the registration that follows (`accounts.py`).
"""

from collections.abc import Iterable
from datetime import timedelta

from webapp.domain import clock, defaults, journal, messages, sessions
from webapp.domain.identity import phones
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.accounts import ALIVE, Account
from webapp.models.base import transaction
from webapp.models.photos import Upload
from webapp.models.school import Unit
from webapp.models.signups import Reservation
from webapp.models.staff import Grant, Staff


def reserve(actor: Actor, name: str, phone: str, identity_index: str, photo: Upload, unit: Unit | None) -> Reservation:
    """Keep `phone` for the person of that identity for `acc.phone_reserve_hours`; its old account never opens by it again.

    The picture of the person with the document is what was looked at. Raises not_allowed, phone_reserved (somebody else's).
    """
    actor.require(Can.SUPPORT)
    at = clock.now()
    with transaction():
        check(phone, identity_index)
        row = Reservation.create(
            phone=phone,
            name=name,
            identity_index=identity_index,
            photo=photo,
            staff=Staff.by_key(actor.key),
            unit=unit,
            created=at,
            until=at + timedelta(hours=defaults.value("acc.phone_reserve_hours")),
        )
        Upload.update(expires=None).where(Upload.id == photo.id).execute()
        released = release(phone)
        messages.sms(phone, "phone_reserved", until=row.until)
        journal.record("reservation.make", actor.name, row, released=released)
    return row


def release(phone: str) -> bool:
    """Take the number from the account that holds it: every session ends, and the holder is told by mail and at the next
    log-in (R-REC-14). Returns whether there was one."""
    mine = (Account.phone_index == Account.phone_index.of(phone)) & Account.state.in_(ALIVE)
    account = Account.get_or_none(mine)
    if account is None:
        return False
    with transaction():
        account = account.locked()
        account.phone, account.phone_proved, account.phone_released = None, None, clock.now()
        account.save()
        sessions.end_all(account)
        messages.tell(account, "phone_released")
        journal.record("account.release_phone", "system", account)
    return True


def check(phone: str, identity_index: str) -> None:
    """Raises phone_reserved (until) while the number is kept for somebody else."""
    kept = _live(phone)
    if kept is not None and kept.identity_index != identity_index:
        raise Refused("phone_reserved", until=kept.until)


def use(account: Account) -> None:
    """The person for whom the number was kept has registered with it."""
    kept = _live(account.phone)
    if kept is not None:
        kept.used = clock.now()
        kept.save()


def _live(phone: str) -> Reservation | None:
    same = (Reservation.phone_index == Reservation.phone_index.of(phones.clean(phone))) & Reservation.used.is_null()
    return Reservation.select().where(same & (Reservation.until > clock.now())).order_by(Reservation.id.desc()).first()


def lately(grants: Iterable[Grant]) -> list[Reservation]:
    """The numbers kept in reach of the grants, newest first, at most 50."""
    grants = tuple(grants)
    here = Reservation.unit.in_(scope.units(grants))
    if any(grant.unit_id is None for grant in grants):
        here |= Reservation.unit.is_null()
    return list(Reservation.select(Reservation, Staff).join(Staff).where(here).order_by(Reservation.id.desc()).limit(50))
