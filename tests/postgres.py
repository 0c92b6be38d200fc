"""A throw-away PostgreSQL cluster for the tests: its own folder and socket, gone afterwards."""

import os
import shutil
import subprocess
from itertools import count
from pathlib import Path
from typing import Self


class Cluster:
    """Started on entering, stopped on leaving; `copy` makes a database from a template in a few milliseconds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = count(1)

    def __enter__(self) -> Self:
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin")) or [Path(shutil.which("initdb") or "initdb").parent]
        self.bin = programs[-1]
        data = self.folder / "data"
        data.mkdir()
        self._as = []
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            self._as = ["runuser", "-u", "postgres", "--"]
            for path in (self.folder, data):
                shutil.chown(path, "postgres")
            for parent in self.folder.parents:
                if parent.owner() == "root" and parent != Path("/tmp"):  # noqa: S108
                    parent.chmod(parent.stat().st_mode | 0o011)
        self._run("initdb", "-A", "trust", "-U", "postgres", "--locale=C.UTF-8", "-E", "UTF8", "--no-sync", "-D", data)
        flags = f"-c listen_addresses='' -k {self.folder} -c fsync=off -c full_page_writes=off -c max_connections=60"
        self._run("pg_ctl", "-D", data, "-o", flags, "-l", self.folder / "log", "-w", "start")
        self._sql("CREATE DATABASE template_xd")
        return self

    def __exit__(self, *fault: object) -> None:
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def copy(self, template: str) -> str:
        """A fresh database like `template`; returns its URL. The one before the last is dropped."""
        number = next(self._numbers)
        self._sql(f"DROP DATABASE IF EXISTS test_{number - 1} WITH (FORCE)")
        self._sql(f"CREATE DATABASE test_{number} TEMPLATE {template}")
        return self.url(f"test_{number}")

    def _sql(self, statement: str) -> None:
        import psycopg  # only who asks for PostgreSQL needs the driver

        with psycopg.connect(f"host={self.folder} user=postgres dbname=postgres", autocommit=True) as db:
            db.execute(statement)

    def _run(self, program: str, *arguments: object) -> None:
        subprocess.run([*self._as, self.bin / program, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)
