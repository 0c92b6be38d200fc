"""82 attachments of 2 MB in one application: over a slow line that breaks, and at full speed. Each on its own, none twice.

Run: ``python -m tests.bench.bench_attachments [--mbit 1] [--breaks 12] [--short]``. The server is a process of its own with its
jobs inside. The sender does what the page's script does (`static/photo-1.js`): one file after the other, and one that was lost
goes again after a pause, until it arrives. Its bytes are counted as they leave. Goals: all there and looked at, none twice,
nothing sent again but the file that a break hit, memory bounded.
"""

import argparse
import re
import select
import socket
import struct
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from random import Random
from typing import NamedTuple

from tests.bench.bench_uploads import waiting
from tests.bench.deployment import deployed
from tests.bench.measure import machine
from tests.bench.server import Browser, Server, serving
from tests.certifying import begun, office
from tests.people import make_account, make_school
from tests.reporting import Holder
from tests.scenes import scene, taken
from webapp.domain import permissions, sessions
from webapp.domain.certification import materials, required
from webapp.models.certification import Application, ApplicationItem, Material
from webapp.models.photos import Upload

BYTES = 2 << 20
SLOTS = [("certificate", 2), ("other", required.OTHER.most)]
"""As many as one item takes beside both sides of the card: 82."""

PIECE = 4 << 10
OVERHEAD = 4 << 10
"""Bytes of headers and of the form around a file, for one that is sent and one that goes again."""

GROWTH = 64
"""Megabytes that the server may take more than before: two files are taken in at once, whoever sends them."""

DRAINED = 600.0
BREAKS = ("cut", "silent", "unanswered")
"""How the line ends: both sides see it, only the sender does, or the file is there and its answer does not arrive."""


class Break(NamedTuple):
    how: str
    at: float
    """The share of the body that has left by then."""


class Line:
    """A browser's way to the server: `rate` bytes a second at most, and what was sent on it in all."""

    def __init__(self, port: int, token: str, rate: float) -> None:
        self.port, self.rate, self.sent, self.posts = port, rate, 0, 0
        self.browser = Browser(port)
        self.browser.cookies["xd_session"] = token
        self.lost: list[socket.socket] = []
        self.connection: HTTPConnection | None = None

    def post(self, place: str, csrf: str, data: bytes, breaks: Break | None) -> int | None:
        """Send one file as the page's script does; the answer's status, None where the line broke before it came."""
        edge = "xuedang-bench"
        field = f'--{edge}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{csrf}\r\n'
        field += f'--{edge}\r\nContent-Disposition: form-data; name="album"; filename="photo.jpg"\r\n'
        body = f"{field}Content-Type: image/jpeg\r\n\r\n".encode() + data + f"\r\n--{edge}--\r\n".encode()
        cookie = "; ".join(f"{name}={value}" for name, value in self.browser.cookies.items())
        headers = {**self.browser.headers, "Cookie": cookie, "Content-Type": f"multipart/form-data; boundary={edge}"}
        line = self._open()
        line.putrequest("POST", place)
        for name, value in (headers | {"Content-Length": str(len(body))}).items():
            line.putheader(name, value)
        line.endheaders()
        self.posts += 1
        self._send(line, body[: int(len(body) * breaks.at)] if breaks else body)
        if breaks is not None:
            return self._break(breaks.how)
        answer = line.getresponse()
        answer.read()
        return answer.status

    def _open(self) -> HTTPConnection:
        if self.connection is None:
            self.connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
            self.connection.connect()
            self.connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2 * PIECE)
        return self.connection

    def _send(self, line: HTTPConnection, body: bytes) -> None:
        began = time.monotonic()
        for at in range(0, len(body), PIECE):
            piece = body[at : at + PIECE]
            line.send(piece)
            self.sent += len(piece)
            time.sleep(max(0.0, began + (at + len(piece)) / self.rate - time.monotonic()))

    def _break(self, how: str) -> None:
        line, self.connection = self.connection.sock, None
        if how == "silent":
            self.lost.append(line)
            return
        if how == "unanswered":
            select.select([line], [], [], line.gettimeout())
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        line.close()


def bring(line: Line, application: Application, files: dict[str, list[bytes]], breaks: dict[int, Break], pause: float) -> None:
    """All files of an application, one after the other; where the line breaks, the same one again after `pause` seconds."""
    done = 0
    for slot, several in files.items():
        place = f"/apply/{application.key}/files/{ApplicationItem.get(application=application).key}/{slot}"
        csrf = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', line.browser.get(place))[1]
        for data in several:
            while not _taken(line, place, csrf, data, breaks.pop(done, None)):
                time.sleep(pause)
            done += 1


