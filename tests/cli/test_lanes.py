"""A rush at the door of a real server: log-ins wait in a line of their own, pages go past it, nobody is left half in."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection

import pytest
from flask import Flask
from waitress import wasyncore
from waitress.server import BaseWSGIServer, create_server

from tests.bench.server import Browser
from tests.people import PASSWORD, School, make_account
from tests.world import World
from webapp.cli import serving
from webapp.cli.lanes import Lanes, Porch
from webapp.domain import defaults, passwords
from webapp.domain.permissions import SYSTEM
from webapp.models.accounts import Account, Login, Session
from webapp.web import line

PATIENCE = 20.0
AT_WORK = passwords.AT_ONCE + 1
"""Log-ins that have left the line and stand before the hash."""


@pytest.fixture
def folk(world: World, school: School) -> list[Account]:
    """Who comes, and is asked for no code: three more than stand before the hash (on a large machine some come twice)."""
    defaults.change("acc.new_device_code", False, SYSTEM)
    students = [make_account(record, f"1380000{place:04d}") for place, record in enumerate(school.records)]
    return [students[place % len(students)] for place in range(AT_WORK + 3)]


@contextmanager
def door(app: Flask, longest: int) -> Iterator[tuple[int, Lanes]]:
    """The app behind waitress with one thread for pages and a line of at most `longest`; yields its port."""
    server = create_server(app, host="127.0.0.1", port=0, threads=1, clear_untrusted_proxy_headers=False)
    server.task_dispatcher = lanes = Lanes(server.task_dispatcher, line.waits(app), longest)
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    try:
        yield server.effective_port, lanes
    finally:
        end(server, running)
        lanes.shutdown()


def end(server: BaseWSGIServer, running: threading.Thread) -> None:
    """Close a server from its own thread; one whose pipe is gone has closed already."""
    with suppress(OSError):
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
    running.join(PATIENCE)


@contextmanager
def no_hash_yet() -> Iterator[None]:
    """Whoever computes hashes is held up until the end of this."""
    go_on = threading.Event()
    for _ in range(passwords.AT_ONCE):
        passwords._workers.submit(go_on.wait, PATIENCE)
    try:
        yield
    finally:
        go_on.set()


def log_in(port: int, account: Account, answers: list[int]) -> threading.Thread:
    """Begin to log in; the status of the page where it ends comes into `answers`."""
    me = Browser(port)
    me.get("/login")

    def send() -> None:
        me.post(login=account.phone, password=PASSWORD)
        answers.append(me.status)

    sending = threading.Thread(target=send)
    sending.start()
    return sending


def in_line(lanes: Lanes) -> int:
    """How many wait while all threads are at work; none as long as a thread is free for one of them."""
    with lanes.line.lock:
        return len(lanes.line.queue) if lanes.line.active_count == AT_WORK else 0


def taken(lanes: Lanes) -> int:
    """How many log-ins a thread of the line has taken, while nobody waits for one that is free."""
    with lanes.line.lock:
        return lanes.line.active_count if lanes.line.active_count == AT_WORK or not lanes.line.queue else 0


def until(holds: Callable[[], bool]) -> None:
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() < begun + PATIENCE
        time.sleep(0.01)


def test_pages_go_on_while_log_ins_wait_and_each_of_these_gets_one_session(app: Flask, folk: list[Account]) -> None:
    answers: list[int] = []
    with door(app, longest=len(folk)) as (port, lanes):
        with no_hash_yet():
            waiting = [log_in(port, account, answers) for account in folk]
            until(lambda: in_line(lanes) == len(folk) - AT_WORK)
            reader = Browser(port)
            for _ in range(3):
                reader.get("/login")
                assert reader.status == 200
            assert answers == []
            assert Session.select().count() == Login.select().count() == 0
        for one in waiting:
            one.join()
    assert answers == [200] * len(folk)
    assert sorted(row.account_id for row in Session.select()) == sorted(account.id for account in folk)
    assert {row.result for row in Login.select()} == {"in"}


def test_who_finds_the_line_full_is_told_at_once_and_it_counts_as_no_try(app: Flask, folk: list[Account]) -> None:
    answers: list[int] = []
    *early, late = folk[: AT_WORK + 2]
    with door(app, longest=1) as (port, lanes):
        with no_hash_yet():
            waiting = []
            for account in early:  # one after the other: who comes before a thread has taken the last one finds the line full
                waiting.append(log_in(port, account, answers))
                until(lambda: taken(lanes) == min(len(waiting), AT_WORK))
            until(lambda: in_line(lanes) == 1)
            me = Browser(port)
            me.get("/login")
            me.post(login=late.phone, password=PASSWORD)
            assert me.status == 503
            assert "现在登录的人很多，等 1 分钟再试" in me.html
            assert answers == []
        for one in waiting:
            one.join()
        assert Login.select().count() == len(early)
        me.post(login=late.phone, password=PASSWORD)
        assert me.status == 200
    assert Session.select().count() == len(early) + 1


def test_one_thread_more_than_hashes_takes_from_the_line(app: Flask) -> None:
    with door(app, longest=1) as (_, lanes):
        assert len(lanes.line.threads) == AT_WORK
        assert len(lanes.pages.threads) == 1


def test_pages_go_on_while_files_wait_and_each_file_is_taken(app: Flask, folk: list[Account]) -> None:
    server = create_server(app, host="127.0.0.1", port=0, threads=1, clear_untrusted_proxy_headers=False)
    go_on = threading.Event()
    server.task_dispatcher = porch = Porch(Lanes(server.task_dispatcher, line.waits(app)), line.brings(app), at_once=1)
    porch.files.add_task(_Holding(go_on))
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    try:
        answers: list[int] = []
        senders = [threading.Thread(target=_send_file, args=(server.effective_port, answers)) for _ in range(3)]
        for sender in senders:
            sender.start()
        until(lambda: len(porch.files.queue) == 3)
        reader = Browser(server.effective_port)
        reader.get("/login")
        assert (reader.status, answers) == (200, [])
        go_on.set()
        for sender in senders:
            sender.join()
        assert len(answers) == 3 and 503 not in answers
    finally:
        end(server, running)
        porch.shutdown()


class _Holding:
    """A task that lasts until it is told to go on."""

    def __init__(self, go_on: threading.Event) -> None:
        self.go_on = go_on

    def service(self) -> None:
        self.go_on.wait(PATIENCE)


def _send_file(port: int, answers: list[int]) -> None:
    """Nobody's file for a page that takes files: what it answers is not the question, but that it answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("POST", "/duplicate/photos/holding_front", b"x" * 200_000)
    answers.append(connection.getresponse().status)
    connection.close()


def test_no_form_may_weigh_more_than_the_server_reads(app: Flask) -> None:
    """Who brings too much reads so on a page of ours, and not in the server's own words."""
    heaviest = max(getattr(view, "takes", 0) for view in app.view_functions.values())
    assert 64 << 20 <= heaviest < serving.LARGEST_BODY
