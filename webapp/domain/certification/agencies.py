"""受理机构: which take an application, and who works for one (R-CRT-22, R-CRT-48).

Not here: setting one up (`keeping.py`).
"""

import json
from collections.abc import Iterable

from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models.certification import Agency, AgencyMember
from webapp.models.staff import Staff


def of(staff: Staff) -> Agency | None:
    """For whom this person works."""
    query = Agency.select().join(AgencyMember, on=(AgencyMember.agency == Agency.id))
    return query.where(AgencyMember.staff == staff).first()


def called(name: str) -> Agency:
    """The one with this name or short name. Raises Refused: agency_unknown (name); also where several have it."""
    found = list(Agency.select().where((Agency.name == name) | (Agency.short == name)).limit(2))
    if len(found) != 1:
        raise Refused("agency_unknown", name=name)
    return found[0]


def mine(actor: Actor) -> Agency | None:
    """The agency for which the actor acts."""
    member = Staff.by_key(actor.key)
    return of(member) if member is not None else None


def leads(actor: Actor, role: str, agency: object) -> bool:
    """May the actor hand out the role in that agency? A lead keeps the own certifiers, and no leads (spec 9)."""
    return role == "A" and isinstance(agency, Agency) and actor.may(Can.LEAD) and mine(actor) == agency


def takers(kinds: Iterable[str], province: str) -> list[Agency]:
    """Agencies that take all these kinds for certificates of a province, by name."""
    wanted = set(kinds)
    found = Agency.select().where(Agency.active).order_by(Agency.name)
    return [one for one in found if wanted <= set(json.loads(one.kinds)) and _serves(one, province)]


def _serves(agency: Agency, province: str) -> bool:
    provinces = json.loads(agency.provinces)
    return not provinces or not province or province in provinces
