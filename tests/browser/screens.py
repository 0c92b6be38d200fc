"""Every screen of the site, by name. `python -m tests.browser.screens FOLDER` writes each as a picture: 360 and 1280 px,
light and dark, in Chinese and in English. What is right about them is `test_screens.py`; whether they look right, eyes say.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from playhouse.migrations import Runner

from tests.browser import (
    abroad,
    agencies,
    applications,
    applying,
    certifying,
    corrections,
    desk,
    enrolling,
    graduating,
    helping,
    in_person,
    liveness,
    materials,
    modules,
    office,
    organisations,
    paying,
    photos,
    reporting,
    signing,
    staff,
    students,
    translating,
    verifying,
)
from tests.browser.guide import Guide, Tour, furnish
from tests.browser.site import SHELL, Site, chromium
from tests.browser.visitor import DESK, PHONE, Visitor
from webapp import bind, places
from webapp.models import keys
from webapp.models.base import database
from webapp.settings import Settings

STUDENTS: tuple[Tour, ...] = (
    *students.TOURS,
    *in_person.STUDENTS,
    *corrections.STUDENTS,
    *photos.STUDENTS,
    *modules.STUDENTS,
    *reporting.STUDENTS,
    *translating.STUDENTS,
    *verifying.STUDENTS,
    *signing.STUDENTS,
    *organisations.STUDENTS,
    *abroad.STUDENTS,
    *applying.STUDENTS,
    *applications.STUDENTS,
    *helping.STUDENTS,
    *liveness.STUDENTS,
    *materials.STUDENTS,
    *paying.STUDENTS,
    *agencies.STUDENTS,
)
STAFF: tuple[Tour, ...] = (
    *office.TOURS, *staff.TOURS, *desk.TOURS, *in_person.STAFF, *corrections.STAFF, *photos.STAFF,
    *enrolling.STAFF, *graduating.STAFF, *modules.STAFF, *translating.STAFF, *organisations.STAFF, *abroad.STAFF,
    *certifying.STAFF, *helping.STAFF, *liveness.STAFF, *agencies.STAFF, *paying.STAFF,
)  # fmt: skip

LOOKS = [
    (f"{size['width']}-{theme}", size, theme)
    for size in (PHONE, DESK)
    for theme in ("light", "dark")
]  # fmt: skip


def walk(site: Site, language: str, look: Callable[[str, Visitor], None], tours: tuple[Tour, ...]) -> None:
    """Go through every screen in one language and `look` at each by its name."""
    guide = Guide(site, language)
    for tour in tours:
        for name, visitor in tour(guide):
            look(name, visitor)
        site.leave()


def photograph(folder: Path, language: str, only: str) -> Callable[[str, Visitor], None]:
    """A look that writes the four pictures of a screen whose name holds `only`."""

    def look(name: str, visitor: Visitor) -> None:
        if only not in name:
            return
        before = visitor.page.viewport_size
        for kind, size, theme in LOOKS:
            visitor.page.set_viewport_size(size)
            visitor.page.emulate_media(color_scheme=theme)
            visitor.page.screenshot(path=folder / f"{name}-{language}-{kind}.png", full_page=True)
        visitor.page.emulate_media(color_scheme="light")
        visitor.page.set_viewport_size(before)

    return look


def main(told: argparse.Namespace) -> None:
    told.folder.mkdir(parents=True, exist_ok=True)
    for language in told.language:
        with TemporaryDirectory() as data, chromium(SHELL) as browser:
            settings = Settings.read({}, data_dir=Path(data), demo=True)
            keys.Keyring.fresh().save(settings.keys)
            bind(settings)
            Runner(database.obj, str(places.find("migrations"))).up()
            with Site(settings, browser, furnish) as site:
                walk(site, language, photograph(told.folder, language, told.only), (*STUDENTS, *STAFF))
    sys.stdout.write(f"{len(list(told.folder.glob('*.png')))} pictures in {told.folder}\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="screens whose name holds this")
    parser.add_argument("--language", nargs="+", choices=("zh", "en"), default=("zh", "en"))
    main(parser.parse_args())
