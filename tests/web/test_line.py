"""Who waits in line for a hash, and what is said to those who find it full."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.people import PASSWORD, School, make_account
from tests.person import Person
from webapp.domain import passwords
from webapp.models.accounts import Login
from webapp.models.journal import Bucket
from webapp.web import line

Maker = Callable[..., Person]

HASHING = (
    "/login",
    "/login/password",
    "/register/password",
    "/me/password",
    "/me/new-password",
    "/me/questions",
    "/me/optional",
    "/me/document",
    "/me/sure",
    "/staff/login",
    "/staff/me/password",
    "/staff/invite/a-token",
)


def test_what_computes_a_hash_waits_in_line_and_nothing_else(app: Flask) -> None:
    waits = line.waits(app)
    for path in HASHING:
        assert waits("POST", path), path
        assert not waits("GET", path), path
    for path in ("/logout", "/login/code", "/register/phone", "/staff/login/second", "/nothing", "//", "/login/../me", "/登录"):
        assert not waits("POST", path), path


@pytest.mark.req("ACC-36")
@pytest.mark.parametrize(
    ("language", "told", "name", "button"),
    [
        ("zh-CN", "现在登录的人很多，等 1 分钟再试", "手机号、证件号码或邮箱", "登录"),
        ("en", "Many people are signing in. Try again in 1 minute", "Phone, ID number or e-mail", "Sign in"),
    ],
)
def test_a_full_line_answers_calmly_and_keeps_the_name(
    school: School, person: Maker, language: str, told: str, name: str, button: str
) -> None:
    make_account(school.record("林晓溪"), "13800000001")
    me = person(language=language).visit("/login").fill(name, "13800000001")
    me.fill({"zh-CN": "密码", "en": "Password"}[language], PASSWORD)
    with passwords.closed():
        me.press(button)
    assert me.status == 503
    assert me.errors() == [told]
    assert me.value(name) == "13800000001"
    assert PASSWORD not in me.html
    assert Login.select().count() == Bucket.select().count() == 0


def test_whoever_finds_it_full_is_told_when_to_come_back(school: School, visitor: Maker) -> None:
    me = visitor().visit("/login")
    with passwords.closed():
        answer = me.client.post("/login", data={"csrf_token": me.token(), "login": "13800000001", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
