"""One POST to a vendor, with everything that may go wrong told apart.

It is not a client of any vendor: signing and the meaning of an answer are in `sms_*.py`.
"""

import json
import logging
import threading
from collections.abc import Mapping
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import NewConnectionError

from webapp.domain import clock
from webapp.domain.ports import Unavailable

TIMEOUT = (3, 5)
"""Seconds to connect, and to wait for each part of the answer."""
LARGEST_ANSWER = 64 * 1024
FAILURES_TO_REST = 5
REST = timedelta(seconds=30)

# urllib3 writes each address at DEBUG, and an address may hold a phone number and a code.
logging.getLogger("urllib3").setLevel(logging.INFO)


def is_loopback(host: str | None) -> bool:
    """Whether the host is this machine by name or address; no name is looked up."""
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False


def verdict(code: str, table: tuple[tuple[str, str, bool], ...]) -> Unavailable:
    """What a vendor's error code means: the first row (beginning of the code, reason, retry) that fits, else setup."""
    for beginning, reason, retry in table:
        if code.startswith(beginning):
            return Unavailable(reason, retry=retry, detail=code[:80])
    return Unavailable("setup", retry=False, detail=code[:80])


def filled(templates: Mapping[str, str], template: str, params: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The vendor's name for one of our templates, and the parameters that it takes, in its order.

    ``"449739:code,hours"`` names them and ``"449740:"`` takes none; a bare name takes all of them in our order. Vendors
    let a code stand alone in its text, and refuse a parameter that the text does not have. Raises ports.Unavailable.
    """
    name, limited, order = templates.get(template, "").partition(":")
    wanted = [each for each in order.split(",") if each] if limited else list(params)
    if not name or not set(wanted) <= params.keys():
        raise Unavailable("setup", retry=False, detail=f"no template for {template}")
    return name, {each: params[each] for each in wanted}


class Gateway:
    """Posts to one endpoint. After five failures in a row it rests for 30 s, then lets single tries through."""

    def __init__(self, endpoint: str) -> None:
        """`endpoint`: `https://host`; plain http only to this machine, because messages would travel in clear."""
        parts = urlsplit(endpoint)
        if not parts.hostname or (parts.scheme != "https" and not is_loopback(parts.hostname)):
            raise ValueError(f"{endpoint!r} is not an https address")
        self.endpoint, self.host = endpoint.rstrip("/"), parts.netloc
        self._failures, self._resting_until = 0, datetime.min
        self._lock = threading.Lock()

    def post(self, address: str, headers: dict[str, str], body: bytes) -> dict[str, Any]:
        """Send, and return the JSON object of an answer below 500; the vendor's own refusals are answers too."""
        with self._lock:
            if clock.now() < self._resting_until:
                raise Unavailable("resting", retry=True)
        try:
            answer = self._exchange(address, headers, body)
        except Unavailable:
            with self._lock:
                self._failures += 1
                if self._failures >= FAILURES_TO_REST:
                    self._resting_until = clock.now() + REST
            raise
        with self._lock:
            self._failures = 0
        return answer

    def _exchange(self, address: str, headers: dict[str, str], body: bytes) -> dict[str, Any]:
        # Every `from None`: an exception of requests quotes the address.
        try:
            with requests.Session() as session:
                session.trust_env = False  # no proxy and no .netrc that the operator's settings do not name
                with session.post(
                    self.endpoint + address,
                    headers=headers,
                    data=body,
                    timeout=TIMEOUT,
                    allow_redirects=False,
                    stream=True,
                ) as response:
                    return _read(response)
        except requests.ConnectTimeout:
            raise Unavailable("timeout", retry=True) from None
        except requests.Timeout:
            raise Unavailable("timeout", retry=True, unknown=True) from None
        except requests.exceptions.SSLError:
            raise Unavailable("network", retry=True, detail="tls") from None
        except requests.RequestException as fault:
            raise Unavailable("network", retry=True, unknown=not _never_left(fault)) from None


def _never_left(fault: requests.RequestException) -> bool:
    """No connection came about: refused, no route, no such name."""
    return isinstance(getattr(next(iter(fault.args), None), "reason", None), NewConnectionError)


def _read(response: requests.Response) -> dict[str, Any]:
    if response.status_code == 429:
        raise Unavailable("busy", retry=True, detail="429")
    if response.status_code >= 500 or 300 <= response.status_code < 400:
        raise Unavailable("fault", retry=True, unknown=response.status_code >= 500, detail=str(response.status_code))
    content = b""
    for part in response.iter_content(8192):
        content += part
        if len(content) > LARGEST_ANSWER:
            break
    try:
        answer = json.loads(content)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise Unavailable("fault", retry=True, unknown=True, detail="garbage")
    return answer
