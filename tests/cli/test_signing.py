"""The keeper of the site looks at the signing keys, changes and revokes them; `doctor` says how long they last."""

import pytest

from tests.cli.conftest import Machine
from webapp.cli.deployment import connected
from webapp.domain import signing

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
