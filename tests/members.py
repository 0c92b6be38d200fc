"""An organisation that was approved, with a member who checks reports. Nobody here exists."""

from dataclasses import dataclass
from datetime import timedelta

from tests.people import make_colleague
from webapp.domain import clock, sessions
from webapp.domain.identity import credit_codes
from webapp.domain.organisations import applying, keeping
from webapp.domain.organisations.applying import Application
from webapp.domain.organisations.asking import Asker
from webapp.domain.permissions import SYSTEM, Actor
from webapp.models.organisations import Organisation
from webapp.models.staff import Staff

CONSENT = "SQ-2026-0001"


@dataclass(frozen=True)
class Member:
    """会员单位: the organisation, and who acts for it."""

    organisation: Organisation
    staff: Staff

    @property
    def keeper(self) -> Staff:
        """Who may decide about it."""
        return keeper()

    @property
    def actor(self) -> Actor:
        return sessions.staff_actor(self.staff)

    @property
    def asker(self) -> Asker:
        return Asker(Organisation.get_by_id(self.organisation.id), "member", "198.51.100.0/24", staff=self.staff)


def credit_code(serial: int) -> str:
    """A valid 统一社会信用代码 of nobody: a company of the district 110105 with a serial made for the purpose."""
    body = f"91110105MA{serial:07d}"
    return body + credit_codes.check_character(body)


def application(serial: int = 1, **other: str) -> Application:
    told = {
        "name": f"青禾{serial}号人力资源有限公司",
        "credit_code": credit_code(serial),
        "contact": "白主管",
        "email": f"hr{serial}@example.com",
        "phone": "010-0000 0000",
        "purpose": "入职前核对学历",
    }
    return Application(**{**told, **other})


def keeper(login: str = "zong") -> Staff:
    """An administrator of the whole site."""
    return Staff.get_or_none(Staff.login == login) or make_colleague(None, login, "O")


def member(serial: int = 1, login: str = "hr") -> Member:
    """An approved organisation; its member has set a password."""
    applied = applying.apply(application(serial))
    staff, _token = keeping.approve(SYSTEM, applied, clock.today() - timedelta(days=1), login)
    Staff.update(password_hash="x", invite=None, invite_ends=None).where(Staff.id == staff.id).execute()
    return Member(Organisation.get_by_id(applied.id), Staff.get_by_id(staff.id))
