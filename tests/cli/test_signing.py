"""The keeper of the site looks at the signing keys, changes and revokes them; `doctor` says how long they last."""

import pytest

from tests.cli.conftest import Machine
from webapp.cli.deployment import connected
from webapp.domain import clock, signing
from webapp.models.certification import Agency

OUTSIDE = {"XUEDANG_SMS": "none", "XUEDANG_MAIL": "none"}


@pytest.mark.req("RPT-05")
def test_keys_are_shown_rotated_and_revoked(machine: Machine) -> None:
    machine.init()
    machine.run("signing", "show")
    assert "还没有密钥" in machine.out
    machine.run("signing", "rotate")
    with connected():
        first = signing.signer().kid
    machine.run("signing", "revoke", first, "--reason", "compromise")
    assert f"已吊销 {first}" in machine.out
    with connected():
        second = signing.signer().kid
    machine.run("signing", "show")
    root, current, revoked = machine.out.splitlines()[-3:]
    assert root.split()[1:3] == ["root", "current"]
    assert current.split()[:3] == [second, "signer", "current"]
    assert (revoked.split()[0], revoked.split()[-1]) == (first, "compromise")


@pytest.mark.req("CRT-48")
def test_an_agencys_key_is_made_rotated_and_revoked(machine: Machine) -> None:
    machine.init()
    with connected():
        for name, short in (("青溪省学历认证中心", "青溪认证"), ("碧湖省学历认证中心", "认证"), ("北岭省学历认证中心", "认证")):
            Agency.create(name=name, short=short, created=clock.now())
    for unknown in ("没有这个中心", "认证"):
        assert machine.run("signing", "rotate", "--agency", unknown) == 1
    machine.run("signing", "rotate", "--agency", "青溪省学历认证中心")
    first = machine.out.splitlines()[-1].split()[1]
    machine.run("signing", "rotate", "--agency", "青溪认证")
    machine.run("signing", "revoke", first, "--reason", "superseded")
    assert f"已吊销 {first}" in machine.out
    machine.run("signing", "show")
    _root, current, revoked = machine.out.splitlines()[-3:]
    assert (current.split()[1:3], current.split()[-1]) == (["signer", "current"], "青溪省学历认证中心")
    assert (revoked.split()[0], revoked.split()[-2:]) == (first, ["superseded", "青溪省学历认证中心"])
    machine.run("signing", "revoke", current.split()[0], "--reason", "ended")
    with connected():
        assert f"现在用密钥 {signing.signer().kid} 签名" in machine.out


def test_a_key_that_is_none_is_not_revoked(machine: Machine) -> None:
    machine.init()
    assert machine.run("signing", "revoke", "0" * 16, "--reason", "ended") == 1
    assert machine.run("signing", "revoke", "0" * 16, "--reason", "compromise") == 1


def test_doctor_says_how_long_the_keys_last(machine: Machine) -> None:
    machine.init()
    machine.run("doctor", **OUTSIDE)
    assert "warn 还没有签名密钥" in machine.out
    with connected():
        signing.signer()
    machine.run("doctor", **OUTSIDE)
    assert "ok   签名密钥还有 730 天" in machine.out or "ok   签名密钥还有 729 天" in machine.out
