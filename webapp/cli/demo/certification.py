"""学历认证 of the demo: an agency with two people and its prices, and an application in each state that one meets.

Not here: what happens to an application (`domain/certification/`). Who applies has just left school: 普通高中 and 高考.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import date, timedelta

from webapp.cli.demo import specimen
from webapp.domain import clock, permissions, second_factor, sessions
from webapp.domain.certification import deciding, desk, filing, forms, materials, required
from webapp.domain.permissions import Actor
from webapp.models.accounts import Account
from webapp.models.certification import Agency, AgencyMember, Application, ApplicationItem, Price
from webapp.models.records import Record
from webapp.models.staff import Grant, Staff
from webapp.providers.files import Files

AGENCY = {
    "name": "云岭学历认证中心",
    "english": "Yunling Centre for Qualification Certification",
    "short": "云岭认证",
    "address": "云溪市学府路 18 号",
    "phone": "0555-000 1818",
    "hours": "工作日 9:00–17:00",
}
PEOPLE = (("renzheng", "认证中心 何老师", "A"), ("renzheng2", "认证中心 谢老师", "AL"))
KINDS = ("degree", "grades", "gaokao", "huikao", "secondary")
PRICES = (("secondary", "zh", 0), ("secondary", "en", 12_000), ("gaokao", "zh", 10_000), ("gaokao", "en", 12_000))
"""Kind, language, fen for a copy; everything else has the site's price."""

Deed = Callable[[ApplicationItem, Actor, Actor], object]
"""What the agency did with an item: by the certifier, by the lead."""


def _take(item: ApplicationItem, certifier: Actor) -> ApplicationItem:
    return desk.take(item, certifier)


def _ask(item: ApplicationItem, certifier: Actor, lead: Actor) -> None:
    deciding.ask(_take(item, certifier), certifier, ("unclear",), "毕业证书的印章看不清，重新扫描一张")


def _accept(item: ApplicationItem, certifier: Actor, lead: Actor) -> ApplicationItem:
    return deciding.accept(_take(item, certifier), certifier)


def _issue(item: ApplicationItem, certifier: Actor, lead: Actor) -> None:
    deciding.issue(_accept(item, certifier, lead), certifier)


def _want_refusal(item: ApplicationItem, certifier: Actor, lead: Actor) -> None:
    deciding.want_refusal(_accept(item, certifier, lead), certifier, "not_found", "学校答复：没有这个证书编号")


def _refuse(item: ApplicationItem, certifier: Actor, lead: Actor) -> None:
    _want_refusal(item, certifier, lead)
    deciding.confirm(ApplicationItem.get_by_id(item.id), lead)


FATES: tuple[Deed | None, ...] = (None, _ask, _accept, _issue, _want_refusal, _refuse)
"""Of the applications that were filed; the first waits for the agency's first look."""


def make(records: list[Record], password_hash: str, files: Files) -> None:
    """A draft, one that waits for 确认提交, one to be paid, and one for each of FATES, as far as there are students."""
    agency = _agency(password_hash)
    certifier, lead = (sessions.staff_actor(Staff.get(Staff.login == login)) for login, _, _ in PEOPLE)
    holders = iter(records)
    if draft := next(holders, None):
        _written(draft, agency, "gaokao")
    if proved := next(holders, None):
        _proved(proved, agency, "secondary", files)
    if priced := next(holders, None):
        _filed(priced, agency, "gaokao", files)
    for fate, record in zip(FATES, holders, strict=False):
        item = _filed(record, agency, "secondary", files).items[0]
        if fate is not None:
            fate(item, certifier, lead)


def _agency(password_hash: str) -> Agency:
    at = clock.now()
    agency = Agency.create(**AGENCY, kinds=json.dumps(KINDS), created=at)
    for login, name, role in PEOPLE:
        staff = Staff(login=login, name=name, password_hash=password_hash, created=at, used=at)
        staff.totp = second_factor.new_secret()
        staff.save(force_insert=True)
        Grant.create(staff=staff, role=role, starts=at - timedelta(days=7))
        AgencyMember.create(staff=staff, agency=agency)
    for kind, language, fen in PRICES:
        Price.create(agency=agency, kind=kind, language=language, fen=fen, starts=clock.today(), set=at)
    return agency


def _written(record: Record, agency: Agency, kind: str) -> Application:
    """An application with its only item, filled in; what costs something is for use abroad."""
    at, account = clock.now(), Account.get_by_id(record.account_id)
    abroad = kind == "gaokao"
    application = Application(
        account=account,
        purpose="abroad" if abroad else "work",
        detail="elsewhere" if abroad else "",
        country="GBR" if abroad else "",
        version="2026-11",
        agreed=at,
        nature="person",
        applicant=account.name,
        holder_name=account.name,
        holder_kind=account.document_kind,
        holder_country=account.country,
        identity_index=account.identity_index,
        place=record.unit.province,
        agency=agency,
        created=at,
        updated=at,
    )
    application.holder_document, application.phone = account.document, account.phone
    application.email = account.email or "lin@example.edu.cn"
    application.save(force_insert=True)
    told = _details(record, kind)
    item = ApplicationItem(application=application, place=1, kind=kind, zh=1, summary=forms.summary(kind, account.name, told))
    item.details, item.certificate = json.dumps(told, ensure_ascii=False), told.get("number")
    item.save(force_insert=True)
    return application


def _details(record: Record, kind: str) -> dict[str, str]:
    """What the forms of 高考成绩 and 普通高中 ask, in the year in which the student came."""
    came = record.enrolled_on or date(clock.today().year, 9, 1)
    if kind == "gaokao":
        return {"year": str(came.year), "province": record.unit.province, "exam_number": record.exam_number}
    return {
        "school_kind": forms.GENERAL,
        "school": "云溪市第一中学",
        "province": record.unit.province,
        "graduated": f"{came.year}-06",
        "number": f"{came.year}{record.id:06d}",
    }


def _proved(record: Record, agency: Agency, kind: str, files: Files) -> Application:
    """Handed in with what is needed, and the holder was there."""
    application = _written(record, agency, kind)
    for item in application.items:
        for slot in required.slots(item):
            for n in range(slot.least):
                jpeg = specimen.sheet(f"{slot.code} {item.id}-{n + 1}")
                upload = files.keep(jpeg, materials.PURPOSE, account=application.account)
                materials.attach(item, slot.code, hashlib.sha256(jpeg).hexdigest(), upload)
    return filing.prove(filing.submit(application, _applicant(application)), "photo")


def _filed(record: Record, agency: Agency, kind: str, files: Files) -> Application:
    """Confirmed: with the agency, or where it costs something, to be paid."""
    application = _proved(record, agency, kind, files)
    return filing.confirm(application, _applicant(application))


def _applicant(application: Application) -> Actor:
    return permissions.student(application.account.key)
