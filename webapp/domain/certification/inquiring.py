"""报告查询 and 申请进度查询: what anybody may learn with the number and the name, or the number and the phone (R-CRT-37).

A hit and a miss go the same way, and every look-up counts. Not here: the captcha before it (`web/applications/certified.py`).
"""

import hmac
from typing import NamedTuple

from peewee import SQL, Expression

from webapp.domain import limits
from webapp.domain.identity import names, phones, verification_codes
from webapp.domain.refused import Refused
from webapp.models.certification import Application, ApplicationItem

NETWORK = "certified:network"
"""Look-ups from one network after which each asks for a captcha; nobody is refused for where they are."""


class Answer(NamedTuple):
    """What 申请进度查询 tells: the states of an application and of its items, as codes, and no more."""

    state: str
    items: tuple[str, ...]


def is_busy(network: str) -> bool:
    """Does a captcha stand before the next look-up?"""
    return limits.used_up(NETWORK, network)


def by_number(number: str, name: str, network: str) -> ApplicationItem | None:
    """The issued item of this 报告编号, if the holder has this name.

    Raises Refused: certified_number, certified_name, certified_limit (until): of one number, whether it exists or not.
    """
    number, wanted = _digits(number), names.clean(name)
    if not 7 <= len(number) <= 15:
        raise Refused("certified_number", field="number")
    if not wanted:
        raise Refused("certified_name", field="name")
    _count("certified:number", number, network)
    found = _issued(ApplicationItem.report == number)
    there = found.application.holder_name if found else ""
    return found if _same(names.compare(names.clean(there)), names.compare(wanted)) else None


def by_token(token: str) -> ApplicationItem | None:
    """The issued item whose paper carries this QR: 130 bits, which nobody guesses."""
    return _issued(ApplicationItem.token_index == ApplicationItem.token_index.of(verification_codes.clean(token)))


def by_digest(digest: str) -> ApplicationItem | None:
    """The issued item whose file has this SHA-256 (hex)."""
    return _issued((ApplicationItem.digest != SQL("''")) & (ApplicationItem.digest == digest))


def progress(number: str, phone: str, network: str) -> Answer | None:
    """How far the application of this 申请单编号 is, for who knows the phone that it names.

    Raises Refused: progress_number, what `phones.check` raises, certified_limit (until), as `by_number`.
    """
    number, wanted = _digits(number), phones.clean(phone)
    if len(number) != 16:
        raise Refused("progress_number", field="number")
    if not wanted:
        raise Refused("progress_phone", field="phone")
    _count("certified:application", number, network)
    found = Application.get_or_none(Application.number == number)
    there = (found.phone or "") if found else ""
    if not _same(phones.clean(there), wanted):
        return None
    return Answer(found.state, tuple(item.state for item in found.items.order_by(ApplicationItem.place, ApplicationItem.id)))


def _issued(which: Expression) -> ApplicationItem | None:
    query = ApplicationItem.select(ApplicationItem, Application).join(Application)
    return query.where(which & (ApplicationItem.state == "issued")).first()


def _count(limit: str, number: str, network: str) -> None:
    """Numbers are guessed one by one, names of one number likewise: what refuses is the number's own limit."""
    limits.note(NETWORK, network)
    limits.spend(limit, number)


def _same(one: str, other: str) -> bool:
    return bool(one) and hmac.compare_digest(one.encode(), other.encode())


def _digits(typed: str) -> str:
    return "".join(one for one in typed if one.isascii() and one.isdigit())
