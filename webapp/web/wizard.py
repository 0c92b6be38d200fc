"""A wizard: a tuple of steps, one screen each; where somebody is follows from the answers and is stored nowhere.

Not here: any step. And no gate: the last step's verb checks everything again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Blueprint, request, session, url_for
from werkzeug.wrappers import Response

from webapp.domain import drafts
from webapp.domain.refused import Refused
from webapp.models.journal import Draft
from webapp.web.access import View
from webapp.web.forms import Form
from webapp.web.line import hashes, later
from webapp.web.page import go, show

Act = Callable[[Draft, Form], Response | None]
"""Takes what was answered; may raise Refused. It answers itself, or leaves the way on to the wizard."""


@dataclass(frozen=True, slots=True)
class Step:
    """One screen: `form` is filled from the answers of the same names, `save` keeps what it says.

    `done` asks the fact where there is one (a code proved, a payment settled). `forgets` names answers that no longer
    hold once this step was answered anew. `acts` are further buttons by name: they do something and show the screen again.
    `hashes` says that its answer computes the hash of a password.
    """

    slug: str
    form: type[Form]
    done: Callable[[Draft], bool]
    save: Act
    applies: Callable[[Draft], bool] = lambda draft: True
    forgets: tuple[str, ...] = ()
    acts: dict[str, Act] = field(default_factory=dict)
    hashes: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a screen stands, for its template: step `n` of `of`, and the address of the step before, if any."""

    n: int
    of: int
    back: str | None


class Wizard:
    """`name` is that of its drafts and of the token in the visit; screens are ``<folder>/<slug>.html``."""

    def __init__(self, name: str, folder: str, *steps: Step) -> None:
        self.name, self.folder, self.steps = name, folder, steps

    def mount(self, bp: Blueprint, door: Callable[[View], View]) -> None:
        """Give each step its address behind a door (`public(…)`, `allow(…)`): GET shows it, POST answers it.

        Endpoints are the slug and ``<slug>_answer``.
        """
        for step in self.steps:
            bp.get(f"/{step.slug}", endpoint=step.slug)(door(lambda step=step: self._ask(step)))
            answer = door(lambda step=step: self._take(step))
            bp.post(f"/{step.slug}", endpoint=f"{step.slug}_answer")(hashes(answer) if step.hashes else answer)

    def draft(self) -> Draft:
        """The draft of this browser; an empty one, which nothing has written yet, where there is none."""
        return drafts.find(self.name, session.get(self._place)) or drafts.begin(self.name)

    def path(self, draft: Draft) -> list[Step]:
        """The steps that apply to these answers."""
        return [step for step in self.steps if step.applies(draft)]

    def resume(self, draft: Draft) -> str:
        """The address of the first step that is not done; of the last one when all are."""
        path = self.path(draft)
        if draft.id is None:
            return self._address(path[0])
        return self._address(next((step for step in path if not step.done(draft)), path[-1]))

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

    def _address(self, step: Step) -> str:
        return url_for(f"{request.blueprint}.{step.slug}")

    def _reached(self, step: Step, draft: Draft) -> bool:
        path = self.path(draft)
        return step in path and all(earlier.done(draft) for earlier in path[: path.index(step)])

    def _ask(self, step: Step) -> Response:
        draft = self.draft()
        if not self._reached(step, draft):
            return go(self.resume(draft))
        return self._show(step, draft, step.form(formdata=None, data=drafts.answers(draft)))

    def _take(self, step: Step) -> Response:
        draft = self.draft()
        if not self._reached(step, draft):
            return go(self.resume(draft))
        form = step.form(data=drafts.answers(draft))
        act = next((act for name, act in step.acts.items() if name in request.form), None)
        try:
            if act is not None:
                return act(draft, form) or self._show(step, draft, form, 422 if form.errors else 200)
            if not form.validate():
                return self._show(step, draft, form, 422)
            before = drafts.answers(draft)
            answer = step.save(draft, form)
            if step.forgets and drafts.answers(draft) != before:
                self.keep(draft, **dict.fromkeys(step.forgets))
        except Refused as refused:
            form.refuse(refused)
            if refused.code == "busy":
                return later(self._show(step, draft, form, 503))
            return self._show(step, draft, form, 422, refused.code)
        return answer or go(self.resume(draft))

    def _show(self, step: Step, draft: Draft, form: Form, status: int = 200, refused: str | None = None) -> Response:
        path = self.path(draft)
        n = path.index(step)
        place = Place(n + 1, len(path), self._address(path[n - 1]) if n else None)
        answers = drafts.answers(draft)
        return show(f"{self.folder}/{step.slug}.html", status, form=form, place=place, answers=answers, refused=refused)
