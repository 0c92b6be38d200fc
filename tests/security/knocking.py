"""Doors at which a stranger may ask whether somebody is there, as a script knocks: no page is drawn, only bytes are read.

A door is prepared up to its last request, which is the one that is compared and timed. Not here: what it may tell.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask
from werkzeug.test import TestResponse

from webapp.domain import captchas
from webapp.domain.recovery import memory

WRONG = "bu-shi-zhe-ge-mima-9"
AGENT = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0", "Accept-Language": "zh-CN"}


@dataclass(frozen=True)
class Person:
    """What somebody types of a person, who is here or not."""

    phone: str
    name: str
    number: str
    mail: str


Press = Callable[[], TestResponse]


class Browser:
    """Cookies, the page it is on, and the token that stands there."""

    def __init__(self, app: Flask, address: str) -> None:
        self.client, self.from_ = app.test_client(), {"REMOTE_ADDR": address}
        self.page = ""

    def get(self, path: str) -> TestResponse:
        answer = self.client.get(path, headers=AGENT, environ_base=self.from_)
        self.page = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
        return answer

    def post(self, path: str, **told: str) -> TestResponse:
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.page)
        sent = {"csrf_token": token[1] if token else "", **told}
        return self.client.post(path, data=sent, headers=AGENT, environ_base=self.from_)

    def captcha(self) -> str:
        return captchas.digits(re.search(r"/captcha/([^\"]+)\.png", self.page)[1])

    def pressing(self, path: str, asked: bool = True, **told: str) -> Press:
        """Look at the page, and be ready to send its form; `asked` unless its captcha is for another button."""
        self.get(path)
        if asked and "/captcha/" in self.page:
            told["captcha"] = self.captcha()
        return lambda: self.post(path, **told)

    def begin_recovery(self, who: Person) -> None:
        self.pressing("/recover", login=who.phone)()


def register(me: Browser, who: Person, work: Callable) -> Press:
    return me.pressing("/register/phone", phone=who.phone, consent="y")


def register_code(me: Browser, who: Person, work: Callable) -> Press:
    register(me, who, work)()
    return me.pressing("/register/code", asked=False, code="000000")


def password_by(what: str) -> Callable[[Browser, Person, Callable], Press]:
    return lambda me, who, work: me.pressing("/login", login=getattr(who, what), password=WRONG)


def login_code(me: Browser, who: Person, work: Callable) -> Press:
    return me.pressing("/login/code", phone=who.phone)


def login_code_wrong(me: Browser, who: Person, work: Callable) -> Press:
    login_code(me, who, work)()
    return me.pressing("/login/code/check", code="000000")


def user_name(me: Browser, who: Person, work: Callable) -> Press:
    return me.pressing("/recover/username", name=who.name, number=who.number)


def reset(me: Browser, who: Person, work: Callable) -> Press:
    return me.pressing("/recover", login=who.phone)


def reset_by_phone(me: Browser, who: Person, work: Callable) -> Press:
    me.begin_recovery(who)
    return me.pressing("/recover/phone", name=who.name, number=who.number, phone=who.phone)


def reset_code_wrong(me: Browser, who: Person, work: Callable) -> Press:
    reset_by_phone(me, who, work)()
    work()  # the code has come, or not
    return me.pressing("/recover/phone/code", asked=False, code="00000000")


def reset_by_mail(me: Browser, who: Person, work: Callable) -> Press:
    me.begin_recovery(who)
    return me.pressing("/recover/mail", email=who.mail)


def reset_by_answers(me: Browser, who: Person, work: Callable) -> Press:
    me.begin_recovery(who)
    told = {"question1": "pet", "answer1": "白菜", "question2": "street", "answer2": "长街"}
    return me.pressing("/recover/questions", **told)


def reset_by_paper(me: Browser, who: Person, work: Callable) -> Press:
    me.begin_recovery(who)
    return me.pressing("/recover/paper", code="A" * memory.LENGTH)


DOORS: dict[str, Callable[[Browser, Person, Callable], Press]] = {
    "register": register,
    "register, a wrong code": register_code,
    "password, by phone": password_by("phone"),
    "password, by number": password_by("number"),
    "password, by mail": password_by("mail"),
    "a code to log in": login_code,
    "a code to log in, wrong": login_code_wrong,
    "find the user name": user_name,
    "reset": reset,
    "reset by phone": reset_by_phone,
    "reset by phone, a wrong code": reset_code_wrong,
    "reset by mail": reset_by_mail,
    "reset by questions": reset_by_answers,
    "reset by a printed code": reset_by_paper,
}
