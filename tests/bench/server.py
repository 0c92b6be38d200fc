"""The site as a process of its own on the loopback, as `xuedang serve` runs it, for benches that ask it over HTTP."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

COMMAND = "from webapp.cli import main; raise SystemExit(main())"
ROOT = Path(__file__).parents[2]


class Server(NamedTuple):
    port: int
    pid: int

    def megabytes(self, what: str = "VmHWM") -> float:
        """Memory of the process as the kernel tells it: `VmHWM` the most so far, `VmRSS` now."""
        told = Path(f"/proc/{self.pid}/status").read_text()
        return int(re.search(rf"^{what}:\s+(\d+) kB", told, re.MULTILINE)[1]) / 1024


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """Serve the deployment in `folder`; each X-Forwarded-For is believed, so that a bench can be many networks."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = {"XUEDANG_ALLOW_LOCAL_OUTBOX": "1", "XUEDANG_TRUSTED_PROXIES": "1", "XUEDANG_URL": f"http://127.0.0.1:{port}"}
    command = [sys.executable, "-c", COMMAND, "serve", "--port", str(port), "--data", str(folder)]
    child = subprocess.Popen(command, env={**os.environ, **told}, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        if not child.stdout.readline():
            raise RuntimeError("the server did not start")
        yield Server(port, child.pid)
    finally:
        child.terminate()
        child.wait(30)


class Browser:
    """One browser with its cookies and its connection, behind the address `network`."""

    def __init__(self, port: int, network: str = "198.51.100.7") -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=120)
        self.headers = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/120.0", "X-Forwarded-For": network}
        self.cookies: dict[str, str] = {}
        self.path, self.status, self.html = "/", 0, ""

    def get(self, path: str) -> str:
        """Visit a page and follow where it leads; returns its HTML, and `path` and `status` are the last ones."""
        return self._ask("GET", path)

    def post(self, **fields: str) -> str:
        """Send the page's form to its own address, with its token."""
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.html)[1]
        return self._ask("POST", self.path, urlencode({"csrf_token": token, **fields}))

    def _ask(self, method: str, path: str, body: str | None = None) -> str:
        headers = {**self.headers, "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        self.html, self.path, self.status = answer.read().decode(), path, answer.status
        for line in answer.headers.get_all("Set-Cookie", ()):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        if self.status in (302, 303):
            return self._ask("GET", answer.headers["Location"])
        return self.html
