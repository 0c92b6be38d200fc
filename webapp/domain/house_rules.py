"""Settings as the office reads and changes them: in groups, within their bounds, each change with who made it (R-SYS-07).

Not here: their defaults and what each is for (`defaults.py`), nor the command line, which asks nobody.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from webapp.domain import defaults
from webapp.domain.audit import LAST
from webapp.domain.defaults import DEFAULTS, Default
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.journal import Event
from webapp.models.staff import Staff

OFFICE = ("bnd", "chk", "cor", "enr", "img", "mod", "msg")
"""Groups of settings about the school year, which a records office may change; the others are an administrator's."""

PAGE = 50

LONGEST = 60
"""Characters of a name."""

DIGITS = 9
"""Digits of a number, at most: no bound is longer."""

ACTION = "setting.change"


@dataclass(frozen=True, slots=True)
class Rule:
    """One setting: its name, its group (what stands before the dot), the value in force, and its default."""

    name: str
    value: Any
    default: Default

    @property
    def group(self) -> str:
        return self.name.partition(".")[0]

    @property
    def changed(self) -> bool:
        return self.value != self.default.value


@dataclass(frozen=True, slots=True)
class Changed:
    """One line of the history; `who` is the name of a colleague, empty for the command line."""

    seq: int
    at: datetime
    who: str
    name: str
    old: Any
    new: Any


def groups() -> dict[str, list[Rule]]:
    """All settings by group, in the order in which the defaults name them."""
    found: dict[str, list[Rule]] = {}
    for name in DEFAULTS:
        one = rule(name)
        found.setdefault(one.group, []).append(one)
    return found


def rule(name: str) -> Rule:
    """KeyError for a name that is none."""
    return Rule(name, defaults.value(name), DEFAULTS[name])


def may_change(actor: Actor, name: str) -> bool:
    """A setting holds for every school of the site: who keeps one school of several reads it and changes nothing.

    A table (`cor.provinces`) is changed on the command line alone.
    """
    if isinstance(DEFAULTS[name].value, dict):
        return False
    grants = [grant for grant in actor.where(Can.RULES) if actor.may(Can.SETTINGS) or name.partition(".")[0] in OFFICE]
    return scope.whole(grants)


def change(actor: Actor, name: str, text: str) -> None:
    """Change a setting to what was typed or chosen; typed again as it is, nothing happens.

    Raises Refused: not_allowed, setting_number, setting_long (most), setting_empty, and those of `defaults.change`.
    """
    if not may_change(actor, name):
        raise Refused("not_allowed")
    new = read(name, text)
    if new != defaults.value(name):
        defaults.change(name, new, actor)


def read(name: str, text: str) -> Any:
    """The text as the kind of value that the setting has."""
    default, text = DEFAULTS[name], text.strip()
    if isinstance(default.value, bool):
        return text == "yes"
    if isinstance(default.value, int):
        if not (text.isascii() and text.isdecimal() and len(text) <= DIGITS):
            raise Refused("setting_number", field="value")
        return int(text)
    if len(text) > LONGEST:
        raise Refused("setting_long", field="value", most=LONGEST)
    if not text and default.value:
        raise Refused("setting_empty", field="value")
    return text


def history(name: str = "", before: int | None = None) -> tuple[list[Changed], bool]:
    """Changes of one setting, or of all, newest first: at most `PAGE`, and whether there are older ones."""
    query = Event.select().where(Event.action == ACTION)
    if name:
        query = query.where(Event.object == f"setting:{name}")
    if before is not None:
        query = query.where(Event.seq < min(max(before, 0), LAST))
    found = list(query.order_by(Event.seq.desc()).limit(PAGE + 1))
    names = _names(event.actor for event in found)
    return [_changed(event, names) for event in found[:PAGE]], len(found) > PAGE


def _changed(event: Event, names: dict[str, str]) -> Changed:
    told = json.loads(event.detail)
    setting = event.object.partition(":")[2]
    return Changed(event.seq, event.at, names.get(event.actor, ""), setting, told.get("old"), told.get("new"))


def _names(actors: Iterable[str]) -> dict[str, str]:
    keys = {actor.partition(":")[2] for actor in actors if actor.startswith("staff:")}
    found = Staff.select(Staff.key, Staff.name).where(Staff.key.in_(keys)) if keys else ()
    return {f"staff:{staff.key}": staff.name for staff in found}
