"""What can be applied for and why, with the papers each needs, as data (spec 5.15, R-CRT-05, R-CRT-06, R-CRT-47).

Not here: what it costs (`prices.py`), the questions of each form (`forms.py`), and words for people.
"""

from dataclasses import dataclass

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Slot:
    """A kind of paper: at least `least` pictures and at most `most`."""

    code: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Kind:
    """申请项目: its code, the level of what it certifies, and its slots; `open` to new applications."""

    code: str
    slots: tuple[Slot, ...]
    open: bool = True


IDENTITY = Slot("identity", 2, 2)
OTHER = Slot("other", 0, 80)

KINDS = {
    kind.code: kind
    for kind in (
        Kind("degree", (Slot("certificate", 1, 2), IDENTITY, OTHER)),
        Kind("grades", (Slot("transcript", 1, 20), IDENTITY, OTHER)),
        Kind("gaokao", (Slot("scores", 0, 2), IDENTITY, OTHER)),
        Kind("huikao", (Slot("certificate", 1, 2), IDENTITY, OTHER)),
        Kind("secondary", (Slot("certificate", 1, 2), IDENTITY, OTHER)),
        Kind("school_grades", (), open=False),
    )
}
"""高等学历认证, 大学成绩验证, 高考成绩验证, 会考成绩验证, 中等学历验证; 中等学校学生成绩 is not taken any more (R-CRT-07)."""

OPEN = tuple(code for code, kind in KINDS.items() if kind.open)

PURPOSES: dict[str, tuple[str, ...]] = {
    "study": ("top_up",),
    "work": (),
    "placement": (),
    "further": (),
    "abroad": ("wes", "elsewhere"),
    "appointment": (),
    "title": (),
    "credit": (),
    "other": (),
}
"""申请目的 with its second level: 继续教育 (专升本), 求职招聘, 派遣接收, 升学, 出国留学 (美国WES, 其他留学), 干部任免,
职称评定, 信用评估, 其他. A second level may be left out but for 出国留学."""

ABROAD = "abroad"
