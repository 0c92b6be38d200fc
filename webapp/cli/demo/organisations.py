"""会员单位 of the demo: one that was approved, whose member checks reports, and one that waits for the administrator."""

from datetime import timedelta

from webapp.domain import clock, second_factor
from webapp.domain.identity import credit_codes
from webapp.domain.organisations import applying, keeping
from webapp.domain.organisations.applying import Application
from webapp.domain.permissions import SYSTEM

LOGIN = "hr"

NAMES = ("青禾人力资源有限公司", "海川科技有限公司")
"""Made up, as their codes and people are."""


def make(password_hash: str) -> None:
    """The first is approved and its contact has set a password."""
    first, _second = (applying.apply(_application(n, name)) for n, name in enumerate(NAMES, start=1))
    staff, _token = keeping.approve(SYSTEM, first, clock.today() - timedelta(days=30), LOGIN)
    staff.password_hash, staff.invite, staff.invite_ends = password_hash, None, None
    staff.totp = second_factor.new_secret()
    staff.save()


def _application(n: int, name: str) -> Application:
    body = f"91110105MA{900 + n:07d}"
    code = body + credit_codes.check_character(body)
    return Application(name, code, "白主管", f"hr-{n}@example.com", "010-0000 0000", "录用前核对应聘人员的学历")
