"""Two schools with one of everything, and somebody of every kind: what a hostile walk needs. Nobody here exists.

Not for tests of one feature: they make what they need themselves.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from flask import Flask

from tests.correcting import picture, sent_request
from tests.desk import Desk, roster, student
from tests.people import PASSWORD, School, id_number, make_account, make_school
from tests.person import Person
from tests.security.enrolled_town import of_enrolment
from tests.security.reported_town import of_reports
from tests.world import World
from webapp.cli.demo import surveys
from webapp.domain import (
    clock,
    in_person,
    login,
    mailbox,
    messages,
    no_record,
    papers,
    permissions,
    records,
    reported,
    sessions,
    slips,
    users,
)
from webapp.domain.accounts import Identity
from webapp.domain.changes import requests
from webapp.domain.duplicates import cases as claims
from webapp.domain.duplicates import objections
from webapp.domain.identity import documents
from webapp.domain.login import Visit
from webapp.domain.permissions import SYSTEM
from webapp.domain.recovery import cases, mailing
from webapp.domain.signups import finishing, links, proof
from webapp.domain.tickets import asking
from webapp.domain.tickets.asking import Question
from webapp.domain.users import Role
from webapp.models import keys
from webapp.models.accounts import Account, Login
from webapp.models.certificate_claims import CertificateClaim
from webapp.models.checks import Check, ReportedFile
from webapp.models.duplicates import Archive, Vouch
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.records import Record
from webapp.models.school import Class, College
from webapp.models.staff import Grant, Staff
from webapp.providers.files import Files

NEAR, BESIDE, FAR = "阿依古丽·买买提", "何苗", "赵安然"
"""The counsellor's student, one of another college, and one of another school."""

CLAIMED = "李思远"
"""Whose identity is claimed by somebody else too, in either school."""

ROLES = {
    "anonymous": "",
    "student_a": NEAR,
    "student_b": BESIDE,
    "counsellor": "luo",
    "college": "xinxi",
    "officer": "ni",
    "administrator": "admin",
    "auditor": "shen",
    "far_officer": "ni-99998",
    "province": "sheng",
    "employer": "hr",
    "certifier": "ren",
    "certifier_lead": "zhu",
}
"""Everybody who knocks: a student by name, staff by login."""


@dataclass
class Town:
    """`things` are keys by owner (near, beside, far) and kind of thing; `fresh` counts new phones."""

    app: Flask
    world: World
    near: School
    far: School
    accounts: dict[str, Account] = field(default_factory=dict)
    things: dict[str, dict[str, str]] = field(default_factory=dict)
    fresh: int = 0

    def person(self, role: str, **options: object) -> Person:
        """A browser of somebody of this role, logged in."""
        return self.enter(role, Person(self.app, **options))

    def enter(self, role: str, person: Person) -> Person:
        """Log in as somebody of the role; `claimant` is who may open what is open to none of `ROLES`."""
        if role == "claimant":
            return self.world.log_in(person, self.claimant())
        who = ROLES[role]
        if who:
            owner = self.accounts.get(who) or Staff.get(Staff.login == who)
            self.world.log_in(person, owner)
        return person

    def newcomer(self, of: str, **more: str) -> Person:
        """A browser of who registered a moment ago; the account is made once, and `more` is what differs from the record."""
        if of not in self.accounts:
            self.accounts[of] = make_account(self.near.record(of), f"1380000920{len(self.accounts)}")
            if more:
                Account.update(name=more["name"], name_compare=more["name"]).where(Account.id == self.accounts[of].id).execute()
        return self.world.log_in(Person(self.app), Account.by_key(self.accounts[of].key))

    def checking(self, of: str = "吴䶮") -> tuple[Person, str]:
        """A browser of a student who has not checked yet, and the address of the record."""
        known = of in self.accounts
        person = self.newcomer(of)
        account = Account.by_key(self.accounts[of].key)
        if not known:
            records.bind(account)
            records.pass_gate(account, self.near.unit.name)
        return person, f"/records/{self.near.record(of).key}"

    def claimant(self) -> Account:
        """Somebody who registered 李思远's number again and ticked the warning; another one once that account is gone."""
        known = Account.select().where((Account.name == CLAIMED) & (Account.state == "duplicate")).first()
        if known is None:
            self.fresh += 1
            known = make_account(self.near.record(CLAIMED), f"1380000970{self.fresh}", state="duplicate")
        return claims.accept(known).account


