"""A wizard: a tuple of steps, one screen each; where somebody is follows from the answers and is stored nowhere.

Its answers are a draft of this browser, or a row with an address (`RowWizard`). Not here: any step. And no gate: the last
step's verb checks everything again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, request, session, url_for
from werkzeug.wrappers import Response

from webapp.domain import drafts
from webapp.domain.refused import Refused
from webapp.models.base import KeyedRow
from webapp.models.journal import Draft
from webapp.web import language
from webapp.web.access import View
from webapp.web.forms import Form
from webapp.web.line import hashes, later
from webapp.web.page import go, show

Answers = Draft | KeyedRow
"""What was answered so far."""

Act = Callable[[Any, Form], Response | None]
"""Takes what was answered; may raise Refused. It answers itself, or leaves the way on to the wizard."""


@dataclass(frozen=True, slots=True)
class Step:
    """One screen: `form` is filled from the answers of the same names, `save` keeps what it says.

    `done` asks the fact where there is one (a code proved, a payment settled). `forgets` names answers that no longer
    hold once this step was answered anew. `acts` are further buttons by name: they do something and show the screen again.
    `hashes` says that its answer computes the hash of a password. `page` is the endpoint of a step that is answered
    elsewhere, on a page which is not the wizard's.
    """

    slug: str
    form: type[Form]
    done: Callable[[Any], bool]
    save: Act
    applies: Callable[[Any], bool] = lambda draft: True
    forgets: tuple[str, ...] = ()
    acts: dict[str, Act] = field(default_factory=dict)
    hashes: bool = False
    page: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a screen stands, for its template: step `n` of `of`, and the address of the step before, if any."""

    n: int
    of: int
    back: str | None


class Wizard:
    """`name` is that of its drafts and of the token in the visit; screens are ``<folder>/<slug>.html``."""

    under = ""
    """What stands in each address before the slug."""

    def __init__(self, name: str, folder: str, *steps: Step) -> None:
        self.name, self.folder, self.steps = name, folder, steps

    def mount(self, bp: Blueprint, door: Callable[[View], View]) -> None:
        """Give each step its address behind a door (`public(…)`, `allow(…)`): GET shows it, POST answers it.

        Endpoints are the slug and ``<slug>_answer``.
        """
        for step in self.steps:
            if step.page:
                continue
            place = f"{self.under}/{step.slug}"
            bp.get(place, endpoint=step.slug)(door(lambda step=step, **at: self._ask(step, **at)))
            answer = door(lambda step=step, **at: self._take(step, **at))
            bp.post(place, endpoint=f"{step.slug}_answer")(hashes(answer) if step.hashes else answer)

    def draft(self) -> Draft:
        """The draft of this browser; an empty one, which nothing has written yet, where there is none."""
        return drafts.find(self.name, session.get(self._place)) or drafts.begin(self.name)

    def answers(self, draft: Answers) -> dict[str, Any]:
        """The answers by name, as forms and screens take them."""
        return drafts.answers(draft)

    def fresh(self, draft: Answers) -> Answers:
        """The answers as they stand after a step was saved."""
        return draft

    def path(self, draft: Answers) -> list[Step]:
        """The steps that apply to these answers."""
        return [step for step in self.steps if step.applies(draft)]

    def resume(self, draft: Answers) -> str:
        """The address of the first step that is not done; of the last one when all are."""
        path = self.path(draft)
        if draft.id is None:
            return self.address(path[0], draft)
        return self.address(next((step for step in path if not step.done(draft)), path[-1]), draft)

    def keep(self, draft: Draft, **told: object) -> None:
        """Write answers, and remember in the visit whose they are."""
        session.permanent = True
        if draft.id is None:
            draft.token, session[self._place] = drafts.new_token()
        drafts.keep(draft, **told)

    def leave(self) -> None:
        """The visit forgets its draft: it has become something."""
        session.pop(self._place, None)

    @property
    def _place(self) -> str:
        return f"draft_{self.name}"

    def address(self, step: Step, draft: Answers) -> str:
        return url_for(f"{request.blueprint}.{step.slug}")

    def reached(self, step: Step, draft: Answers) -> bool:
        """Does it apply, and are all steps before it done?"""
        path = self.path(draft)
        return step in path and all(earlier.done(draft) for earlier in path[: path.index(step)])

    def _ask(self, step: Step, **at: str) -> Response:
        draft = self.draft(**at)
        if not self.reached(step, draft):
            return go(self.resume(draft))
        return self._show(step, draft, step.form(formdata=None, data=self.answers(draft)))

    def _take(self, step: Step, **at: str) -> Response:
        draft, turned = self.draft(**at), language.turned()
        if not self.reached(step, draft):
            return go(self.resume(draft))
        form = step.form(data=self.answers(draft))
        if turned:
            return self._show(step, draft, form)
        act = next((act for name, act in step.acts.items() if name in request.form), None)
        try:
            if act is not None:
                return act(draft, form) or self._show(step, draft, form, 422 if form.errors else 200)
            if not form.validate():
                return self._show(step, draft, form, 422)
            before = self.answers(draft)
            answer = step.save(draft, form)
            if step.forgets and self.answers(draft) != before:
                self.keep(draft, **dict.fromkeys(step.forgets))
        except Refused as refused:
            form.refuse(refused)
            if refused.code == "busy":
                return later(self._show(step, draft, form, 503))
            return self._show(step, draft, form, 422, refused.code)
        return answer or go(self.resume(self.fresh(draft)))

    def _show(self, step: Step, draft: Answers, form: Form, status: int = 200, refused: str | None = None) -> Response:
        path = self.path(draft)
        n = path.index(step)
        place = Place(n + 1, len(path), self.address(path[n - 1], draft) if n else None)
        answers = self.answers(draft)
        return show(f"{self.folder}/{step.slug}.html", status, form=form, place=place, answers=answers, refused=refused)


class RowWizard(Wizard):
    """A wizard whose answers are a row, so that any device may go on with them: its screens are ``/<key>/<slug>``.

    `find` gives the visitor's own row of a key, or answers 404; `read` gives its answers by name.
    """

    under = "/<key>"

    def __init__(self, home: str, find: Callable[[str], KeyedRow], read: Callable[[Any], dict[str, Any]], *steps: Step) -> None:
        super().__init__(home, home, *steps)
        self.draft, self.answers = find, read

    def fresh(self, draft: Answers) -> Answers:
        return type(draft).get_by_id(draft.id)

    def address(self, step: Step, draft: Answers) -> str:
        return url_for(step.page or f"{self.name}.{step.slug}", key=draft.key)
