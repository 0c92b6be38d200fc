"""What the domain names, others must have: jobs their handlers, refusals their words, states a way that leads to them."""

import ast
import re

import pytest
from flask import Flask

from tests.architecture.source import calls, files, text
from webapp.cli import lifecycles
from webapp.domain.limits import LIMITS
from webapp.jobs import registry
from webapp.web import access, words

UNSAID = {"step_up"}
"""Refusals that a caller always turns into something else: another puzzle, not a sentence."""


def promised() -> set[str]:
    """Names of jobs in `promise("…")` and in the tables of moves."""
    direct = {text(call.args[0]) for name, call in calls("webapp/**/*.py") if name == "promise" and call.args}
    return {name for name in direct if name} | {
        job for life in lifecycles.every() for move in life.moves.values() for job in move.jobs
    }


def refusals() -> dict[str, list[ast.Call]]:
    """Calls that refuse, by code; the children that read files say `No` and `Refusal`, which become `Refused`."""
    found: dict[str, list[ast.Call]] = {}
    for name, call in calls("webapp/**/*.py"):
        if name in ("Refused", "Refusal", "No", "Misconfigured") and call.args and (code := text(call.args[0])):
            found.setdefault(code, []).append(call)
    return found


def test_every_promised_job_has_a_handler_and_every_handler_a_promise() -> None:
    assert promised() == set(registry.load())


def test_every_refusal_has_a_sentence() -> None:
    codes = set(refusals()) | {limit.code for limit in LIMITS.values()}
    assert codes - UNSAID - set(words.SENTENCES) == set()


def test_a_sentence_asks_for_no_fact_that_its_refusal_does_not_bring() -> None:
    added = {fact for path in files("webapp/web/**/*.py") for fact in re.findall(r'\.facts\["(\w+)"\] = ', path.read_text())}
    lacking = []
    for code, raised in refusals().items():
        wanted = set(re.findall(r"%\((\w+)\)s", str(words.SENTENCES.get(code, ""))))
        for call in raised:
            given = {keyword.arg for keyword in call.keywords} | added
            if None not in given and wanted - given:
                lacking.append((code, sorted(wanted - given)))
    assert lacking == []


def test_every_state_of_a_lifecycle_can_be_reached() -> None:
    assert lifecycles.every()
    for life in lifecycles.every():
        first = getattr(life.model, life.column).default
        reached = {first}
        while more := {m.to for m in life.moves.values() if reached & set(m.leaves)} - reached:
            reached |= more
        assert life.states | {first} == reached, life.model.__name__


@pytest.mark.req("SYS-09")
def test_a_view_that_does_not_say_who_may_enter_stops_the_start(app: Flask) -> None:
    app.view_functions["silent"] = lambda: "open to all by accident"
    with pytest.raises(RuntimeError, match="silent"):
        access.check(app)
