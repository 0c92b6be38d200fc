"""A page that shows a name with a rare character brings the font of it, whoever looks; its addresses tell nothing."""

from collections.abc import Callable
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from tests.pages import counted
from tests.people import School, make_account
from tests.person import Person
from tests.registering import register
from tests.web.test_records import XI, enter
from tests.world import World
from webapp.domain import glyphs
from webapp.models.glyphs import Glyph
from webapp.models.records import Record

Visitors = Callable[..., Person]
RARE = "王𬱖"


@pytest.fixture
def drawn(world: World, school: School) -> Glyph:
    """The font of the rare character of the school's only rare name."""
    glyphs.look()
    world.work()
    return Glyph.get(Glyph.character == RARE[1])


def style(person: Person) -> str | None:
    """The address of the style that the page brings for rare characters."""
    links = [link["href"] for link in person.page.select("link[rel=stylesheet]")]
    return next((link for link in links if link.startswith("/glyphs/")), None)


@pytest.mark.req("ACC-15")
def test_the_holder_and_staff_get_the_font_with_the_page(
    world: World, school: School, drawn: Glyph, person: Visitors, visitor: Visitors
) -> None:
    record = school.record(RARE)
    me = enter(world, person(), make_account(record, "13800000001")).visit(f"/records/{record.key}").sees(RARE)
    officer = world.log_in(visitor(), school.staff("ni")).visit(f"/staff/records/{record.key}").sees(RARE)
    assert style(me) == style(officer) == f"/glyphs/{drawn.key}.css"
    css = me.client.get(style(me))
    assert (css.mimetype, css.headers["Cache-Control"]) == ("text/css", "public, max-age=31536000, immutable")
    assert f'url(/glyphs/{drawn.key}.woff2) format("woff2")' in css.text and "unicode-range:U+2CC56}" in css.text
    font = me.client.get(f"/glyphs/{drawn.key}.woff2")
    assert font.mimetype == "font/woff2" and list(TTFont(BytesIO(font.data)).getBestCmap()) == [0x2CC56]


@pytest.mark.req("ACC-15")
def test_a_rare_name_costs_one_read_and_other_names_none(world: World, school: School, drawn: Glyph, visitor: Visitors) -> None:
    reads = {}
    for number, name in enumerate((XI, RARE), start=1):
        record = school.record(name)
        me = enter(world, visitor(), make_account(record, f"1380000000{number}")).visit(f"/records/{record.key}")
        with counted() as cost:
            me.visit(f"/records/{record.key}").sees(name)
        reads[name] = cost.reads, cost.fonts
        assert bool(style(me)) == (name == RARE)
    assert reads[RARE][0] == reads[XI][0]
    assert (reads[RARE][1], reads[XI][1]) == (1, 0)


@pytest.mark.req("ACC-15", "ACC-59")
def test_whoever_registers_a_rare_name_is_greeted_with_it(world: World, school: School, visitor: Visitors) -> None:
    """The header greets by the masked name, on pages that show no other."""
    me = register(visitor(), world, name="王晓𬱖", number=school.record(RARE).document)
    assert style(me.visit("/menu")) is None
    world.work()
    assert style(me.visit("/menu")) and "王*𬱖" in me.html


def test_no_address_tells_a_character_and_unknown_ones_are_not_there(world: World, drawn: Glyph, visitor: Visitors) -> None:
    client = visitor().client
    for place in (drawn.character, "2CC56", f"{drawn.key}.{drawn.key}", "A" * 22, f"{drawn.key}." + "A" * 22):
        assert client.get(f"/glyphs/{place}.css").status_code == 404
        assert client.get(f"/glyphs/{place}.woff2").status_code == 404
    undrawn = Glyph.create(character="\U0002ebf0", wanted=drawn.wanted)
    assert client.get(f"/glyphs/{undrawn.key}.woff2").status_code == 404


def test_a_page_of_many_rare_names_brings_them_in_one_style(
    world: World, school: School, drawn: Glyph, visitor: Visitors
) -> None:
    Record.update(name="林𠅤\U0002f81a").where(Record.id == school.record(XI).id).execute()
    glyphs.look()
    world.work()
    keys = [glyph.key for glyph in Glyph.select().where(Glyph.font.is_null(False)).order_by(Glyph.id)]
    officer = world.log_in(visitor(), school.staff("ni")).visit("/staff/records").sees(RARE)
    assert style(officer) == "/glyphs/" + ".".join(keys) + ".css"
    assert officer.client.get(style(officer)).text.count("@font-face") == len(keys) >= 2
