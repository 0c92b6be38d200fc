"""The setting `chk.remind_days`: on how many days before the end a self-check reminds by itself, as "3, 1".

It knows nothing of the site, so that the table of settings may ask it.
"""

import re

MOST = 30
"""Days before the end, and the largest number of them."""

_NUMBERS = re.compile(r"\s*\d{1,2}\s*([,，、]\s*\d{1,2}\s*)*")


def read(text: str) -> tuple[int, ...]:
    """The days, the largest first; none where the text is none. ValueError for a text that is no list of them."""
    if not text.strip():
        return ()
    if not _NUMBERS.fullmatch(text):
        raise ValueError(text)
    found = {int(number) for number in re.findall(r"\d+", text)}
    if max(found) > MOST:
        raise ValueError(text)
    return tuple(sorted(found, reverse=True))


def check(text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True
