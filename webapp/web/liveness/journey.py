"""The first pages of 实人验证 that are alike, whatever somebody is asked to be there for: each is a `Journey`, and five views.

Not here: those of an application (`asked.py`), which have more to say, and what the pages show (`start.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Generic, TypeVar

from flask import Blueprint, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.domain.liveness import handing, purposes
from webapp.models.liveness import PersonCheck
from webapp.web.access import View
from webapp.web.liveness import start
from webapp.web.liveness.blueprint import bp
from webapp.web.page import go, leave

Thing = TypeVar("Thing")


def everybody(thing: Thing | None) -> Thing:
    """Whoever passes the guard has business here."""
    return thing


@dataclass(frozen=True, slots=True)
class Journey(Generic[Thing]):
    """`address` is its first page below the blueprint `room`, `guard` says who may enter, as at every view, and `name` is the
    endpoint's.

    `thing` is what the visitor is to be there for, asked for once a page, None where there is none; `enter` gives it back, or
    aborts for who has no business here. `find` is its check, None before it began; `begin` makes it. `onward` is where a
    visitor goes who has nothing to do here (yet, or any more), else empty. `facts` are those of `start.screen`.
    Without `telephone` nobody is sent to another device: a code that opens somebody's account would be worth stealing.
    """

    name: str
    purpose: str
    address: str
    guard: Callable[[View], View]
    thing: Callable[[], Thing | None]
    find: Callable[[Thing], PersonCheck | None]
    begin: Callable[[Thing], PersonCheck]
    onward: Callable[[Thing, PersonCheck | None], str]
    facts: Callable[[Thing], dict[str, object]]
    enter: Callable[[Thing | None], Thing] = everybody
    telephone: bool = True
    room: Blueprint = bp

    @property
    def place(self) -> str:
        return url_for(f"{self.room.name}.{self.name}")

    def page(self) -> Response:
        """What is asked and by which ways; on to where it leads, where nothing is left to do."""
        thing = self._entered()
        check = self.find(thing)
        if onward := self.onward(thing, check):
            return go(onward)
        facts = {"moving": True, "telephone": self.telephone, **self.facts(thing)}
        return start.screen(self.purpose, check, self.place, **facts)

    def done(self) -> Response:
        """手机上已完成，继续: without scripts, and where a pass that did nothing when it came is waited for again."""
        if (check := self.find(self._entered())) is not None:
            purposes.take_up(check)
        return go(self.place)

    def code(self) -> Response:
        """用手机做: a new code for this computer."""
        handing.show(self.begin(self._entered()), current_user.session)
        return go(self.place)

    def here(self) -> Response:
        """在这台设备上做."""
        return start.here(self.begin(self._entered()))

    def state(self) -> Response:
        """The moving part of a page that waits for the other device, or for the verdict."""
        thing = self.thing()
        check = self.find(thing) if thing is not None else None
        return leave(self.place) if check is None or self.onward(thing, check) else start.moved(check, self.place)

    def _entered(self) -> Thing:
        return self.enter(self.thing())


def _free(method: View) -> View:
    """A function of its own, which can be marked with who may enter."""

    @wraps(method)
    def view() -> Response:
        return method()

    return view


def mount(journey: Journey) -> None:
    """Add the views of a journey to the blueprint of its room."""
    views = [("", "", journey.page, "GET"), ("_done", "", journey.done, "POST"), ("_here", "/here", journey.here, "POST")]
    views.append(("_state", "/state", journey.state, "GET"))
    if journey.telephone:
        views.append(("_code", "/code", journey.code, "POST"))
    for name, below, view, method in views:
        journey.room.add_url_rule(journey.address + below, journey.name + name, journey.guard(_free(view)), methods=[method])
