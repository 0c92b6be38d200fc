"""A student of the made-up school who asks for a correction, and the desks that decide: what its tests share."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

from PIL import Image

from tests.desk import Desk
from tests.people import School, make_account
from tests.world import World
from webapp.domain import clock, permissions, records, sessions
from webapp.domain.corrections import asking, deciding, lifecycle, wanted
from webapp.domain.permissions import Actor
from webapp.models.accounts import Account
from webapp.models.corrections import Correction
from webapp.models.records import Record
from webapp.models.staff import Grant, Staff
from webapp.providers.files import Files

PHONE = "13800008801"


def picture() -> bytes:
    """A small picture that the machine can open."""
    out = BytesIO()
    Image.new("RGB", (400, 300), (200, 120, 90)).save(out, "JPEG")
    return out.getvalue()


def sent_request(record: Record, account: Account, files: Files) -> dict[str, str]:
    """A request for another name, sent with its papers, and one for the sex that is not filled yet: the keys of both."""
    Account.update(person_proved=clock.now(), person_proved_by="desk").where(Account.id == account.id).execute()
    actor, account = permissions.student(account.key), Account.by_key(account.key)
    sent, begun = (asking.begin(account, actor, record, *one) for one in (("name", "name_typed"), ("sex", "sex_typed")))
    papers = {
        draft.key: [asking.attach(draft, kind, files.keep(picture(), "correction_file")) for kind in lifecycle.needs(draft)]
        for draft in (sent, begun)
    }
    asking.send(wanted.fill(sent, f"{record.name[0]}小明", "登记错了"), actor)
    keys = {"correction": sent.key, "evidence": papers[sent.key][0].key}
    return {**keys, "draft": begun.key, "draft_paper": papers[begun.key][0].key}


@dataclass
class Case:
    """One student and the officers ni (school), xinxi (college), zheng and qian (province)."""

    world: World
    school: School
    account: Account
    record: Record

    @property
    def student(self) -> Actor:
        return permissions.student(self.account.key)

    def officer(self, login: str) -> Actor:
        return sessions.staff_actor(Staff.get(Staff.login == login))

    @property
    def files(self) -> Files:
        return Desk(self.world, self.school).files

    def draft(self, field: str = "name", ground: str = "name_typed", value: str = "林晓曦", papers: bool = True) -> Correction:
        """A request that is filled, with every paper that it needs."""
        made = asking.begin(self.account, self.student, Record.by_key(self.record.key), field, ground)
        made = wanted.fill(made, value, "登记的和身份证不一样")
        for kind in lifecycle.needs(made) if papers else ():
            asking.attach(made, kind, self.files.keep(picture(), "correction_file", account=self.account))
        self.world.work()
        return made

    def sent(self, *told: str) -> Correction:
        return asking.send(self.draft(*told), self.student)

    def yes(self, correction: Correction, login: str, paper: str = "") -> Correction:
        """Take it and agree; an officer of the school looks at the originals first."""
        actor = self.officer(login)
        held = deciding.take(correction, actor)
        if held.state == "school":
            for kind in lifecycle.unseen_originals(held):
                deciding.saw_original(held, actor, kind, "行政楼 2002 室")
        return deciding.agree(held, actor, paper)

    def at_province(self, *told: str) -> Correction:
        return self.yes(self.yes(self.sent(*told), "xinxi"), "ni")


def make_case(world: World, school: School, name: str = "林晓溪") -> Case:
    """A student whom staff saw in person, and a province of two."""
    record = school.record(name)
    account = make_account(record, PHONE, person_proved=clock.now(), person_proved_by="desk")
    records.bind(account)
    records.pass_gate(account, school.unit.name)
    at = clock.now()
    for login, person in (("zheng", "郑老师"), ("qian", "钱老师")):
        officer = Staff.create(login=login, name=person, password_hash="", created=at, used=at)
        Grant.create(staff=officer, role="P", province=school.unit.province, starts=at - timedelta(days=1))
    return Case(world, school, Account.by_key(account.key), Record.by_key(record.key))
