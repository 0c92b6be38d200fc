"""The kinds of 学籍异动: the move of 学籍状态 that each makes, and the fields that change with it (spec 5.6).

Data only; what they are called on screen is in `web/staff/enrolment/words.py`.
"""

from typing import NamedTuple


class Kind(NamedTuple):
    """`move` is a move of `lifecycle.ENROLMENT`, "" where the status stays; of `fields` the first must be told."""

    move: str = ""
    fields: tuple[str, ...] = ()
    leaves: bool = False


KINDS: dict[str, Kind] = {
    "suspend": Kind("suspend"),
    "resume": Kind("resume", ("klass",)),
    "keep": Kind("keep"),
    "army": Kind("keep"),
    "major": Kind("", ("major", "major_code", "college", "klass")),
    "klass": Kind("", ("klass",)),
    "number": Kind("", ("student_number",)),
    "repeat": Kind("", ("klass", "expected_on")),
    "skip": Kind("", ("klass", "expected_on")),
    "transfer": Kind("transfer", leaves=True),
    "withdraw": Kind("withdraw", leaves=True),
    "expel": Kind("expel", leaves=True),
    "annul": Kind("annul", leaves=True),
    "die": Kind("die", leaves=True),
    "graduate": Kind("graduate", leaves=True),
    "complete": Kind("complete", leaves=True),
    "leave": Kind("leave", leaves=True),
    "reinstate": Kind("reinstate"),
}
"""休学 复学 保留学籍 参军 转专业 更改班级 更改学号 留级/降级 跳级 转学 退学 开除学籍 取消学籍 死亡 毕业 结业 肄业 恢复学籍."""
