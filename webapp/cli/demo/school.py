"""The demo's schools: unit, colleges, classes, whom to ask, an open campaign, and staff who can log in at once.

Not the students (`students.py`) nor what they have done so far (`story.py`).
"""

import json
import math
from dataclasses import dataclass
from datetime import date, timedelta

from webapp.domain import clock, second_factor
from webapp.models.school import Campaign, Class, College, Contact, Unit
from webapp.models.staff import Grant, Staff

SCHOOLS = (
    ("云溪职业技术学院", "Yunxi Polytechnic", "云溪", "溪", "33"),
    ("青石师范高等专科学校", "Qingshi Teachers College", "青石", "石", "43"),
    ("望海工程职业学院", "Wanghai Engineering College", "望海", "海", "37"),
    ("松岭医药职业学院", "Songling Medical College", "松岭", "松", "22"),
    ("明湖理工职业大学", "Minghu Vocational University", "明湖", "湖", "42"),
    ("南屏艺术职业学院", "Nanping Arts College", "南屏", "屏", "35"),
)
"""Name, in English, short name, the mark's character, province. None of them exists."""

FIRST_CODE = 99999
"""院校代码 counted down from here, where the ministry's list has none."""

CLASS_SIZE = 40
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Programme:
    """专业: its college, name, code, the short name in its classes' names, level, and length in years.

    Those who come to a 专升本 programme are three years older and hold the 学历 of a 专科 already.
    """

    college: str
    major: str
    code: str
    short: str
    level: str = "vocational"
    years: int = 3

    @property
    def age(self) -> int:
        """Of most of its newcomers."""
        return 21 if self.level == "top_up" else 18


PROGRAMMES = (
    Programme("信息工程学院", "计算机应用技术", "510201", "计应"),
    Programme("信息工程学院", "软件工程技术", "310203", "软工", "top_up", 2),
    Programme("艺术设计学院", "视觉传达设计", "550102", "视传"),
    Programme("经济管理学院", "大数据与会计", "530302", "会计"),
    Programme("机电工程学院", "机电一体化技术", "460301", "机电"),
    Programme("护理学院", "护理", "520201", "护理"),
    Programme("经济管理学院", "电子商务", "530701", "电商"),
)

STAFF = (
    ("ni", "倪老师", "R"),
    ("luo", "罗老师", "C"),
    ("xinxi", "信息学院教学办 周老师", "K"),
    ("admin", "系统管理员", "O"),
    ("kefu", "客服 陶老师", "H"),
    ("kefu2", "客服 沈老师", "H"),
    ("shenji", "审计员 方老师", "U"),
)
"""Login, name, role; the second school's have ``-2`` behind."""


@dataclass(frozen=True, slots=True)
class Group:
    """A class to be filled: `number` counts the classes of its programme, `size` its students."""

    klass: Class
    programme: Programme
    year: int
    number: int
    size: int


def entry_year(today: date) -> int:
    """The year in which the newest students came: terms begin in September."""
    return today.year if today.month >= 9 else today.year - 1


def make_unit(place: int) -> Unit:
    """The `place`-th school, with its contact."""
    name, english, short, seal, province = SCHOOLS[place]
    code = str(FIRST_CODE - place)
    unit = Unit.create(
        name=name, english=english, short=short, seal=seal, code=code, province=province, created=clock.now() - WEEK
    )
    Contact.create(unit=unit, title="学籍科 倪老师", phone="0555-000 0000", room="行政楼 2002 室", hours="工作日 8:30–17:00")
    return unit


def make_groups(unit: Unit, year: int, students: int) -> list[Group]:
    """Colleges and classes for so many students who came in one year: at least three classes, of about forty."""
    count = max(3, math.ceil(students / CLASS_SIZE))
    colleges = {name: College.get_or_create(unit=unit, name=name)[0] for name in dict.fromkeys(p.college for p in PROGRAMMES)}
    groups = []
    for place in range(count):
        programme = PROGRAMMES[place % len(PROGRAMMES)]
        number = place // len(PROGRAMMES) + 1
        name = f"{programme.short} {year % 100:02d}{number:02d} 班"
        klass = Class.create(unit=unit, college=colleges[programme.college], name=name)
        groups.append(Group(klass, programme, year, number, students // count + (place < students % count)))
    return groups


def make_campaign(unit: Unit, year: int) -> Campaign:
    """自查窗口 of the newest students: open since four days, six more to go."""
    today = clock.today()
    return Campaign.create(
        unit=unit,
        title=f"{year} 级新生学籍自查",
        scope=json.dumps({"grades": [year]}),
        starts=today - timedelta(days=4),
        ends=today + timedelta(days=6),
        contact=Contact.get(Contact.unit == unit),
        created=clock.now() - WEEK,
    )


def make_staff(unit: Unit, place: int, password_hash: str, first: Group) -> None:
    """One of each role, with a second factor set up; the counsellor has the class `first`, the office its college."""
    at = clock.now()
    scopes = {"C": {"college": first.klass.college_id, "klass": first.klass}, "K": {"college": first.klass.college_id}}
    for login, name, role in STAFF:
        staff = Staff(login=login_of(login, place), name=name, password_hash=password_hash, created=at, used=at)
        staff.totp = second_factor.new_secret()
        staff.save(force_insert=True)
        Grant.create(staff=staff, role=role, unit=unit, starts=at - WEEK, **scopes.get(role, {}))


def login_of(login: str, place: int) -> str:
    return login if place == 0 else f"{login}-{place + 1}"
