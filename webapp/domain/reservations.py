"""手机号保留: while a phone is kept for one person, nobody else registers with it or changes to it (R-ACC-58).

Not here: keeping it (`changes/keeping.py`).
"""

from webapp.domain import clock
from webapp.domain.identity import phones
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.signups import Reservation


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
