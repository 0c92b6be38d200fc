"""SMS through Alibaba Cloud (阿里云短信服务, Dysmsapi SendSms 2017-05-25), signed with ACS3-HMAC-SHA256.

It is not a general client: one action, no SDK (that would bring some 25 packages along).
"""

import hmac
import json
import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Self
from urllib.parse import quote

from webapp.domain import clock
from webapp.domain.ports import Unavailable
from webapp.providers.gateway import Gateway, filled, verdict

ENDPOINT = "https://dysmsapi.aliyuncs.com"
ALGORITHM = "ACS3-HMAC-SHA256"

# The vendor's codes: https://help.aliyun.com/zh/sms/developer-reference/api-error-codes
MEANINGS = (
    ("isv.BUSINESS_LIMIT_CONTROL", "limited", False),
    ("isv.MOBILE_NUMBER_ILLEGAL", "receiver", False),
    ("isv.BLACK_KEY_CONTROL_LIMIT", "setup", False),
    ("isv.DAY_LIMIT_CONTROL", "busy", False),
    ("isv.MONTH_LIMIT_CONTROL", "busy", False),
    ("isp.SYSTEM_ERROR", "fault", True),
    ("isp.GATEWAY_ERROR", "fault", True),
    ("isp.UNKNOWN", "fault", True),
    ("SignatureNonceUsed", "fault", True),
    ("Throttling", "busy", True),
    ("ServiceUnavailable", "fault", True),
    ("InternalError", "fault", True),
)


def canonical_query(query: Mapping[str, str]) -> str:
    """The query string as it is signed and sent: sorted, RFC 3986."""
    return "&".join(f"{quote(key, safe='~')}={quote(query[key], safe='~')}" for key in sorted(query))


def authorization(method: str, path: str, query: str, headers: Mapping[str, str], *, key_id: str, key_secret: str) -> str:
    """The Authorization header of a request (V3 请求体&签名机制).

    `query` is canonical already; `headers` have lower-case names, and among them `x-acs-content-sha256`.
    Signed are `host`, `content-type` and every `x-acs-*`.
    """
    names = sorted(name for name in headers if name.startswith("x-acs-") or name in ("host", "content-type"))
    signed = ";".join(names)
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in names)
    request = "\n".join((method, path, query, lines, signed, headers["x-acs-content-sha256"]))
    text = f"{ALGORITHM}\n{sha256(request.encode()).hexdigest()}"
    signature = hmac.new(key_secret.encode(), text.encode(), sha256).hexdigest()
    return f"{ALGORITHM} Credential={key_id},SignedHeaders={signed},Signature={signature}"


class AliyunSms:
    """Fits `Sms`. `templates` maps our names to the vendor's: ``{"code_login": "SMS_123456789:code"}`` (`gateway.filled`)."""

    def __init__(self, key_id: str, key_secret: str, sign: str, templates: Mapping[str, str], endpoint: str = ENDPOINT) -> None:
        if not (key_id and key_secret and sign and templates):
            raise ValueError("aliyun needs sms_key_id, sms_key_secret, sms_sign and sms_templates")
        self.key_id, self._key_secret, self.sign, self.templates = key_id, key_secret, sign, templates
        self.gateway = Gateway(endpoint)

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Uses sms_key_id, sms_key_secret, sms_sign, sms_templates, and sms_endpoint where it is set."""
        return cls(
            settings.sms_key_id,
            settings.sms_key_secret,
            settings.sms_sign,
            settings.sms_templates,
            settings.sms_endpoint or ENDPOINT,
        )

    def send(self, phone: str, text: str, *, template: str, params: dict[str, str], reference: str) -> str:
        """See `ports.Sms`. The vendor's id is its BizId, by which receipts are asked for."""
        code, taken = filled(self.templates, template, params)
        query = canonical_query(
            {
                "PhoneNumbers": phone,
                "SignName": self.sign,
                "TemplateCode": code,
                "TemplateParam": json.dumps(taken, ensure_ascii=False),
                "OutId": reference,
            }
        )
        answer = self.gateway.post(f"/?{query}", self._headers(query), b"")
        said = answer.get("Code")
        if said == "OK":
            return str(answer.get("BizId", ""))
        if not isinstance(said, str):
            raise Unavailable("fault", retry=True, unknown=True, detail="garbage")
        refusal = verdict(said, MEANINGS)
        # One a minute, five an hour and ten a day share one code; only the sentence tells which.
        if refusal.reason == "limited" and "分钟" in str(answer.get("Message", "")):
            refusal.retry = True
        raise refusal

    def _headers(self, query: str) -> dict[str, str]:
        headers = {
            "host": self.gateway.host,
            "x-acs-action": "SendSms",
            "x-acs-version": "2017-05-25",
            "x-acs-date": clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
            "x-acs-signature-nonce": secrets.token_hex(16),
            "x-acs-content-sha256": sha256(b"").hexdigest(),
        }
        signature = authorization("POST", "/", query, headers, key_id=self.key_id, key_secret=self._key_secret)
        return headers | {"authorization": signature, "accept": "application/json"}
