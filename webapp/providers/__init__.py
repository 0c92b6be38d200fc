"""The outside world: one file per vendor, each fits a port of `webapp/domain/ports.py`, chosen by a setting.

It is not where rules live, and nothing here reads the environment.
"""

from importlib import import_module
from typing import Any

# port → value of the setting of the same name → class. Strings, so that what is not chosen is never imported.
CHOICES: dict[str, dict[str, str]] = {
    "sms": {
        "outbox": "webapp.providers.outbox.OutboxSms",
        "aliyun": "webapp.providers.sms_aliyun.AliyunSms",
        "tencent": "webapp.providers.sms_tencent.TencentSms",
        "none": "webapp.providers.nobody.Nobody",
    },
    "mail": {
        "outbox": "webapp.providers.outbox.OutboxMail",
        "smtp": "webapp.providers.mail_smtp.SmtpMail",
        "none": "webapp.providers.nobody.Nobody",
    },
    "inbox": {
        "none": "webapp.providers.inbox_folder.NoInbox",
        "folder": "webapp.providers.inbox_folder.FolderInbox",
        "imap": "webapp.providers.mail_imap.ImapInbox",
    },
    "storage": {"disk": "webapp.providers.storage_disk.DiskStorage"},
    "images": {"pillow": "webapp.providers.images_pillow.PillowImages"},
    "portraits": {"pillow": "webapp.providers.photo_standard.PhotoStandard"},
    "ocr": {"none": "webapp.providers.ocr_rapid.NoOcr", "rapidocr": "webapp.providers.ocr_rapid.RapidOcr"},
    "faces": {
        "manual": "webapp.providers.faces_manual.ManualFaces",
        "mock": "webapp.providers.faces_mock.MockFaces",
        "http": "webapp.providers.faces_http.HttpFaces",
        "local": "webapp.providers.faces_local.LocalFaces",
    },
    "scanner": {
        "none": "webapp.providers.scanner_clamd.NoScanner",
        "clamd": "webapp.providers.scanner_clamd.ClamdScanner",
    },
    "pdf": {"typst": "webapp.providers.pdf_typst.TypstPdf"},
    "seals": {"pyhanko": "webapp.providers.seals_pyhanko.PyhankoSeals"},
    "glyphs": {"fonttools": "webapp.providers.glyphs_fonttools.CutGlyphs"},
    "wechat": {
        "none": "webapp.providers.pay_none.NoPayments",
        "outbox": "webapp.providers.pay_outbox.OutboxWechat",
        "wechatpay": "webapp.providers.pay_wechat.WechatPay",
    },
    "alipay": {
        "none": "webapp.providers.pay_none.NoPayments",
        "outbox": "webapp.providers.pay_outbox.OutboxAlipay",
        "alipay": "webapp.providers.pay_alipay.Alipay",
    },
}


def make(port: str, settings: Any) -> Any:
    """Build the provider that `settings.<port>` names; a port with one choice needs no setting.

    Raises ValueError for a value that is not a choice, or where the provider's own settings are incomplete.
    """
    choices = CHOICES[port]
    chosen = getattr(settings, port, None) or (next(iter(choices)) if len(choices) == 1 else "")
    if chosen not in choices:
        raise ValueError(f"{port}: {chosen!r} is not one of {', '.join(choices)}")
    module, _, name = choices[chosen].rpartition(".")
    return getattr(import_module(module), name).from_settings(settings)
