"""The real machine on made-up cards: only with `--ocr`, which needs `pip install 'xuedang[ocr]'`."""

from collections.abc import Iterator

import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.people import id_number
from tests.scenes import saved
from webapp.providers.ocr_rapid import RapidOcr

NUMBER = id_number("20080512", 2)


@pytest.fixture(scope="module")
def ocr() -> Iterator[RapidOcr]:
    made = RapidOcr()
    yield made
    made.close()


def card(number: str = NUMBER) -> Image.Image:
    """The lower part of a card that nobody has: pale, a line of digits in the type of the machine."""
    picture = Image.new("RGB", (1400, 900), "#dfe7ea")
    ImageDraw.Draw(picture).text((360, 760), number, fill="#15181c", font=ImageFont.load_default(64))
    return picture


@pytest.mark.req("DUP-14")
@pytest.mark.parametrize("turned", [0, 5, -5])
def test_the_number_is_read_off_a_card(ocr: RapidOcr, turned: int) -> None:
    read = ocr.read(saved(card().rotate(turned, expand=True, fillcolor="#8a8f94")))
    assert NUMBER in "".join(read).replace(" ", "")


def test_a_picture_without_text_and_one_that_is_none_say_nothing(ocr: RapidOcr) -> None:
    assert ocr.read(saved(Image.new("RGB", (800, 600), "white"))) == []
    assert ocr.read(b"no picture") == []
