"""What the demo's majors and colleges are called in English. One major is left out, so that the office has something to say.

Not here: the majors themselves (`school.py`).
"""

from webapp.domain import sessions, translations
from webapp.domain.translations import Row
from webapp.models.school import Unit
from webapp.models.staff import Staff

NAMES = {
    ("college", "信息工程学院"): "School of Information Engineering",
    ("college", "艺术设计学院"): "School of Art and Design",
    ("college", "经济管理学院"): "School of Economics and Management",
    ("college", "机电工程学院"): "School of Mechanical and Electrical Engineering",
    ("college", "护理学院"): "School of Nursing",
    ("major", "计算机应用技术"): "Computer Application Technology",
    ("major", "软件工程技术"): "Software Engineering Technology",
    ("major", "视觉传达设计"): "Visual Communication Design",
    ("major", "大数据与会计"): "Big Data and Accounting",
    ("major", "机电一体化技术"): "Mechatronics Technology",
    ("major", "护理"): "Nursing",
}
"""(kind, Chinese) → English; nothing for 电子商务."""


def make(unit: Unit, officer: Staff) -> None:
    """Say those that the school has, as its officer would."""
    lacking = {(kind, one.zh) for kind, names in translations.names(unit).items() for one in names if not one.en}
    rows = [Row(kind, zh, en) for (kind, zh), en in NAMES.items() if (kind, zh) in lacking]
    translations.say(sessions.staff_actor(officer), unit, rows)
