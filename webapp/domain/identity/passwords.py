"""Which passwords are refused: too short, common, or made from the person's own data (R-ACC-10).
No composition rules, and no hashing: that needs limits of its own and lives with the accounts."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

from webapp.domain.identity import characters, id_numbers, pinyin
from webapp.domain.refused import Refused

SHORTEST, LONGEST = 8, 128
"""Characters of any kind (R-ACC-10; `acc.password_min`, `acc.password_max`)."""

OWN_SHARE = 6
"""Characters that must be left, and not be common, once the person's own data is taken out."""

_SIGNS = str.maketrans("@$!", "asi")
_LEET = str.maketrans("0134578@$!", "oleastbasi")
_KEYBOARD = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "0123456789")
_date_like = re.compile(r"(?:19|20)[0-9]{2}[01][0-9][0-3][0-9]").fullmatch
_unit_repeated = re.compile(r"(.{1,4}?)\1+").fullmatch
_short_number_behind = re.compile(r"[0-9]{1,4}$")
_phone = re.compile(r"1[3-9][0-9]{9}").fullmatch
_resident_id = re.compile(r"[0-9]{15}|[0-9]{17}[0-9X]").fullmatch


def check(password: str, person: Iterable[str] = ()) -> None:
    """Refuse a password that a stranger, or somebody who knows the person, would try early.

    `person` holds what is known, cleaned, in any order: name, ID number, phone, e-mail, student number, school, site.
    A long passphrase in which such a fragment merely occurs passes. Raises `password_length` (least, most, length),
    `password_common`, `password_personal`.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise Refused("password_length", least=SHORTEST, most=LONGEST, length=len(password))
    typed = characters.half_width(password).casefold()
    if is_common(typed):
        raise Refused("password_common")
    words = context_words(person)
    if words and _is_personal(typed, words):
        raise Refused("password_personal")


def is_common(typed: str) -> bool:
    """Whether a folded password is on the list, a date, one short unit repeated, or a walk along keys or digits."""
    bare = typed.strip("!@#$%^&*()._-+=?~ ")
    spellings = {typed, bare, typed.translate(_LEET), bare.translate(_LEET), _short_number_behind.sub("", bare)}
    if any(spelling in _common() for spelling in spellings if len(spelling) >= OWN_SHARE):
        return True
    return bool(_date_like(bare) or _unit_repeated(bare) or _is_walk(bare) or not bare)


def context_words(person: Iterable[str]) -> frozenset[str]:
    """The folded fragments that passwords of this person are likely made of."""
    words: set[str] = set()
    for known in person:
        bare = characters.compact(known).casefold()
        if _resident_id(bare.upper()):
            words |= _of_id_number(bare)
        elif _phone(bare):
            words |= {bare, bare[-8:], bare[-6:], bare[-4:], bare[:7]}
        elif "@" in bare:
            local = bare.partition("@")[0]
            words |= {bare, local}
        elif syllables := pinyin.syllables(known):
            words |= {bare, *_of_name(syllables)}
        else:
            words |= {bare, bare[-8:], bare[-6:], *_of_latin_name(known)}
    return frozenset(word for word in words if len(word) > 1)


def _of_id_number(number: str) -> set[str]:
    words = {number} | {number[-length:] for length in (4, 6, 8)} | {number[:-1][-length:] for length in (4, 6)}
    try:
        born = id_numbers.birth_date(number.upper())
    except Refused:
        return words
    return words | _of_birth_date(born)


def _of_birth_date(born: date) -> set[str]:
    """19900307, 900307, 0307, 1990, 199003, 07031990 and the forms without leading zeros."""
    year, month, day = f"{born.year}", f"{born.month:02d}", f"{born.day:02d}"
    return {
        year, year + month, month + day, year + month + day, year[2:] + month + day, day + month + year,
        month + day + year, f"{year}{born.month}{born.day}", f"{year[2:]}{born.month}{born.day}",
    }  # fmt: skip


def _of_name(syllables: list[str]) -> set[str]:
    """zhangsan, sanzhang, zhang, san, zs, zhangs and zsan of 张三; ü also as u and yu."""
    if any("v" in syllable for syllable in syllables):
        written = ([syllable.replace("v", vowel) for syllable in syllables] for vowel in ("u", "yu"))
        return set().union(*map(_of_spelling, (syllables, *written)))
    return _of_spelling(syllables)


def _of_spelling(syllables: list[str]) -> set[str]:
    family, given = syllables[0], "".join(syllables[1:])
    initials = "".join(syllable[0] for syllable in syllables)
    return {family + given, given + family, family, given, initials, family + initials[1:], initials[0] + given}


def _of_latin_name(known: str) -> set[str]:
    tokens = re.findall(r"[a-z]+", known.casefold())
    return {*tokens, "".join(tokens), "".join(reversed(tokens)), "".join(token[0] for token in tokens)}


def _is_personal(typed: str, words: frozenset[str]) -> bool:
    """Whether the person's fragments carry the password: what is left without them is short or common."""
    spellings = (typed, typed.translate(_SIGNS), typed.translate(_LEET))
    for spelling in (typed, *(re.sub(r"[\W_]+", "", spelling) for spelling in spellings)):
        rest = _without(spelling, words)
        if rest != spelling and (len(rest) < OWN_SHARE or is_common(rest)):
            return True
    return False


def _without(typed: str, words: frozenset[str]) -> str:
    """The password without fragments of four characters or more anywhere, and shorter ones at either end."""
    for word in sorted(words, key=len, reverse=True):
        if len(word) >= 4:
            typed = typed.replace(word, "")
        elif typed.startswith(word):
            typed = typed[len(word) :]
        elif typed.endswith(word):
            typed = typed[: -len(word)]
    return typed


def _is_walk(typed: str) -> bool:
    """One straight run over a row of keys, the alphabet or the digits, in either direction."""
    return any(typed in row + row or typed in (row + row)[::-1] for row in _KEYBOARD)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(Path(__file__).with_name("common_passwords.txt").read_text("utf-8").split())
