"""The site as people meet it: the app behind waitress with its jobs running, and a Chromium before it.

No pytest here, so that `python -m tests.browser.screens` can use it too. What a visitor does is in `visitor.py`.
"""

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from typing import Any, Self

from flask import abort
from playwright.sync_api import Browser, Playwright, sync_playwright
from waitress import wasyncore
from waitress.server import create_server

from tests.browser.visitor import PHONE, Visitor
from webapp import create_app
from webapp.domain import sessions
from webapp.domain.refused import Refused
from webapp.jobs import registry
from webapp.models.accounts import Account
from webapp.models.base import database, on_sqlite
from webapp.models.staff import Staff
from webapp.providers import outbox
from webapp.settings import Settings
from webapp.web.access import public

CHROMIUM = "/usr/bin/chromium"
SHELL = "/usr/bin/chromium-headless-shell"
"""Debian's Chromium without the windows around the page: for looking at hundreds of screens, in half the time."""

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]
FLAGS += ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
"""The last two: who asks for the camera gets Chromium's made-up one."""

PATIENCE = 20.0
"""Seconds to wait for what a job does: longer than the worker's sweep."""


@contextmanager
def chromium(program: str = CHROMIUM, within: Playwright | None = None) -> Iterator[Browser]:
    """One of Debian's two; a thread has one Playwright, and a second browser comes `within` it."""
    with nullcontext(within) if within else sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


class Site:
    """A running deployment; `visitor` opens a browser of its own before it."""

    def __init__(self, settings: Settings, browser: Browser, furnish: Callable[[Settings], Any]) -> None:
        """`furnish` lays down who and what is there before the doors open; `world` is what it returns."""
        self.browser = browser
        self._listener = create_server(lambda environ, start: iter(()), host="127.0.0.1", port=0, threads=4)
        self.url = f"http://127.0.0.1:{self._listener.effective_port}"
        self.settings = replace(settings, url=self.url)
        self.app = create_app(self.settings)
        self.app.add_url_rule("/broken/<int:kind>", "broken", _broken)
        self.world = furnish(self.settings)
        self.everywhere = ""
        """A script with which every page of the visitors to come begins."""
        self._visitors: list[Visitor] = []

    def __enter__(self) -> Self:
        self._listener.application = self.app
        self.worker = self.app.extensions["worker"]
        self.worker.start()
        self._running = threading.Thread(target=self._listener.run, daemon=True)
        self._running.start()
        self._over = threading.Event()
        self._hurrying = threading.Thread(target=self._hurry, daemon=True)
        self._hurrying.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self._over.set()
        self._hurrying.join()
        self.leave()
        self._listener.trigger.pull_trigger(lambda: wasyncore.close_all(self._listener._map))
        self._running.join()
        self._listener.task_dispatcher.shutdown()
        self.worker.stop()
        database.close()
        if not on_sqlite():
            database.close_all()

    def _hurry(self) -> None:
        """What a test promises itself wakes no worker, and the worker's own sweep takes longer than a test should wait.

        Each job is woken once: one with a process of its own is queued until that has begun.
        """
        woken: set[str] = set()
        while not self._over.wait(0.2):
            due = set(registry.due()) - woken
            self.worker.wake(list(due))
            woken |= due
        database.close()

    def visitor(
        self,
        owner: Account | Staff | None = None,
        *,
        language: str = "zh",
        scripts: bool = True,
        size: dict[str, int] = PHONE,
    ) -> Visitor:
        """A browser without a past, logged in as `owner` where one is named."""
        context = self.browser.new_context(
            base_url=self.url,
            viewport=size,
            java_script_enabled=scripts,
            locale={"zh": "zh-CN", "en": "en-GB"}[language],
            reduced_motion="reduce",
        )
        if self.everywhere:
            context.add_init_script(self.everywhere)
        if owner is not None:
            token = sessions.begin(owner, "the tests' browser", "127.0.0.1")
            context.add_cookies([{"name": "xd_session", "value": token, "url": self.url}])
        made = Visitor(context.new_page(), self.url, language, scripts)
        self._visitors.append(made)
        return made

    def leave(self) -> None:
        """Close every browser."""
        while self._visitors:
            self._visitors.pop().page.context.close()

    def outbox(self) -> list[str]:
        return outbox.lines(self.settings.data_dir / "outbox.txt", last=1000)

    def code(self, phone: str) -> str:
        """The code in the newest SMS to `phone`, once it has left."""
        sms = f"SMS {phone[:3]} {phone[3:7]} {phone[7:]} "
        text = until(lambda: next((line for line in reversed(self.outbox()) if line.startswith(sms)), None))
        return re.search(r"(?<!\d)(\d{8}|\d{6})(?!\d)", text.removeprefix(sms))[1]

    def captcha(self) -> str:
        """The answer of the newest image captcha."""
        return next(line for line in reversed(self.outbox()) if line.startswith("captcha: ")).removeprefix("captcha: ")

    def link(self, address: str) -> str:
        """The path in the newest mail to `address`, once it has left."""
        mail = f"MAIL {address} "
        text = until(lambda: next((line for line in reversed(self.outbox()) if line.startswith(mail)), None))
        return re.search(r"https?://[^/\s]+(/\S+)", text)[1]


def until(found: Callable[[], Any]) -> Any:
    """What `found` returns as soon as it is something. Raises TimeoutError."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if result := found():
            return result
        time.sleep(0.05)
    raise TimeoutError(found)


@public("the tests look at every page for what went wrong")
def _broken(kind: int) -> None:
    if kind == 409:
        raise Refused("moved_on")
    abort(kind)
