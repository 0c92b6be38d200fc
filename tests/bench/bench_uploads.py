"""The last evening of a deadline: 512 photos at once on this machine, while others read pages. Nothing is refused.

Run: ``python -m tests.bench.bench_uploads [--photos 512] [--short]``. The server is a process of its own with its jobs inside;
the senders run on the same machine. Goals: all taken, other pages' p95 under 500 ms, the queue empty at the end, memory stated.
"""

import argparse
import re
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.bench.bench_images import megabytes
from tests.bench.deployment import deployed
from tests.bench.measure import machine
from tests.bench.server import Browser, Server, serving
from tests.people import make_account, make_record, make_school
from tests.scenes import scene, taken
from webapp.domain import sessions
from webapp.domain.duplicates import cases
from webapp.models.base import database
from webapp.models.journal import Job
from webapp.models.photos import Upload
from webapp.models.school import Class

GOAL_MS, DRAINED = 500, 900.0
PATH = "/duplicate/photos/holding_front"


def claimants(count: int) -> list[str]:
    """As many people whose number is taken, each logged in: their session tokens."""
    school, klass, tokens = make_school(), Class.get(), []
    with database.atomic():
        for n in range(count):
            person = ("林晓溪", f"{1990 + n // 336}{1 + n % 12:02}{1 + n // 12 % 28:02}", "女")
            record = make_record(school.unit, klass, person, f"20199{n:05d}", serial=300 + n % 600)
            make_account(record, f"1380001{n:04d}")
            mine = make_account(record, f"1380002{n:04d}", state="duplicate")
            cases.accept(mine)
            tokens.append(sessions.begin(mine, "bench", "198.51.100.7"))
    return tokens


def photos(most: int) -> list[bytes]:
    """Eight photos of about a megabyte, as a browser has reduced them; the file's tail makes each one's bytes its own."""
    return [taken(scene(seed, (2000, 1500)), quality=96) for seed in range(min(8, most))]


class Sender:
    """One phone: it has the page open, and sends when told."""

    def __init__(self, port: int, token: str, photo: bytes) -> None:
        self.browser, self.photo = Browser(port), photo
        self.browser.cookies["xd_session"] = token
        page = self.browser.get(PATH)
        self.csrf = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
        self.browser.connection.close()

    def send(self) -> tuple[int, float]:
        """The answer's status, and after how many seconds."""
        mark, began = "xuedang-bench", time.monotonic()
        field = f'--{mark}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{self.csrf}\r\n'
        head = f'--{mark}\r\nContent-Disposition: form-data; name="album"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
        body = (field + head).encode() + self.photo + f"\r\n--{mark}--\r\n".encode()
        me = self.browser
        cookie = "; ".join(f"{name}={value}" for name, value in me.cookies.items())
        headers = {**me.headers, "Cookie": cookie, "Content-Type": f"multipart/form-data; boundary={mark}"}
        me.connection.request("POST", PATH, body, headers)
        answer = me.connection.getresponse()
        answer.read()
        return answer.status, time.monotonic() - began


class Reader(threading.Thread):
    """Somebody else who reads the log-in page, five times a second."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.browser, self.times, self.over = Browser(port, "198.51.100.200"), [], threading.Event()

    def run(self) -> None:
        while not self.over.is_set():
            began = time.monotonic()
            self.browser.get("/login")
            self.times.append((time.monotonic() - began) * 1000 if self.browser.status == 200 else float("inf"))
            self.over.wait(0.2)

    def p95(self) -> float:
        return sorted(self.times)[len(self.times) * 95 // 100]


def waiting() -> int:
    return Job.select().where(Job.state.in_(("queued", "running"))).count()


def rush(server: Server, tokens: list[str]) -> bool:
    made = photos(len(tokens))
    senders = [Sender(server.port, token, made[n % len(made)] + n.to_bytes(4, "big")) for n, token in enumerate(tokens)]
    before, reader, began = server.megabytes(), Reader(server.port), time.monotonic()
    reader.start()
    with ThreadPoolExecutor(len(senders)) as pool:
        answers = [one.result() for one in [pool.submit(sender.send) for sender in senders]]
    sent, during = time.monotonic() - began, reader.p95()
    while waiting() and time.monotonic() - began < DRAINED:
        time.sleep(0.5)
    drained = time.monotonic() - began
    reader.over.set()
    reader.join()
    threads = Path(f"/proc/{server.pid}/task").iterdir()
    children = [int(pid) for thread in threads for pid in (thread / "children").read_text().split()]
    taken_in = sum(status == 303 for status, _ in answers)
    clean = Upload.select().where((Upload.purpose == "claim_photo") & (Upload.state == "clean")).count()
    slowest = max(seconds for _, seconds in answers)
    print(f"{taken_in} of {len(tokens)} taken in {sent:.1f} s (the slowest answer {slowest:.1f} s), {clean} made harmless")
    print(f"other pages meanwhile: p95 {during:.0f} ms (goal {GOAL_MS}); until the queue was empty: {reader.p95():.0f} ms")
    print(f"the queue was empty after {drained:.0f} s; left in it {waiting()}")
    print(f"memory: the server {before:.0f} MB before, at most {server.megabytes():.0f} MB; children {_told(children)}")
    return taken_in == clean == len(tokens) and not waiting() and reader.p95() < GOAL_MS


def _told(children: list[int]) -> str:
    return ", ".join(f"{megabytes(pid):.0f} MB" for pid in children) or "none"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=512)
    parser.add_argument("--short", action="store_true", help="48 photos")
    told = parser.parse_args()
    print(machine())
    with deployed() as app:
        tokens, folder = claimants(48 if told.short else told.photos), app.config["SETTINGS"].data_dir
        with serving(folder) as server:
            well = rush(server, tokens)
    sys.exit(not well)


if __name__ == "__main__":
    main()
