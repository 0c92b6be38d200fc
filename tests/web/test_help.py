"""The help centre: search with other words for a thing, answers by kind and under pages, the assistant, who else to ask."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.people import School, make_account
from tests.person import Person
from tests.world import World
from webapp.domain import clock, defaults
from webapp.domain.help.search import Answer, Index
from webapp.domain.permissions import SYSTEM
from webapp.models.school import Contact
from webapp.models.tickets import Ticket
from webapp.web.help_catalogue import CATEGORIES, ENTRIES, HOT, TROUBLE

Visitors = Callable[..., Person]

QUESTIONS_000 = ("password", "taken", "format", "sms", "details", "wechat", "missing", "wrong", "support")
QUESTIONS_002 = (
    "services", "why-phone", "real-name", "wrong-name", "username", "mismatch", "binding", "two-numbers", "old-name",
)  # fmt: skip
QUESTIONS_004 = ("certification-status", "feedback", "supplement", "enquiry", "cancel")


def test_an_index_finds_by_pairs_of_characters_and_by_words() -> None:
    index = Index(
        [
            Answer("code", "收不到短信验证码", "次数用完", "一个验证码 24 小时内都能用"),
            Answer("code", "I get no SMS code", "limit", "A code works for 24 hours"),
            Answer("photo", "学历照片怎么校对", "图像校对", "打开图像校对"),
            Answer("photo", "How do I check my photo", "blurred", "Press wrong"),
        ]
    )
    assert index.find("短信校验码没收到") == ["code"] and index.find("Text messages") == ["code"]
    assert index.find("相片") == ["photo"] == index.find("PICTURE?")
    assert index.find("食堂几点开门") == [] == index.find("怎么办") == index.find("") == index.find("？！")


@pytest.mark.req("MSG-07")
def test_the_help_page_searches_first_then_shows_hot_questions_and_kinds(school: School, person: Visitors) -> None:
    me = person().visit("/help").sees("遇到问题搜一搜", "人工客服", "热门问题", "更多>>", "倪老师", "帮助助手")
    assert 'placeholder="有什么问题先搜搜看, 万一有答案呢?"' in me.html
    me.sees(
        "[学档账号]填写证件号码后提示证件号码已被注册怎么办？", "[征兵报名]如何应征报名？", "[学历与成绩认证]什么是报告编号"
    )
    me.sees("忘记密码、身份证重复等", "学籍学历、图像校对等", "兵役登记、应征报名等", "大学英语四六级查分等")
    me.follow("兵役登记、应征报名等").follow("如何应征报名？").sees("不在本站办理", "www.gfbzb.gov.cn").follow("核对学籍信息")
    me.visit("/help").follow("更多>>").sees("四六级查分", "账号、密码怎么找回？")
    assert me.visit("/help").follow("人工客服").path == "/ask"
    assert me.visit("/help/nothing-like-it").status == 404


@pytest.mark.req("MSG-08")
@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("校验码", "收不到短信验证码"),
        ("手机验证码收不到", "收不到短信验证码"),
        ("身份证重复", "提示证件号码重复"),
        ("证件号码重复", "提示证件号码重复"),
        ("学信档案是什么", "什么是学档"),
        ("学籍档案", "什么是学档"),
        ("帐号忘了", "账号、密码怎么找回"),
        ("forgot my password", "账号、密码怎么找回"),
        ("刷脸不过", "实人验证总是通不过"),
        ("NO.00298959", "毕业证书上有两个编号"),
    ],
)
def test_the_search_knows_other_words_for_a_thing(school: School, visitor: Visitors, typed: str, title: str) -> None:
    me = visitor().visit("/help").fill("遇到问题搜一搜", typed).press("搜索")
    assert me.path == "/help/found"
    assert title in me.text.partition("搜索结果")[2][:160], me.text


@pytest.mark.req("MSG-08")
def test_where_nothing_fits_a_person_is_a_link_away(school: School, person: Visitors) -> None:
    me = person().visit("/help").fill("遇到问题搜一搜", "<b>食堂几点开门").press("搜索").sees("没有找到合适的答案")
    assert me.value("遇到问题搜一搜") == "<b>食堂几点开门"
    assert me.follow("人工客服").path == "/ask"
    me.visit("/help").fill("遇到问题搜一搜", " ").press("搜索").sees("写几个字再搜")


@pytest.mark.req("MSG-10")
def test_every_question_of_the_seeds_has_an_answer_under_a_page(app: Flask, school: School, visitor: Visitors) -> None:
    seeds = {*QUESTIONS_000, *QUESTIONS_002, *QUESTIONS_004}
    assert len(seeds) == 23 and {*seeds, *HOT} <= set(ENTRIES) and len(HOT) == 5
    assert seeds <= set(TROUBLE.values()) <= set(ENTRIES)
    assert {entry.category for entry in ENTRIES.values()} == set(CATEGORIES)
    wanted = {*TROUBLE, *(entry.endpoint for entry in ENTRIES.values())}
    assert wanted <= set(app.view_functions)
    me = visitor()
    for slug in ENTRIES:
        assert me.visit(f"/help/{slug}").status == 200
    for page, title in (
        ("/login", "账号、密码怎么找回？"),
        ("/register", "为什么要提供手机号？"),
        ("/ask", "如何进行在线咨询？"),
    ):
        me.visit(page).sees("遇到问题？").follow(title)
        assert me.heading == title


@pytest.mark.req("MSG-10")
def test_the_answers_are_the_same_in_the_notice_before_a_question_and_in_help(school: School, visitor: Visitors) -> None:
    for page in (f"/campaigns/{school.campaign.key}", "/ask/about/account", "/help/sms"):
        visitor().visit(page).sees("一个验证码 24 小时内都能用")


@pytest.mark.req("MSG-13")
def test_the_assistant_answers_from_articles_names_them_and_hands_over(world: World, school: School, person: Visitors) -> None:
    record = school.record("林晓溪")
    me = world.log_in(person(), make_account(record, "13800000001")).visit("/help/assistant")
    me.fill("你的问题", "短信校验码收不到").press("问助手").sees(
        "24 小时内都能用", "出自", "收不到短信验证码，或者次数用完了？"
    )
    me.fill("你的问题", "食堂 <i>几点开门").press("问助手").sees("没有合适的答案", "短信校验码收不到", "食堂 <i>几点开门")
    for n in range(3):
        me.fill("你的问题", f"第 {n} 问").press("问助手")
    me.sees("第 2 问").sees_not("短信校验码收不到")
    assert me.press("转人工客服").path == "/ask"
    me.follow("其他").follow("没有解决，写给学籍科")
    assert me.value("问题描述").split() == ["第", "0", "问", "第", "1", "问", "第", "2", "问"]
    assert Ticket.select().count() == 0
    me.press("发给学籍科")
    assert Ticket.get().posts.get().text.split("\n") == ["第 0 问", "第 1 问", "第 2 问"]
    assert me.visit("/ask/about/other/write").value("问题描述").strip() == ""
    me.visit("/help/assistant").sees_not("第 2 问").fill("你的问题", "再问").press("问助手").press("清空对话").sees_not("再问")


@pytest.mark.req("MSG-09")
def test_who_asks_a_person_sees_the_place_in_the_queue_and_the_hours(world: World, school: School, visitor: Visitors) -> None:
    contact = {"topic": "records", "title": "学籍科 倪老师", "hours": "工作日 8:30–17:00"}
    Contact.update(**contact).where(Contact.unit == school.unit).execute()
    first, second = (make_account(school.record(name), f"1380000000{n}") for n, name in enumerate(("林晓溪", "何苗")))
    me = (
        world.log_in(visitor(), first)
        .visit("/ask")
        .sees("现在有 0 条咨询在等答复", "人工客服时间：工作日 8:30–17:00", "问题会留着")
    )
    me.visit("/ask/about/other/write").fill("问题描述", "想问一下怎么办理复学").press("发给学籍科").sees("下一条就是你的")
    world.wait(minutes=1)
    defaults.change("help.hours", "每天 9:00–21:00", SYSTEM)
    other = world.log_in(visitor(), second).visit("/ask").sees("现在有 1 条咨询在等答复", "每天 9:00–21:00")
    other.visit("/ask/about/other/write").fill("问题描述", "想问一下怎么开在读证明").press("发给学籍科").sees("前面还有 1 条")
    Ticket.update(state="answered", answered=clock.now()).where(Ticket.account == first).execute()
    other.visit(other.path).sees("下一条就是你的")


@pytest.mark.req("MSG-16")
def test_every_page_tells_the_room_of_the_contact_table(world: World, school: School, visitor: Visitors) -> None:
    Contact.update(room="揽胜楼 FB101", phone="0555-000 1234").where(Contact.unit == school.unit).execute()
    for page in ("/", "/help", f"/campaigns/{school.campaign.key}"):
        visitor().visit(page).sees("揽胜楼 FB101", "0555-000 1234")


@pytest.mark.req("MSG-18")
def test_the_official_account_shows_only_what_is_set(world: World, school: School, visitor: Visitors) -> None:
    visitor().visit("/help").sees_not("公众号", "新媒体矩阵", "人工客服时间")
    for name, value in (("account", "云溪学籍"), ("email", "help@example.edu.cn"), ("media", "微博 @云溪、抖音 云溪")):
        defaults.change(f"help.{name}", value, SYSTEM)
    me = visitor().visit("/help").sees("云溪学籍", "help@example.edu.cn", "在本站的网页上都能办", "微博 @云溪", "新媒体矩阵")
    assert me.visit("/help/official.jpg").status == 404
