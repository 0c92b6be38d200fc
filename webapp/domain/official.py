"""公众号: the school's official account, its picture to scan, and where else it speaks, as the help page tells (R-MSG-18).

Not here: sending messages by it.
"""

import re
from dataclasses import dataclass

from webapp.domain import clock, defaults, house_rules, journal
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models.base import transaction
from webapp.models.photos import Upload

PURPOSE = "official_qr"

BETWEEN = re.compile(r"[\u3001,\uff0c;\uff1b]+")


@dataclass(frozen=True, slots=True)
class Account:
    """What of it is set; an empty part is not shown. `media` is 新媒体矩阵."""

    name: str
    email: str
    hours: str
    media: list[str]
    scanned: bool


def account() -> Account:
    media = [one.strip() for one in BETWEEN.split(defaults.value("help.media")) if one.strip()]
    name, email, hours = (defaults.value(f"help.{part}") for part in ("account", "email", "hours"))
    return Account(name, email, hours, media, bool(name) and qr() is not None)


def qr() -> Upload | None:
    """The picture that is shown: the newest one that was made harmless."""
    return _kept().where(Upload.state == "clean").first()


def waits() -> bool:
    """Is a newer one still being looked at?"""
    newest = _kept().first()
    return newest is not None and newest.state == "raw"


def show(actor: Actor, upload: Upload) -> None:
    """Another picture, once a job has made it harmless. Raises Refused: not_allowed."""
    _allowed(actor)
    with transaction():
        Upload.update(expires=None).where(Upload.id == upload.id).execute()
        journal.promise("images.clean", key=upload.key)
        journal.record("official.show", actor.name, upload)


def remove(actor: Actor) -> None:
    """No picture any more; the sweep shreds all there were. Raises Refused: not_allowed."""
    _allowed(actor)
    with transaction():
        Upload.update(expires=clock.now()).where((Upload.purpose == PURPOSE) & Upload.name.is_null(False)).execute()
        journal.record("official.remove", actor.name, "official")


def may_change(actor: Actor) -> bool:
    return actor.may(Can.SETTINGS) and house_rules.may_change(actor, "help.account")


def _allowed(actor: Actor) -> None:
    if not may_change(actor):
        raise Refused("not_allowed")


def _kept():
    here = (Upload.purpose == PURPOSE) & Upload.name.is_null(False) & Upload.expires.is_null()
    return Upload.select().where(here).order_by(Upload.created.desc(), Upload.id.desc())
