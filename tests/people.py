"""The made-up school of the tests. Nobody here exists: ID numbers have area 110105, phones 138 0000 xxxx."""

from dataclasses import dataclass
from datetime import date, timedelta

from argon2 import PasswordHasher

from webapp.domain import accounts, checks, clock
from webapp.domain.accounts import Identity
from webapp.domain.identity import documents, id_numbers, names
from webapp.models import keys
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.records import Record
from webapp.models.school import Campaign, Class, College, Contact, Unit
from webapp.models.staff import Grant, Staff

PASSWORD = "yunxi-shan-shui-26"
TOTP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
"""Cheap to check: tests of hashing itself make their own."""

STUDENTS = (
    ("林晓溪", "20080512", "女"),
    ("何苗", "20080101", "女"),
    ("阿依古丽·买买提", "20071111", "女"),
    ("王𬱖", "20080229", "男"),
    ("周明轩", "20080303", "男"),
    ("吴䶮", "20080704", "男"),
    ("赵安然", "20070930", "女"),
    ("马若兰", "20080815", "女"),
    ("郑子妍", "20080216", "女"),
    ("孙浩宇", "20071224", "男"),
    ("钱多多", "20080606", "男"),
    ("李思远", "20080419", "男"),
)


def id_number(born: str, serial: int) -> str:
    """A valid ID number that belongs to nobody: area 110105, a serial made for the purpose."""
    first = f"110105{born}{serial:03d}"
    return first + id_numbers.check_digit(first)


@dataclass
class School:
    unit: Unit
    campaign: Campaign
    records: list[Record]

    def record(self, name: str) -> Record:
        return next(record for record in self.records if record.name == name)

    def staff(self, login: str) -> Staff:
        return Staff.get(Staff.login == login)


def make_school(code: str = "99999", name: str = "云溪职业技术学院") -> School:
    """A unit with an officer (ni), an administrator (admin), a college office (xinxi) and a counsellor (luo) of one class."""
    with transaction():
        return _make_school(code, name)


def _make_school(code: str, name: str) -> School:
    at = clock.now()
    unit = Unit.create(name=name, english="Yunxi Polytechnic", short="云溪", seal="溪", code=code, province="33", created=at)
    contact = Contact.create(
        unit=unit, title="学籍科 倪老师", phone="0555-000 0000", room="行政楼 2002 室", hours="工作日 8:30–17:00"
    )
    arts, tech = (College.create(unit=unit, name=one) for one in ("艺术设计学院", "信息工程学院"))
    classes = [
        Class.create(unit=unit, college=college, name=one)
        for college, one in ((tech, "计应 2601 班"), (tech, "计应 2602 班"), (arts, "视传 2601 班"))
    ]
    records = [
        make_record(unit, classes[n % 3], person, f"20260101{n:02d}", serial=(n * 2 + 1 if person[2] == "男" else n * 2))
        for n, person in enumerate(STUDENTS, start=1)
    ]
    today = clock.today()
    campaign = Campaign.create(
        unit=unit,
        title="2026 级新生学籍自查",
        scope='{"grades": [2026]}',
        starts=today - timedelta(days=4),
        ends=today + timedelta(days=4),
        contact=contact,
        created=at,
    )
    checks.enrol(campaign)
    make_staff(unit, code)
    return School(unit, campaign, records)


def make_record(unit: Unit, klass: Class, person: tuple[str, str, str], number: str, serial: int, **more: object) -> Record:
    name, born, sex = person
    document = id_number(born, serial)
    return Record.create(
        unit=unit,
        kind="enrolment",
        natural=f"{number}|bachelor",
        name=name,
        name_compare=names.compare(name),
        name_sort=names.sort_key(name),
        sex="1" if sex == "男" else "2",
        birth_date=date(int(born[:4]), int(born[4:6]), int(born[6:])),
        document=document,
        identity_index=keys.blind("identity", documents.canonical("1", document)),
        ethnic="01",
        level="bachelor",
        length="4",
        category="regular",
        mode="regular_full_time",
        major="计算机应用技术",
        college=klass.college,
        klass=klass,
        student_number=number,
        exam_number=f"26330105{number[-6:]}",
        enrolled_on=date(2026, 9, 3),
        expected_on=date(2030, 6, 30),
        status="A1",
        updated=clock.now(),
        **more,
    )


def make_staff(unit: Unit, code: str) -> None:
    at = clock.now()
    roles = {"ni": ("倪老师", "R"), "admin": ("管理员", "O"), "xinxi": ("信息学院教学办", "K"), "luo": ("罗老师", "C")}
    suffix = "" if code == "99999" else f"-{code}"
    for login, (name, role) in roles.items():
        person = Staff(login=login + suffix, name=name, password_hash=_HASH, created=at, used=at)
        person.totp = TOTP
        person.save(force_insert=True)
        grant = {"staff": person, "role": role, "unit": unit, "starts": at - timedelta(days=1)}
        if role == "K":
            grant["college"] = College.get((College.unit == unit) & (College.name == "信息工程学院"))
        if role == "C":
            grant["klass"] = Class.get((Class.unit == unit) & (Class.name == "计应 2601 班"))
        Grant.create(**grant)


def make_colleague(unit: Unit | None, login: str, role: str, **where: object) -> Staff:
    """Somebody more who works there, with one role in `where` (college, klass, department, province)."""
    at = clock.now()
    person = Staff(login=login, name=f"{login} 老师", password_hash=_HASH, totp=None, created=at, used=at)
    person.save(force_insert=True)
    Grant.create(staff=person, role=role, unit=unit, starts=at - timedelta(days=1), **where)
    return person


def make_account(record: Record, phone: str, country: str | None = None, **more: object) -> Account:
    """The account of the person in a record, with the password PASSWORD; `country` where it is not the record's."""
    identity = Identity(record.name, record.document_kind, country or record.country, record.document)
    account = accounts.new(identity, phone, _HASH, **more)
    account.save(force_insert=True)
    return account
