"""An agency with its people, and applications for certification as far as a test needs them. Nobody here exists."""

import json
from dataclasses import dataclass

from tests.people import make_colleague
from tests.reporting import Holder
from webapp.domain import clock, sessions
from webapp.domain.certification import deciding, filing
from webapp.domain.certification.catalogue import OPEN
from webapp.domain.permissions import Actor
from webapp.models.certification import Agency, AgencyMember, Application, ApplicationItem
from webapp.models.staff import Staff


@dataclass(frozen=True)
class Office:
    """受理机构: the agency, a certifier, another one, and their lead."""

    agency: Agency
    certifier: Staff
    other: Staff
    lead: Staff

    def actor(self, who: str = "certifier") -> Actor:
        return sessions.staff_actor(getattr(self, who))


def office(name: str = "青溪省学历认证中心", suffix: str = "") -> Office:
    agency = Agency.create(
        name=name,
        english="Qingxi Centre for Qualification Certification",
        short="青溪认证",
        address="青溪市学府路 1 号",
        phone="0555-000 1111",
        hours="工作日 9:00–17:00",
        kinds=json.dumps(OPEN),
        created=clock.now(),
    )
    people = {"certifier": ("ren", "A"), "other": ("lou", "A"), "lead": ("zhu", "AL")}
    found = {part: make_colleague(None, login + suffix, role) for part, (login, role) in people.items()}
    for person in found.values():
        AgencyMember.create(staff=person, agency=agency)
    return Office(agency, **found)


def begun(holder: Holder, agency: Agency, purpose: str = "study", kind: str = "degree", **copies: int) -> Application:
    """An application with one item, filled in and not handed in; it is free unless `purpose` or copies say otherwise."""
    at, account = clock.now(), holder.account
    application = Application(
        account=account,
        purpose=purpose,
        version="2026-11",
        agreed=at,
        nature="person",
        applicant=account.name,
        holder_name=account.name,
        holder_kind=account.document_kind,
        holder_country=account.country,
        identity_index=account.identity_index,
        place="33",
        agency=agency,
        created=at,
        updated=at,
    )
    application.holder_document, application.phone, application.email = account.document, account.phone, "lin@example.edu.cn"
    application.save(force_insert=True)
    details = {
        "number": "999991200005000001",
        "school": "云溪职业技术学院",
        "province": "33",
        "category": "regular",
        "level": "bachelor",
        "entered": "1996-09-01",
        "graduated": "2000-07-01",
        "major": "计算机应用技术",
        "conclusion": "graduated",
    }
    item = ApplicationItem(application=application, place=1, kind=kind, **({"zh": 1} | copies))
    item.summary = f"{account.name}-云溪职业技术学院-本科"
    item.details, item.certificate = json.dumps(details), details["number"]
    item.save(force_insert=True)
    return application


def proved(holder: Holder, agency: Agency, **more: object) -> Application:
    """Handed in, and the holder was there."""
    return filing.prove(filing.submit(begun(holder, agency, **more), holder.actor), "photo")


def filed(holder: Holder, agency: Agency, **more: object) -> ApplicationItem:
    """A free application as the agency finds it: its only item, 待校对."""
    application = filing.confirm(proved(holder, agency, **more), holder.actor)
    return ApplicationItem.get(ApplicationItem.application == application)


def held(item: ApplicationItem, office: Office, who: str = "certifier") -> ApplicationItem:
    """In the hands of one of the office."""
    ApplicationItem.update(holder=getattr(office, who)).where(ApplicationItem.id == item.id).execute()
    return ApplicationItem.get_by_id(item.id)


def certified(holder: Holder, office: Office, **more: object) -> ApplicationItem:
    """Filed, paid, accepted and issued: its report waits to be drawn."""
    application = filing.confirm(proved(holder, office.agency, **more), holder.actor)
    if application.state == "paying":
        filing.settle(application)
    item = ApplicationItem.get(ApplicationItem.application == application)
    deciding.accept(held(item, office), office.actor())
    return deciding.issue(held(item, office), office.actor())


def refused(holder: Holder, office: Office, conclusion: str = "not_found") -> ApplicationItem:
    """Refused by the certifier, and by the lead."""
    item = held(filed(holder, office.agency), office)
    return deciding.confirm(
        deciding.want_refusal(item, office.actor(), conclusion, "发证学校查不到这份证书"), office.actor("lead")
    )
