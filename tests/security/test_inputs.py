"""Hostile input: never a fault of ours, never markup of theirs, never more than was asked."""

import logging
import random

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.security.forms import forms, hostile, send
from tests.security.payloads import MARKED, ODD
from tests.security.town import Town, make_town
from tests.world import World

log = logging.getLogger("tests.security")


@pytest.fixture
def town(app: Flask, world: World) -> Town:
    return make_town(app, world)


def test_no_form_answers_hostile_input_with_a_fault_of_ours(town: Town) -> None:
    draw = random.Random(20261116)
    texts = [*ODD, *MARKED]
    sent = 0
    for shown in forms(town):
        for _ in range(4):
            values = hostile(shown, draw, texts)
            _, answer = send(shown, values)
            sane(answer, f"{shown.who} {shown.method} {shown.action} {values}")
            sent += 1
    log.info("%s hostile forms sent", sent)
    assert sent > 200


def sane(answer: TestResponse, what: str) -> None:
    """No 5xx, and headers that a server can write down."""
    assert answer.status_code < 500, what
    for name, value in answer.headers:
        assert value.isprintable() and value.encode("latin-1", "replace").decode("latin-1") == value, (
            f"{what}: {name}: {value!r}"
        )
