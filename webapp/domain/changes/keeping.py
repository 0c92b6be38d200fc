"""Support saw whose a phone is: its old account lets go of it, and it is kept for that person's registration (R-ACC-58).

Not here: what that keeps others from (`domain/reservations.py`).
"""

from collections.abc import Iterable
from datetime import timedelta

from webapp.domain import clock, defaults, journal, messages, reservations
from webapp.domain.permissions import Actor, Can
from webapp.domain.recovery import numbers
from webapp.models import scope
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
        reservations.check(phone, identity_index)
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
        released = numbers.give_up(phone)
        messages.sms(phone, "phone_reserved", until=row.until)
        journal.record("reservation.make", actor.name, row, released=released)
    return row


def lately(grants: Iterable[Grant]) -> list[Reservation]:
    """The numbers kept in reach of the grants, newest first, at most 50."""
    grants = tuple(grants)
    here = Reservation.unit.in_(scope.units(grants))
    if any(grant.everywhere for grant in grants):
        here |= Reservation.unit.is_null()
    return list(Reservation.select(Reservation, Staff).join(Staff).where(here).order_by(Reservation.id.desc()).limit(50))
