"""失信行为名单 through the door: two people list, the holder appeals once, a third answers, and a year later it is over."""

from collections.abc import Callable

import pytest

from tests.certifying import Office, filed
from tests.certifying import office as another_office
from tests.correcting import picture
from tests.people import make_account
from tests.person import Person
from tests.reporting import Holder
from tests.world import World
from webapp.domain import clock
from webapp.domain.certification import discredit, drafting
from webapp.domain.refused import Refused
from webapp.jobs import discredit as jobs
from webapp.models.accounts import Account
from webapp.models.certification import Application, ApplicationItem, Material
from webapp.models.discredit import Discredit
from webapp.models.journal import Event
from webapp.providers.files import Files

Visitors = Callable[..., Person]

EVIDENCE = "证书编号和学校的底册不一致，照片是另一个人。"
APPEAL = "证书是学校补发的，编号换过，可以问学校档案馆。"


def proposed(world: World, office: Office, item: ApplicationItem, who: Person) -> Person:
    """A certifier proposes at the desk."""
    certifier = world.log_in(who, office.certifier).visit(f"/staff/certification/{item.key}").press("接手")
    certifier.follow("提出列入失信名单")
    certifier.sees(item.application.number, "本人在期限内不能再申请").press("提出，等主管确认")
    assert (certifier.status, certifier.errors()) == (422, ["写 10 到 1000 个字"])
    return certifier.fill("哪里不实，怎么核实的", EVIDENCE).press("提出，等主管确认").sees(EVIDENCE, "等另一位主管确认")


@pytest.mark.req("CRT-40", "CRT-41")
def test_a_liar_is_listed_reads_the_evidence_appeals_once_and_applies_again_after_a_year(
    world: World, hers: Holder, office: Office, person: Visitors
) -> None:
    item = filed(hers, office.agency)
    brought = Files(world.worker.outside.storage).keep(picture(), "material", state="clean", media="image/jpeg")
    material = Material.create(item=item, slot="certificate", place=1, upload=brought, digest="0" * 64, added=clock.now())
    certifier = proposed(world, office, item, person())
    place = certifier.path
    holder = world.log_in(person(), hers.account).visit("/discredit").sees("名单里没有你")
    lead = world.log_in(person(), office.lead).visit("/staff/discredit").sees("林晓溪", "待确认").follow("林晓溪")
    assert lead.client.get(f"{place}/files/{material.key}").mimetype == "image/jpeg"
    assert Event.get(Event.action == "picture.look").object == f"upload:{brought.key}"
    lead.press("确认列入").sees("生效中")
    assert ApplicationItem.get_by_id(item.id).state == "fraud"
    with pytest.raises(Refused, match="discredited"):
        drafting.begin(hers.account, hers.actor)
    holder.visit("/discredit").sees(EVIDENCE, "青溪省学历认证中心", "生效中").fill("哪里不对，有什么可以证明", APPEAL)
    holder.press("提交申诉").sees(APPEAL, "申诉复核中").sees_not("提交申诉")
    lead.visit(place).sees(APPEAL, "等没有经手过的另一位同事复核")
    other = world.log_in(person(), office.other).visit(place).fill("答复", "学校档案馆没有补发的记录。").press("维持")
    other.sees("申诉后维持", office.other.name)
    holder.visit("/discredit").sees("学校档案馆没有补发的记录。", "申诉后维持").sees_not("提交申诉")
    world.wait(days=366)
    assert jobs.end_entries(world.worker.outside) == 1
    drafting.begin(hers.account, hers.actor)
    world.log_in(person(), hers.account).visit("/discredit").sees("已到期")


@pytest.mark.req("CRT-40")
def test_another_account_of_the_same_person_is_no_way_round(
    world: World, hers: Holder, office: Office, person: Visitors
) -> None:
    entry = discredit.propose(filed(hers, office.agency), office.actor(), EVIDENCE)
    discredit.confirm(entry, office.actor("lead"))
    Account.update(state="archived").where(Account.id == hers.account.id).execute()
    again = make_account(hers.record, "13800000077")
    assert again.identity_index == hers.account.identity_index
    me = world.log_in(person(), again).visit("/discredit").sees(EVIDENCE)
    until = Discredit.get().ends.isoformat()
    me.visit("/apply").follow("网上申请系统").press("新申请").sees(f"你已被列入失信行为名单，{until}前不受理认证/验证申请")
    assert Application.select().where(Application.account == again).count() == 0


@pytest.mark.req("CRT-41")
def test_an_entry_is_its_own_agencys_and_its_holders(world: World, hers: Holder, office: Office, visitor: Visitors) -> None:
    item = filed(hers, office.agency)
    entry = discredit.propose(item, office.actor(), EVIDENCE)
    elsewhere = another_office("碧湖省学历认证中心", "2")
    guest = world.log_in(visitor(), elsewhere.lead)
    for path in (f"/staff/discredit/{entry.key}", f"/staff/discredit/items/{item.key}/new"):
        assert guest.client.get(path).status_code == 404
    guest.visit("/staff/discredit").sees("这里没有")
    world.log_in(visitor(), office.certifier).visit(f"/staff/discredit/{entry.key}").post(
        f"/staff/discredit/{entry.key}/confirm"
    )
    assert Discredit.get().state == "proposed"
    discredit.confirm(entry, office.actor("lead"))
    stranger = make_account(hers.record, "13800000078", state="duplicate")
    assert world.log_in(visitor(), stranger).client.get("/discredit").status_code == 409
