"""kill -9 between any two statements: what is left is whole or nothing, and the same deed done again ends well."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from webapp.models.base import on_sqlite
from webapp.settings import Settings

ROOT = Path(__file__).parents[2]


@pytest.mark.req("ACC-34", "SYS-02", "SYS-05")
@pytest.mark.parametrize(("verb", "least"), [("register", 10), ("open", 12), ("report", 10), ("renew", 40)])
def test_a_deed_killed_at_any_statement_is_done_once(
    app: Flask, settings: Settings, times: Callable, verb: str, least: int
) -> None:
    """On PostgreSQL, where a death takes three times as long, at every third statement; with `--full` at each."""
    _killed(settings, verb, least, stride=1 if on_sqlite() else times(3, 1))


@pytest.mark.anywhere
@pytest.mark.req("CRT-36", "CRT-38", "PAY-06", "SYS-05")
@pytest.mark.parametrize(("verb", "least"), [("decide", 30), ("refund", 40), ("draw", 30)])
def test_a_worker_killed_in_a_decision_a_refund_or_a_report_ends_it_once_in_its_next_life(
    app: Flask, settings: Settings, times: Callable, verb: str, least: int
) -> None:
    """The money goes back under one number, the report has one number and one mail, however often it dies between.

    At every fourth statement; with `--full` at each.
    """
    _killed(settings, verb, least, stride=times(4, 1))


def _killed(settings: Settings, verb: str, least: int, stride: int = 1) -> None:
    """`least`: of statements that it dies at, were it at each."""
    told = [str(settings.data_dir), settings.database, verb, str(stride)]
    command = [sys.executable, "-m", "tests.security.killed", *told]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout.splitlines()[-1])["deaths"] >= least
