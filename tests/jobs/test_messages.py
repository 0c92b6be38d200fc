"""SMS and mails leave once, in the reader's language, and keep nothing of what they said."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import Environment, meta

from tests.architecture.source import calls, text
from tests.people import make_account
from webapp import places
from webapp.domain import clock, codes, defaults, messages, notices, texts
from webapp.domain.permissions import SYSTEM
from webapp.jobs import registry
from webapp.jobs.registry import BACKOFF, Outside
from webapp.models.journal import Job
from webapp.models.messages import Message
from webapp.providers.nobody import Nobody
from webapp.providers.sms_aliyun import AliyunSms

PHONE = "13800005678"
TEXTS = places.find("templates") / "messages"
GIVEN = {"sign", "host", "site", "url"}
"""What every text may say without being told."""


def facts(path) -> set[str]:
    return meta.find_undeclared_variables(Environment(autoescape=True).parse(path.read_text())) - GIVEN


def through(world, sms) -> Outside:
    return replace(world.worker.outside, sms=sms)


def silent_gateway() -> AliyunSms:
    """A gateway at which nobody listens."""
    return AliyunSms("id", "secret", "云溪学院", {"code_register": "SMS_1"}, endpoint="http://127.0.0.1:9")


class Gateway:
    """Fits `Sms`: remembers what it was given."""

    def __init__(self) -> None:
        self.sent = []

    def send(self, phone, text, *, template, params, reference):
        self.sent.append((template, params))
        return reference


def test_a_gateway_that_is_down_is_tried_again_until_it_is_up(world):
    code = codes.request(PHONE, "register", "192.0.2.0/24")
    registry.drain(through(world, silent_gateway()))
    message = Message.get()
    assert (message.state, message.tries, Job.get().state) == ("queued", 1, "queued")
    assert world.outbox() == []
    world.wait(seconds=2)
    assert world.code(PHONE) == codes.digits(code)
    assert Message.get().tries == 2


def test_a_message_that_never_leaves_is_forgotten(world):
    codes.request(PHONE, "register", "192.0.2.0/24")
    for _ in range(len(BACKOFF) + 1):
        registry.drain(through(world, silent_gateway()))
        world._traveller.shift(3600)
    message = Message.get()
    assert (message.state, message.body, message.tries) == ("failed", None, len(BACKOFF) + 1)
    assert Job.get().state == "done"


def test_without_a_gateway_a_message_fails_at_once(world):
    codes.request(PHONE, "register", "192.0.2.0/24")
    registry.drain(through(world, Nobody()))
    assert (Message.get().state, Message.get().body) == ("failed", None)


def test_a_message_is_sent_once_however_often_its_job_runs(world):
    codes.request(PHONE, "register", "192.0.2.0/24")
    world.work()
    messages_sent = world.outbox()
    registry.HANDLERS["messages.deliver"](world.worker.outside, key=Message.get().key)
    registry.HANDLERS["messages.deliver"](world.worker.outside, key="nobody")
    assert world.outbox() == messages_sent


def test_what_a_message_says_is_sealed_until_it_leaves(world):
    code = codes.request(PHONE, "register", "192.0.2.0/24")
    held = Message.get().__dict__["__data__"]
    assert codes.digits(code) not in held["body"]
    assert PHONE not in held["recipient"]
    assert messages.contents(Message.get())[1]["code"] == codes.digits(code)


def test_a_message_carries_texts_numbers_and_moments_only(world):
    with pytest.raises(TypeError):
        messages.sms(PHONE, "identity_tried", who=object())


@pytest.mark.req("MSG-12")
def test_no_sms_asks_for_a_name_or_a_document_number():
    allowed = {"code", "hours", "until", "device", "network", "at", "when", "count", "token", "school"}
    for path in TEXTS.glob("sms/*/*.txt"):
        assert facts(path) <= allowed, path.name


@pytest.mark.req("MSG-12")
def test_whatever_a_message_is_about_its_sms_says_nothing_of_the_person(world):
    """Every SMS text, filled with a person's data under every fact that it might ask for."""
    person = {"name": "林晓溪", "document": "110105200805120043", "username": "13800000001", "text": "我是林晓溪"}
    for path in TEXTS.glob("sms/*/*.txt"):
        language, name = path.parent.name, path.stem
        given = texts.asked("sms", name, language)
        facts = {**dict.fromkeys(given, "1"), **person}
        said = texts.fill("sms", name, language, facts, sign="云溪学院", host="xj.example.edu.cn", url="", site={})
        assert not any(canary in said for canary in person.values()), path.name
        assert not given & person.keys(), path.name


