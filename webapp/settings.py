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

DATA_DIR = Path("xuedang-data")
FILE = "xuedang.env"
"""A deployment's own settings, in its data folder; the environment wins over it."""


class Misconfigured(Exception):
    """The settings do not allow a start. The message names the setting and the way on, never a secret."""


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
            f.name: _parse(f.name, kinds[f.name], environ[name])
            for f in fields(cls)
            if (name := f"XUEDANG_{f.name.upper()}") in environ
        }
        values = {**found, **told, "data_dir": data}
        values.setdefault("database", f"sqlite:///{data / 'xuedang.sqlite3'}")
        values.setdefault("keys", data / "keys.json")
        return cls(**values)

    @property
    def secure(self) -> bool:
        """Is the site reached over https? Cookies are then `__Host-` and Secure."""
        return urlsplit(self.url).scheme == "https"

    @property
    def host(self) -> str:
        """The site's host name, without a port: the last line of an SMS with a code binds the code to it."""
        return urlsplit(self.url).hostname or "localhost"

    def hand_on(self) -> None:
        """Let child processes find this deployment too."""
        os.environ["XUEDANG_DATA_DIR"] = str(self.data_dir)

    def check(self) -> None:
        """Refuse a half-configured start (R-SYS-01). Raises Misconfigured with the first thing that is missing."""
        if not self.keys.is_file():
            raise Misconfigured(f"XUEDANG_KEYS: {self.keys} is missing. Run: xuedang init")
        self._check_place()
        if self.demo:
            return
        loopback = self.host in ("127.0.0.1", "localhost", "::1")
        if self.debug and not loopback:
            raise Misconfigured("XUEDANG_DEBUG is on while XUEDANG_URL is public. Turn it off")
        if "outbox" in (self.sms, self.mail) and not self.allow_local_outbox:
            raise Misconfigured(
                "XUEDANG_SMS and XUEDANG_MAIL: the local outbox sends nothing to anyone. Set a gateway (or none), or say "
                "XUEDANG_ALLOW_LOCAL_OUTBOX=1"
            )
        if self.secure and not self.trusted_proxies:
            raise Misconfigured(
                "XUEDANG_TRUSTED_PROXIES: https ends at a proxy; say how many stand before the app (mostly 1), or every "
                "visitor has the proxy's address"
            )
        if self.server == "granian" and self.jobs_inside:
            raise Misconfigured("XUEDANG_JOBS_INSIDE: set it to 0 with granian, and run: xuedang worker")
        for name in _NEEDS.get(self.sms, ()) + _NEEDS.get(self.mail, ()):
            if not getattr(self, name):
                raise Misconfigured(f"XUEDANG_{name.upper()} is needed by {self.sms if 'sms' in name else self.mail}")

    def _check_place(self) -> None:
        if urlsplit(self.url).scheme not in ("http", "https") or not urlsplit(self.url).hostname:
            raise Misconfigured("XUEDANG_URL: the address of the site begins with http:// or https://")
        if urlsplit(self.database).scheme not in ("sqlite", "postgresql", "postgres"):
            raise Misconfigured("XUEDANG_DATABASE begins with sqlite:/// or postgresql://")
        if self.server not in ("waitress", "granian"):
            raise Misconfigured("XUEDANG_SERVER is waitress or granian")
        for name in ("threads", "processes"):
            if getattr(self, name) < 1:
                raise Misconfigured(f"XUEDANG_{name.upper()} is at least 1")
        for port, choice in (("sms", self.sms), ("mail", self.mail)):
            if choice not in ("outbox", "none", *_VENDORS[port]):
                raise Misconfigured(f"XUEDANG_{port.upper()} is one of {', '.join((*_VENDORS[port], 'none'))}")


_VENDORS = {"sms": ("aliyun", "tencent"), "mail": ("smtp",)}

_NEEDS: dict[str, tuple[str, ...]] = {
    "aliyun": ("sms_key_id", "sms_key_secret", "sms_sign", "sms_templates"),
    "tencent": ("sms_key_id", "sms_key_secret", "sms_sign", "sms_app_id", "sms_templates"),
    "smtp": ("mail_url", "mail_from"),
}


def _file(path: Path) -> dict[str, str]:
    """The lines NAME=value of a settings file, as systemd reads them too; empty where there is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    pairs = (line.partition("=") for line in map(str.strip, lines) if line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}


def _parse(name: str, kind: type, text: str) -> object:
    try:
        if kind is bool:
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}[text.lower()]
        return json.loads(text) if kind is dict else kind(text)
    except (KeyError, ValueError):
        raise Misconfigured(f"XUEDANG_{name.upper()} is not a {kind.__name__}") from None
