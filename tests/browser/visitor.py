"""A person before Chromium: finds fields, buttons and links by their words, in either language.

The Chinese words are written in the journeys; the English ones come from the site's own catalogue.
"""

import re
from typing import Self

from babel.support import NullTranslations, Translations
from playwright.sync_api import ConsoleMessage, Error, Locator, Page, Request, expect

from webapp import places

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}

_CATALOGUES = {"zh": NullTranslations(), "en": Translations.load(places.PACKAGE / "translations", ["en"])}

EXPECTED = ("the server responded with a status of 4", "the server responded with a status of 5")
"""What the console says of a page that answers 422 or 404 on purpose."""


class Visitor:
    """`faults` gathers what a page should not do: errors of scripts, of the content policy, requests off the site."""

    def __init__(self, page: Page, home: str, language: str, scripts: bool) -> None:
        self.page, self.home, self.language, self.scripts = page, home, language, scripts
        self.faults: list[str] = []
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        page.on("console", self._said)
        page.on("request", self._asked)

    def say(self, words: str, **facts: object) -> str:
        """A sentence of the site as this visitor reads it; `num` chooses the plural."""
        catalogue = _CATALOGUES[self.language]
        said = catalogue.ungettext(words, words, facts["num"]) if "num" in facts else catalogue.ugettext(words)
        return said % facts if facts else said

    # going places

    def visit(self, path: str) -> Self:
        try:
            self.page.goto(path)
        except Error as fault:
            if "ERR_ABORTED" not in str(fault):
                raise
            self.page.goto(path)  # the page before reloaded itself at that moment, as one that waits for a job does
        return self

    def press(self, words: str, **facts: object) -> Self:
        """Press a button and wait for the next screen."""
        return self._go(self.button(words, **facts))

    def follow(self, words: str, **facts: object) -> Self:
        """Follow a link and wait for the next screen."""
        return self._go(self._named("link", self.say(words, **facts)))

    def open(self, words: str) -> Self:
        """Open what is folded away under these words."""
        self.page.locator("summary", has_text=self.say(words)).first.click()
        return self

    def _go(self, control: Locator) -> Self:
        if self.scripts:
            self.page.evaluate("document.getElementById('main').dataset.before = ''")
            control.click()
            self.page.wait_for_selector("#main:not([data-before])")
        else:
            with self.page.expect_navigation():
                control.click()
        return self

    # filling in

    def fill(self, label: str, value: str) -> Self:
        self.field(label).fill(value)
        return self

    def choose(self, label: str, option: str) -> Self:
        """Choose in a list by the words of an option, or by its value."""
        self.field(label).select_option(label=option)
        return self

    def tick(self, words: str) -> Self:
        """Tick the box, or choose the radio, that begins with these words, or else holds them."""
        said = self.say(words)
        labels = self.page.locator("label", has=self.page.locator("[type=checkbox],[type=radio]"))
        begins = labels.filter(has_text=re.compile(rf"^\s*{re.escape(said)}"))
        (begins if begins.count() else labels.filter(has_text=said)).first.locator("input").check()
        return self

    def attach(self, label: str, name: str, data: bytes) -> Self:
        self.field(label).set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": data})
        return self

    def pass_captcha(self, answer: str) -> Self:
        """With scripts the page proves work by itself; without, the digits of the picture are typed."""
        if self.scripts:
            self.page.wait_for_selector(".proved")
            return self
        return self.fill("图片验证码", answer)

    # reading

    def sees(self, *texts: str, **facts: object) -> Self:
        for text in texts:
            expect(self.page.locator("#main")).to_contain_text(self.say(text, **facts) if facts else self.say(text))
        return self

    @property
    def path(self) -> str:
        return self.page.evaluate("location.pathname")

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    @property
    def focus(self) -> str:
        """What has the focus: its tag and class."""
        return self.page.evaluate("[document.activeElement.localName, ...document.activeElement.classList].join('.')")

    def field(self, label: str) -> Locator:
        said = self.say(label)
        exact = self.page.get_by_label(said, exact=True)
        return exact.first if exact.count() else self.page.get_by_label(said).first

    def button(self, words: str, **facts: object) -> Locator:
        return self._named("button", self.say(words, **facts))

    def _named(self, role: str, said: str) -> Locator:
        exact = self.page.get_by_role(role, name=said, exact=True)
        return exact.first if exact.count() else self.page.get_by_role(role, name=said).first

    def _said(self, line: ConsoleMessage) -> None:
        if line.type == "error" and not any(known in line.text for known in EXPECTED):
            self.faults.append(line.text)

    def _asked(self, asked: Request) -> None:
        if not asked.url.startswith((self.home, "blob:", "data:")):
            self.faults.append(asked.url)
