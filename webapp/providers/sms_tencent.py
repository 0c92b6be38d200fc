"""SMS through Tencent Cloud (腾讯云短信, SendSms 2021-01-11), signed with TC3-HMAC-SHA256.

It is not a general client: one action, no SDK.
"""

import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, Self

from webapp.domain import clock
from webapp.domain.ports import Unavailable
from webapp.providers.gateway import Gateway, filled, verdict

ENDPOINT = "https://sms.tencentcloudapi.com"
REGION = "ap-guangzhou"
ALGORITHM = "TC3-HMAC-SHA256"
CONTENT_TYPE = "application/json; charset=utf-8"

# The vendor's codes: https://cloud.tencent.com/document/product/382/59177
MEANINGS = (
    ("LimitExceeded.PhoneNumberThirtySecondLimit", "limited", True),
    ("LimitExceeded.DeliveryFrequencyLimit", "limited", True),
    ("LimitExceeded.PhoneNumber", "limited", False),
    ("LimitExceeded", "busy", False),
    ("RequestLimitExceeded", "busy", True),
    ("FailedOperation.PhoneNumberInBlacklist", "receiver", False),
    ("InvalidParameterValue.IncorrectPhoneNumber", "receiver", False),
    ("UnsupportedOperation.UnsupportedRegion", "receiver", False),
    ("FailedOperation.OtherError", "fault", True),
    ("InternalError", "fault", True),
    ("ResourceUnavailable", "fault", True),
)


def authorization(
    service: str, headers: Mapping[str, str], body: bytes, moment: datetime, *, key_id: str, key_secret: str
) -> str:
    """The Authorization header of a POST to `/` (签名方法 v3) at the moment (naive UTC) that X-TC-Timestamp names.

    `headers` have lower-case names; all of them are signed, their values in lower case as the vendor asks.
    """
    names = sorted(headers)
    signed = ";".join(names)
    lines = "".join(f"{name}:{headers[name].strip().lower()}\n" for name in names)
    request = "\n".join(("POST", "/", "", lines, signed, sha256(body).hexdigest()))
    day = moment.strftime("%Y-%m-%d")
    scope = f"{day}/{service}/tc3_request"
    text = "\n".join((ALGORITHM, str(clock.seconds(moment)), scope, sha256(request.encode()).hexdigest()))
    key = f"TC3{key_secret}".encode()
    for part in (day, service, "tc3_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.new(key, text.encode(), sha256).hexdigest()
    return f"{ALGORITHM} Credential={key_id}/{scope}, SignedHeaders={signed}, Signature={signature}"


class TencentSms:
    """Fits `Sms`. `templates` maps our names to the vendor's numbers, with what each takes: ``{"code_login": "449739:code"}``.

    The vendor fills a template by position, so the order of the names is the order of {1}, {2} (`gateway.filled`).
    """

    def __init__(
        self,
        key_id: str,
        key_secret: str,
        app_id: str,
        sign: str,
        templates: Mapping[str, str],
        endpoint: str = ENDPOINT,
        region: str = REGION,
    ) -> None:
        if not (key_id and key_secret and app_id and sign and templates):
            raise ValueError("tencent needs sms_key_id, sms_key_secret, sms_app_id, sms_sign and sms_templates")
        self.key_id, self._key_secret, self.app_id, self.sign = key_id, key_secret, app_id, sign
        self.templates, self.region = templates, region
        self.gateway = Gateway(endpoint)

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Uses sms_key_id, sms_key_secret, sms_app_id, sms_sign, sms_templates, and sms_endpoint where it is set."""
        return cls(
            settings.sms_key_id,
            settings.sms_key_secret,
            settings.sms_app_id,
            settings.sms_sign,
            settings.sms_templates,
            settings.sms_endpoint or ENDPOINT,
        )

    def send(self, phone: str, text: str, *, template: str, params: dict[str, str], reference: str) -> str:
        """See `ports.Sms`. The vendor's id is its SerialNo."""
        number, taken = filled(self.templates, template, params)
        message = {
            "PhoneNumberSet": [f"+86{phone}"],
            "SmsSdkAppId": self.app_id,
            "SignName": self.sign,
            "TemplateId": number,
            "TemplateParamSet": list(taken.values()),
            "SessionContext": reference,
        }
        body = json.dumps(message).encode()
        return _serial_number(self.gateway.post("/", self._headers(body), body))

    def _headers(self, body: bytes) -> dict[str, str]:
        moment = clock.now()
        headers = {"content-type": CONTENT_TYPE, "host": self.gateway.host, "x-tc-action": "SendSms"}
        signature = authorization("sms", headers, body, moment, key_id=self.key_id, key_secret=self._key_secret)
        return headers | {
            "authorization": signature,
            "x-tc-timestamp": str(clock.seconds(moment)),
            "x-tc-version": "2021-01-11",
            "x-tc-region": self.region,
        }


def _serial_number(answer: dict[str, Any]) -> str:
    try:
        response = answer["Response"]
        if "Error" in response:
            code, serial = str(response["Error"]["Code"]), ""
        else:
            (status,) = response["SendStatusSet"]
            code, serial = str(status["Code"]), str(status["SerialNo"])
    except (KeyError, TypeError, ValueError):
        raise Unavailable("fault", retry=True, unknown=True, detail="garbage") from None
    if code == "Ok":
        return serial
    raise verdict(code, MEANINGS)