def make_town(app: Flask, world: World) -> Town:
    """The near school is 云溪 of the other tests; the far one has the same shape and other people."""
    town = Town(app, world, make_school(), _far_school())
    surveys.open_both()
    for who, name, holds in (("shen", "审计员", {"role": "U"}), ("sheng", "省厅 郑老师", {"role": "P", "province": "33"})):
        staff = Staff.create(login=who, name=name, password_hash="", created=clock.now(), used=clock.now())
        Grant.create(staff=staff, starts=clock.now() - timedelta(days=1), **holds)
    for n, (whose, school, name) in enumerate(
        (("near", town.near, NEAR), ("beside", town.near, BESIDE), ("far", town.far, FAR)), start=1
    ):
        town.accounts[name] = _student(world, school, name, f"1380000910{n}")
        town.things[whose] = {**_of_student(world, school, name, town.accounts[name]), **_of_school(world, school, name, n)}
        town.things[whose] |= _of_claim(school, town.accounts[name], n)
        record, officer = Record.by_key(school.record(name).key), school.staff(_officer(school))
        town.things[whose] |= of_enrolment(school, record, officer, n)
    world.work()
    return town


def _far_school() -> School:
    """Other people than the near school's: the same ID number in two schools would be one person."""
    school = make_school("99998", "海川学院")
    school.unit.province = "34"
    school.unit.save()
    for n, record in enumerate(school.records, start=1):
        record.document = id_number(f"{record.birth_date:%Y%m%d}", 500 + n * 2 + int(record.sex))
        record.identity_index = keys.blind("identity", documents.canonical("1", record.document))
        record.save()
    return school


def _student(world: World, school: School, name: str, phone: str) -> Account:
    """Registered, through the gate, bound, with a log-in and an address that waits for its link."""
    record = school.record(name)
    account = make_account(record, phone)
    records.bind(account)
    records.pass_gate(account, school.unit.name)
    login.admit(account, Visit("Chrome", "192.0.2.0/24", f"mark of {name}"), "password")
    mailbox.ask(account, f"{phone}@example.edu.cn")
    return Account.by_key(account.key)


def _of_student(world: World, school: School, name: str, account: Account) -> dict[str, str]:
    """A record with a photo, a report with a file, and a note of no record."""
    record, actor = Record.by_key(school.record(name).key), permissions.student(account.key)
    files = Desk(world, school, _officer(school)).files
    record.photo = files.keep(picture(), "admission_photo", state="clean", media="image/jpeg")
    record.save()
    check = Check.get(Check.record == record)
    upload = files.keep(picture(), "report_file", account=account)
    report = reported.report(check, account, actor, {"major": "数学"}, "写错了", [upload])
    world.work()
    note = no_record.tell(account, school.unit.name, "", "也没有学历")
    return {
        "record": record.key,
        "report": report.key,
        "file": ReportedFile.get(ReportedFile.report == report).upload.key,
        "note": note.key,
        "graduation_photo": _graduated(files, record),
        **_asked(account, files),
        "paper": _drawn(files, account),
        "login": Login.get(Login.account == account).key,
        "email": world.link(f"{account.phone}@example.edu.cn").rpartition("/")[2],
        "recovery_link": mailing.link_for(account)[0],
        "recovery_stop": cases.link_for(cases.wait_for(account, "questions", timedelta(hours=24))),
        **_on_the_way(world, school, account),
        **sent_request(record, account, files),
        **of_reports(record, account, files),
    }


def _drawn(files: Files, owner: Account | Staff) -> str:
    """A paper that somebody asked for and may fetch."""
    paper = papers.ask(owner, "receipt", {"title": "自查回执"}, name="receipt", back="/")
    papers.drawn(paper, files.keep(b"%PDF-", "paper", state="clean", media="application/pdf"))
    return paper.key


def _graduated(files: Files, record: Record) -> str:
    """A photo of the qualification that an officer has to look at."""
    kept = files.keep(picture(), "graduation_photo", state="clean", media="image/jpeg")
    return GraduationPhoto.create(record=record, upload=kept, state="doubtful", imported=clock.now()).key


