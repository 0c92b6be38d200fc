"""The screens of keeping agencies, of 失信行为名单 for the agency and the holder, and of the texts of messages."""

from collections.abc import Iterator

from tests.browser.guide import Guide, Shot, Tour
from tests.browser.visitor import DESK
from tests.certifying import Office, filed, office
from tests.members import keeper
from tests.reporting import Holder
from webapp.domain import clock, permissions, signing
from webapp.domain.certification import discredit, pricing
from webapp.models.certification import Agency

EVIDENCE, APPEAL = "证书编号和学校的底册不一致，照片是另一个人。", "证书是学校补发的，编号换过，可以问学校档案馆。"


def keeping(guide: Guide) -> Iterator[Shot]:
    there = _office(guide)
    boss = guide.open(keeper(f"keeps-{guide.language}"), DESK).visit("/staff/agencies")
    yield "agencies", boss
    yield "agency-new-errors", boss.visit("/staff/agencies/new").press("保存")
    lead = guide.open(there.lead, DESK).visit("/staff/agencies")
    yield "agency", lead
    yield "agency-edit", lead.visit(f"/staff/agencies/{there.agency.key}/edit")
    people = lead.visit(f"/staff/agencies/{there.agency.key}/people")
    yield "agency-people", people
    people.fill("姓名", "辛审核").fill("登录名", f"xin-{guide.language}").fill("工作邮箱", "xin@example.edu.cn")
    yield "agency-link", people.press("开账号，得到链接")
    pricing.begin(there.actor("lead"), there.agency, "", "grades", "en", 12_000, clock.today())
    yield "agency-prices", lead.visit(f"/staff/agencies/{there.agency.key}/prices")
    yield "agency-figures", lead.visit(f"/staff/agencies/{there.agency.key}/figures")
    place = f"/staff/agencies/{there.agency.key}"
    yield "agency-without-key", boss.visit(place)
    yield "agency-keys", boss.press("生成签名密钥")
    Agency.update(name=f"{there.agency.name}（北岭）").where(Agency.id == there.agency.id).execute()
    yield "agency-keys-renamed", boss.visit(f"{place}/keys")
    kid = signing.current(there.agency).kid
    yield "agency-key-revoke-errors", boss.visit(f"{place}/keys/{kid}").press("吊销这把密钥")


def listing(guide: Guide) -> Iterator[Shot]:
    there, me = _office(guide, "-d"), _holder(guide, 28)
    item = filed(me, there.agency)
    certifier = guide.open(there.certifier, DESK).visit(f"/staff/discredit/items/{item.key}/new")
    yield "discredit-new-errors", certifier.press("提出，等主管确认")
    entry = discredit.propose(item, there.actor(), EVIDENCE)
    lead = guide.open(there.lead, DESK).visit("/staff/discredit")
    yield "discredit-list", lead
    yield "discredit-entry", lead.visit(f"/staff/discredit/{entry.key}")
    discredit.appeal(discredit.confirm(entry, there.actor("lead")), me.actor, APPEAL)
    yield "discredit-appealed", guide.open(there.other, DESK).visit(f"/staff/discredit/{entry.key}")


def discredited(guide: Guide) -> Iterator[Shot]:
    there, me = _office(guide, "-e"), _holder(guide, 26)
    entry = discredit.propose(filed(me, there.agency), there.actor(), EVIDENCE)
    discredit.confirm(entry, there.actor("lead"))
    holder = guide.open(me.account).visit("/discredit")
    yield "discredited", holder
    holder.fill("哪里不对，有什么可以证明", APPEAL).press("提交申诉")
    discredit.lift(entry, there.actor("other"), "学校档案馆确认补发过。")
    yield "discredit-lifted", holder.visit("/discredit")


def wording(guide: Guide) -> Iterator[Shot]:
    boss = guide.open(keeper(f"keeps-{guide.language}"), DESK).visit("/staff/texts")
    yield "texts", boss
    yield "text", boss.visit("/staff/texts/mail/discredited")


def _office(guide: Guide, more: str = "") -> Office:
    return office(f"青溪省学历认证中心 {guide.language}{more}", f"-a-{guide.language}{more}")


def _holder(guide: Guide, place: int) -> Holder:
    record = guide.several("confirmed", 30)[place + (guide.language == "en")]
    return Holder(record.account, permissions.student(record.account.key), record)


STUDENTS: tuple[Tour, ...] = (discredited,)
STAFF: tuple[Tour, ...] = (keeping, listing, wording)
