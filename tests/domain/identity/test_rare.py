"""The picker of rare characters finds by reading, by code point and by what is pasted."""

import pytest

from webapp.domain.identity import rare
from webapp.domain.identity.ideographs import is_ideograph


@pytest.mark.req("ACC-16")
@pytest.mark.parametrize("query", ["U+2CC56", "u+2cc56", "2CC56", "0x2cc56", "\\u{2CC56}", "&#x2CC56;", " U+2CC56 "])
def test_a_code_point_is_one_character(query):
    assert rare.find(query) == ["\U0002cc56"]


@pytest.mark.req("ACC-16")
@pytest.mark.parametrize(("query", "character"), [("yan3", "䶮"), ("yan", "䶮"), ("YAN3", "䶮"), ("nv3", "籹"), ("lü2", "驴")])
def test_a_reading_finds_its_characters(query, character):
    assert character in rare.find(query)


@pytest.mark.req("ACC-16")
@pytest.mark.parametrize(
    ("parts", "character"), [("龙天", "䶮"), ("天 龙", "䶮"), ("亩心", "𠅤"), ("水林", "淋"), ("氵林", "淋"), ("林夕", "梦")]
)
def test_parts_find_what_is_made_of_them(parts, character):
    assert character in rare.find(parts)[:12]


def test_one_character_is_itself_first_and_several_are_parts_first():
    assert rare.find("龙")[0] == "龙" and "䶮" in rare.find("龙")
    assert rare.find("龙天") == ["䶮", "龙", "天"]
    assert rare.find("一丁七万丈三上") == list("一丁七万丈三上")
    assert len(rare.find("口")) == rare.MOST and all(map(is_ideograph, rare.find("足")))


def test_what_a_keyboard_offers_comes_last():
    found = rare.find("tao2")
    assert found.index("匋") < found.index("桃")
    assert all(map(is_ideograph, found))


def test_pasted_characters_come_back_once_and_private_ones_in_their_real_place():
    assert rare.find("王\ue863王") == ["王", "䶮"]


@pytest.mark.parametrize("query", ["", "zzz", "yan9", "110", "U+1F600", "FFFFFF", "<b>", "x" * 10_000])
def test_what_means_nothing_finds_nothing(query):
    assert rare.find(query) == []


def test_an_answer_is_bounded():
    assert len(rare.find("yi")) == rare.MOST