@pytest.mark.req("MSG-12")
def test_a_gateway_gets_only_what_its_text_says(world, school):
    account = make_account(school.record("林晓溪"), PHONE)
    messages.tell(account, "my_ticket_answered", topic="service", text="林晓溪，带证件来一趟")
    gateway = Gateway()
    registry.drain(through(world, gateway))
    assert gateway.sent == [("my_ticket_answered", {})]


@pytest.mark.req("MSG-11")
def test_what_cannot_be_told_by_sms_is_told_by_mail(world, school):
    account = make_account(school.record("林晓溪"), PHONE)
    notice = messages.tell(account, "password_changed")
    account.email, account.email_proved = "xi@example.edu.cn", clock.now()
    account.save()
    registry.drain(through(world, Nobody()))
    first, second = Message.select().order_by(Message.id)
    assert (first.state, first.fault, first.notice) == ("failed", "setup", notice.key)
    assert (second.channel, second.state, second.notice) == ("mail", "sent", notice.key)
    assert any(line.startswith("MAIL xi@example.edu.cn") for line in world.outbox())


@pytest.mark.req("MSG-11")
def test_where_every_way_fails_the_site_still_tells_it(world, school):
    account = make_account(school.record("林晓溪"), PHONE)
    messages.tell(account, "password_changed")
    registry.drain(replace(world.worker.outside, sms=Nobody(), mail=Nobody()))
    assert [(one.channel, one.state) for one in Message.select()] == [("sms", "failed")]
    assert [one.title for one in notices.page(account).rows] == ["你的学档账号密码换了"]


@pytest.mark.req("MSG-01")
def test_everything_that_is_told_has_a_text_on_the_site_in_both_languages():
    told = {text(call.args[1]) for name, call in calls("webapp/**/*.py") if name in ("tell", "notify") and len(call.args) > 1}
    for name in filter(None, told):
        for language in ("zh", "en"):
            ways = [TEXTS / way / language / f"{name}.txt" for way in ("inapp", "mail")]
            mine = [TEXTS / "inapp" / language / f"my_{name}.txt"]
            assert any(path.exists() for path in (*ways, *mine)), (name, language)


@pytest.mark.req("ACC-63")
def test_every_message_stands_in_both_languages_with_the_same_facts():
    for channel in ("sms", "mail", "inapp"):
        zh, en = ({path.name: path for path in TEXTS.glob(f"{channel}/{language}/*.txt")} for language in ("zh", "en"))
        assert zh.keys() == en.keys()
        for name in zh:
            chinese, english = unsuffixed(zh[name]), unsuffixed(en[name])
            assert chinese == english, name


def unsuffixed(path: Path) -> set[str]:
    """The facts of a text; one that comes in each language (`zh`, `was_en`) counts as the same."""
    return {re.sub(r"(^|_)(zh|en)$", r"\1", fact) for fact in facts(path)}


@pytest.mark.req("ACC-63")
def test_a_message_calls_the_site_as_its_language_does(world):
    defaults.change("site.name_en", "Yunxi Polytechnic", SYSTEM)
    for language in ("zh", "en"):
        messages.mail("ni@example.edu.cn", "staff_locked", language=language, until=clock.now())
    world.work()
    assert "学档：你的工作账号暂时锁定" in "\n".join(world.outbox())
    assert "Yunxi Polytechnic: your staff account is locked" in "\n".join(world.outbox())
