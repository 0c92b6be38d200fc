"""Which photos a claim needs: a set for each kind of document, as data (R-DUP-06, R-DUP-07).

Not here: the pictures (`models/duplicates.py`) and their names on screen (`web/duplicates/words.py`).
"""

from webapp.domain import defaults

CARD = ("holding_front", "holding_back", "card_front", "card_back")
"""手持身份证人像面照片, 手持身份证国徽面照片, 身份证人像面照片, 身份证国徽面照片."""

LEGACY = ("holding_front", "holding_back")
"""手持身份证正面头部照, 手持身份证背面头部照: what the site asked for once (`dup.photo_set` 2)."""

BOOK = ("holding_page", "data_page")
"""The holder with the data page of a passport or a like document, and that page."""

PERMIT = ("holding_front", "card_front", "card_back")
"""The holder with the permit, and both its sides: residence and travel permits are cards."""

SETS = {"1": CARD, "6": BOOK, "A": BOOK, "Z": BOOK}
"""By kind of document (spec 5.9); kinds that are not named are cards without an emblem side to hold up."""


def slots(kind: str) -> tuple[str, ...]:
    """The photos that the holder of a document of this kind hands in, in the order of the task list."""
    if kind == "1" and defaults.value("dup.photo_set") == 2:
        return LEGACY
    return SETS.get(kind, PERMIT)
