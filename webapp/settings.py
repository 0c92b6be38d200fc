"""What a deployment decides before it starts: places, keys, gateways. The only reader of the environment.

Not here: limits that a school changes while it runs (`domain/defaults.py`).
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Self, get_type_hints
from urllib.parse import urlsplit

from webapp.domain.refused import Refused

DATA_DIR = Path("xuedang-data")
FILE = "xuedang.env"
"""A deployment's own settings, in its data folder; the environment wins over it."""


class Misconfigured(Refused):
    """The settings do not allow a start. The sentence (`web/words/start.py`) names the setting and what to do, no secret."""

    def __str__(self) -> str:
        """For who starts `wsgi.py`, where nobody makes a sentence of it."""
        return " ".join((self.code, *(f"{name}={fact}" for name, fact in self.facts.items())))


@dataclass(frozen=True, slots=True)
class Settings:
    """One deployment. Each field is read from ``XUEDANG_<NAME>``, or from `xuedang.env`; dictionaries are JSON.

    `demo` opens the outbox page and allows the local stand-ins; `allow_local_outbox` allows them by name without it.
    """

    data_dir: Path = DATA_DIR
    database: str = ""
    keys: Path = Path()
    url: str = "http://127.0.0.1:8000"
    trusted_proxies: int = 0
    demo: bool = False
    allow_local_outbox: bool = False
    debug: bool = False
    storage: str = "disk"
    sms: str = "outbox"
    sms_key_id: str = ""
    sms_key_secret: str = field(default="", repr=False)
    sms_sign: str = ""
    sms_app_id: str = ""
    sms_templates: dict = field(default_factory=dict)
    sms_endpoint: str = ""
    mail: str = "outbox"
    mail_url: str = field(default="", repr=False)
    mail_from: str = ""
    inbox: str = "none"
    inbox_url: str = field(default="", repr=False)
    inbox_address: str = ""
    scanner: str = "none"
    scanner_url: str = ""
    ocr: str = "none"
    faces: str = "manual"
    faces_url: str = ""
    faces_key: str = ""
    faces_secret: str = field(default="", repr=False)
    wechat: str = "none"
    wechat_merchant: str = ""
    wechat_app: str = ""
    wechat_serial: str = ""
    wechat_key: str = ""
    wechat_api_key: str = field(default="", repr=False)
    wechat_public_key: str = ""
    wechat_public_key_id: str = ""
    wechat_endpoint: str = ""
    alipay: str = "none"
    alipay_app: str = ""
    alipay_key: str = ""
    alipay_public_key: str = ""
    alipay_endpoint: str = ""
    server: str = "waitress"
    processes: int = 2
    threads: int = 32
    jobs_inside: bool = True

    @classmethod
    def read(cls, environ: Mapping[str, str] | None = None, **told: object) -> Self:
        """Settings from the environment; what is `told` wins. Raises Misconfigured for a value of the wrong kind."""
        environ = os.environ if environ is None else environ
        data = Path(told.pop("data_dir", None) or environ.get("XUEDANG_DATA_DIR") or DATA_DIR).resolve()
        environ = {**_file(data / FILE), **environ}
        kinds = get_type_hints(cls)
        found = {
            f.name: _parse(name, kinds[f.name], environ[name]) for f in fields(cls) if (name := _variable(f.name)) in environ
        }
        values = {**found, **told, "data_dir": data}
        values.setdefault("database", f"sqlite:///{data / 'xuedang.sqlite3'}")
        values.setdefault("keys", data / "keys.json")
        values.setdefault("faces", "mock" if values.get("demo") else "manual")
        for way in ("wechat", "alipay"):
            values.setdefault(way, "outbox" if values.get("demo") else "none")
        return cls(**values)

    @property
    def secure(self) -> bool:
        """Is the site reached over https? Cookies are then `__Host-` and Secure."""
        return urlsplit(self.url).scheme == "https"

    @property
    def host(self) -> str:
        """The site's host name, without a port: the last line of an SMS with a code binds the code to it."""
        return urlsplit(self.url).hostname or "localhost"

    def environ(self) -> dict[str, str]:
        """The environment of a child process that is to find this deployment and this code; it holds what this one's does."""
        values = {f"XUEDANG_{f.name.upper()}": getattr(self, f.name) for f in fields(self)}
        told = {name: json.dumps(value) if isinstance(value, dict) else _written(value) for name, value in values.items()}
        paths = filter(None, (str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH")))
        return {**os.environ, **told, "PYTHONPATH": os.pathsep.join(paths)}

    def hand_on(self) -> None:
        """Let child processes find this deployment too."""
        os.environ["XUEDANG_DATA_DIR"] = str(self.data_dir)

    def check(self) -> None:
        """Refuse a half-configured start (R-SYS-01). Raises Misconfigured with the first thing that is missing."""
        if not self.keys.is_file():
            raise Misconfigured("keys_none", keys=self.keys)
        self._check_place()
        if self.demo:
            return
        loopback = self.host in ("127.0.0.1", "localhost", "::1")
        if self.debug and not loopback:
            raise Misconfigured("debug_public")
        if "outbox" in (self.sms, self.mail, self.wechat, self.alipay) and not self.allow_local_outbox:
            raise Misconfigured("outbox_here")
        if self.faces == "mock" and not self.allow_local_outbox:
            raise Misconfigured("faces_mock")
        if self.secure and not self.trusted_proxies:
            raise Misconfigured("proxies_untold")
        if self.server == "granian" and self.jobs_inside:
            raise Misconfigured("jobs_inside")
        for vendor in (self.sms, self.mail, self.faces, self.wechat, self.alipay):
            for name in _NEEDS.get(vendor, ()):
                if not getattr(self, name):
                    raise Misconfigured("setting_needed", name=_variable(name), by=vendor)

    def _check_place(self) -> None:
        if urlsplit(self.url).scheme not in ("http", "https") or not urlsplit(self.url).hostname:
            raise Misconfigured("setting_begins", name="XUEDANG_URL", choices="http://, https://")
        if urlsplit(self.database).scheme not in ("sqlite", "postgresql", "postgres"):
            raise Misconfigured("setting_begins", name="XUEDANG_DATABASE", choices="sqlite:///, postgresql://")
        if self.server not in SERVERS:
            raise Misconfigured("setting_choice", name="XUEDANG_SERVER", choices=", ".join(SERVERS))
        if self.faces not in FACES:
            raise Misconfigured("setting_choice", name="XUEDANG_FACES", choices=", ".join(FACES))
        for name in ("threads", "processes"):
            if getattr(self, name) < 1:
                raise Misconfigured("setting_least", name=_variable(name), least=1)
        for port, vendors in _VENDORS.items():
            if getattr(self, port) not in ("outbox", "none", *vendors):
                raise Misconfigured("setting_choice", name=_variable(port), choices=", ".join((*vendors, "none")))


SERVERS = ("waitress", "granian")
FACES = ("manual", "mock", "http", "local")
_VENDORS = {
    "sms": ("aliyun", "tencent"),
    "mail": ("smtp",),
    "inbox": ("imap", "folder"),
    "scanner": ("clamd",),
    "ocr": ("rapidocr",),
    "wechat": ("wechatpay",),
    "alipay": ("alipay",),
}

_NEEDS: dict[str, tuple[str, ...]] = {
    "aliyun": ("sms_key_id", "sms_key_secret", "sms_sign", "sms_templates"),
    "tencent": ("sms_key_id", "sms_key_secret", "sms_sign", "sms_app_id", "sms_templates"),
    "smtp": ("mail_url", "mail_from"),
    "http": ("faces_url", "faces_key", "faces_secret"),
    "wechatpay": tuple(
        f"wechat_{one}" for one in ("merchant", "app", "serial", "key", "api_key", "public_key", "public_key_id")
    ),
    "alipay": ("alipay_app", "alipay_key", "alipay_public_key"),
}


def _variable(name: str) -> str:
    """The environment's name of a setting."""
    return f"XUEDANG_{name.upper()}"


def _file(path: Path) -> dict[str, str]:
    """The lines NAME=value of a settings file, as systemd reads them too; empty where there is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    pairs = (line.partition("=") for line in map(str.strip, lines) if line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}


def _written(value: object) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def _parse(name: str, kind: type, text: str) -> object:
    try:
        if kind is bool:
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}[text.lower()]
        return json.loads(text) if kind is dict else kind(text)
    except (KeyError, ValueError):
        raise Misconfigured("setting_kind", name=name, kind=kind.__name__) from None
