"""What the benches share: two things measured in turn in one run, least CPU time, and the machine they ran on."""

import platform
import time
from collections.abc import Callable
from pathlib import Path

from werkzeug.test import EnvironBuilder


def least(*calls: Callable[[], object], rounds: int = 7, times: int = 200) -> list[float]:
    """Least CPU seconds of one call of each, measured in turn so that what else the machine does hits all alike."""
    best = [float("inf")] * len(calls)
    for _ in range(rounds):
        for place, call in enumerate(calls):
            before = time.process_time()
            for _ in range(times):
                call()
            best[place] = min(best[place], (time.process_time() - before) / times)
    return best


def asker(app: Callable, path: str, cookie: str, address: str = "192.0.2.1") -> Callable[[], bytes]:
    """A function that asks a WSGI application for a page, as a server would, and returns the whole body."""
    environ = EnvironBuilder(path=path, headers={"Cookie": cookie, "User-Agent": "bench"}).get_environ()
    environ["REMOTE_ADDR"] = address

    def ask() -> bytes:
        status: list[str] = []
        body = app(dict(environ), lambda line, headers, fault=None: status.append(line))
        answer = b"".join(body)
        if hasattr(body, "close"):
            body.close()
        assert status[0].startswith("200"), (path, status, answer[:200])
        return answer

    return ask


def machine() -> str:
    """The processor and interpreter that figures come from."""
    info = Path("/proc/cpuinfo").read_text()
    model = next(
        (line.split(":")[1].strip() for line in info.splitlines() if line.startswith("model name")), platform.machine()
    )
    return f"{model} × {info.count('processor')}, CPython {platform.python_version()}"
