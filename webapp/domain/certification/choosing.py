"""Step 1 of an application: 申请目的, 申请项目 with languages and copies; and the 申请须知 after it (R-CRT-05 to R-CRT-09).

An item that was chosen and not filled in yet is a row without details. Not here: what it costs (`prices.py`).
"""

import secrets
from collections.abc import Mapping

from webapp.domain import clock, defaults
from webapp.domain.certification import drafting, materials, prices
from webapp.domain.certification.catalogue import ABROAD, KINDS, LANGUAGES, PURPOSES
from webapp.domain.identity import countries
from webapp.domain.permissions import Actor
from webapp.domain.refused import Refused
from webapp.models import keys
from webapp.models.base import transaction
from webapp.models.certification import Application, ApplicationItem

VERSION = "2026-11"
"""Of the 申请须知: whoever agreed to another text is asked again."""

WES, ELSEWHERE = "wes", "elsewhere"
"""Second levels of 出国留学: one names its country, the other asks for it."""

Copies = dict[str, dict[str, int]]
"""Kind → language → copies; only what was chosen."""


def aims() -> list[tuple[str, str]]:
    """Every purpose with each of its second levels, as one list to choose from."""
    found = []
    for purpose, details in PURPOSES.items():
        found += [(purpose, "")] if purpose != ABROAD else []
        found += [(purpose, detail) for detail in details]
    return found


def chosen(application: Application) -> Copies:
    """What stands in the application: of each kind the copies of its first item."""
    found: Copies = {}
    for item in prices.items(application):
        found.setdefault(item.kind, {name: getattr(item, name) for name in LANGUAGES if getattr(item, name)})
    return found


def choose(application: Application, actor: Actor, aim: tuple[str, str], country: str, copies: Copies) -> Application:
    """Say what for and what; `country` is a name or a code. Items of a kind that is not chosen any more go with their pictures.

    Raises Refused: purpose_missing, country_missing, items_missing, kind_closed, copies_many (most), application_locked, and
    what `drafting.held` raises.
    """
    if aim not in aims():
        raise Refused("purpose_missing", field="aim")
    country = _country(aim, country)
    _check_kinds(copies)
    with transaction():
        application = drafting.held(application, actor)
        if copies != chosen(application):
            drafting.check_loose(application)
            _take_out(application, copies)
            _put_in(application, copies)
        check_copies(application)
        application.purpose, application.detail = aim
        application.country = country
        drafting.keep(application)
    return application


def check_copies(application: Application) -> None:
    """Raises Refused: copies_many (most) above `crt.copies_max` copies of all items and languages (R-CRT-24)."""
    most = defaults.value("crt.copies_max")
    if sum(item.zh + item.en for item in prices.items(application)) > most:
        raise Refused("copies_many", most=most)


def shown(application: Application) -> str:
    """A mark that the page with the 申请须知 carries: when it was shown, for this application alone."""
    at = clock.seconds(clock.now())
    return f"{at}.{_sign(application, at)}"


def left(application: Application, mark: str) -> int:
    """Seconds for which the 申请须知 has still to be read; a mark that is not ours begins anew."""
    at, _, sign = mark.partition(".")
    read = 0
    if at.isdecimal() and secrets.compare_digest(sign.encode(), _sign(application, int(at)).encode()):
        read = clock.seconds(clock.now()) - int(at)
    return max(0, defaults.value("crt.countdown_seconds") - read)


def agree(application: Application, actor: Actor, mark: str) -> Application:
    """我已阅读并同意上述内容: which text, and when. Raises Refused: notice_too_soon (seconds), what `drafting.held` raises."""
    with transaction():
        application = drafting.held(application, actor)
        if not has_agreed(application):
            if wait := left(application, mark):
                raise Refused("notice_too_soon", seconds=wait)
            application.version, application.agreed = VERSION, clock.now()
            drafting.keep(application)
    return application


def has_agreed(application: Application) -> bool:
    return application.version == VERSION


def _sign(application: Application, at: int) -> str:
    return keys.blind("notice", f"{application.key}|{at}")


def _country(aim: tuple[str, str], country: str) -> str:
    if aim == (ABROAD, WES):
        return "USA"
    if aim != (ABROAD, ELSEWHERE):
        return ""
    try:
        code = countries.COUNTRIES.read(country).code
    except Refused:
        raise Refused("country_missing", field="country") from None
    if code == countries.DEFAULT:
        raise Refused("country_missing", field="country")
    return code


def _check_kinds(copies: Mapping[str, Mapping[str, int]]) -> None:
    if not copies or not all(copies.values()):
        raise Refused("items_missing")
    if any(kind not in KINDS or not KINDS[kind].open for kind in copies):
        raise Refused("kind_closed")
    if any(name not in LANGUAGES or count < 1 for each in copies.values() for name, count in each.items()):
        raise Refused("copies_format")


def _take_out(application: Application, copies: Copies) -> None:
    for item in prices.items(application):
        if item.kind not in copies:
            drop(item)


def _put_in(application: Application, copies: Copies) -> None:
    there = prices.items(application)
    for kind, each in copies.items():
        same = [item for item in there if item.kind == kind]
        for item in same or [add(application, kind)]:
            item.zh, item.en = each.get("zh", 0), each.get("en", 0)
            item.save()


def add(application: Application, kind: str) -> ApplicationItem:
    """One more item of a kind, last, with nothing filled in."""
    last = max((item.place for item in prices.items(application)), default=0)
    return ApplicationItem.create(application=application, place=last + 1, kind=kind)


def drop(item: ApplicationItem) -> None:
    """The item goes with its pictures."""
    for one in materials.of(item):
        materials.detach(item, one)
    item.delete_instance()
