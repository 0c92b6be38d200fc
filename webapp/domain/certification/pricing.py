"""Setting prices: each holds from a day on, ends on a day, and is never changed for days that were (R-PAY-09).

Not here: which price counts (`prices.py`).
"""

from datetime import date, timedelta

from peewee import Expression

from webapp.domain import clock, journal
from webapp.domain.certification import agencies, keeping
from webapp.domain.certification.catalogue import LANGUAGES, OPEN, PURPOSES
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models.base import transaction
from webapp.models.certification import Agency, Price
from webapp.models.staff import Staff

MOST = 10_000_000
"""Fen that a copy may cost."""


def listed(agency: Agency | None) -> list[Price]:
    """Prices of an agency, or (None) of the whole site, the newest first."""
    return list(Price.select().where(_of(agency)).order_by(Price.starts.desc(), Price.id.desc()))


def find(agency: Agency | None, key: str) -> Price | None:
    return Price.get_or_none((Price.key == key) & _of(agency))


def begin(actor: Actor, agency: Agency | None, purpose: str, kind: str, language: str, fen: int, starts: date) -> Price:
    """A price from the day `starts` on; the one before ends there. An empty `purpose` is all of them.

    Raises Refused: not_allowed, price_what, price_fen (most, in yuan), price_past, price_later (day) where one that begins
    later stands in the way.
    """
    _may(actor, agency)
    if purpose not in ("", *PURPOSES) or kind not in OPEN or language not in LANGUAGES:
        raise Refused("price_what")
    if not 0 <= fen <= MOST:
        raise Refused("price_fen", field="yuan", most=MOST // 100)
    if starts < clock.today():
        raise Refused("price_past", field="starts")
    same = _of(agency) & (Price.purpose == purpose) & (Price.kind == kind) & (Price.language == language)
    with transaction():
        if agency is not None:
            agency.locked()  # two who set the price of one thing at once go one after the other
        for before in Price.select().where(same & (Price.ends.is_null() | (Price.ends > starts))):
            if before.starts > starts:
                raise Refused("price_later", field="starts", day=before.starts.isoformat())
            before.ends = starts
            before.save()
        made = Price.create(
            agency=agency,
            purpose=purpose,
            kind=kind,
            language=language,
            fen=fen,
            starts=starts,
            staff=Staff.by_key(actor.key),
            set=clock.now(),
        )
        journal.record("price.set", actor.name, made, fen=fen)
    return made


def close(actor: Actor, price: Price) -> Price:
    """It counts no more from tomorrow on; one that has not begun never does. Raises Refused: not_allowed, moved_on."""
    _may(actor, price.agency)
    with transaction():
        price = price.locked()
        today = clock.today()
        ends = today + timedelta(days=1) if price.starts <= today else price.starts
        if price.ends is not None and price.ends <= ends:
            raise Refused("moved_on")
        price.ends = ends
        price.save()
        journal.record("price.close", actor.name, price)
    return price


def _may(actor: Actor, agency: Agency | None) -> None:
    """The administrator sets all prices, a lead those of the own agency."""
    own = agency is not None and actor.may(Can.LEAD) and agencies.mine(actor) == agency
    if not own and not keeping.whole_site(actor):
        raise Refused("not_allowed")


def _of(agency: Agency | None) -> Expression:
    return Price.agency.is_null() if agency is None else Price.agency == agency
