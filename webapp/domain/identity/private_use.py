"""Rare ideographs that GBK-era systems keep at private code points, and their real place in GB 18030-2022.
Only the block FE50–FEA0, whose mapping is certain; other private code points stay and are refused as unreadable."""

_FIRST = 0xE815
_BLOCK = (
    "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋\u9fb4㖞㘚㘎⺌⺗㥮㤘\u9fb5㧏㧟㩳㧐\u9fb6\u9fb7㭎㱮㳠⺧𡗗\u9fb8⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱"
    "䎬⺻䏝䓖䙡䙌\u9fb9䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶\u9fba𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮\u9fbb"
)
_REAL = {_FIRST + place: real for place, real in enumerate(_BLOCK)}


def mend(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The text with private code points replaced, and each replacement as (found, real), so that an import can list it.

    U+E863 becomes 䶮: it is FE9F in GB 18030 and missing in GBK (spec 2-data §6.10).
    """
    if text.isascii():
        return text, []
    mended = text.translate(_REAL)
    if mended == text:
        return text, []
    return mended, [(character, _REAL[ord(character)]) for character in text if ord(character) in _REAL]