def _taken(line: Line, place: str, csrf: str, data: bytes, breaks: Break | None) -> bool:
    try:
        status = line.post(place, csrf, data, breaks)
    except (OSError, HTTPException):
        line.connection = None
        return False
    if status is None:
        return False
    assert status == 303, status
    line.browser.get(place)  # where the answer leads, as fetch follows it
    return True


def pictures(most: int) -> Iterator[tuple[str, list[bytes]]]:
    """Files of exactly 2 MB by slot: one photo, whose tail makes each one's bytes its own."""
    photo, made = taken(scene(3, (2400, 1800)), quality=95), 0
    for slot, several in SLOTS:
        here = min(several, most - made)
        yield slot, [photo + n.to_bytes(4, "big").rjust(BYTES - len(photo), b"\0") for n in range(made, made + here)]
        made += here


def told(server: Server, name: str, line: Line, application: Application, many: int, breaks: int, before: float) -> bool:
    """Print what came of it; whether it reaches the goals."""
    began = time.monotonic()
    while waiting() and time.monotonic() - began < DRAINED:
        time.sleep(0.5)
    item = ApplicationItem.get(application=application)
    there = list(Material.select(Material, Upload).join(Upload).where(Material.item == item))
    kept = Upload.select().where((Upload.purpose == materials.PURPOSE) & (Upload.account == application.account)).count()
    different, clean = len({one.digest for one in there}), sum(one.upload.state == "clean" for one in there)
    ratio, most = line.sent / (many * BYTES), ((many + breaks) * (BYTES + OVERHEAD)) / (many * BYTES)
    memory, drained = server.megabytes(), time.monotonic() - began
    print(f"{name}: {different} of {many} there in {line.posts} requests, {breaks} of them broken off; {clean} made harmless")
    print(f"  rows {len(there)}, files kept {kept}; {line.sent / 1e6:.1f} MB sent for {many * BYTES / 1e6:.1f}: {ratio:.3f} ×")
    print(f"  the server had {before:.0f} MB before, {memory:.0f} MB at most; the queue was empty {drained:.0f} s later")
    whole = len(there) == kept == different == clean == many and line.posts == many + breaks
    return whole and ratio <= most and memory - before <= GROWTH


def broken(many: int, breaks: int) -> dict[int, Break]:
    """Which files the line's breaks hit, and where in them; each kind of break in turn."""
    random, found = Random(82), {}
    for n, at in enumerate(random.sample(range(many), breaks)):
        how = BREAKS[n % len(BREAKS)]
        found[at] = Break(how, 1.0 if how == "unanswered" else random.random())
    return found


def run(many: int, mbit: float, breaks: int, pause: float, fast_too: bool) -> bool:
    """Two people, one with each line; whether all went well."""
    files, ends, well = dict(pictures(many)), broken(many, breaks), True
    with deployed() as app:
        school, agency = make_school(), office().agency
        accounts = [make_account(record, f"1380000000{n}") for n, record in enumerate(school.records[:2])]
        slow, fast = (
            begun(Holder(account, permissions.student(account.key), record), agency)
            for account, record in zip(accounts, school.records, strict=False)
        )
        with serving(app.config["SETTINGS"].data_dir) as server:
            ways = [(fast, "at full speed", float("inf"), {})] if fast_too else []
            for application, name, rate, hit in [*ways, (slow, f"at {mbit:g} Mbit/s", mbit * 125_000, ends)]:
                line = Line(server.port, sessions.begin(application.account, "bench", "198.51.100.7"), rate)
                line.browser.get("/apply")
                before, began = server.megabytes("VmRSS"), time.monotonic()
                bring(line, application, files, dict(hit), pause)
                name = f"{name}, {time.monotonic() - began:.0f} s"
                well &= told(server, name, line, application, many, len(hit), before)
    return well


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mbit", type=float, default=1.0, help="of the slow line, a second")
    parser.add_argument("--breaks", type=int, default=12)
    parser.add_argument("--short", action="store_true", help="six files, three breaks, 64 Mbit/s; not at full speed")
    given = parser.parse_args()
    print(machine())
    sys.exit(not (run(6, 64.0, 3, 0.2, False) if given.short else run(82, given.mbit, given.breaks, 5.0, True)))


if __name__ == "__main__":
    main()
