"""受理机构 through the door: the administrator adds one and invites its lead, who keeps contact, certifiers and prices."""

from collections.abc import Callable

import pytest

from tests.certifying import Office, certified
from tests.certifying import office as another_office
from tests.correcting import picture
from tests.members import keeper
from tests.people import School
from tests.person import Person
from tests.reporting import Holder
from tests.world import World
from webapp.domain import clock, signing
from webapp.domain.certification import prices
from webapp.models.certification import Agency, ApplicationItem, Price
from webapp.models.signing import SigningKey
from webapp.models.staff import Grant, Staff

Visitors = Callable[..., Person]


@pytest.mark.req("CRT-48", "CRT-44")
def test_from_nothing_to_an_agency_with_a_lead_and_a_certifier(world: World, school: School, person: Visitors) -> None:
    boss = world.log_in(person(), keeper()).visit("/staff/agencies").sees("这里还没有机构").follow("添加机构")
    boss.fill("机构全称", "碧湖省学历认证中心").press("保存")
    assert (boss.status, boss.errors()) == (422, ["填写这一项"])
    boss.fill("简称", "碧湖认证").fill("通讯地址", "碧湖市环湖路 2 号").fill("联系电话", "0556-000 2222").press("保存")
    assert boss.errors() == ["选这个机构受理的项目，至少一种"]
    boss.tick("高等学历认证").tick("北京").press("保存")
    assert boss.heading == "碧湖省学历认证中心"
    boss.sees("高等学历认证", "北京", "受理中").follow("人员").tick("主管").fill("姓名", "朱主管").fill("登录名", "zhu")
    boss.fill("工作邮箱", "zhu@example.edu.cn").press("开账号，得到链接").sees("/staff/invite/")
    lead = world.log_in(person(), Staff.get(Staff.login == "zhu")).visit("/staff/agencies")
    assert lead.heading == "碧湖省学历认证中心"
    lead.visit(f"{lead.path}/edit").fill("办公时间", "工作日 9:00–17:00").press("保存").sees("工作日 9:00–17:00")
    lead.follow("人员").fill("姓名", "任审核").fill("登录名", "ren").fill("工作邮箱", "ren@example.edu.cn")
    lead.press("开账号，得到链接").follow("回到人员").press("结束 任审核").sees("已离开")
    assert Grant.get(Grant.role == "A").ends <= clock.now()


@pytest.mark.req("PAY-09", "PAY-10")
def test_a_lead_sets_a_price_and_sees_what_counts_when(world: World, office: Office, person: Visitors) -> None:
    place = f"/staff/agencies/{office.agency.key}"
    lead = world.log_in(person(), office.lead).visit(f"{place}/prices").sees("没有单独设定价格", "150.00")
    lead.fill("申请项目", "大学成绩验证").tick("英文").fill("每份多少元", "12.345").press("设定价格")
    assert lead.errors() == ["写成 150 或 150.00 这样，最多 100000 元"]
    lead.fill("每份多少元", "88.50").press("设定价格").sees("现在的价格", "88.50")
    assert prices.of("work", "grades", "en", office.agency) == 8_850
    assert prices.of("work", "grades", "en") == 15_000
    lead.visit(f"{place}/prices?use=abroad&day=2030-01-02").sees("2030 年 1 月 2 日")
    lead.press("结束 大学成绩验证，英文，所有目的")
    assert Price.get().ends > clock.today()
    lead.visit(f"{place}/figures").sees("最近 12 个月提交的项目", "0 项")


@pytest.mark.req("CRT-48")
def test_a_seal_is_made_harmless_before_it_shows(world: World, office: Office, visitor: Visitors) -> None:
    place = f"/staff/agencies/{office.agency.key}"
    lead = world.log_in(visitor(), office.lead).visit(place).press("上传印章图")
    assert lead.status == 422
    lead.attach("从相册选", "seal.jpg", picture()).press("上传印章图").sees("正在处理图片")
    assert lead.client.get(f"{place}/seal.jpg").status_code == 404
    world.work()
    assert lead.client.get(f"{place}/seal.jpg").mimetype == "image/jpeg"
    assert Agency.get().seal.purpose == "agency_seal"


