"""Files shown to a virus scanner before anything reads them: clamd's INSTREAM over a socket (R-SYS-03).

It is not what makes a picture harmless; that is done with every one, scanner or not.
"""

import logging
import re
import socket
from typing import Any, Self
from urllib.parse import urlsplit

from webapp.domain.ports import Unavailable
from webapp.domain.refused import Refused

TIMEOUT = 60
"""Seconds for each exchange: clamd takes some for a large archive."""

PIECE = 64 * 1024
PORT = 3310
LONGEST = 4096
"""Bytes of an answer; clamd's are a line."""

log = logging.getLogger(__name__)

_FOUND = re.compile(r"stream: (.+) FOUND")


class ClamdScanner:
    """Fits `Scanner`. `url`: `unix:///run/clamav/clamd.ctl`, or `tcp://host:3310`."""

    def __init__(self, url: str, timeout: float = TIMEOUT) -> None:
        """ValueError where the address is neither."""
        parts = urlsplit(url)
        if not (parts.scheme == "unix" and parts.path or parts.scheme == "tcp" and parts.hostname):
            raise ValueError("scanner_url is unix:///path or tcp://host:port")
        self.path, self.place = parts.path, (parts.hostname, parts.port or PORT)
        self.is_local, self.timeout = parts.scheme == "unix", timeout

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Uses scanner_url."""
        return cls(settings.scanner_url)

    def scan(self, data: bytes) -> None:
        """See `ports.Scanner`."""
        said = self._ask(data)
        if said == "stream: OK":
            return
        if found := _FOUND.fullmatch(said):
            log.warning("the scanner found %s", found[1][:80])
            raise Refused("file_infected")
        # clamd's own limit (StreamMaxLength) lies below ours: no later try changes that, the operator does.
        raise Unavailable("setup" if "size limit" in said else "fault", retry="size limit" not in said, detail=said[:80])

    def _ask(self, data: bytes) -> str:
        try:
            with self._connected() as line:
                _send(line, data)
                return _answer(line)
        except TimeoutError:
            raise Unavailable("timeout", retry=True) from None
        except OSError:
            raise Unavailable("network", retry=True) from None

    def _connected(self) -> socket.socket:
        if not self.is_local:
            return socket.create_connection(self.place, self.timeout)
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.settimeout(self.timeout)
            line.connect(self.path)
        except OSError:
            line.close()
            raise
        return line


def _send(line: socket.socket, data: bytes) -> None:
    """The command, the pieces, each after its length, and a length of zero. A scanner that hangs up early has said why."""
    try:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), PIECE):
            piece = data[start : start + PIECE]
            line.sendall(len(piece).to_bytes(4) + piece)
        line.sendall(bytes(4))
    except (BrokenPipeError, ConnectionResetError):
        return


def _answer(line: socket.socket) -> str:
    """The line up to its zero byte; what ends without one, or does not end, is no answer."""
    said = b""
    while not said.endswith(b"\0"):
        part = line.recv(LONGEST)
        if not part or len(said) > LONGEST:
            raise Unavailable("fault", retry=True, detail="no answer")
        said += part
    return said[:-1].decode("utf-8", "replace").strip()


class NoScanner:
    """Fits `Scanner` where none is set up: nothing is ever found."""

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Nothing is needed of the settings."""
        return cls()

    def scan(self, data: bytes) -> None:
        """Let every file pass."""
