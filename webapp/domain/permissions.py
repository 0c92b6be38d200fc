"""Who may do what: abilities, the roles that carry them, and the actor who acts (spec 9, R-SYS-09).

Not here: which rows an actor may touch. That is `scope` in the queries of `models/`, fed with an actor's grants.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.staff import GUESTS, Grant


class Can(StrEnum):
    """An ability, as scope:action."""

    OWN_ACCOUNT = "account:own"
    OWN_RECORD = "records:own"
    CLAIM = "claims:own"
    REVIEW = "claims:review"
    SECOND = "claims:second"
    PERSONS = "persons:review"
    SLIPS = "slips:print"
    SUPPORT = "tickets:answer"
    STAFF_HOME = "staff:home"
    PROGRESS = "checks:progress"
    EXPORT = "checks:export"
    REMIND = "checks:remind"
    REPORTS = "reports:read"
    FORWARD = "reports:forward"
    ANSWER = "checks:answer"
    EXEMPT = "checks:exempt"
    CORRECTIONS = "corrections:read"
    CORRECT_COLLEGE = "corrections:college"
    CORRECT_SCHOOL = "corrections:school"
    CORRECT_PROVINCE = "corrections:province"
    CAMPAIGNS = "campaigns:write"
    IMPORT = "records:import"
    PHOTOS = "photos:decide"
    COLLECT = "photos:collect"
    RECORDS = "records:read"
    ENROL = "enrolment:write"
    DECIDE = "enrolment:decide"
    TRANSCRIPTS = "transcripts:confirm"
    RECEIVERS = "institutions:write"
    USERS = "staff:write"
    SUPERVISE = "schools:watch"
    EXPORT_LOG = "exports:read"
    RULES = "settings:read"
    SETTINGS = "settings:write"
    AUDIT = "audit:read"
    ORGANISATIONS = "organisations:write"
    VERIFY = "reports:verify"
    APPLY = "applications:own"
    CERTIFY = "applications:certify"
    CASH = "payments:take"
    REPAY = "payments:return"
    LEAD = "applications:lead"
    VOUCH_FOR = "applications:answer"
    AGENCIES = "agencies:write"
    OWN_AGENCY = "agencies:own"
    NEWS = "news:write"


STUDENT = frozenset({Can.OWN_ACCOUNT, Can.OWN_RECORD, Can.CLAIM, Can.APPLY})

HOLDERS: dict[str, frozenset[Can]] = {
    "active": frozenset({Can.OWN_ACCOUNT, Can.OWN_RECORD, Can.APPLY}),
    "duplicate": frozenset({Can.OWN_ACCOUNT, Can.CLAIM}),
    "frozen": frozenset({Can.OWN_ACCOUNT}),
    "closing": frozenset({Can.OWN_ACCOUNT}),
}
"""What the holder of an account may, by its state: one whose identity is in doubt opens no record (R-ACC-22)."""

CHASE = frozenset({Can.PROGRESS, Can.REMIND, Can.REPORTS, Can.FORWARD})
"""What who stands between the students and the records office does: follow them, remind them, hand on what they report."""

ROLES: dict[str, frozenset[Can]] = {
    "C": frozenset({Can.STAFF_HOME, *CHASE}),
    "T": frozenset({Can.STAFF_HOME, *CHASE, Can.EXPORT, Can.CORRECTIONS, Can.CORRECT_COLLEGE, Can.COLLECT}),
    "K": frozenset({Can.STAFF_HOME, *CHASE, Can.EXPORT, Can.RECORDS, Can.CORRECTIONS, Can.CORRECT_COLLEGE, Can.COLLECT}),
    "R": frozenset(
        {
            Can.STAFF_HOME,
            Can.PROGRESS,
            Can.REMIND,
            Can.EXPORT,
            Can.REPORTS,
            Can.ANSWER,
            Can.EXEMPT,
            Can.CAMPAIGNS,
            Can.IMPORT,
            Can.PHOTOS,
            Can.RECORDS,
            Can.ENROL,
            Can.USERS,
            Can.RULES,
            Can.EXPORT_LOG,
            Can.REVIEW,
            Can.PERSONS,
            Can.SECOND,
            Can.SLIPS,
            Can.SUPPORT,
            Can.CORRECTIONS,
            Can.CORRECT_SCHOOL,
            Can.TRANSCRIPTS,
            Can.RECEIVERS,
            Can.VOUCH_FOR,
            Can.NEWS,
            Can.CASH,
            Can.REPAY,
        }
    ),
    "P": frozenset({Can.STAFF_HOME, Can.SUPERVISE, Can.CORRECTIONS, Can.CORRECT_PROVINCE, Can.DECIDE, Can.VOUCH_FOR, Can.NEWS}),
    "H": frozenset({Can.STAFF_HOME, Can.REVIEW, Can.PERSONS, Can.SECOND, Can.SUPPORT}),
    "U": frozenset({Can.STAFF_HOME, Can.AUDIT, Can.EXPORT_LOG}),
    "O": frozenset(
        {
            Can.STAFF_HOME,
            Can.USERS,
            Can.RULES,
            Can.SETTINGS,
            Can.SECOND,
            Can.RECEIVERS,
            Can.ORGANISATIONS,
            Can.AGENCIES,
            Can.OWN_AGENCY,
            Can.NEWS,
        }
    ),
    "E": frozenset({Can.STAFF_HOME, Can.VERIFY}),
    "A": frozenset({Can.STAFF_HOME, Can.CERTIFY, Can.PERSONS, Can.CASH}),
    "AL": frozenset({Can.STAFF_HOME, Can.CERTIFY, Can.PERSONS, Can.CASH, Can.LEAD, Can.REPAY, Can.NEWS, Can.OWN_AGENCY}),
}
"""C 辅导员 counsellor, T 教学点 teaching point, K 学院教学办 college office, R 学籍科 records office, P 省级教育行政部门
province, H 客服 support, U 审计员 auditor, O 系统管理员 administrator, E 会员单位 an organisation that checks reports,
A 认证机构审核员 certifier, AL 认证机构主管 certifier's lead."""

