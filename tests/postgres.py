"""A throw-away PostgreSQL cluster for the tests: its own folder and socket, gone afterwards."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from psycopg import Connection

FIRST_AGAIN = """
    SELECT setval(pg_get_serial_sequence(filled, attname), 1, false)
    FROM unnest(%s::text[]) AS filled JOIN pg_attribute ON attrelid = filled::regclass AND attnum > 0 AND NOT attisdropped
    WHERE pg_get_serial_sequence(filled, attname) IS NOT NULL"""
"""Let the numbers of these tables begin with 1."""

VACUUM_EVERY = 20
"""Tests after which the rows that they left behind are cleared away."""


class Cluster:
    """Started on entering, stopped on leaving; `empty` makes its database new for the next test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._emptier: Connection | None = None
        self._emptied = 0

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
        flags += " -c wal_level=minimal -c max_wal_senders=0"
        self._run("pg_ctl", "-D", data, "-o", flags, "-l", self.folder / "log", "-w", "start")
        with self._connect("postgres") as db:
            db.execute("CREATE DATABASE xuedang")
        return self

    def __exit__(self, *fault: object) -> None:
        if self._emptier is not None:
            self._emptier.close()
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def empty(self, name: str) -> str:
        """Empty every table of a migrated database, as it was when new; returns its URL.

        By DELETE, because TRUNCATE makes new files for each table and index, and takes along all tables that point here.
        """
        if self._emptier is None:
            self._emptier = self._connect(name)
            self._emptier.execute("SET session_replication_role = replica")  # rows go in any order
        tables = [row[0] for row in self._emptier.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        tables.remove("schema_migration")
        filled = " UNION ALL ".join(f"SELECT '{one}' WHERE EXISTS (SELECT 1 FROM \"{one}\")" for one in tables)  # noqa: S608
        if names := [f'"{one}"' for (one,) in self._emptier.execute(filled)]:
            self._emptier.execute("; ".join(f"DELETE FROM {one}" for one in names))  # noqa: S608
            self._emptier.execute(FIRST_AGAIN, (names,))
            self._emptied += 1
            if self._emptied % VACUUM_EVERY == 0:
                self._emptier.execute("VACUUM")
        self._emptier.execute("INSERT INTO chain (seq, mac) VALUES (0, '')")
        return self.url(name)

    def blank(self) -> str:
        """A database without a table, in place of the last one; returns its URL."""
        with self._connect("postgres") as db:
            db.execute("DROP DATABASE IF EXISTS blank WITH (FORCE)")
            db.execute("CREATE DATABASE blank")
        return self.url("blank")

    def _connect(self, name: str) -> "Connection":
        import psycopg  # only who asks for PostgreSQL needs the driver

        return psycopg.connect(f"host={self.folder} user=postgres dbname={name}", autocommit=True)

    def _run(self, program: str, *arguments: object) -> None:
        subprocess.run([*self._as, self.bin / program, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)
