"""Whom to try in the demo, read from the database as it is now: somebody who registered since is not named again."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pyotp

from webapp.cli.demo import people, sets
from webapp.domain import clock
from webapp.domain.identity import phones
from webapp.models.accounts import Account
from webapp.models.checks import Check
from webapp.models.graduation import Graduate
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.records import Record
from webapp.models.school import Unit
from webapp.models.staff import Staff

PASSWORD = "yunxi-shan-shui-2026"  # noqa: S105 (it opens made-up accounts alone)
_l = str  # puts a title into the catalogue; who prints it translates it
STAFF = {"officer": ("ni", _l("学籍科")), "counsellor": ("luo", _l("辅导员")), "college": ("xinxi", _l("学院教学办")),
         "administrator": ("admin", _l("系统管理员")), "auditor": ("shenji", _l("审计员")),
         "province": ("sheng", _l("省级教育行政部门")), "province_2": ("sheng2", _l("省级教育行政部门（第二人）")),
         "reviewer_1": ("kefu", _l("客服")), "reviewer_2": ("kefu2", _l("客服（第二人）")),
         "employer": ("hr", _l("会员单位查验人")),
         "certifier": ("renzheng", _l("认证机构核对人")), "certifier_lead": ("renzheng2", _l("认证机构负责人"))}  # fmt: skip


class Newcomer(NamedTuple):
    """Somebody in the roster who is not registered, and a phone that is nobody's yet."""

    phone: str
    name: str
    id_number: str
    student_number: str


@dataclass(frozen=True, slots=True)
class StaffAccount:
    login: str
    secret: str

    def code_now(self) -> str:
        """The six digits that stand now."""
        return pyotp.TOTP(self.secret).at(clock.seconds(clock.now()))

    def facts(self) -> dict[str, str]:
        return {"login": self.login, "password": PASSWORD, "totp_secret": self.secret}


@dataclass(frozen=True, slots=True)
class Tour:
    """Where to go and as whom. `staff` maps titles to accounts, `student` and `graduate` (who has a photo to check) are
    logins or empty, `school` theirs."""

    url: str
    roster: Path
    school: str
    unregistered: Newcomer | None
    student: str
    graduate: str
    staff: dict[str, StaffAccount]

    @property
    def outbox(self) -> str:
        return f"{self.url}/outbox"

    @property
    def photos(self) -> Path:
        """The sample of 学历照片 lies beside the roster."""
        return self.roster.with_name(sets.NAME)

    def facts(self) -> dict[str, object]:
        """What `--json` writes."""
        accounts: dict[str, object] = {
            role: self.staff[title].facts() for role, (_, title) in STAFF.items() if title in self.staff
        }
        if self.unregistered:
            accounts["unregistered_student"] = self.unregistered._asdict()
        if self.student:
            accounts["student"] = {"login": self.student, "password": PASSWORD}
        if self.graduate:
            accounts["graduate"] = {"login": self.graduate, "password": PASSWORD}
        return {
            "url": self.url,
            "outbox": self.outbox,
            "accounts": accounts,
            "school": self.school,
            "sample_roster": str(self.roster),
            "sample_photos": str(self.photos),
        }

    def codes(self) -> list[tuple[str, str]]:
        """Login and six digits as they stand now, for who tries the demo without an authenticator app."""
        return [(account.login, account.code_now()) for account in self.staff.values()]


def tour(url: str, roster: Path) -> Tour:
    """Look who is there; `roster` is where the sample lies."""
    staff = {title: _staff(login) for login, title in STAFF.values()}
    known = {title: account for title, account in staff.items() if account}
    school = Unit.select().order_by(Unit.id).first().name
    return Tour(url, roster.resolve(), school, _newcomer(), _student(), _graduate(), known)


def _staff(login: str) -> StaffAccount | None:
    staff = Staff.get_or_none((Staff.login == login) & (Staff.state == "active"))
    return StaffAccount(login, staff.totp) if staff and staff.totp else None


def _newcomer() -> Newcomer | None:
    registered = Account.select(Account.identity_index)
    record = (
        Record.select()
        .join(Check)
        .where(Record.account.is_null() & (Check.state == "unseen") & Record.identity_index.not_in(registered))
        .order_by(Record.id)
        .first()
    )
    if record is None:
        return None
    taken = {account.phone for account in Account.select().where(Account.phone_index.in_(list(_free_indexes())))}
    phone = next(phone for phone in _free_phones() if phone not in taken)
    return Newcomer(phone, record.name, record.document, record.student_number)


def _free_phones() -> list[str]:
    return [people.phone(number) for number in range(people.PHONES + 1, people.PHONES + 1000)]


def _free_indexes() -> list[str]:
    return [Account.phone_index.of(phones.clean(phone)) for phone in _free_phones()]


def _graduate() -> str:
    """Somebody with an account whose photo waits to be checked, first who is on a list of graduates already."""
    waiting = (GraduationPhoto.state == "waiting") & GraduationPhoto.current
    found = Record.select(Record, Account).join(Account).switch(Record).join(GraduationPhoto).where(waiting)
    listed = Record.id.in_(Graduate.select(Graduate.record))
    record = found.order_by(listed.desc(), Record.id).first()
    return record.account.phone if record else ""


def _student() -> str:
    """Somebody with an account who has not confirmed yet, the first in the roster; else anybody."""
    mine = (
        Record.select(Record, Account).join(Account).switch(Record).join(Check).order_by(Check.state == "confirmed", Record.id)
    )
    record = mine.first()
    return record.account.phone if record else ""
