"""Which characters of names get fonts for pages, and when."""

from datetime import timedelta

import pytest

from tests.desk import Desk, roster, student
from tests.people import School, make_account
from tests.world import World
from webapp.domain import clock, glyphs
from webapp.domain.enrolment import editing
from webapp.domain.permissions import SYSTEM
from webapp.jobs.glyphs import draw_rare_characters
from webapp.models.glyphs import Glyph
from webapp.models.journal import Job
from webapp.models.records import Record


def known() -> dict[str, bool]:
    """Characters, and whether each has a font."""
    return {one.character: one.font is not None for one in Glyph.select()}


def test_rare_is_what_came_to_phones_late() -> None:
    assert glyphs.rare("<p>王𬱖，龙䶮\u4db6\u9fa6\u9fff𠅤\U000323af𬱖</p>") == list("\u4db6\u9fa6\u9fff𠅤𬱖\U000323af")
    assert glyphs.rare("林晓溪 · 阿依古丽 龙龚龟䶮 \ue863 😀 Jö") == []


@pytest.mark.req("ACC-15")
def test_a_name_that_is_changed_to_a_rare_one_gets_its_font(world: World, school: School) -> None:
    editing.change(school.record("林晓溪"), {"name": "林𠅤溪"}, SYSTEM, "为试验")
    assert known() == {"𠅤": False}
    assert "𠅤" not in Job.get(Job.name == "glyphs.draw").args
    world.work()
    assert known() == {"𠅤": True}
    glyphs.want("何𠅤")
    assert Job.select().where(Job.name == "glyphs.draw").count() == 1


@pytest.mark.req("ACC-15")
def test_a_roster_brings_the_fonts_of_its_names(world: World, school: School) -> None:
    """New records and changed ones, in the pass that writes them."""
    desk = Desk(world, school)
    desk.bring(roster(student(1), student(2, 姓名="林𠅤溪")))
    assert known() == {"𠅤": True}
    desk.confirm(desk.upload(roster(student(1, 姓名="学生\u9fb4"), student(2, 姓名="林𠅤溪"))), "公安局更名证明")
    assert set(known()) == {"𠅤", "\u9fb4"}


@pytest.mark.req("ACC-15")
def test_names_that_came_another_way_are_found_at_night(world: World, school: School) -> None:
    Record.update(president="云\U000323af").where(Record.id == school.record("何苗").id).execute()
    make_account(school.record("王𬱖"), "13800000001")
    assert draw_rare_characters(world.worker.outside) >= 1
    assert set(known()) == {"𬱖", "\U000323af"} and known()["𬱖"]


def test_what_no_font_holds_waits_for_one_and_harms_nobody(world: World, school: School) -> None:
    glyphs.want("王\U0002ebf0𬱖")
    world.work()
    assert known() == {"𬱖": True, "\U0002ebf0": False}
    (font,) = glyphs.drawn("<h1>王\U0002ebf0𬱖</h1>")
    assert font == Glyph.get(Glyph.character == "𬱖").key
    assert Job.get(Job.name == "glyphs.draw").state == "done"
    assert Glyph.get().wanted > clock.now() - timedelta(seconds=1)
