"""A real server on the loopback and a real Chromium before it. Only with `--browser`."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser.guide import furnish
from tests.browser.site import SHELL, Site, chromium
from tests.people import School, make_school
from webapp.settings import Settings


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    with chromium(within=playwright) as opened:
        yield opened


@pytest.fixture
def site(settings: Settings, browser: Browser) -> Iterator[Site]:
    """The running site with 云溪职业技术学院 of tests/people.py."""
    with Site(settings, browser, lambda settings: make_school()) as running:
        yield running


@pytest.fixture
def school(site: Site) -> School:
    return site.world


@pytest.fixture
def demo(settings: Settings, playwright: Playwright) -> Iterator[Site]:
    """The running site with the school of `xuedang demo`, before a Chromium that only draws pages."""
    with chromium(SHELL, playwright) as browser, Site(settings, browser, furnish) as running:
        yield running
