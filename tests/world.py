"""What a test may do besides visiting: let jobs run, read the outbox, move the clock."""

import re
from datetime import UTC, datetime, timedelta
from typing import Self

import time_machine
from flask import Flask

from tests.person import Person
from webapp.domain import defaults, sessions
from webapp.jobs import registry
from webapp.models.accounts import Account
from webapp.models.staff import Staff
from webapp.providers import outbox

START = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
"""Monday, ten in the morning in China: every test begins here."""


class World:
    """Time stands still until a test moves it."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.worker = app.extensions["worker"]
        self.settings = app.config["SETTINGS"]
        self._clock = time_machine.travel(START, tick=False)

    def __enter__(self) -> Self:
        self._traveller = self._clock.start()
        defaults.forget()
        return self

    def __exit__(self, *fault: object) -> None:
        self._clock.stop()

    def wait(self, **delta: float) -> None:
        """Let time pass, as in ``wait(minutes=5)``, then let the jobs run that became due."""
        self._traveller.shift(timedelta(**delta))
        self.work()

    def work(self) -> int:
        """Let the worker do everything that is due; returns how many jobs were done."""
        return registry.drain(self.worker.outside)

    def outbox(self) -> list[str]:
        """Every SMS, mail and captcha so far, a line each, oldest first."""
        self.work()
        return outbox.lines(self.settings.data_dir / "outbox.txt", last=10_000)

    def code(self, phone: str) -> str:
        """The code in the newest SMS to `phone`."""
        grouped = f"{phone[:3]} {phone[3:7]} {phone[7:]}"
        texts = [line for line in self.outbox() if line.startswith(f"SMS {grouped} ")]
        return re.search(r"(?<!\d)\d{6}(?!\d)|(?<!\d)\d{8}(?!\d)", texts[-1].removeprefix(f"SMS {grouped} "))[0]

    def captcha(self) -> str:
        """The answer of the newest captcha."""
        return [line for line in self.outbox() if line.startswith("captcha: ")][-1].removeprefix("captcha: ")

    def log_in(self, person: Person, owner: Account | Staff) -> Person:
        """Give a browser a session, where logging in is not what the test is about."""
        token = sessions.begin(owner, "the tests' browser", person.address)
        person.client.set_cookie("xd_session", token)
        return person

    def link(self, address: str) -> str:
        """The path of the link in the newest mail to `address`."""
        mails = [line for line in self.outbox() if line.startswith(f"MAIL {address} ")]
        return re.search(r"https?://[^/\s]+(/\S+)", mails[-1])[1]