@pytest.mark.req("CRT-48")
def test_an_agency_is_nobody_elses(world: World, office: Office, visitor: Visitors) -> None:
    elsewhere, place = another_office("碧湖省学历认证中心", "2"), f"/staff/agencies/{office.agency.key}"
    for who, status in ((elsewhere.lead, 404), (office.certifier, 403), (office.lead, 200), (keeper(), 200)):
        assert world.log_in(visitor(), who).client.get(place).status_code == status
    assert world.log_in(visitor(), office.lead).client.get("/staff/agencies/new").status_code == 404
    assert world.log_in(visitor(), office.lead).client.get("/staff/agencies/site/prices").status_code == 404


@pytest.mark.req("CRT-48")
def test_who_keeps_the_site_makes_an_agencys_key_and_its_reports_say_who_signed(
    world: World, office: Office, hers: Holder, person: Visitors
) -> None:
    place = f"/staff/agencies/{office.agency.key}"
    boss = world.log_in(person(), keeper()).visit(place).sees("没有自己的，报告用本站的密钥签名")
    boss.press("生成签名密钥")
    assert boss.path == f"{place}/keys"
    first = signing.current(office.agency).kid
    boss.sees(first, "证书上的名称", "青溪省学历认证中心", "在用").visit(place).sees(f"机构自己的密钥 {first}")
    item = certified(hers, office)
    world.work()
    who = person().visit(f"/verify/certified/{ApplicationItem.get_by_id(item.id).token}")
    who.sees("电子签名 青溪省学历认证中心")
    who.visit("/verify/keys").sees(first, "青溪省学历认证中心")
    boss.visit(f"{place}/keys").press("换一把新的密钥").sees("已停用，签过的仍有效")
    second = signing.current(office.agency).kid
    boss.visit(f"{place}/keys/{first}").press("吊销这把密钥")
    assert (boss.status, boss.errors()) == (422, ["选一个吊销原因"])
    boss.tick("密钥可能泄露").press("吊销这把密钥").sees("已吊销，签过的都不算数", "密钥可能泄露")
    assert signing.current(office.agency).kid == second
    boss.visit(f"{place}/keys/{second}").tick("不再签发").press("吊销这把密钥").sees("报告用本站的密钥签名")
    assert signing.current(office.agency) is None
    assert boss.client.get(f"{place}/keys/{second}").status_code == 404


@pytest.mark.req("CRT-48")
def test_a_key_is_made_once_however_often_the_button_is_pressed(world: World, office: Office, visitor: Visitors) -> None:
    place = f"/staff/agencies/{office.agency.key}"
    boss = world.log_in(visitor(), keeper()).visit(place).press("生成签名密钥")
    first = signing.current(office.agency).kid
    signing.rotate(office.agency)
    for shown in ("", first):
        boss.post(f"{place}/keys", {"after": shown})
        assert (boss.status, boss.errors()) == (422, ["已经有人处理过了，刷新页面看最新状态"])
    assert SigningKey.select().where(SigningKey.owner == office.agency.key).count() == 2
    boss.press("换一把新的密钥")
    assert SigningKey.select().where(SigningKey.owner == office.agency.key).count() == 3


@pytest.mark.req("CRT-48")
def test_a_lead_sees_the_keys_and_makes_and_revokes_none(world: World, office: Office, visitor: Visitors) -> None:
    place, kid = f"/staff/agencies/{office.agency.key}/keys", signing.rotate(office.agency).kid
    lead = world.log_in(visitor(), office.lead).visit(place).sees(kid).sees_not("吊销", "换一把新的密钥")
    for method, where in (("POST", place), ("GET", f"{place}/{kid}"), ("POST", f"{place}/{kid}")):
        assert lead.client.open(where, method=method, data={"reason": "ended"}).status_code in (400, 404)
    assert signing.current(office.agency).kid == kid


@pytest.mark.req("CRT-48")
def test_an_agency_that_changed_its_name_is_told_that_its_certificate_says_the_old_one(
    world: World, office: Office, visitor: Visitors
) -> None:
    signing.rotate(office.agency)
    Agency.update(name="青溪省教育认证中心").execute()
    boss = world.log_in(visitor(), keeper()).visit(f"/staff/agencies/{office.agency.key}/keys").sees("机构改过名称")
    boss.press("换一把新的密钥").sees_not("机构改过名称").sees("青溪省教育认证中心")
