"""The command line speaks the terminal's language, and both completely."""

import os
import re
import subprocess
import sys

import pytest

from webapp.cli import FAMILIES

ASK = "import sys; from webapp.cli import main; sys.exit(main())"
COMMANDS = [name.replace("imports", "import") for name in FAMILIES]


def help_of(command: str, language: str) -> str:
    environ = {**os.environ, "LANGUAGE": language, "COLUMNS": "200"}
    return subprocess.run([sys.executable, "-c", ASK, command, "--help"], env=environ, text=True, capture_output=True).stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_english_where_the_terminal_is(command: str) -> None:
    told = help_of(command, "en")
    assert command in told
    assert not re.search("[\u3400-\u9fff]", told), told


def test_help_is_chinese_elsewhere() -> None:
    assert "数据目录" in help_of("demo", "zh")
    assert "数据目录" in help_of("demo", "fr")
