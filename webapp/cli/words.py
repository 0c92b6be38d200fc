"""What the command line says, in the language of the terminal: English where the locale says so, else Chinese.

Outside a request there is no visitor whose language could be asked, so this reads the same catalogue by itself.
"""

import gettext
from functools import cache

from webapp import places
from webapp.domain.refused import Refused
from webapp.web import words


@cache
def _catalogue() -> gettext.NullTranslations:
    return gettext.translation("messages", places.PACKAGE / "translations", fallback=True)


def _(sentence: str, **facts: object) -> str:
    """The sentence in the terminal's language, with its facts."""
    told = _catalogue().gettext(sentence)
    return told % facts if facts else told


def say(refused: Refused) -> str:
    """The sentence of a refusal."""
    return _(str(words.SENTENCES[refused.code]), **refused.facts)
