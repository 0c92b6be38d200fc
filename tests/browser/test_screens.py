"""Every screen, in both languages: axe in light and dark, 320 px, large text, targets, and nothing that is not allowed.

The screens and the way to each are in `screens.py`; what is measured is in `looks.py`.
"""

import pytest

from tests.browser import looks, screens
from tests.browser.guide import Tour
from tests.browser.site import Site
from tests.browser.visitor import Visitor
from webapp import places

WHOSE = [pytest.param("students", screens.STUDENTS, id="students"), pytest.param("staff", screens.STAFF, id="staff")]


def judged(site: Site, language: str, tours: tuple[Tour, ...], with_axe: bool) -> list[str]:
    """Walk the tours; returns every fault of every screen."""
    names, wrong = set(), []
    site.everywhere = looks.AXE if with_axe else ""

    def look(name: str, visitor: Visitor) -> None:
        if name in names:
            wrong.append(f"{name}: two screens have this name")
        names.add(name)
        wrong.extend(f"{name}: {fault}" for fault in looks.faults(visitor, with_axe=with_axe))

    screens.walk(site, language, look, tours)
    return wrong


@pytest.mark.parametrize(("whose", "tours"), WHOSE)
def test_every_screen_is_right_in_chinese_light_and_dark(demo: Site, whose: str, tours: tuple[Tour, ...]):
    assert judged(demo, "zh", tours, with_axe=True) == []
    shown = {name for _, name in demo.app.jinja_env.cache}
    assert templates(whose) - shown == set()


@pytest.mark.req("ACC-63")
@pytest.mark.parametrize(("whose", "tours"), WHOSE)
def test_english_fits_every_screen(demo: Site, whose: str, tours: tuple[Tour, ...]):
    """axe has no opinion on words, so here it is left out."""
    assert judged(demo, "en", tours, with_axe=False) == []


def templates(whose: str) -> set[str]:
    """The templates of students' or of staff's pages; the long texts come as the screens show them.

    Of the answers of the help centre one stands for all: they are one page, and `tests/web/test_help.py` opens each.
    """
    root = places.find("templates")
    names = {path.relative_to(root).as_posix() for path in root.rglob("*.html")}
    apart = ("texts/en/", "texts/zh/help/")
    return {name for name in names if name.startswith("staff/") == (whose == "staff") and not name.startswith(apart)}
