"""People's names: what is stored, what is compared, what is shown and how they sort (spec 2-data §6.10).
Not the order or spelling of names in documents: a name is kept as its holder typed it."""

import re
import unicodedata

from webapp.domain.identity import ideographs, pinyin, private_use, variants
from webapp.domain.identity.characters import INVISIBLE
from webapp.domain.refused import Refused

SHORTEST, LONGEST = 2, 100
"""Characters in a name (R-ACC-13, R-ACC-14)."""

SEPARATOR = "\u00b7"
"""The only separator that is stored: GB 18030 A1A4."""

_HAN = ideographs.PATTERN
_LETTERS = f"{_HAN}A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_only_common_han = re.compile("[\u4e00-\u9fff]+").fullmatch
_readable = re.compile(f"[{_LETTERS}\u0300-\u036f· '\\-,.]*").match
_well_formed = re.compile(f"[{_LETTERS}](?:[{_LETTERS}\u0300-\u036f]|[ '\\-,.]|·(?!·))*[{_LETTERS}\u0300-\u036f.]").fullmatch
_ascii_dot_in_han = re.compile(f"(?<=[{_HAN}])\\.(?=[{_HAN}])")
_spaces_at_han = re.compile(f"(?<=[{_HAN}·])\\s+|\\s+(?=[{_HAN}·])")
_gap = re.compile(r"[?？□〓*＊�]").search

_AS_STORED = {
    **dict.fromkeys(map(ord, "•‧・･∙⋅．\u0387"), SEPARATOR),
    **dict.fromkeys(map(ord, "\u3000\u00a0\u2002\u2003\u2009\t"), " "),
    **dict.fromkeys(map(ord, "‘’ʼ＇`´"), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–－"), "-"),
    ord("，"): ",",
    **{0xFEE0 + ord(letter): letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"},
    **INVISIBLE,
}


def clean(text: str) -> str:
    """The name as it is stored: as typed, without outer spaces, every separator dot as U+00B7 (R-ACC-14).

    Full-width Latin letters, spaces and signs become half-width; no ideograph changes.
    """
    if _only_common_han(text):
        return text
    return _ascii_dot_in_han.sub(SEPARATOR, text.translate(_AS_STORED)).strip()


def compare(name: str) -> str:
    """The form under which two spellings of one name are equal: ``ZHANG,SAN`` and ``Zhang San`` (R-ACC-55).

    NFC, upper case, commas as spaces, repeated spaces as one, spaces beside ideographs gone.
    """
    if _only_common_han(name):
        return name
    spaced = " ".join(clean(name.upper()).replace(",", " ").split())
    return unicodedata.normalize("NFC", _spaces_at_han.sub("", spaced))


def check(name: str, least: int = SHORTEST, most: int = LONGEST) -> None:
    """Refuse what is no name; takes what `clean` gives.

    Raises `name_empty`, `name_format` (least, most: shorter, longer, or built wrongly), and
    `name_unreadable` (character; point as in U+1F600) for a character outside GB 18030-2022's ideographs and Latin.
    """
    if not name:
        raise Refused("name_empty")
    if not least <= len(name) <= most:
        raise Refused("name_format", least=least, most=most)
    if _only_common_han(name):
        return
    readable = _readable(name).end()
    if readable < len(name):
        character = name[readable]
        raise Refused("name_unreadable", character=character, point=f"U+{ord(character):04X}")
    if not _well_formed(name):
        raise Refused("name_format", least=least, most=most)


def has_gap(name: str) -> bool:
    """Whether a school's file marks a missing character (缺字) in the name, by ``?``, □, 〓, ``*`` or U+FFFD."""
    return _gap(name) is not None


def mend_private_use(name: str) -> tuple[str, list[tuple[str, str]]]:
    """The name with the rare characters of GBK-era systems in their real place, and what was replaced."""
    return private_use.mend(name)


def stands_for(registered: str, name: str) -> bool:
    """Is `registered` the name with a placeholder, a private-use sign or a listed variant for what could not be typed?

    Every other character is the same; two marks for one character (``??``) are one (R-BND-21).
    """
    real, wanted = compare(name), compare(registered)
    for said in (wanted, wanted.replace("??", "?").replace("？？", "?")):
        if len(said) == len(real) and said != real:
            pairs = list(zip(said, real, strict=True))
            same = [one == other for one, other in pairs]
            return any(same) and all(one == other or _fills(one, other) for one, other in pairs)
    return False


def _fills(sign: str, character: str) -> bool:
    if has_gap(sign) or variants.are(sign, character):
        return True
    return mend_private_use(sign)[0] == character


def masked(name: str) -> str:
    """The name as others may see it: 林*溪, 何*, at most three stars; Latin names as ``J***``."""
    if not name:
        return ""
    if not ideographs.is_ideograph(name[0]):
        return f"{name[0]}***"
    if len(name) < 3:
        return f"{name[0]}*"
    return f"{name[0]}{'*' * min(len(name) - 2, 3)}{name[-1]}"


def sort_key(name: str) -> str:
    """ASCII text in whose byte order names stand by pinyin, on every database alike (R-SYS-13)."""
    return pinyin.sort_key(compare(name))


def folded(text: str) -> str:
    """The form for searching: lower case, without accents, spaces, separators and punctuation (R-SYS-13)."""
    if _only_common_han(text):
        return text
    bare = unicodedata.normalize("NFKD", compare(text)).casefold()
    return "".join(character for character in bare if character.isalnum())