REACH: dict[str, str] = {
    "C": "class",
    "T": "point",
    "K": "college",
    "R": "unit",
    "P": "province",
    "H": "unit",
    "U": "instance",
    "O": "unit",
    "E": "organisation",
    "A": "agency",
    "AL": "agency",
}
"""How far a role reaches: one class, one teaching point (系, 所, 函授站), one college, one unit, the schools of one province,
or the instance (events know no unit). An O may have either. An E reaches what its organisation asked,
an A and an AL what was sent to their agency, and no school's rows."""

GIVES: dict[str, frozenset[str]] = {"R": frozenset("CTK"), "O": frozenset((*"CTKRPHUO", *GUESTS))}
"""Which roles a role hands out and takes back, within its own scope: a province's and a guest's need the instance."""

ALONE = frozenset((*"UO", *GUESTS))
"""Roles that nobody holds beside another: who keeps the users reads no record, who audits changes nothing, a guest is one."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `name` is what an Event calls them; staff carry the grants that hold right now."""

    name: str
    abilities: frozenset[Can]
    grants: tuple[Grant, ...] = field(default=(), compare=False)
    key: str = ""

    def may(self, ability: Can) -> bool:
        return ability in self.abilities

    def require(self, ability: Can) -> None:
        """Refused("not_allowed") unless the actor has the ability."""
        if not self.may(ability):
            raise Refused("not_allowed")

    def where(self, ability: Can) -> tuple[Grant, ...]:
        """The grants that carry an ability: the rows it may be used on."""
        return tuple(grant for grant in self.grants if ability in ROLES[grant.role])

    def gives(self, role: str, unit: int | None) -> bool:
        """May the actor hand out `role` in a unit (None: in the whole instance)? The command line may.

        Guests belong to no school: whoever keeps the only one of the site keeps its organisations and agencies too.
        """
        if self.name == SYSTEM.name:
            return True
        if role in GUESTS:
            return scope.whole(self.where(Can.ORGANISATIONS))
        return any(role in GIVES[grant.role] and (grant.everywhere or grant.unit_id == unit) for grant in self.where(Can.USERS))


SYSTEM = Actor("system", frozenset(Can))
VISITOR = Actor("visitor", frozenset())


def student(key: str, state: str = "active") -> Actor:
    """The holder of the account `key`, which is in `state`."""
    return Actor(f"student:{key}", HOLDERS[state], key=key)


def staff(key: str, grants: Iterable[Grant], now: datetime) -> Actor:
    """A member of staff with the grants that have begun and not ended."""
    live = tuple(g for g in grants if g.starts <= now and (g.ends is None or g.ends > now))
    return Actor(f"staff:{key}", frozenset().union(*(ROLES[g.role] for g in live)), live, key)
