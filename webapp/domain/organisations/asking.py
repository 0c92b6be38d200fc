"""会员查询: a look-up by an organisation, under the person's consent and within its quota (R-RPT-24, SECURITY T36).

The only way in is a code; nobody is found by name or number. Not here: a stranger's look-up (`reports/verifying.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from peewee import JOIN

from webapp.domain import clock, limits
from webapp.domain.identity import verification_codes
from webapp.domain.organisations import keeping
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.domain.reports import verifying
from webapp.models import keyset, looks, report_by_code
from webapp.models.base import transaction
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.organisations import ApiKey, Organisation
from webapp.models.report_by_code import FoundReport
from webapp.models.reports import Look
from webapp.models.staff import Staff
from webapp.models.verifications import MemberLook

LONGEST = 60
"""Characters of a 授权书编号."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks for an organisation: one of its people or one of its programs; `way` is member, many or machine."""

    organisation: Organisation
    way: str
    network: str
    staff: Staff | None = None
    api_key: ApiKey | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look-up told: as `verifying.Answer`, with the look of the organisation and how many it has left today."""

    verdict: str
    found: FoundReport | None
    look: MemberLook
    left: int


def organisation(staff: Staff, actor: Actor) -> Organisation:
    """For whom this person acts. Raises Refused: not_allowed, member_suspended (reason)."""
    actor.require(Can.VERIFY)
    found = keeping.of(staff)
    if found is None:
        raise Refused("not_allowed")
    _active(found)
    return found


def consent(reference: str) -> str:
    """A 授权书编号 as it is kept, without what nobody sees. Raises Refused: consent_empty, consent_long (most)."""
    reference = "".join(character for character in reference if character.isprintable()).strip()
    if not any(map(str.isalnum, reference)):
        raise Refused("consent_empty", field="reference")
    if len(reference) > LONGEST:
        raise Refused("consent_long", field="reference", most=LONGEST)
    return reference


def check(asker: Asker, code: str, reference: str, pin: str = "") -> Checked:
    """Look a code up for an organisation; its holder reads who it was and under which consent (R-RPT-14).

    One mistyped costs nothing, a wrong PIN as much as a look-up. Raises Refused: report_code_*, consent_empty,
    consent_long (most), member_suspended (reason), member_quota (until, most), report_pin_wrong (left),
    report_pin_limit (until).
    """
    code, reference = verification_codes.read(code), consent(reference)
    _left(asker.organisation)
    found = report_by_code.by_code(code)
    asks_pin = pin and verifying.judge(found) == "pin"
    proved = verifying.prove(found, pin, partial(_written, asker, reference)) if asks_pin else ""
    with transaction():
        left = _left(asker.organisation.locked())
        verdict = verifying.judge(found, proved=(proved,))
        return Checked(verdict, found, _written(asker, reference, found, verdict), left - 1)


def remaining(organisation: Organisation) -> int:
    """How many look-ups it still has on this day in China."""
    begin, end = clock.day_bounds(clock.today())
    today = (MemberLook.organisation == organisation) & (MemberLook.at >= begin) & (MemberLook.at < end)
    return keeping.quota(organisation) - MemberLook.select().where(today).count()


def log(organisation: Organisation, place: Place = FIRST) -> Page:
    """What it looked up, newest first, with the look and who asked."""
    query = MemberLook.select(MemberLook, Look, Staff, ApiKey).join(Look)
    query = query.join_from(MemberLook, Staff, JOIN.LEFT_OUTER).join_from(MemberLook, ApiKey, JOIN.LEFT_OUTER)
    query = query.where(MemberLook.organisation == organisation)
    return keyset.cut(query, (MemberLook.at, MemberLook.id), place, newest=True)


def find(organisation: Organisation, key: str) -> MemberLook | None:
    """One of its own look-ups."""
    query = MemberLook.select(MemberLook, Look).join(Look)
    return query.where((MemberLook.key == key) & (MemberLook.organisation == organisation)).first()


def behind(seen: Iterable[Look]) -> dict[int, tuple[str, str]]:
    """For the holder: by a look's id the organisation's name and the consent that it told; a stranger's is not there."""
    query = MemberLook.select(MemberLook, Organisation).join(Organisation)
    numbers = [look.id for look in seen]
    found = query.where(MemberLook.look.in_(numbers)) if numbers else ()
    return {one.look_id: (one.organisation.name, one.reference) for one in found}


def shown(look: MemberLook, at: datetime) -> tuple[str, FoundReport | None]:
    """The report of an own look-up as it is now, for who reads the answer again within the hour; later the verdict alone."""
    report = look.look.report
    if report is None or at - look.at > limits.HOUR:
        return look.look.verdict, None
    found = report_by_code.by_key(report.key)
    verdict = verifying.judge(found)
    told = look.look.verdict if verdict == "pin" else verdict
    return told, found if told == "valid" else None


def _written(asker: Asker, reference: str, found: FoundReport | None, verdict: str) -> MemberLook:
    at = clock.now()
    look = looks.keep(found and found.report_id, at, asker.way, verdict, asker.network)
    made = MemberLook(look=look, organisation=asker.organisation, staff=asker.staff, api_key=asker.api_key, at=at)
    made.reference = reference
    made.save(force_insert=True)
    return made


def _left(organisation: Organisation) -> int:
    """How many look-ups are left before this one. Raises Refused: member_suspended (reason), member_quota (until, most)."""
    _active(organisation)
    left = remaining(organisation)
    if left <= 0:
        raise Refused("member_quota", until=clock.day_bounds(clock.today())[1], most=keeping.quota(organisation))
    return left


def _active(organisation: Organisation) -> None:
    if organisation.state != "approved":
        raise Refused("member_suspended", reason=organisation.reason)
