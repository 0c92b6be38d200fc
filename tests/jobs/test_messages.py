"""SMS and mails leave once, in the reader's language, and keep nothing of what they said."""

from dataclasses import replace

import pytest
from jinja2 import Environment, meta

from webapp import places
from webapp.domain import clock, codes, defaults, messages
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
    allowed = {"code", "hours", "until", "device", "network", "at", "when", "count"}
    for path in TEXTS.glob("sms/*/*.txt"):
        assert facts(path) <= allowed, path.name


@pytest.mark.req("ACC-63")
def test_every_message_stands_in_both_languages_with_the_same_facts():
    for channel in ("sms", "mail"):
        zh, en = ({path.name: path for path in TEXTS.glob(f"{channel}/{language}/*.txt")} for language in ("zh", "en"))
        assert zh.keys() == en.keys()
        for name in zh:
            assert facts(zh[name]) == facts(en[name]), name


@pytest.mark.req("ACC-63")
def test_a_message_calls_the_site_as_its_language_does(world):
    defaults.change("site.name_en", "Yunxi Polytechnic", SYSTEM)
    for language in ("zh", "en"):
        messages.mail("ni@example.edu.cn", "staff_locked", language=language, until=clock.now())
    world.work()
    assert "学档：你的工作账号暂时锁定" in "\n".join(world.outbox())
    assert "Yunxi Polytechnic: your staff account is locked" in "\n".join(world.outbox())
