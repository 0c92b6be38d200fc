"""The auditor reads sentences: whatever the code writes into the history has words."""

import ast
from pathlib import Path

import pytest

import webapp.domain
from webapp.cli import lifecycles
from webapp.web.staff.event_words import ACTIONS
from webapp.web.staff.messages import KINDS

ROOT = Path(webapp.domain.__file__).parents[1]

NOBODYS = ("code_staff", "staff_", "ticket_", "tickets_")
"""Messages to staff, and to addresses without an account: no holder's list shows them."""


def recorded() -> set[str]:
    """Every action that some line of the code writes into the history by name."""
    found = set()
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            is_record = isinstance(node, ast.Call) and ast.unparse(node.func) == "journal.record"
            if is_record and isinstance(node.args[0], ast.Constant):
                found.add(node.args[0].value)
    return found


def moved() -> set[str]:
    """Every action that a table of moves writes."""
    return {f"{table.model._meta.table_name}.{name}" for table in lifecycles.every() for name in table.moves}


@pytest.mark.req("SYS-02")
def test_every_deed_of_the_history_has_words():
    assert recorded() | moved() <= set(ACTIONS)


@pytest.mark.req("MSG-11")
def test_every_message_to_a_holder_has_words_for_support():
    sent = {path.stem for path in ROOT.parent.glob("templates/messages/[ms]*/zh/*.txt")}
    assert {name for name in sent if not name.startswith(NOBODYS)} == set(KINDS)
