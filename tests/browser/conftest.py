"""A real server on the loopback and a real Chromium before it. Only with `--browser`."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.site import Site, chromium
from tests.people import School, make_school
from webapp.settings import Settings


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def site(settings: Settings, browser: Browser) -> Iterator[Site]:
    with Site(settings, browser) as running:
        yield running


@pytest.fixture
def school(site: Site) -> School:
    """云溪职业技术学院 on the running site: see tests/people.py."""
    return make_school()
