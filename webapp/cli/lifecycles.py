"""``python -m webapp.cli.lifecycles``: draw every lifecycle from its own table of moves into docs/lifecycles.md.

For who reads the code, so not a command of `xuedang`. A test asks that the committed file is what this writes now.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import webapp.domain
from webapp.cli.state_words import called
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import ROLES, STUDENT
from webapp.web.staff.event_words import ACTIONS
from webapp.web.staff.role_words import ROLES as ROLE_NAMES

PLACE = Path("docs/lifecycles.md")

HEAD = """# Lifecycles

Written by `python -m webapp.cli.lifecycles` from the tables of moves in `webapp/domain/`; a test asks that this is what the
tables say now. A box is a state: its name on screen and in the database, and the moves (↻) that leave it as it is. A box with
a broken border stands for each of the states in it. An arrow is a move: its name in the history and who may make it:
{roles}.
Where no letter stands no ability is asked: it is a job's or the clock's move, or that of a person whom a guard or the verb
knows. The tables name each move's ability, what must hold besides (the guards), and the jobs that it promises.
"""

COLUMNS = "| move | ability | what must hold | jobs promised |\n|---|---|---|---|"

CROWD = 3
"""States that a move leaves, from which on one box stands for all of them."""

BROAD = 9
"""Characters in one line of what an arrow says."""

HOLDER = ("S", "学生")
"""Letter and name of who holds an account, beside those of the roles."""

SPACED = ('%%{init: {"state": {"nodeSpacing": 60, "rankSpacing": 100}}}%%', "stateDiagram-v2")
"""How a drawing begins: with room enough that the words of two arrows do not lie on each other."""


def every() -> list[Lifecycle]:
    """All lifecycles of the domain, in the order of its modules."""
    found: dict[int, Lifecycle] = {}
    for module in pkgutil.walk_packages(webapp.domain.__path__, "webapp.domain."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, Lifecycle):
                found[id(value)] = value
    return list(found.values())


def document() -> str:
    """The whole file."""
    roles = ", ".join(f"{letter} {name}" for letter, name in [HOLDER, *ROLE_NAMES.items()])
    ordered = sorted(every(), key=lambda life: life.model.__name__)
    return "\n".join([HEAD.format(roles=roles), *map(chapter, ordered)])


def chapter(life: Lifecycle) -> str:
    """A heading, the drawing, and what each move asks and promises."""
    model = life.model
    about = " ".join((model.__doc__ or "").split("\n\n")[0].split())
    drawing = "\n".join(("```mermaid", *_drawn(life), "```"))
    rows = "\n".join(map(_row, life.moves.values()))
    return f"## {model.__name__}\n\n{about}\n\n{drawing}\n\n{COLUMNS}\n{rows}\n"


def _row(move: Move) -> str:
    """One move as a line of the table."""
    holds = "; ".join(guard.__name__.strip("_").replace("_", " ") for guard in move.guards)
    return f"| {move.name} | {f'`{move.who}`' if move.who else ''} | {holds} | {', '.join(f'`{job}`' for job in move.jobs)} |"


def _drawn(life: Lifecycle) -> Iterator[str]:
    """A Mermaid state diagram, line by line."""
    first, crowds = getattr(life.model, life.column).default, _crowds(life)
    yield from SPACED
    for state in _in_order(life):
        stays = (f"<br/>↻ {_said(life, move)}" for move in life.moves.values() if state == move.to and state in move.leaves)
        yield f'    state "{called(life, state)}<br/>{state}{"".join(stays)}" as {state}'
    yield f"    [*] --> {first}"
    arrows: dict[tuple[str, str], list[str]] = {}
    for move in sorted(life.moves.values(), key=lambda move: move.leaves in crowds):
        starts = [f"any{crowds.index(move.leaves) + 1}"] if move.leaves in crowds else move.leaves
        for start in starts:
            if start != move.to:
                arrows.setdefault((start, move.to), []).append(_said(life, move))
    yield from (f"    {start} --> {end}: {'<br/>'.join(said)}" for (start, end), said in arrows.items())
    for number, crowd in enumerate(crowds, 1):
        yield f'    state "{"<br/>".join(called(life, state) for state in crowd)}" as any{number}'
    if crowds:
        yield "    classDef any stroke-dasharray: 4 3"
        yield f"    class {','.join(f'any{number + 1}' for number in range(len(crowds)))} any"


def _in_order(life: Lifecycle) -> list[str]:
    """The states, each behind one from which it is reached: the drawing begins where a row does."""
    order = [getattr(life.model, life.column).default]
    for state in order:
        order += dict.fromkeys(move.to for move in life.moves.values() if state in move.leaves and move.to not in order)
    return order


def _crowds(life: Lifecycle) -> list[tuple[str, ...]]:
    """The sets of states that get one box, in the table's order."""
    return list(dict.fromkeys(move.leaves for move in life.moves.values() if len(move.leaves) >= CROWD))


def _said(life: Lifecycle, move: Move) -> str:
    """What an arrow says of a move: its name in the history without the thing's, and the letters of who may."""
    words = re.sub("^[^：]+：", "", str(ACTIONS[f"{life.model._meta.table_name}.{move.name}"]))
    lines = [line for phrase in re.findall("[^，]+，?", words) for line in _halved(phrase)]
    who = " ".join(letter for letter, abilities in {HOLDER[0]: STUDENT, **ROLES}.items() if move.who in abilities)
    if not who:
        return "<br/>".join(lines)
    gap = " " if len(lines[-1]) <= BROAD // 2 else "<br/>"
    return "<br/>".join(lines) + f"{gap}[{who}]"


def _halved(phrase: str) -> list[str]:
    """One line, or two alike, of a few characters: broad words of two arrows would lie on each other."""
    middle = (len(phrase) + 1) // 2
    return [phrase] if len(phrase) <= BROAD else [phrase[:middle], phrase[middle:]]


if __name__ == "__main__":
    PLACE.write_text(document(), encoding="utf-8")
