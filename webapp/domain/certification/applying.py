"""Steps 5 and 6 of an application: 受理机构 and 备注, and the one verb that checks everything again before 提交申请.

Not here: the moves themselves (`filing.py`), nor the answers before (`choosing.py`, `filling.py`, `applicants.py`).
"""

import unicodedata

from webapp.domain import clock, defaults
from webapp.domain.certification import (
    agencies,
    applicants,
    choosing,
    discredit,
    drafting,
    filing,
    filling,
    guards,
    materials,
    prices,
)
from webapp.domain.certification.catalogue import KINDS
from webapp.domain.certification.lifecycle import APPLICATION
from webapp.domain.permissions import Actor
from webapp.domain.refused import Refused
from webapp.models.base import transaction
from webapp.models.certification import Agency, Application

WIDE = ("W", "F", "A")
"""Characters that take two columns, as Unicode's East Asian Width has it."""


def takers(application: Application) -> list[Agency]:
    """Agencies that take every item of it, in the province of each certificate (R-CRT-22)."""
    there = prices.items(application)
    kinds = {item.kind for item in there}
    places = {filling.details(item).get("province", "") or application.place for item in there}
    each = [agencies.takers(kinds, place) for place in places]
    return [one for one in each[0] if all(one in found for found in each)] if each else []


def send(application: Application, actor: Actor, agency: str, remark: str) -> Application:
    """提交申请 at the agency of that key, after `check`; prices come from here alone.

    Raises Refused: agency_missing, remark_wide (chars), and what `check`, `drafting.held` and `filing.submit` raise.
    """
    remark = remark.strip()
    chars = defaults.value("crt.remark_chars")
    if width(remark) > 2 * chars:
        raise Refused("remark_wide", field="remark", chars=chars)
    with transaction():
        application = drafting.held(application, actor)
        application.account.locked()  # of two applications with one certificate the second finds the first
        chosen = next((one for one in takers(application) if one.key == agency), None)
        if chosen is None:
            raise Refused("agency_missing", field="agency")
        application.agency, application.remark = chosen, remark or None
        check(application)
        drafting.keep(application)
        return filing.submit(application, actor)


def check(application: Application) -> None:
    """Is it whole, today? Everything that the steps asked is asked again.

    Raises Refused: purpose_missing, items_missing, kind_closed, copies_many (most), notice_missing, items_unfilled,
    applied_already, registered_online, materials_missing, contact_missing, agency_missing, discredited (until).
    """
    if not application.purpose:
        raise Refused("purpose_missing")
    there = prices.items(application)
    if not there:
        raise Refused("items_missing")
    if not all(KINDS[item.kind].open for item in there):
        raise Refused("kind_closed")
    choosing.check_copies(application)
    if not choosing.has_agreed(application):
        raise Refused("notice_missing")
    filling.check(application)
    applicants.check(application)
    discredit.check(application.identity_index)
    for item in there:
        if item.kind == "degree":
            guards.check(application, item.certificate, item)
    if materials.missing(application):
        raise Refused("materials_missing")
    if application.agency not in takers(application):
        raise Refused("agency_missing", field="agency")


def back(application: Application, actor: Actor) -> Application:
    """返回修改, until the holder was there. Raises Refused: application_proved, not_allowed, moved_on."""
    if application.proved is not None:
        raise Refused("application_proved")
    return APPLICATION.move(application, "back", actor, updated=clock.now())


def confirm(application: Application, actor: Actor) -> Application:
    """确认提交. Raises Refused: person_missing (the holder was not there yet), not_allowed, moved_on, discredited (until)."""
    if application.state == "proving":
        raise Refused("person_missing")
    discredit.check(application.identity_index)
    return filing.confirm(application, actor)


def width(text: str) -> int:
    """How many half-width characters a text takes: a Chinese one is two (R-CRT-23)."""
    return sum(2 if unicodedata.east_asian_width(one) in WIDE else 1 for one in text)
