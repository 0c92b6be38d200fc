"""A deployment for commands: its own folder and database, and a way to run `xuedang` in it."""

import os
from pathlib import Path

import pytest

os.environ["LANGUAGE"] = "zh"  # what the terminal's locale would say; read when the first sentence is looked up

from webapp.cli import main  # noqa: E402

SCHOOL = {
    "name": "云溪职业技术学院",
    "code": "99999",
    "province": "33",
    "seal": "溪",
    "url": "http://127.0.0.1:8000",
    "admin": "admin",
    "admin-name": "王管理",
}


class Machine:
    """Where commands run. `run` returns the exit code; `out` and `err` are what the last one wrote."""

    def __init__(self, folder: Path, database: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder / "site"
        self.environ = {"XUEDANG_DATA_DIR": str(self.folder), "XUEDANG_DATABASE": database}
        self.capsys = capsys
        self.out = self.err = ""

    def run(self, *words: str, **environ: str) -> int:
        try:
            return main(words, {**self.environ, **environ})
        finally:
            self.out, self.err = self.capsys.readouterr()

    def init(self, **other: str) -> int:
        options = (f"--{name}={value}" for name, value in {**SCHOOL, **other}.items())
        return self.run("init", *options)


@pytest.fixture
def machine(blank: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Machine:
    """A machine on which nothing has been set up."""
    return Machine(tmp_path, blank, capsys)
