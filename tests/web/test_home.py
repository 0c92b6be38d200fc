"""The pages for everybody: what the front page tells in each phase, the campaign's notice, the menu, help, the law."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.people import School, make_account
from tests.person import Person
from tests.web.test_records import XI, enter
from tests.world import World
from webapp.domain import clock
from webapp.models.checks import Check
from webapp.models.records import Record
from webapp.models.school import Campaign, Contact

Visitors = Callable[..., Person]

MENU = (
    "学籍信息（图像校对）",
    "账号信息",
    "消息推送",
    "解绑账号",
    "登录日志",
    "高等教育信息",
    "录取信息",
    "资助信息",
    "在线验证报告",
    "出国教育背景服务",
    "国际合作申请",
    "图像校对",
    "学校满意度",
    "个人测评",
)


@pytest.mark.req("CHK-16")
def test_the_front_page_counts_down(world: World, school: School, visitor: Visitors) -> None:
    me = visitor().visit("/")
    assert me.heading == "2026 级新生学籍自查"
    me.sees("正在进行", "还剩 4 天 14 小时", "11 月 12 日开始", "11 月 20 日 24:00 截止", "开始自查", "已有账号，登录继续")
    world.wait(days=4)
    me.visit("/").sees("还剩 14 小时").sees_not("0 天")
    world.wait(hours=13, minutes=30)
    me.visit("/").sees("不到 1 小时就截止")
    world.wait(hours=1)
    me.visit("/").sees("已截止", "会标明已逾期")


def test_the_front_page_without_a_window_and_before_it(world: World, school: School, visitor: Visitors) -> None:
    Campaign.update(starts=clock.today() + timedelta(days=2)).execute()
    visitor().visit("/").sees("还没开始", "11 月 18 日开始", "注册账号")
    Campaign.update(closed=True).execute()
    me = visitor().visit("/")
    assert me.heading == "学籍自查"
    me.sees("现在没有开放的自查")


@pytest.mark.req("CHK-01")
def test_a_cohort_without_a_date_is_announced(world: World, school: School, visitor: Visitors) -> None:
    facts = {"unit": school.unit, "title": "专升本自查", "scope": '{"levels": ["top_up"]}', "created": clock.now()}
    Campaign.create(**facts)
    visitor().visit("/").sees("专升本：后续通知")
    visitor().visit(f"/campaigns/{school.campaign.key}").sees("专升本：后续通知")


def test_the_front_page_goes_on_where_the_student_is(world: World, school: School, visitor: Visitors) -> None:
    record = school.record(XI)
    me = enter(world, visitor(), make_account(record, "13800000001"))
    for state, words in (("unseen", "开始自查"), ("seen", "继续自查"), ("reported", "看处理进度"), ("fixed", "继续自查")):
        Check.update(state=state, seen=clock.now()).where(Check.record == record).execute()
        assert me.visit("/").follow(words).path == f"/records/{record.key}"
    Check.update(state="confirmed", confirmed=clock.now()).where(Check.record == record).execute()
    assert me.visit("/").sees("已确认").follow("查看回执").path == f"/records/{record.key}/receipt"


@pytest.mark.req("ACC-60")
@pytest.mark.parametrize("words", ["学籍查询", "学历查询", "本人的全部学籍和学历"])
def test_the_front_pages_links_lead_in(world: World, school: School, visitor: Visitors, words: str) -> None:
    me = visitor().visit("/").sees("学档").follow(words).sees("注册", "登录", "永久免费")
    enter(world, me, make_account(school.record(XI), "13800000001"))
    assert me.visit("/").follow(words).heading == "我的学籍和学历"


@pytest.mark.req("ACC-60", "RPT-07")
def test_the_front_page_leads_to_the_check_of_a_report(world: World, visitor: Visitors) -> None:
    assert visitor().visit("/").follow("在线验证").path == "/verify"


@pytest.mark.req("ACC-60", "BND-16")
def test_every_page_leads_to_one_menu_in_the_notices_order(world: World, school: School, visitor: Visitors) -> None:
    me = enter(world, visitor(), make_account(school.record(XI), "13800000001"))
    menu = next(link for link in me.page.find_all("a") if link.get_text() == "菜单")
    me.visit(menu["href"])
    words = [item.find("span").get_text(strip=True) for item in me.page.find("main").find_all("li")]
    assert words == list(MENU)
    for item in me.page.find("main").find_all("li"):
        assert bool(item.find("a")) != ("暂未开通" in item.get_text())
    assert me.follow("高等教育信息").heading == "我的学籍和学历"


@pytest.mark.req("CHK-16", "CHK-07", "CHK-03")
def test_the_campaign_page_has_everything_in_place(world: World, school: School, visitor: Visitors) -> None:
    me = visitor().visit("/").follow("看通知、指南和常见问题")
    assert me.heading == "2026 级新生学籍自查"
    me.sees("11 月 12 日到 11 月 20 日 24:00", "后果由学生本人承担", "新生学籍自查指南", "0555-000 0000", "行政楼 2002 室")
    assert len(me.page.find("main").find_all("details")) == 9
    Contact.update(room="实训楼 101 室").execute()
    me.visit(me.path).sees("实训楼 101 室").sees_not("行政楼 2002 室")


def test_a_schools_own_notice_is_shown_as_text(world: World, school: School, visitor: Visitors) -> None:
    Campaign.update(notice="第一段 <b>粗</b>\n\n第二段").execute()
    me = visitor().visit(f"/campaigns/{school.campaign.key}").sees("第一段 <b>粗</b>", "第二段")
    assert not me.page.find("main").find("b")


def test_a_closed_or_unknown_campaign_is_not_there(world: World, school: School, visitor: Visitors) -> None:
    Campaign.update(closed=True).execute()
    assert visitor().visit(f"/campaigns/{school.campaign.key}").status == 404
    assert visitor().visit("/campaigns/" + "x" * 22).status == 404


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("path", ["/", "/help", "/archive", "/about/privacy", "/about/terms", "/about/accessibility"])
def test_the_public_pages_stand_in_both_languages(
    world: World, school: School, visitor: Visitors, path: str, language: str
) -> None:
    assert visitor(language=language).visit(path).status == 200


@pytest.mark.req("BND-20")
def test_nothing_of_a_record_can_be_changed_by_its_holder(world: World, school: School, visitor: Visitors) -> None:
    record = school.record(XI)
    me = enter(world, visitor(), make_account(record, "13800000001")).visit(f"/records/{record.key}")
    me.post(me.path, {"answer": "wrong", "wrong": "major", "right_major": "别的", "major": "别的"})
    assert Record.get_by_id(record.id).major == "计算机应用技术"
