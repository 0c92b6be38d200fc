"""The command line speaks the terminal's language, and both completely."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from webapp.cli import FAMILIES

ASK = "import sys; from webapp.cli import main; sys.exit(main())"
COMMANDS = [name.replace("imports", "import") for name in FAMILIES]


CHINESE = re.compile("[\u3400-\u9fff]")


def run(language: str, *command: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "LANGUAGE": language, "COLUMNS": "200"}
    return subprocess.run([sys.executable, "-c", ASK, *command], env=environ, text=True, capture_output=True)


def help_of(command: str, language: str) -> str:
    return run(language, command, "--help").stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_english_where_the_terminal_is(command: str) -> None:
    told = help_of(command, "en")
    assert command in told
    assert not CHINESE.search(told), told


def test_help_is_chinese_elsewhere() -> None:
    assert "数据目录" in help_of("demo", "zh")
    assert "数据目录" in help_of("demo", "fr")


@pytest.mark.req("SYS-01")
def test_a_start_that_is_refused_says_why_in_the_terminals_language(tmp_path: Path) -> None:
    english, chinese = (run(language, "serve", "--data", str(tmp_path)).stderr for language in ("en", "zh"))
    assert "xuedang init" in english
    assert not CHINESE.search(english)
    assert "运行 xuedang init" in chinese
