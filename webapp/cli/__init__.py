"""The command `xuedang`: one module per family of commands.

Each asks, calls verbs of the domain and tells what came of it. Rules are not here, nor are pages.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

from webapp.cli.words import _, say
from webapp.domain.refused import Refused
from webapp.settings import Misconfigured

FAMILIES = (
    "demo",
    "init",
    "serve",
    "worker",
    "migrate",
    "settings",
    "staff",
    "imports",
    "photos",
    "doctor",
    "audit",
    "retention",
    "keys",
    "signing",
)
"""Modules of this package, in the order of the help. Each has `add_parser(sub)`, which sets `run(told) -> int | None`."""

REFUSED, WRONG_USE = 1, 2


def main(argv: Sequence[str] | None = None, environ: Mapping[str, str] | None = None) -> int:
    """Run one command; returns the exit code. `environ` stands for the process's own environment."""
    parser = argparse.ArgumentParser(prog="xuedang", description=_("学档：学校自己运行的学籍自查与核验"))
    sub = parser.add_subparsers(metavar=_("命令"), required=True)
    for family in FAMILIES:
        import_module(f"webapp.cli.{family}").add_parser(sub)
    told = parser.parse_args(argv)
    told.environ = environ
    try:
        return told.run(told) or 0
    except Misconfigured as fault:
        return _stop(say(fault), WRONG_USE)
    except Refused as refused:
        return _stop(say(refused), REFUSED)
    except KeyboardInterrupt:
        return _stop(_("已停止"), REFUSED)


def _stop(why: str, code: int) -> int:
    print(why, file=sys.stderr)
    return code
