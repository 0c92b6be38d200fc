"""kill -9 between any two statements: what is left is whole or nothing, and the same deed done again ends well."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from webapp.settings import Settings

ROOT = Path(__file__).parents[2]


@pytest.mark.req("ACC-34", "SYS-02", "SYS-05")
@pytest.mark.parametrize(("verb", "least"), [("register", 10), ("open", 12), ("report", 10), ("renew", 40)])
def test_a_deed_killed_at_any_statement_is_done_once(app: Flask, settings: Settings, verb: str, least: int) -> None:
    command = [sys.executable, "-m", "tests.security.killed", str(settings.data_dir), settings.database, verb]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout.splitlines()[-1])["deaths"] >= least
