"""Planning a campaign: who, when, whom to ask; changed, closed, and seen by the own school alone."""

import pytest

from tests.people import School, make_school
from webapp.domain import campaigns, checks, sessions
from webapp.models.checks import Check
from webapp.models.journal import Event
from webapp.models.school import Campaign, Contact


def officer_of(person, world, school: School, login: str = "ni"):
    return world.log_in(person(), school.staff(login))


@pytest.mark.req("CHK-01")
def test_the_officer_plans_a_campaign_and_its_students_are_called_up(person, world, school: School) -> None:
    officer = officer_of(person, world, school).visit("/staff/campaigns").follow("安排一次自查")
    officer.fill("名称", "计应补查").fill("开始", "2026-11-16").fill("截止", "2026/11/20").fill("年级", "2026")
    officer.tick("本科").fill("班级", "计应 2601 班\n信息工程学院 计应 2602 班").fill("有问题找谁", "学籍科 倪老师")
    officer.press("安排自查").sees("计应补查", "11 月 16 日–11 月 20 日", "正在进行", "名单正在生成")
    world.work()
    officer.visit(officer.path).sees("8 人", "信息工程学院 计应 2601 班", "学籍科 倪老师", "本科")
    assert Event.select().where(Event.action == "campaign.make").count() == 1


@pytest.mark.req("CHK-01")
def test_a_cohort_without_a_date_reads_later(visitor, world, school: School) -> None:
    officer = officer_of(visitor, world, school).visit("/staff/campaigns/new")
    officer.fill("名称", "专升本自查").tick("专升本").press("安排自查").sees("专升本：后续通知")
    officer.visit("/staff/campaigns").sees("专升本：后续通知", "2026 级新生学籍自查", "11 月 12 日–11 月 20 日")


@pytest.mark.req("CHK-01")
def test_each_mistake_is_told_and_nothing_typed_is_lost(person, world, school: School) -> None:
    officer = officer_of(person, world, school).visit("/staff/campaigns/new")

    def told(**typed: str) -> list[str]:
        officer.visit("/staff/campaigns/new")
        for label, value in {"名称": "自查", **typed}.items():
            officer.fill(label, value)
        return officer.press("安排自查").errors()

    assert told(名称="") == ["填写自查的名称"]
    assert told(名称="2026 级新生学籍自查") == ["已经有一次同名的自查，换个名称或去修改那一次"]
    assert told(名称="长" * 61) == ["名称最多 60 字"]
    assert told(开始="2026-11-16") == ["开始和截止要么都填，要么都不填"]
    assert told(开始="2026-11-16", 截止="2026-11-15") == ["截止日期在开始日期之前，改其中一个"]
    assert told(开始="下周") == ["日期写成 2026-11-16 这样"]
    assert told(年级="26级") == ["年级不对：26级。写入学的年份，例如 2026"]
    assert told(年级="1900") == ["年级不对：1900。写入学的年份，例如 2026"]
    assert told(班级="没有的班") == ["学校没有这些班级：没有的班"]
    assert told(学号="2026010101\n2099") == ["名册里没有这些学号：2099"]
    assert officer.value("学号").strip() == "2026010101\n2099" and officer.status == 422
    assert told(通知="长" * 4001) == ["通知最多 4000 字"]
    assert Campaign.select().count() == 1


@pytest.mark.req("CHK-01")
def test_a_changed_scope_lets_those_go_who_have_not_looked(person, world, school: School) -> None:
    seen = Check.get(Check.record == school.record("何苗"))
    Check.update(state="seen").where(Check.id == seen.id).execute()
    officer = officer_of(person, world, school).visit(f"/staff/campaigns/{school.campaign.key}").follow("修改自查")
    assert officer.value("年级") == "2026" and officer.value("开始") == "2026-11-12"
    officer.fill("学号", "2026010101\n2026010103").press("保存修改").sees("2 个")
    world.work()
    names = {check.record.name for check in Check.select()}
    assert names == {"林晓溪", "阿依古丽·买买提", "何苗"}


@pytest.mark.req("CHK-01")
def test_a_closed_campaign_stays_closed(person, world, school: School) -> None:
    officer = officer_of(person, world, school).visit(f"/staff/campaigns/{school.campaign.key}").follow("关闭自查")
    officer.sees("不能再打开").press("关闭自查").sees("已关闭").sees_not("修改自查")
    assert officer.visit(f"/staff/campaigns/{school.campaign.key}/edit").press("保存修改").errors() == [
        "这次自查已经关闭，不能再改"
    ]
    assert officer.visit(f"/staff/campaigns/{school.campaign.key}/close").press("关闭自查").status == 409
    assert checks.phase(Campaign.get()) == "closed"


@pytest.mark.req("CHK-01", "CHK-16")
def test_the_room_of_the_office_is_changed_in_one_place(person, world, school: School) -> None:
    officer = officer_of(person, world, school).visit("/staff/campaigns/contacts/records")
    assert officer.value("地点") == "行政楼 2002 室"
    assert officer.fill("称呼", "").press("保存").errors() == ["填写科室或老师的称呼"]
    officer.visit("/staff/campaigns/contacts/records").fill("邮箱", "不是邮箱").press("保存")
    assert len(officer.errors()) == 1
    officer.visit("/staff/campaigns/contacts/records").fill("地点", "行政楼 101 室").press("保存").sees("行政楼 101 室")
    assert Contact.select().count() == 1
    officer.visit("/staff/campaigns/contacts/accounts")
    assert officer.fill("称呼", "服务台").press("保存").errors() == ["电话、地点、邮箱至少填一项"]
    officer.fill("称呼", "服务台").fill("电话", "0555-000 0001").press("保存").sees("服务台")
    assert officer.visit("/staff/campaigns/contacts/x").status == 404


@pytest.mark.req("SYS-09", "SCH-01")
def test_another_schools_campaign_is_not_found(visitor, world, school: School) -> None:
    other = make_school("88888", "白沙学院")
    officer = officer_of(visitor, world, school).visit("/staff/campaigns")
    for path in ("", "/edit", "/close"):
        assert officer.visit(f"/staff/campaigns/{other.campaign.key}{path}").status == 404
    officer.visit("/staff/campaigns/new")
    assert officer.post(f"/staff/campaigns/{other.campaign.key}/close").status == 404
    assert officer.visit(f"/staff/campaigns/new?unit={other.unit.key}").status == 404
    for login in ("xinxi", "luo", "admin"):
        assert officer_of(visitor, world, school, login).visit("/staff/campaigns").status == 403


@pytest.mark.req("SYS-09")
def test_the_verbs_ask_again_who_may(world, school: School) -> None:
    stranger = make_school("88888", "白沙学院").staff("ni-88888")
    actor = sessions.staff_actor(stranger)
    plan = campaigns.Plan("自查", campaigns.Scope())
    for verb in (
        lambda: campaigns.make(actor, school.unit, plan),
        lambda: campaigns.change(actor, school.campaign, plan),
        lambda: campaigns.close(actor, school.campaign),
    ):
        with pytest.raises(Exception, match="not_allowed"):
            verb()
