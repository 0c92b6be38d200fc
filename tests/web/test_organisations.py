"""会员单位 through the door: the application, the decision, a look-up with a consent, many at once, and keys."""

import csv
import io
from collections.abc import Callable

import pytest

from tests.members import CONSENT, Member, credit_code, keeper, member
from tests.people import School, make_colleague, make_school
from tests.person import Person
from tests.reporting import Holder
from tests.tables import csv_bytes
from tests.world import World
from webapp.domain.permissions import SYSTEM
from webapp.domain.reports import issuing
from webapp.models.organisations import ApiKey, Organisation
from webapp.models.staff import Staff
from webapp.models.verifications import MemberLook

Visitors = Callable[..., Person]

PASSWORD = "qing-he-ren-shi-2026"


def applied(world: World, who: Person) -> Person:
    who.visit("/verify").follow("会员单位").follow("申请成为会员单位")
    who.fill("单位名称", "青禾人力资源有限公司").fill("统一社会信用代码", credit_code(7)).fill("联系人姓名", "白主管")
    who.fill("联系人邮箱", "hr@example.com").fill("联系电话", "010-0000 0000").fill("查验用途", "入职前核对学历")
    return who.tick("每次查验前取得本人签署的授权书").fill("图片验证码", world.captcha()).press("提交申请")


@pytest.mark.req("RPT-24")
def test_from_the_application_to_the_first_look(world: World, hers: Holder, person: Visitors) -> None:
    report = hers.issue()
    assert applied(world, person()).heading == "申请已提交"
    admin = world.log_in(person(), keeper()).visit("/staff/organisations").sees("青禾人力资源有限公司").follow("青禾人力资源")
    admin.sees("白主管", "hr@example.com", "入职前核对学历").fill("签约日期", "2026-11-10").fill("登录名", "qinghe")
    assert admin.press("通过，给联系人开账号").heading == "联系人的链接"
    guest = person().visit(world.link("hr@example.com"))
    guest.fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("保存密码，下一步")
    assert guest.path == "/staff/setup"
    guest = world.log_in(person(), Staff.get(Staff.login == "qinghe")).visit("/staff")
    assert guest.path == "/staff/verify"
    guest.sees("今天还能查 200 次").fill("在线验证码", report.code).fill("授权书编号", CONSENT).press("查询")
    assert (guest.heading, guest.path.startswith("/staff/verify/looks/")) == ("有效", True)
    guest.sees(hers.record.name, "计算机应用技术", CONSENT)
    assert report.code not in guest.path
    guest.visit("/staff/verify/log").sees(CONSENT, "有效", "白主管")


@pytest.mark.req("RPT-24")
def test_what_lacks_in_a_look_up_stands_beside_its_field(world: World, hr: Member, visitor: Visitors) -> None:
    guest = world.log_in(visitor(), hr.staff).visit("/staff/verify").press("查询")
    assert (guest.status, guest.errors()) == (422, ["填写在线验证码", "填写本人签署的授权书编号"])
    guest.fill("在线验证码", "AP7KD3MXW9QTE52T").press("查询")
    assert guest.status == 422
    assert world.log_in(visitor(), hr.staff).visit("/staff/verify").sees("今天还能查 200 次").status == 200


def test_an_answer_read_again_is_no_other_look_and_not_an_other_organisations(
    world: World, hers: Holder, hr: Member, visitor: Visitors
) -> None:
    other = member(2, "other")
    guest = world.log_in(visitor(), hr.staff).visit("/staff/verify")
    guest.fill("在线验证码", hers.issue().code).fill("授权书编号", CONSENT).press("查询")
    assert guest.visit(guest.path).heading == "有效"
    guest.visit("/staff/verify").sees("今天还能查 199 次")
    assert world.log_in(visitor(), other.staff).visit(guest.path).status == 200  # where it stands: the form
    answers = [world.log_in(visitor(), who.staff).client.get(_look(hr)).status_code for who in (hr, other)]
    assert answers == [200, 404]


def _look(hr: Member) -> str:
    return f"/staff/verify/looks/{MemberLook.get(MemberLook.organisation == hr.organisation).key}"


@pytest.mark.req("RPT-24")
def test_many_codes_come_back_as_a_table_without_formulas(world: World, hers: Holder, hr: Member, person: Visitors) -> None:
    rows = [["在线验证码", "授权书编号"], [hers.issue().code, '=HYPERLINK("x")'], ["AP7K", "SQ-2"], [hers.issue().code, ""]]
    guest = world.log_in(person(), hr.staff).visit("/staff/verify/lists").attach("CSV 文件", "a.csv", csv_bytes(rows))
    assert guest.press("上传并查验").heading == "批量核验的结果"
    world.work()
    guest.visit(guest.path).sees("有效", "1 行", "输错了")
    answer = guest.client.get(f"{guest.path}/file")
    table = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert table[1][1:3] == ['\'=HYPERLINK("x")', "有效"] and hers.record.name in table[1]
    assert table[2][2].startswith("输错了：") and table[3][2] == "没有查：填写本人签署的授权书编号"
    empty = guest.visit("/staff/verify/lists").press("上传并查验")
    assert (empty.status, empty.errors()) == (422, ["没有找到在线验证码，一行写一个"])