def _on_the_way(world: World, school: School, account: Account) -> dict[str, str]:
    """A phone that the office is to look at, a sign-up whose link was not opened, and one that waits for the office."""
    change = requests.ask(account, "phone", {"phone": f"1{int(account.phone[1:]) + 70}"})
    mailed, waiting = (links.begin("overseas", f"{n}{account.phone}@example.edu.cn", PASSWORD, "zh", "?") for n in "ab")
    world.work()
    waiting = links.open(world.link(waiting.email).rpartition("/")[2])
    proof.choose_school(waiting, school.unit.key)
    proof.identify(waiting, Identity("ZHANG SAN", "A", "KAZ", f"N{account.phone[-7:]}"))
    finishing.hand_in(waiting)
    return {"stop": requests.stop_token(change), "signup": world.link(mailed.email).rpartition("/")[2]}


def _asked(account: Account, files: Files) -> dict[str, str]:
    """A question with a picture, which claims a certificate, a message, and a question of somebody who could not log in."""
    shot = files.keep(picture(), "ticket_file", account=account)
    question = asking.ask(Question("records", "自查的页面打不开，一直在转圈"), [shot], account)
    CertificateClaim.create(ticket=question, certificate="982456", school="云溪职业技术学院", year=1998)
    visitors = Question("other", "登录不了，也收不到短信", contact=f"visitor-{account.phone}@example.edu.cn")
    notice = messages.notify(account, "password_changed")
    return {
        "ticket": question.key,
        "ticket_file": shot.key,
        "ticket_link": asking.token_of(asking.ask(visitors, (), None)),
        "notice": notice.key,
    }


def _of_claim(school: School, helper: Account, n: int) -> dict[str, str]:
    """A case in which the student was asked to vouch, and the link that its other side got."""
    record = school.record(CLAIMED)
    old = Account.get_or_none(Account.identity_index == record.identity_index) or make_account(record, f"1380000960{n}")
    party = claims.accept(make_account(record, f"1380000961{n}", state="duplicate"))
    asked = Vouch.create(party=party, helper=helper, asked=clock.now(), expires=clock.now() + timedelta(days=7))
    gone = make_account(record, f"1380000962{n}", state="archived")
    archive = Archive.create(account=gone, claim=party.claim, why="duplicate", at=clock.now())
    link = objections.token(party.claim, old)
    ways = {"vouch": asked.key, "claim_link": link, "claim": party.claim.key, "archive": archive.key}
    return {**ways, "meeting": _at_the_desk(school, party.account, party.claim.key)}


def _at_the_desk(school: School, account: Account, claim: str) -> str:
    """Somebody who stands before the school's officer, who has typed the number on the phone."""
    meeting = in_person.begin("duplicate", account, school.unit, claim)
    return in_person.take(sessions.staff_actor(school.staff(_officer(school))), in_person.number(meeting)).key


def _of_school(world: World, school: School, name: str, n: int) -> dict[str, str]:
    """A batch that waits for a decision, a colleague with a role and one who was only invited, and where they work."""
    batch = Desk(world, school, _officer(school)).upload(roster(student(n), student(n + 20, 层次="本")), name=f"{n}.csv")
    record = school.record(name)
    klass, college = Class.get_by_id(record.klass_id), College.get_by_id(record.college_id)
    role = Role("C", klass, clock.today())
    colleague, _ = users.add(SYSTEM, f"colleague-{n}", f"同事{n}", role)
    _, token = users.add(SYSTEM, f"invited-{n}", f"新人{n}", role)
    return {
        "batch": batch.key,
        "staff_paper": _drawn(Desk(world, school, _officer(school)).files, school.staff(_officer(school))),
        "staff": colleague.key,
        "grant": Grant.get(Grant.staff == colleague).key,
        "invite": token,
        "campaign": school.campaign.key,
        "college": college.key,
        "class": klass.key,
        "unit": school.unit.key,
        "printing": slips.print_class(klass, sessions.staff_actor(school.staff(_officer(school)))),
    }


def _officer(school: School) -> str:
    return "ni" if school.unit.code == "99999" else f"ni-{school.unit.code}"
