"""What `doctor` asks of payments: can both vendors be spoken to, and are the keys nobody else's?

Not here: the other questions (`health.py`). No vendor is called: a key that the vendor does not know shows at the first order.
"""

from pathlib import Path

from webapp import providers
from webapp.cli.health import BAD, OK, WARN, Answers
from webapp.cli.words import _, say
from webapp.settings import Misconfigured, Settings

KEYS = {"wechat": "wechat_key", "alipay": "alipay_key"}
"""Setting of our private key, by port."""


def payments(settings: Settings) -> Answers:
    """Is what was set up whole, and can notices come in?"""
    ways = [port for port in KEYS if getattr(settings, port) not in ("none", "outbox")]
    if not ways:
        yield OK, _("没有设置线上付款，受理机构自己登记收款")
    for port in ways:
        yield _vendor(settings, port)
    if ways and not settings.secure:
        yield WARN, _("网址不是 https：支付平台不会把付款结果发到这里，要等网站自己去查")


def _vendor(settings: Settings, port: str) -> tuple[str, str]:
    try:
        providers.make(port, settings)
    except ValueError as fault:
        return BAD, say(Misconfigured("setting_fault", name=f"XUEDANG_{port.upper()}", fault=fault))
    path = Path(getattr(settings, KEYS[port]))
    if path.stat().st_mode & 0o077:
        return BAD, _("%(path)s 别人也能读：chmod go-rwx", path=path)
    return OK, _("%(vendor)s的密钥可以用", vendor=_("微信支付") if port == "wechat" else _("支付宝"))