@pytest.mark.req("RPT-26")
def test_a_key_is_shown_once_and_revoked(world: World, hr: Member, person: Visitors) -> None:
    guest = world.log_in(person(), hr.staff).visit("/staff/verify/keys").fill("用在哪里", "入职平台").press("生成密钥")
    text = guest.page.find(class_="mono").get_text(strip=True)
    assert text.startswith("xdk_")
    guest.visit("/staff/verify/keys").sees("入职平台", text[-4:]).sees_not(text)
    guest.press("停用").sees_not("入职平台")
    assert ApiKey.get().ended is not None


@pytest.mark.req("RPT-24")
def test_an_administrator_refuses_suspends_and_gives_another_quota(world: World, hr: Member, person: Visitors) -> None:
    applied(world, person())
    admin = world.log_in(person(), hr.keeper).visit("/staff/organisations").follow("青禾人力资源").press("不通过")
    assert admin.status == 422
    admin.fill("理由", "没有公章").press("不通过").sees("没有公章")
    admin.visit(f"/staff/organisations/{hr.organisation.key}").fill("每天查几次", "500").press("保存次数").sees("每天 500 次")
    admin.fill("每天查几次", "很多").press("保存次数")
    assert (admin.status, admin.errors()) == (422, ["每天的次数应在 0 和 100000 之间"])
    admin.visit(f"/staff/organisations/{hr.organisation.key}").fill("理由", "合同到期").press("停用").sees("已停用")
    guest = world.log_in(person(), hr.staff).visit("/staff/verify")
    guest.sees("你的单位已被停用：合同到期")
    assert guest.status == 409
    assert admin.press("恢复查验").status == 200
    assert guest.visit("/staff/verify").status == 200


def test_one_more_person_is_invited(world: World, hr: Member, visitor: Visitors) -> None:
    admin = world.log_in(visitor(), hr.keeper).visit(f"/staff/organisations/{hr.organisation.key}")
    admin.fill("姓名", "何专员").fill("登录名", "hr2").fill("工作邮箱", "hr2@example.com").press("开账号，得到链接")
    assert admin.heading == "联系人的链接"
    admin.follow("回到这个单位").sees("白主管", "何专员", "等本人设置")


@pytest.mark.req("RPT-24")
def test_what_lacks_in_an_application_is_said_and_nothing_typed_is_lost(
    world: World, school: School, visitor: Visitors
) -> None:
    who = visitor().visit("/verify/organisations/apply").fill("单位名称", "青禾人力资源有限公司").press("提交申请")
    assert who.status == 422 and "勾选后才能申请" in who.errors()
    who.tick("每次查验前取得本人签署的授权书").fill("统一社会信用代码", "91110105MA00000019")
    for label in ("联系人姓名", "联系电话", "查验用途"):
        who.fill(label, "x")
    who.fill("联系人邮箱", "hr@example.com").fill("图片验证码", world.captcha()).press("提交申请")
    assert who.errors() == ["统一社会信用代码有一位不对，对照营业执照或法人证书再看一遍"]
    assert who.value("单位名称") == "青禾人力资源有限公司" and Organisation.select().count() == 0


def test_a_holder_who_closes_is_believed_at_the_next_look(world: World, hers: Holder, hr: Member, visitor: Visitors) -> None:
    report = hers.issue()
    guest = world.log_in(visitor(), hr.staff).visit("/staff/verify")
    guest.fill("在线验证码", report.code).fill("授权书编号", CONSENT).press("查询").sees(hers.record.name)
    issuing.close(report, hers.actor)
    guest.visit(guest.path).sees("关闭").sees_not(hers.record.name)


def test_members_stand_in_the_list_of_users_as_guests(world: World, hr: Member, visitor: Visitors) -> None:
    admin = world.log_in(visitor(), hr.keeper).visit("/staff/users")
    admin.sees(f"会员单位查验人：{hr.organisation.name}")
    assert SYSTEM.gives("E", None)


@pytest.mark.req("RPT-24")
def test_who_keeps_the_only_school_closes_a_members_account(
    world: World, school: School, hr: Member, visitor: Visitors
) -> None:
    office = make_colleague(school.unit, "office", "O")
    admin = world.log_in(visitor(), office).visit(f"/staff/organisations/{hr.organisation.key}").follow("白主管")
    admin.sees(f"会员单位查验人：{hr.organisation.name}").follow("关闭账号").press("关闭账号")
    assert Staff.get_by_id(hr.staff.id).state == "closed"
    assert admin.visit("/staff/users").sees("白主管").status == 200


def test_who_keeps_one_school_of_several_sees_nothing_of_organisations(
    world: World, school: School, hr: Member, visitor: Visitors
) -> None:
    make_school("99998", "海川学院")
    admin = world.log_in(visitor(), make_colleague(school.unit, "office", "O")).visit("/staff/users")
    admin.sees("辅导员").sees_not("会员单位", "白主管")
    for place in ("", f"/{hr.organisation.key}"):
        assert admin.visit(f"/staff/organisations{place}").status == 404
    assert admin.visit(f"/staff/users/{hr.staff.key}").status == 404
