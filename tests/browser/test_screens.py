"""Every screen in light and dark, in both languages: axe, 320 px, large text, targets, and nothing that is not allowed."""

import pytest

from tests.browser import looks, screens
from tests.browser.site import Site
from tests.browser.visitor import Visitor
from webapp import places

SEEN_ELSEWHERE = {"page.html", "fragment.html"}


def judge(site: Site, language: str, tours: tuple, with_axe: bool) -> set[str]:
    """Walk and fail with every fault of every screen; returns the templates that were shown."""
    wrong: list[str] = []
    names: list[str] = []

    def look(name: str, visitor: Visitor) -> None:
        names.append(name)
        wrong.extend(f"{name}: {fault}" for fault in looks.faults(visitor, with_axe=with_axe))

    screens.walk(site, language, look, tours)
    assert wrong == [], "\n".join(wrong)
    assert len(names) == len(set(names))
    return {name for _, name in site.app.extensions["templates"][language].cache.keys()}  # noqa: SIM118 (an LRUCache has no other way)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("whose", ["students", "staff"])
def test_every_screen_is_right(demo: Site, language: str, whose: str):
    tours = {"students": screens.students.TOURS, "staff": screens.staff.TOURS}[whose]
    shown = judge(demo, language, tours, with_axe=True)
    templates = {str(path.relative_to(places.find("templates"))) for path in places.find("templates").rglob("*.html")}
    wanted = {name for name in templates if name.startswith("staff/") == (whose == "staff") and not name.startswith("texts/")}
    assert wanted - shown == set()
