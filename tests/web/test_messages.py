"""我的消息: told for every change, found, opened, put away; nobody reads another's."""

from collections.abc import Callable

import pytest

from tests.pages import counted
from tests.people import School, make_account
from tests.person import Person
from tests.world import World
from webapp.domain import clock, messages, notices, profile
from webapp.models.accounts import Account, Session
from webapp.models.messages import Message, Notice

XI, HE = "林晓溪", "何苗"


@pytest.fixture
def xi(world: World, school: School) -> Account:
    return make_account(school.record(XI), "13800000001")


@pytest.mark.req("MSG-01")
def test_a_change_of_the_account_is_told_on_the_site_with_its_number_in_the_header(
    world: World, xi: Account, person: Callable[[], Person]
) -> None:
    world.log_in(person(), xi)
    profile.change_password(xi, "shan-shui-yun-xi-27", Session.get())
    me = world.log_in(person(), xi).visit("/me")
    assert "消息 1" in me.page.find("header").get_text(" ", strip=True)
    me.follow("消息 1").sees("1 条没有看过", "账号密码换了", "未读")
    me.press("你的学档账号密码换了").sees("密码刚刚换了，其他设备都已退出。").sees_not("未读")
    assert "消息 1" not in me.page.find("header").get_text(" ", strip=True)


@pytest.mark.req("MSG-02")
def test_looking_marks_nothing_read_and_the_button_does(world: World, xi: Account, person: Callable[[], Person]) -> None:
    notice = messages.tell(xi, "questions_changed", link="/me/questions")
    me = world.log_in(person(), xi).visit(f"/messages/{notice.key}").visit("/messages")
    me.sees("未读").visit(f"/messages/{notice.key}").sees("未读")
    me.press("标为已读").sees_not("未读")
    assert notices.find(xi, notice.key).read == clock.now()
    assert me.follow("去看看").path in ("/me/questions", "/me/sure")


@pytest.mark.req("MSG-02")
def test_the_list_has_ten_a_page_filters_by_kind_and_finds_words(
    world: World, xi: Account, person: Callable[[], Person]
) -> None:
    for n in range(12):
        messages.notify(xi, "my_ticket_received", topic="service", due=clock.now())
        world.wait(minutes=n)
    messages.notify(xi, "password_changed")
    me = world.log_in(person(), xi).visit("/messages")
    assert len(me.page.select("main li form")) == 10
    me.follow("下一页").sees("咨询收到了")
    assert len(me.page.select("main li form")) == 3
    me.follow("上一页").follow("账号安全")
    assert len(me.page.select("main li form")) == 1
    me.visit("/messages").fill("搜索消息", "密码 退出").press("搜索").sees("密码换了").sees_not("咨询收到了")
    me.fill("搜索消息", "没有这个词").press("搜索").sees("没有找到")
    assert "没有" not in me.path
    me.visit("/messages").press("全部标为已读").sees_not("未读")


@pytest.mark.req("MSG-02")
def test_a_deleted_message_is_gone_for_its_reader_and_later_for_all(
    world: World, xi: Account, person: Callable[[], Person]
) -> None:
    notice = messages.notify(xi, "password_changed")
    me = world.log_in(person(), xi).visit(f"/messages/{notice.key}").press("删除这条消息").sees("没有消息")
    assert me.visit(f"/messages/{notice.key}").status == 404
    assert Account.by_key(xi.key).unread == 0
    world.wait(days=31)
    notices.sweep()
    assert Notice.select().count() == 0


def test_another_ones_message_is_like_none(world: World, school: School, xi: Account, visitor: Callable[[], Person]) -> None:
    hers = messages.notify(xi, "password_changed")
    he = world.log_in(visitor(), make_account(school.record(HE), "13800000002")).visit("/messages")
    for path in (f"/messages/{hers.key}", f"/messages?after={hers.key}"):
        he.visit(path).sees_not("密码换了")
    for deed in ("open", "delete"):
        assert he.visit("/messages").post(f"/messages/{hers.key}", {"do": deed}).status == 404
    assert notices.find(xi, hers.key).read is None


@pytest.mark.req("ACC-63", "MSG-11")
def test_a_message_is_read_in_the_language_of_today(world: World, xi: Account, visitor: Callable[[], Person]) -> None:
    messages.notify(xi, "password_changed")
    me = world.log_in(visitor(), xi).visit("/messages").sees("密码换了")
    profile.speak(xi, "en")
    me.visit("/messages").sees("Your password was changed")


def test_the_number_of_unread_ones_costs_no_query(world: World, xi: Account, visitor: Callable[[], Person]) -> None:
    me = world.log_in(visitor(), xi).visit("/me/language")
    with counted() as none:
        me.visit("/me/language")
    messages.notify(xi, "password_changed")
    with counted() as one:
        me.visit("/me/language")
    assert one.reads == none.reads
    assert Message.select().count() == 0
