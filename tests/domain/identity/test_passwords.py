"""Passwords: their length, the common ones, and those made from the person's own data."""

import itertools
from pathlib import Path

import pytest

from webapp.domain.identity import passwords
from webapp.domain.refused import Refused

PERSON = ("张三", "110105199003071235", "13800005678", "zhangsan@example.edu.cn", "2021030415", "学档大学", "xuedang")


def refusal(password: str, person=PERSON) -> Refused:
    with pytest.raises(Refused) as caught:
        passwords.check(password, person)
    return caught.value


@pytest.mark.req("ACC-10")
@pytest.mark.parametrize("length", [0, 7, 129, 5000])
def test_a_password_outside_8_to_128_characters_is_refused(length):
    refused = refusal("读" * length)
    assert (refused.code, refused.facts) == ("password_length", {"least": 8, "most": 128, "length": length})


@pytest.mark.req("ACC-10")
@pytest.mark.parametrize(
    "password",
    [
        "天地玄黄宇宙洪荒",
        "k7#xq19v",
        "correct horse 1990 battery",
        "🐼🎋🐉🌸🍵🎐🏮🎏",
        "x y z w v u t",
        "七上八下0307的心",
    ],
)
def test_characters_of_any_kind_make_a_password(password):
    passwords.check(password, PERSON)


@pytest.mark.req("ACC-10")
@pytest.mark.parametrize(
    "password",
    [
        "12345678",
        "87654321",
        "qwertyui",
        "1qaz2wsx",
        "iloveyou",
        "woaini1314",
        "52013140",
        "P@ssw0rd",
        "Password123!",
        "11111111",
    ]
    + [
        "abcabcabc",
        "asdfghjkl",
        "19991231",
        "a123456789",
        "ｐａｓｓｗｏｒｄ",
        "admin123456",
        "zxcvbnm123",
        "wangwei123456",
        "!!!!!!!!",
    ],
)
def test_a_common_password_is_refused(password):
    assert refusal(password, ()).code == "password_common"


def test_the_list_holds_thousands_folded_and_each_once():
    words = Path(passwords.__file__).with_name("common_passwords.txt").read_text("utf-8").split()
    assert len(words) == len(set(words)) >= 3000
    assert all(word == word.casefold() for word in words)


NAME = ("zhangsan", "ZhangSan", "sanzhang", "zhang", "zs", "zhangs", "Zh@ngs@n")
NUMBER = (
    "19900307",
    "900307",
    "1990",
    "0307",
    "1990.03.07",
    "07031990",
    "1235",
    "071235",
    "03071235",
    "5678",
    "005678",
)
BEHIND = ("", "!", "@", "123", "520", "1314", "888")


@pytest.mark.req("ACC-10")
def test_names_dates_and_numbers_of_the_person_in_any_combination_are_refused():
    made = {"".join(parts) for parts in itertools.product(NAME, NUMBER, BEHIND)}
    made |= {number + name for name, number in itertools.product(NAME, NUMBER)}
    made |= {name + behind for name, behind in itertools.product(NAME, BEHIND)}
    tried = [password for password in made if len(password) >= passwords.SHORTEST]
    assert len(tried) > 400
    assert {refusal(password).code for password in tried} <= {"password_personal", "password_common"}


@pytest.mark.req("ACC-10")
@pytest.mark.parametrize(
    "password",
    [
        "110105199003071235",
        "13800005678",
        "2021030415",
        "2021030415zs",
        "xuedangdaxue",
        "xddx2024zs",
        "zs123456",
        "张三19900307",
    ]
    + ["zhangsan@example.edu.cn", "zhangsan5201314", "138-0000-5678", "zhang_san_1990"],
)
def test_what_the_person_is_known_by_is_no_password(password):
    assert refusal(password).code in {"password_personal", "password_common"}


@pytest.mark.req("ACC-10")
@pytest.mark.parametrize(
    "password",
    [
        "zhangsan likes long walks",
        "winter-1990-kettle-song",
        "the 0307 train to nowhere",
        "moss5678lantern",
        "zs-quiet-river",
    ],
)
def test_a_long_phrase_that_merely_holds_one_fragment_passes(password):
    passwords.check(password, PERSON)


def test_a_person_of_whom_nothing_is_known_may_use_other_peoples_names():
    passwords.check("lisi-and-his-goat", ())
    assert passwords.context_words(()) == frozenset()


@pytest.mark.parametrize("password", ["lvxiaobu", "luxiaobu1", "lyuxiaobu", "lvxb1234"])
def test_the_spellings_of_one_syllable_are_all_known(password):
    assert refusal(password, ("吕小布",)).code == "password_personal"


def test_a_foreign_name_is_known_by_its_parts():
    assert refusal("Smith1990", ("John Smith", "E12345678")).code == "password_personal"
    assert refusal("johnsmith1", ("John Smith",)).code == "password_personal"
