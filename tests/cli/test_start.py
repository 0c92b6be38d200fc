"""`serve` refuses to start half-configured, says why and how to go on, and tells no secret (R-SYS-01)."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Machine

SECRET = "a-secret-that-nobody-may-read"
SMS = {
    "XUEDANG_SMS": "aliyun",
    "XUEDANG_SMS_KEY_ID": "LTAI",
    "XUEDANG_SMS_KEY_SECRET": SECRET,
    "XUEDANG_SMS_SIGN": "学档",
    "XUEDANG_SMS_TEMPLATES": json.dumps({"code": "SMS_0000"}),
    "XUEDANG_MAIL": "smtp",
    "XUEDANG_MAIL_URL": f"smtps://user:{SECRET}@mail.example.edu.cn",
    "XUEDANG_MAIL_FROM": "xj@example.edu.cn",
    "XUEDANG_URL": "https://xj.example.edu.cn",
    "XUEDANG_TRUSTED_PROXIES": "1",
}
"""Everything that a start needs."""

WRONG = {
    "local outbox": ({"XUEDANG_SMS": "outbox"}, "XUEDANG_ALLOW_LOCAL_OUTBOX"),
    "local outbox for mail": ({"XUEDANG_MAIL": "outbox"}, "XUEDANG_ALLOW_LOCAL_OUTBOX"),
    "stand-in for faces": ({"XUEDANG_FACES": "mock"}, "XUEDANG_FACES"),
    "unknown face check": ({"XUEDANG_FACES": "mirror"}, "XUEDANG_FACES"),
    "no secret for faces": ({"XUEDANG_FACES": "http"}, "XUEDANG_FACES_URL"),
    "unknown gateway": ({"XUEDANG_SMS": "pigeon"}, "XUEDANG_SMS"),
    "unknown mail": ({"XUEDANG_MAIL": "pigeon"}, "XUEDANG_MAIL"),
    "no key id": ({"XUEDANG_SMS_KEY_ID": ""}, "XUEDANG_SMS_KEY_ID"),
    "no key secret": ({"XUEDANG_SMS_KEY_SECRET": ""}, "XUEDANG_SMS_KEY_SECRET"),
    "no signature": ({"XUEDANG_SMS_SIGN": ""}, "XUEDANG_SMS_SIGN"),
    "no templates": ({"XUEDANG_SMS_TEMPLATES": "{}"}, "XUEDANG_SMS_TEMPLATES"),
    "templates that are no JSON": ({"XUEDANG_SMS_TEMPLATES": f"{{{SECRET}"}, "XUEDANG_SMS_TEMPLATES"),
    "no app id": ({"XUEDANG_SMS": "tencent"}, "XUEDANG_SMS_APP_ID"),
    "no mail server": ({"XUEDANG_MAIL_URL": ""}, "XUEDANG_MAIL_URL"),
    "no sender": ({"XUEDANG_MAIL_FROM": ""}, "XUEDANG_MAIL_FROM"),
    "debug in public": ({"XUEDANG_DEBUG": "1"}, "XUEDANG_DEBUG"),
    "debug of no kind": ({"XUEDANG_DEBUG": "perhaps"}, "XUEDANG_DEBUG"),
    "proxies not told": ({"XUEDANG_TRUSTED_PROXIES": "0"}, "XUEDANG_TRUSTED_PROXIES"),
    "proxies of no number": ({"XUEDANG_TRUSTED_PROXIES": "one"}, "XUEDANG_TRUSTED_PROXIES"),
    "address without scheme": ({"XUEDANG_URL": "xj.example.edu.cn"}, "XUEDANG_URL"),
    "address of another scheme": ({"XUEDANG_URL": "ftp://xj.example.edu.cn"}, "XUEDANG_URL"),
    "unknown database": ({"XUEDANG_DATABASE": f"mysql://user:{SECRET}@db"}, "XUEDANG_DATABASE"),
    "unknown server": ({"XUEDANG_SERVER": "gunicorn"}, "XUEDANG_SERVER"),
    "no threads": ({"XUEDANG_THREADS": "0"}, "XUEDANG_THREADS"),
    "no processes": ({"XUEDANG_PROCESSES": "0"}, "XUEDANG_PROCESSES"),
    "jobs nowhere": ({"XUEDANG_SERVER": "granian"}, "XUEDANG_JOBS_INSIDE"),
    "no key file": ({"XUEDANG_KEYS": "/nowhere/keys.json"}, "xuedang init"),
}


@pytest.mark.req("SYS-01")
@pytest.mark.parametrize("fault", WRONG)
def test_a_wrong_setting_stops_the_start_by_its_name(machine: Machine, fault: str) -> None:
    machine.init()
    wrong, named = WRONG[fault]
    assert machine.run("serve", **{**SMS, **wrong}) == 2
    assert named in machine.err
    assert SECRET not in machine.err + machine.out


@pytest.mark.parametrize("text", ["", "{}", '{"roots": {"k1": "c2hvcnQ="}, "current": "k1", "index": "c2hvcnQ="}'])
def test_a_damaged_or_weak_key_file_stops_the_start(machine: Machine, text: str) -> None:
    machine.init()
    (machine.folder / "keys.json").write_text(text)
    assert machine.run("serve", **SMS) == 2
    assert "XUEDANG_KEYS" in machine.err


def test_keys_that_others_can_read_stop_the_start(machine: Machine) -> None:
    machine.init()
    (machine.folder / "keys.json").chmod(0o644)
    assert machine.run("serve", **SMS) == 2
    assert "chmod 600" in machine.err


def test_a_port_that_is_taken_is_told_before_anything_is_made(machine: Machine, tmp_path: Path) -> None:
    data = tmp_path / "demo"
    assert machine.run("demo", "--host", "192.0.2.1", "--data", str(data)) == 2
    assert "--host 192.0.2.1" in machine.err
    assert not data.exists()
