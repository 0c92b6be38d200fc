"""Names: any ideograph, any separator, one compare form, one order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.domain.identity import ideographs, names
from webapp.domain.refused import Refused

HAN = st.one_of(*(st.characters(min_codepoint=first, max_codepoint=last) for first, last in ideographs.RANGES))
LATIN = st.characters(min_codepoint=0x41, max_codepoint=0x24F, categories=("Lu", "Ll"), exclude_characters="µ")
NAMES = st.one_of(
    st.text(HAN, min_size=2, max_size=25),
    st.lists(st.text(HAN, min_size=1, max_size=6), min_size=2, max_size=4).map("·".join),
    st.lists(st.text(LATIN, min_size=1, max_size=9), min_size=2, max_size=4).map(" ".join),
)


def refusal(name: str) -> Refused:
    with pytest.raises(Refused) as caught:
        names.check(names.clean(name))
    return caught.value


@pytest.mark.req("ACC-12", "ACC-13", "ACC-14")
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "name_empty"),
        ("　 ", "name_empty"),
        ("李", "name_format"),
        ("林" * 101, "name_format"),
        ("··", "name_format"),
    ]
    + [("买买提··艾力", "name_format"), ("买买提·", "name_format"), (", Li", "name_format"), ("Li -", "name_format")],
)
def test_a_name_too_short_too_long_or_badly_built_is_refused(name, code):
    assert refusal(name).code == code


@pytest.mark.req("ACC-14")
@pytest.mark.parametrize("count", [2, 25, 50, 100])
def test_a_name_of_up_to_a_hundred_characters_is_stored_unchanged(count):
    name = "龘" * count
    names.check(name)
    assert names.clean(name) == name


@pytest.mark.req("ACC-14")
@pytest.mark.parametrize("dot", "•‧・･∙⋅．.·\u0387")
def test_every_separator_dot_is_stored_as_the_middle_dot(dot):
    assert names.clean(f" 阿卜杜{dot}热西提\u3000") == "阿卜杜·热西提"
    names.check(names.clean(f"阿卜杜{dot}热西提"))


def test_a_full_stop_in_a_latin_name_stays():
    assert names.clean("J. R. Smith") == "J. R. Smith"
    names.check("J. R. Smith Jr.")


@pytest.mark.req("ACC-15")
@pytest.mark.parametrize(
    "name", ["王𬱖", "陈䶮", "〇一", "\ufa12子", "李\u9fff", "何\U000323af", "刘\U0002ee5d", "周\U0002f81a"]
)
def test_ideographs_beyond_the_basic_plane_are_accepted_and_stored_as_typed(name):
    names.check(name)
    assert names.clean(name) == name


@pytest.mark.req("ACC-15")
@pytest.mark.parametrize(
    ("name", "character", "point"),
    [
        ("张😀三", "😀", "U+1F600"),
        ("李4", "4", "U+0034"),
        ("王\ue863", "\ue863", "U+E863"),
        ("王\x00五", "\x00", "U+0000"),
    ]
    + [("<b>王五", "<", "U+003C"), ("Иван", "И", "U+0418"), ("王\u202e五", "\u202e", "U+202E")],
)
def test_the_character_that_cannot_be_read_is_named(name, character, point):
    refused = refusal(name)
    assert refused.code == "name_unreadable"
    assert refused.facts == {"character": character, "point": point}


@pytest.mark.req("ACC-55")
@pytest.mark.parametrize("other", ["Zhang San", "zhang  san", "ZHANG, SAN", "ＺＨＡＮＧ，ＳＡＮ", " Zhang\u3000San "])
def test_case_commas_and_repeated_spaces_do_not_tell_foreign_names_apart(other):
    assert names.compare(other) == names.compare("ZHANG,SAN") == "ZHANG SAN"


def test_composed_and_decomposed_letters_are_one_name_and_both_are_accepted():
    names.check("Jose\u0301 A")
    assert names.compare("Jose\u0301 A") == names.compare("JOSÉ A")


def test_a_compatibility_ideograph_is_stored_but_compared_as_its_unified_one():
    assert names.clean("\ufa12子") == "\ufa12子"
    assert names.compare("\ufa12子") == "晴子"


def test_spaces_that_a_file_puts_into_chinese_names_do_not_count():
    assert names.compare("张　三") == names.compare("张 三") == "张三"
    assert names.compare("阿卜杜 · 热西提") == "阿卜杜·热西提"


@given(NAMES)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_cleaning_and_comparing_twice_changes_nothing(name):
    assert names.clean(names.clean(name)) == names.clean(name)
    assert names.compare(names.compare(name)) == names.compare(name) == names.compare(names.clean(name))


@given(NAMES)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_every_name_of_accepted_letters_passes_and_has_an_ascii_sort_key(name):
    names.check(names.clean(name))
    assert names.sort_key(name).isascii()
    assert names.sort_key(name)


@given(st.text(max_size=120))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_no_input_makes_a_name_function_fail(text):
    cleaned = names.clean(text)
    try:
        names.check(cleaned)
    except Refused as refused:
        assert refused.code in {"name_empty", "name_format", "name_unreadable"}
    names.compare(text), names.sort_key(text), names.folded(text), names.masked(text), names.has_gap(text)


@pytest.mark.parametrize("mark", "?？□〓*＊")
def test_the_placeholders_of_school_files_are_seen_as_a_missing_character(mark):
    assert names.has_gap(f"王{mark}明")
    assert not names.has_gap("王大明")


def test_rare_characters_of_gbk_systems_are_put_in_their_place_and_listed():
    assert names.mend_private_use("陈\ue863") == ("陈䶮", [("\ue863", "䶮")])
    assert names.mend_private_use("\ue81e\ue816") == ("\u9fb4𠂇", [("\ue81e", "\u9fb4"), ("\ue816", "𠂇")])
    assert names.mend_private_use("王五") == ("王五", [])


@pytest.mark.parametrize("trail", [byte for byte in range(0x50, 0xA1) if byte != 0x7F])
def test_the_private_block_agrees_with_the_gb_18030_codec(trail):
    place = trail - 0x50 - (trail > 0x7F)
    real = bytes([0xFE, trail]).decode("gb18030")
    mended, _ = names.mend_private_use(chr(0xE815 + place))
    assert mended == real or "\ue000" <= real <= "\uf8ff"
    assert not "\ue000" <= mended <= "\uf8ff"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("林小溪", "林*溪"),
        ("何塞", "何*"),
        ("欧阳娜娜", "欧**娜"),
        ("阿卜杜·热西提", "阿***提"),
        ("John Smith", "J***"),
        ("", ""),
    ],
)
def test_others_see_a_masked_name(name, shown):
    assert names.masked(name) == shown


@pytest.mark.req("SYS-13")
def test_names_sort_by_pinyin_then_tone_and_unknown_characters_come_last():
    expected = [
        "阿明",
        "安一",
        "昂一",
        "李四",
        "刘一",
        "吕布",
        "王五",
        "曾小",
        "张三",
        "张三丰",
        "章一",
        "﨎一",
        "𪜀一",
    ]
    mixed = expected[::-1]
    assert all(names.sort_key(name).startswith("~") for name in expected[11:])
    assert sorted(mixed, key=names.sort_key) == expected


@pytest.mark.req("SYS-13")
def test_latin_names_stand_among_the_syllables():
    assert sorted(["张三", "Zhao Li", "Adam", "王五"], key=names.sort_key) == ["Adam", "王五", "张三", "Zhao Li"]


@pytest.mark.req("SYS-13")
def test_a_family_name_sorts_by_its_own_reading():
    assert names.sort_key("单小明").startswith("shan")
    assert names.sort_key("曾国").startswith("zeng")
    assert names.sort_key("解一") > names.sort_key("谢一")[:3]


@pytest.mark.req("SYS-13")
def test_search_finds_names_with_rare_characters_and_without_the_dot():
    assert names.folded("阿卜杜热西提") == names.folded("阿卜杜・热西提")
    assert names.folded("𬱖") in names.folded("王𬱖")
    assert names.folded("jose") in names.folded("José Á.")
