"""Alibaba Cloud's SMS: the published signature, and every way in which the gateway may answer."""

import json
from datetime import timedelta
from hashlib import sha256

import pytest

from webapp.domain import clock
from webapp.domain.ports import Unavailable
from webapp.providers.sms_aliyun import AliyunSms, authorization, canonical_query

MESSAGE = {"template": "code", "params": {"code": "482 913", "hours": "24"}, "reference": "job-1"}


@pytest.fixture
def sms(aliyun, keys):
    return AliyunSms(*keys, "学档&校", {"code": "SMS_123456789"}, aliyun.endpoint)


def test_the_signature_equals_the_vendors_published_example():
    headers = {
        "host": "ecs.cn-shanghai.aliyuncs.com",
        "x-acs-action": "RunInstances",
        "x-acs-content-sha256": sha256(b"").hexdigest(),
        "x-acs-date": "2023-10-26T10:22:32Z",
        "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
        "x-acs-version": "2014-05-26",
    }
    query = canonical_query({"RegionId": "cn-shanghai", "ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"})
    assert authorization("POST", "/", query, headers, key_id="YourAccessKeyId", key_secret="YourAccessKeySecret") == (
        "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,"
        "SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
        "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    )


def test_headers_that_the_vendor_does_not_ask_for_are_not_signed():
    headers = {"host": "h", "x-acs-content-sha256": "0", "accept": "*/*"}
    assert "accept" not in authorization("POST", "/", "", headers, key_id="i", key_secret="s")


def test_a_query_is_encoded_as_rfc_3986_says():
    assert canonical_query({"b": "a b*~+/", "a": "学"}) == "a=%E5%AD%A6&b=a%20b%2A~%2B%2F"


def test_the_gateway_accepts_the_signature_and_gets_the_message(sms, aliyun):
    assert sms.send("13800005678", "", **MESSAGE) == "900619746936498440^0"
    (received,) = aliyun.received
    assert received["PhoneNumbers"] == "13800005678"
    assert received["SignName"] == "学档&校"
    assert received["TemplateCode"] == "SMS_123456789"
    assert json.loads(received["TemplateParam"]) == {"code": "482 913", "hours": "24"}
    assert received["OutId"] == "job-1"


def test_a_template_gets_only_the_parameters_that_it_takes(aliyun, keys):
    sms = AliyunSms(*keys, "学档", {"code": "SMS_1:code"}, aliyun.endpoint)
    sms.send("13800005678", "", **MESSAGE)
    assert json.loads(aliyun.received[0]["TemplateParam"]) == {"code": "482 913"}


def test_a_wrong_key_is_a_matter_of_settings(aliyun, keys):
    sms = AliyunSms(keys[0], "another-secret", "学档", {"code": "SMS_1"}, aliyun.endpoint)
    with pytest.raises(Unavailable) as no:
        sms.send("13800005678", "", **MESSAGE)
    assert (no.value.reason, no.value.retry, no.value.detail) == ("setup", False, "SignatureDoesNotMatch")


@pytest.mark.parametrize(
    ("mode", "reason", "retry", "unknown"),
    [
        ("500", "fault", True, True),
        ("429", "busy", True, False),
        ("slow", "timeout", True, True),
        ("garbage", "fault", True, True),
        ("list", "fault", True, True),
        ("odd", "fault", True, True),
        ("endless", "fault", True, True),
        ("drop", "network", True, True),
        ("redirect", "fault", True, False),
    ],
)
def test_each_fault_says_whether_to_try_again_and_whether_the_message_may_have_gone(sms, aliyun, mode, reason, retry, unknown):
    aliyun.mode = mode
    with pytest.raises(Unavailable) as no:
        sms.send("13800005678", "", **MESSAGE)
    assert (no.value.reason, no.value.retry, no.value.unknown) == (reason, retry, unknown)
    assert len(aliyun.received) == 1, "one message, no silent second try, no redirect followed"


@pytest.mark.parametrize(
    ("code", "message", "reason", "retry"),
    [
        ("isv.BUSINESS_LIMIT_CONTROL", "触发分钟级流控Permits:1", "limited", True),
        ("isv.BUSINESS_LIMIT_CONTROL", "触发小时级流控Permits:5", "limited", False),
        ("isv.BUSINESS_LIMIT_CONTROL", "触发天级流控Permits:10", "limited", False),
        ("isv.MOBILE_NUMBER_ILLEGAL", "13800005678", "receiver", False),
        ("isv.SMS_TEMPLATE_ILLEGAL", "", "setup", False),
        ("isv.SMS_SIGNATURE_ILLEGAL", "", "setup", False),
        ("isv.AMOUNT_NOT_ENOUGH", "", "setup", False),
        ("isp.RAM_PERMISSION_DENY", "", "setup", False),
        ("isp.SYSTEM_ERROR", "", "fault", True),
        ("Throttling.User", "", "busy", True),
        ("isv.SOMETHING_NEW", "", "setup", False),
    ],
)
def test_each_refusal_of_the_vendor_has_a_meaning(sms, aliyun, code, message, reason, retry):
    aliyun.mode, aliyun.code, aliyun.message = "refuse", code, message
    with pytest.raises(Unavailable) as no:
        sms.send("13800005678", "", **MESSAGE)
    assert (no.value.reason, no.value.retry, no.value.unknown) == (reason, retry, False)
    assert no.value.detail == code


def test_a_gateway_that_is_down_got_nothing(sms, aliyun):
    aliyun.shutdown()
    aliyun.server_close()
    with pytest.raises(Unavailable) as no:
        sms.send("13800005678", "", **MESSAGE)
    assert (no.value.reason, no.value.retry, no.value.unknown) == ("network", True, False)


@pytest.mark.parametrize("mode", ["500", "drop", "garbage", "refuse"])
def test_no_failure_quotes_the_phone_or_the_code(sms, aliyun, mode, caplog):
    aliyun.mode, aliyun.code, aliyun.message = mode, "isv.MOBILE_NUMBER_ILLEGAL", "13800005678"
    with caplog.at_level("DEBUG"), pytest.raises(Unavailable) as no:
        sms.send("13800005678", "验证码 482913", **MESSAGE)
    assert no.value.__suppress_context__ or no.value.__context__ is None
    for secret in ("13800005678", "482913", "482 913"):
        assert secret not in str(no.value) + no.value.detail + caplog.text


def test_after_five_failures_the_gateway_rests_and_then_one_try_decides(sms, aliyun, monkeypatch):
    aliyun.mode = "500"
    for _ in range(5):
        with pytest.raises(Unavailable):
            sms.send("13800005678", "", **MESSAGE)
    with pytest.raises(Unavailable) as no:
        sms.send("13800005678", "", **MESSAGE)
    assert (no.value.reason, no.value.retry, no.value.unknown, len(aliyun.received)) == ("resting", True, False, 5)

    later = clock.now() + timedelta(seconds=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(Unavailable) as no:
        sms.send("13800005678", "", **MESSAGE)
    assert (no.value.reason, len(aliyun.received)) == ("fault", 6)
    with pytest.raises(Unavailable, match="resting"):
        sms.send("13800005678", "", **MESSAGE)

    later += timedelta(seconds=31)
    aliyun.mode = "ok"
    assert sms.send("13800005678", "", **MESSAGE)
    assert sms.send("13800005678", "", **MESSAGE)


def test_a_refusal_of_the_vendor_is_no_failure_of_the_gateway(sms, aliyun):
    aliyun.mode, aliyun.code = "refuse", "isv.BUSINESS_LIMIT_CONTROL"
    for _ in range(7):
        with pytest.raises(Unavailable, match="limited"):
            sms.send("13800005678", "", **MESSAGE)
    assert len(aliyun.received) == 7


def test_a_template_that_nobody_set_up_sends_nothing(sms, aliyun):
    with pytest.raises(Unavailable) as no:
        sms.send("13800005678", "", template="welcome", params={}, reference="job-2")
    assert (no.value.reason, no.value.retry, aliyun.received) == ("setup", False, [])


@pytest.mark.parametrize("endpoint", ["http://dysmsapi.aliyuncs.com", "ftp://127.0.0.1.example.edu.cn", "aliyun", ""])
def test_messages_do_not_travel_in_clear(endpoint, keys):
    with pytest.raises(ValueError, match="https"):
        AliyunSms(*keys, "学档", {"code": "SMS_1"}, endpoint)


def test_half_a_setup_is_refused(keys):
    with pytest.raises(ValueError, match="sms_sign"):
        AliyunSms(*keys, "", {"code": "SMS_1"})
