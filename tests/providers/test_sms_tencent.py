"""Tencent Cloud's SMS: the published signature, and every way in which the gateway may answer."""

from datetime import datetime

import pytest

from webapp.domain.ports import Unavailable
from webapp.providers.sms_tencent import TencentSms, authorization

MESSAGE = {"template": "code", "params": {"code": "482913", "hours": "24"}, "reference": "job-1"}


@pytest.fixture
def sms(tencent, keys):
    templates = {"code": "449739", "late": "449740:hours,code", "odd": "449741:name", "bare": "449742:"}
    return TencentSms(*keys, "1400006666", "学档", templates, tencent.endpoint)


def test_the_signature_equals_the_vendors_published_example():
    body = b'{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}'
    headers = {"content-type": "application/json; charset=utf-8", "host": "cvm.tencentcloudapi.com"}
    assert authorization(
        "cvm",
        headers,
        body,
        datetime(2019, 2, 25, 16, 44, 25),
        key_id="AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
        key_secret="Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
    ) == (
        "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, "
        "SignedHeaders=content-type;host, "
        "Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"
    )


def test_the_gateway_accepts_the_signature_and_gets_the_message(sms, tencent):
    assert sms.send("13800005678", "", **MESSAGE) == "5000:1045710669157053657849499619"
    assert tencent.received == [
        {
            "PhoneNumberSet": ["+8613800005678"],
            "SmsSdkAppId": "1400006666",
            "SignName": "学档",
            "TemplateId": "449739",
            "TemplateParamSet": ["482913", "24"],
            "SessionContext": "job-1",
        }
    ]


def test_a_template_may_take_its_parameters_in_its_own_order(sms, tencent):
    sms.send("13800005678", "", **MESSAGE | {"template": "late"})
    assert tencent.received[0]["TemplateParamSet"] == ["24", "482913"]


def test_a_template_may_take_none_of_the_parameters(sms, tencent):
    sms.send("13800005678", "", **MESSAGE | {"template": "bare"})
    assert tencent.received[0]["TemplateParamSet"] == []


@pytest.mark.parametrize("template", ["welcome", "odd"])
def test_a_template_that_cannot_be_filled_sends_nothing(sms, tencent, template):
    with pytest.raises(Unavailable) as no:
        sms.send("13800005678", "", **MESSAGE | {"template": template})
    assert (no.value.reason, no.value.retry, tencent.received) == ("setup", False, [])


@pytest.mark.parametrize(
    ("mode", "reason", "unknown"),
    [
        ("500", "fault", True),
        ("garbage", "fault", True),
        ("odd", "fault", True),
        ("drop", "network", True),
        ("redirect", "fault", False),
    ],
)
def test_each_fault_says_whether_the_message_may_have_gone(sms, tencent, mode, reason, unknown):
    tencent.mode = mode
    with pytest.raises(Unavailable) as no:
        sms.send("13800005678", "", **MESSAGE)
    assert (no.value.reason, no.value.retry, no.value.unknown) == (reason, True, unknown)
    assert len(tencent.received) == 1


@pytest.mark.parametrize(
    ("code", "reason", "retry"),
    [
        ("LimitExceeded.PhoneNumberThirtySecondLimit", "limited", True),
        ("LimitExceeded.PhoneNumberOneHourLimit", "limited", False),
        ("LimitExceeded.PhoneNumberDailyLimit", "limited", False),
        ("LimitExceeded.AppDailyLimit", "busy", False),
        ("RequestLimitExceeded", "busy", True),
        ("FailedOperation.PhoneNumberInBlacklist", "receiver", False),
        ("FailedOperation.TemplateIncorrectOrUnapproved", "setup", False),
        ("FailedOperation.SignatureIncorrectOrUnapproved", "setup", False),
        ("FailedOperation.InsufficientBalanceInSmsPackage", "setup", False),
        ("AuthFailure.SignatureExpire", "setup", False),
        ("InternalError.Timeout", "fault", True),
    ],
)
def test_each_refusal_of_the_vendor_has_a_meaning(sms, tencent, code, reason, retry):
    tencent.mode, tencent.code, tencent.message = "refuse", code, "+8613800005678"
    with pytest.raises(Unavailable) as no:
        sms.send("13800005678", "", **MESSAGE)
    assert (no.value.reason, no.value.retry, no.value.unknown, no.value.detail) == (reason, retry, False, code)
    assert "5678" not in str(no.value)


def test_a_wrong_key_is_a_matter_of_settings(tencent, keys):
    sms = TencentSms(keys[0], "another-secret", "1400006666", "学档", {"code": "449739"}, tencent.endpoint)
    with pytest.raises(Unavailable) as no:
        sms.send("13800005678", "", **MESSAGE)
    assert (no.value.reason, no.value.retry) == ("setup", False)


def test_half_a_setup_is_refused(keys):
    with pytest.raises(ValueError, match="sms_app_id"):
        TencentSms(*keys, "", "学档", {"code": "449739"})
