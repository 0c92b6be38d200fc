"""Texts of messages that a site words its own way: plain words and given facts alone, and nobody named in an SMS."""

from threading import Thread

import pytest

from tests.members import keeper
from tests.people import School
from tests.reporting import Holder
from tests.world import World
from webapp.domain import message_texts, messages, notices, sessions, texts
from webapp.domain.permissions import Actor
from webapp.domain.refused import Refused
from webapp.models.base import database
from webapp.models.settings import MessageText

MAIL = "认证有结果了\n{{ agency }}写了结果。\n\n{{ url }}/discredit"


@pytest.fixture
def boss(school: School) -> Actor:
    return sessions.staff_actor(keeper())


@pytest.mark.req("MSG-15")
def test_a_message_reads_as_the_site_words_it_until_that_is_taken_back(world: World, boss: Actor, hers: Holder) -> None:
    messages.mail("a@example.edu.cn", "discredited", agency="青溪认证", until="2027-11-16")
    message_texts.change(boss, "mail", "discredited", "zh", MAIL.replace("\n", "\r\n"))
    messages.mail("b@example.edu.cn", "discredited", agency="青溪认证", until="2027-11-16")
    messages.mail("c@example.edu.cn", "discredited", language="en", agency="青溪认证", until="2027-11-16")
    first, second, third = [line for line in world.outbox() if line.startswith("MAIL")]
    assert "认证有结果了" in first  # what waited reads as it is worded when it leaves
    assert "青溪认证写了结果。" in second
    assert "You are on the list" in third
    assert message_texts.is_own("mail", "discredited")
    message_texts.reset(boss, "mail", "discredited")
    assert texts.source("mail", "discredited", "zh") == texts.default("mail", "discredited", "zh")
    assert MessageText.select().count() == 0


@pytest.mark.req("MSG-15")
def test_a_button_that_is_pressed_many_times_at_once_keeps_one_text(boss: Actor) -> None:
    done: list[bool] = []

    def press() -> None:
        try:
            message_texts.change(boss, "mail", "discredited", "zh", MAIL)
            done.append(True)
        finally:
            database.close()

    threads = [Thread(target=press) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [True] * 6
    assert [(one.text, len(one.key)) for one in MessageText.select()] == [(MAIL, 22)]


@pytest.mark.req("MSG-15")
def test_what_is_worded_as_before_is_not_kept(boss: Actor) -> None:
    text = texts.default("inapp", "discredit_over", "zh")
    message_texts.change(boss, "inapp", "discredit_over", "zh", text + " ")
    assert MessageText.select().count() == 0
    message_texts.change(boss, "inapp", "discredit_over", "zh", text + "再见。")
    message_texts.change(boss, "inapp", "discredit_over", "zh", text)
    assert MessageText.select().count() == 0


@pytest.mark.req("MSG-15", "MSG-12")
@pytest.mark.parametrize(
    ("channel", "text", "code"),
    [
        ("mail", " \n ", "message_text_empty"),
        ("mail", "只有标题", "message_text_topic"),
        ("mail", "长" * 4001, "message_text_long"),
        ("mail", "标题\n{{ agency", "message_text_code"),
        ("mail", "标题\n{{ agency.__class__ }}", "message_text_code"),
        ("mail", "标题\n{{ ''.join(agency) }}", "message_text_code"),
        ("mail", "标题\n{% for x in agency %}{{ x }}{% endfor %}", "message_text_code"),
        ("mail", "标题\n{% include 'x' %}", "message_text_code"),
        ("mail", "标题\n{{ agency|upper }}", "message_text_code"),
        ("mail", "标题\n{{ site.items }}", "message_text_code"),
        ("mail", "标题\n{{ password }}", "message_text_fact"),
        ("sms", "【{{ sign }}】{{ agency }}把你列入名单", "message_text_fact"),
        ("sms", "【{{ sign }}】{{ name }}", "message_text_fact"),
        ("sms", "你被列入名单", "message_text_lacks"),
    ],
)
def test_a_text_is_plain_words_and_facts_that_it_is_given(boss: Actor, channel: str, text: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        message_texts.change(boss, channel, "discredited", "zh", text)
    assert MessageText.select().count() == 0


@pytest.mark.req("MSG-15")
def test_every_text_that_came_with_the_site_would_be_taken(boss: Actor) -> None:
    for channel in message_texts.CHANNELS:
        for name in texts.names(channel):
            for language in message_texts.LANGUAGES:
                text = texts.default(channel, name, language)
                message_texts.check(channel, name, text)
                assert message_texts.preview(text, language)


@pytest.mark.req("MSG-15")
def test_a_code_is_never_worded_away(boss: Actor) -> None:
    with pytest.raises(Refused, match="message_text_lacks") as refused:
        message_texts.change(boss, "sms", "code_login", "zh", "【{{ sign }}】登录")
    assert refused.value.facts["fact"] == "code"


@pytest.mark.req("MSG-15")
def test_a_notice_that_was_there_reads_as_it_is_worded_now(boss: Actor, hers: Holder) -> None:
    messages.notify(hers.account, "discredit_over", agency="青溪认证", until="2027-11-16")
    message_texts.change(boss, "inapp", "discredit_over", "zh", "到期了\n{{ agency }}那一条结束了。")
    assert [one.title for one in notices.page(hers.account).rows] == ["到期了"]
