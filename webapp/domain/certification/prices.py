"""What a copy costs, always worked out here and in fen (R-PAY-01, R-PAY-09, R-PAY-10).

Not here: paying (`domain/payments/`), nor what an application was told when it was handed in: that stands in its items.
"""

from datetime import date

from webapp.domain import clock, defaults
from webapp.domain.certification.catalogue import ABROAD
from webapp.models.certification import Agency, Application, ApplicationItem, Price


def of(purpose: str, kind: str, language: str, agency: Agency | None = None, day: date | None = None) -> int:
    """Fen for one copy on a day in China (today): the closest price that was set, else the rule of R-PAY-11.

    Closest is one of the agency, then one of the purpose, then the newest.
    """
    day = day or clock.today()
    here = (Price.kind == kind) & (Price.language == language) & Price.purpose.in_(("", purpose))
    here &= (Price.starts <= day) & (Price.ends.is_null() | (Price.ends > day))
    here &= Price.agency.is_null() if agency is None else (Price.agency.is_null() | (Price.agency == agency))
    found = sorted(
        Price.select().where(here), key=lambda one: (one.agency_id is not None, one.purpose != "", one.starts, one.id)
    )
    return found[-1].fen if found else _by_rule(purpose, kind, language)


def total(application: Application) -> int:
    """Fen of all copies of its items at the prices that stand in them."""
    return sum(subtotal(item) for item in items(application))


def subtotal(item: ApplicationItem) -> int:
    """小计: fen of the copies of one item."""
    return item.zh * item.zh_fen + item.en * item.en_fen


def freeze(application: Application) -> int:
    """Write today's prices into the items, and return their total: an order keeps the price of its creation."""
    for item in items(application):
        item.zh_fen = of(application.purpose, item.kind, "zh", application.agency)
        item.en_fen = of(application.purpose, item.kind, "en", application.agency)
        item.save()
    return total(application)


def items(application: Application) -> list[ApplicationItem]:
    """Its items in their order."""
    mine = ApplicationItem.application == application
    return list(ApplicationItem.select().where(mine).order_by(ApplicationItem.place, ApplicationItem.id))


def _by_rule(purpose: str, kind: str, language: str) -> int:
    """国内 purposes certify a Chinese diploma for nothing; everything else has one price (R-CRT-25, R-PAY-11)."""
    free = purpose != ABROAD and kind == "degree" and language == "zh"
    return 0 if free else defaults.value("crt.price_default")
