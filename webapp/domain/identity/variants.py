"""Ideographs that registers write for one another in a name: frequent pairs of 《第一批异体字整理表》, variant first.

Not here: traditional and simplified forms, nor private-use signs (`private_use.py`).
"""

_PAIRS = "喆哲 堃坤 淼渺 犇奔 昇升 陞升 甦苏 甯宁 邨村 迺乃 龢和 澂澄 濬浚 崑昆 崙仑 飏扬 仝同 祕秘 頫俯 釐厘 勠戮 皙晰"
_SAME = frozenset(frozenset(pair) for pair in _PAIRS.split())


def are(one: str, other: str) -> bool:
    """Is one of the two characters listed as the other's variant?"""
    return frozenset((one, other)) in _SAME
