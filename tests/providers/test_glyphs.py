"""Small fonts for pages: one character each, light, and made away from the site's own process."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from webapp.providers.glyphs_fonttools import CutGlyphs

KB = 1024


@pytest.fixture
def glyphs() -> Iterator[CutGlyphs]:
    made = CutGlyphs()
    yield made
    made.close()


@pytest.mark.req("ACC-15")
def test_a_font_holds_one_character_and_weighs_little(glyphs: CutGlyphs) -> None:
    for character in "𬱖䶮𠅤":
        font = glyphs.cut(character)
        read = TTFont(BytesIO(font))
        assert (read.flavor, list(read.getBestCmap())) == ("woff2", [ord(character)])
        assert len(read.getGlyphOrder()) == 2 and len(font) < 5 * KB
        assert "GSUB" not in read


def test_what_no_font_holds_is_cut_of_none_and_private_signs_never(glyphs: CutGlyphs) -> None:
    assert glyphs.cut("\U0002ebf0") is None
    assert glyphs.cut("\ue863") is None


def test_the_work_leaves_no_memory_behind(glyphs: CutGlyphs) -> None:
    glyphs.cut("𬱖")
    child = glyphs.child_pid
    glyphs.close()
    assert child and glyphs.child_pid is None
