"""`xuedang demo`: a new user's first minute, in a process of its own."""

import json
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import requests

from webapp.cli import main
from webapp.cli.demo import people
from webapp.domain.identity import id_numbers, names

START = [sys.executable, "-c", "import sys; from webapp.cli import main; sys.exit(main())", "demo", "--port", "0"]


@contextmanager
def demo(data: Path, *options: str) -> Iterator[subprocess.Popen]:
    """A running demo; it must not outlive the test."""
    command = [*START, "--data", str(data), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def first_line(process: subprocess.Popen) -> dict:
    return json.loads(process.stdout.readline())


@pytest.mark.req("SYS-01")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_one_command_runs_the_app_tells_whom_to_try_and_ends_cleanly(tmp_path: Path, ending: int) -> None:
    with demo(tmp_path / "data", "--json") as process:
        told = first_line(process)
        assert set(told["accounts"]["unregistered_student"]) == {"phone", "name", "id_number", "student_number"}
        for who in ("student", "graduate"):
            assert set(told["accounts"][who]) == {"login", "password"}
        for role in ("officer", "counsellor", "certifier", "certifier_lead"):
            assert set(told["accounts"][role]) == {"login", "password", "totp_secret"}
        front = requests.get(told["url"], timeout=10)
        assert front.status_code == 200
        assert "云溪职业技术学院" in front.text
        assert "Server" not in front.headers
        assert requests.get(told["outbox"], timeout=10).status_code == 200
        process.send_signal(ending)
        assert process.wait(timeout=20) == 0
        assert process.stdout.read() == ""


@pytest.mark.req("SYS-01")
def test_a_second_start_keeps_the_data(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with demo(data, "--json") as process:
        before = first_line(process)["accounts"]
        process.terminate()
        process.wait(timeout=20)
    with demo(data, "--json", "--students", "500") as process:
        assert first_line(process)["accounts"] == before


def test_a_person_reads_where_to_go_and_as_whom(tmp_path: Path) -> None:
    with demo(tmp_path / "data", "--students", "20") as process:
        text = "".join(iter(process.stdout.readline, "按 Ctrl-C 停止，数据留在原处\n"))
        process.terminate()
    assert re.search(r"http://127\.0\.0\.1:\d+/outbox", text)
    assert "样例名册.xlsx" in text
    for words in ("还没注册的学生", "已注册的学生", "学籍科", "辅导员", "动态码密钥"):
        assert words in text


@pytest.mark.req("SCH-05")
def test_the_sample_roster_has_rows_of_every_group(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with demo(tmp_path, "--json") as process:
        sample = first_line(process)["sample_roster"]
        process.terminate()
        process.wait(timeout=20)
    assert main(("import", "roster", "--dry-run", "--data", str(tmp_path), sample), {}) == 1
    told = capsys.readouterr().out.splitlines()
    assert [int(line.split("\t")[1]) for line in told[:6]] == [14, 4, 15, 7, 280, 1]
    assert len([line for line in told if line.startswith("Sheet1\t")]) == 7


@pytest.mark.req("SCH-16", "SCH-27")
def test_the_sample_photos_are_of_those_who_are_to_graduate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with demo(tmp_path, "--json") as process:
        told = first_line(process)
        process.terminate()
        process.wait(timeout=20)
    command = ("import", "photos", "--kind", "graduation", "--dry-run", "--data", str(tmp_path), told["sample_photos"])
    assert main(command, {}) == 1
    assert [int(line.split("\t")[1]) for line in capsys.readouterr().out.splitlines()[:4]] == [2, 1, 0, 1]


@pytest.mark.req("SCH-27")
def test_three_schools_have_every_state_and_nobody_who_exists(tmp_path: Path) -> None:
    with demo(tmp_path, "--json", "--schools", "3", "--students", "1500") as process:
        first_line(process)
        process.terminate()
        process.wait(timeout=20)
    with closing(sqlite3.connect(tmp_path / "xuedang.sqlite3")) as db:

        def column(query: str) -> set:
            return {value for (value,) in db.execute(query)}

        assert db.execute("SELECT COUNT(*) FROM record WHERE kind = 'enrolment'").fetchone() == (1500,)
        assert db.execute(
            "SELECT COUNT(*), COUNT(DISTINCT identity_index) FROM record WHERE kind = 'enrolment'"
        ).fetchone() == (
            1500,
            1500,
        )
        assert len(column("SELECT unit_id FROM record")) == 3
        assert column("SELECT state FROM 'check'") == {"unseen", "seen", "confirmed", "reported", "fixed", "kept", "exempt"}
        assert "no_record" in column("SELECT held FROM 'check'")
        evenings = [done for (done,) in db.execute("SELECT SUM(done) FROM evening GROUP BY day ORDER BY day")]
        assert evenings == sorted(set(evenings)) and evenings[-1] > 0, "the line of the board rises from evening to evening"
        everybody = column("SELECT name FROM record")
    assert {"王𬱖", "吴䶮", "阿依古丽·买买提"} <= everybody
    for name in everybody:
        names.check(name)


def test_made_up_people_have_valid_numbers_of_their_own() -> None:
    everybody = [people.person(number, 2007) for number in range(1, 40_000)]
    assert len({person.id_number for person in everybody}) == len(everybody)
    for person in everybody[::97]:
        id_numbers.check(person.id_number)
        assert person.id_number.startswith("110105")
        assert id_numbers.sex(person.id_number) == person.sex
        assert id_numbers.birth_date(person.id_number) == person.born
