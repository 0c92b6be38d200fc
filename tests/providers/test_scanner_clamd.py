"""clamd as the scanner speaks to it: a local server with its protocol, its answers, and everything that goes wrong."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from tests.desk import fresh, roster, student
from tests.people import School
from tests.scenes import saved, scene
from tests.world import World
from webapp.domain import sessions
from webapp.domain.imports import batches
from webapp.domain.ports import Unavailable
from webapp.domain.refused import Refused
from webapp.jobs import images, imports
from webapp.jobs.registry import Later
from webapp.models.photos import Upload
from webapp.providers.files import Files
from webapp.providers.scanner_clamd import PIECE, ClamdScanner

TEST_FILE = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""What every scanner must find and no machine can run; in two parts, so that none finds this file."""


class Clamd:
    """Speaks clamd's INSTREAM as its manual has it: length, bytes, a zero; answers with a line that ends in a zero byte.

    `most` is its StreamMaxLength. `does` replaces the answer: a function of the connection.
    """

    def __init__(self, family: int, place: object, most: int = 25 * 1024 * 1024) -> None:
        self.most, self.seen, self.pieces = most, b"", []
        self.does: Callable[[socket.socket], None] | None = None
        self.listening = socket.socket(family, socket.SOCK_STREAM)
        self.listening.bind(place)
        self.listening.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self.listening.accept()
            except OSError:
                return
            with line:
                self._scan(line)

    def _scan(self, line: socket.socket) -> None:
        if self.does:
            self.does(line)
            return
        stream, self.seen, self.pieces = line.makefile("rb"), b"", []
        if stream.read(10) != b"zINSTREAM\0":
            line.sendall(b"UNKNOWN COMMAND\0")
            return
        while size := int.from_bytes(stream.read(4)):
            if len(self.seen) + size > self.most:
                line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
            self.pieces.append(size)
            self.seen += stream.read(size)
        found = b"stream: Eicar-Signature FOUND\0" if TEST_FILE in self.seen else b"stream: OK\0"
        line.sendall(found)

    def close(self) -> None:
        with suppress(OSError):
            self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()


@pytest.fixture(params=["unix", "tcp"])
def clamd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Clamd, ClamdScanner]]:
    if request.param == "unix":
        server = Clamd(socket.AF_UNIX, str(tmp_path / "clamd.ctl"))
        url = f"unix://{tmp_path / 'clamd.ctl'}"
    else:
        server = Clamd(socket.AF_INET, ("127.0.0.1", 0))
        url = f"tcp://127.0.0.1:{server.listening.getsockname()[1]}"
    yield server, ClamdScanner(url, timeout=5)
    server.close()


@pytest.mark.req("SYS-03")
@pytest.mark.parametrize("size", [0, 1, PIECE, PIECE + 1, 3 * PIECE])
def test_a_file_comes_to_the_scanner_whole_and_passes(clamd: tuple[Clamd, ClamdScanner], size: int) -> None:
    server, scanner = clamd
    data = bytes(n % 251 for n in range(size))
    scanner.scan(data)
    assert server.seen == data and all(0 < piece <= PIECE for piece in server.pieces)


@pytest.mark.req("SYS-03")
def test_what_the_scanner_finds_is_refused(clamd: tuple[Clamd, ClamdScanner]) -> None:
    _, scanner = clamd
    with pytest.raises(Refused, match="file_infected"):
        scanner.scan(bytes(PIECE - 10) + TEST_FILE)
    scanner.scan(b"harmless")


WRONG = {
    "hangs up": lambda line: line.recv(10),
    "hangs up in the answer": lambda line: (line.recv(10), line.sendall(b"stream: O")),
    "says something else": lambda line: (line.recv(1 << 20), line.sendall(b"stream: Can't allocate memory ERROR\0")),
    "says nothing of a stream": lambda line: (line.recv(1 << 20), line.sendall(b"OK\0")),
    "never ends": lambda line: (line.recv(1 << 20), line.sendall(b"x" * 100_000)),
}


@pytest.mark.req("SYS-03")
@pytest.mark.parametrize("what", WRONG)
def test_no_answer_is_never_a_pass(clamd: tuple[Clamd, ClamdScanner], what: str) -> None:
    server, scanner = clamd
    server.does = WRONG[what]
    with pytest.raises(Unavailable) as fault:
        scanner.scan(b"harmless")
    assert fault.value.retry


def test_a_scanner_that_is_slow_or_gone_is_asked_again(clamd: tuple[Clamd, ClamdScanner]) -> None:
    server, scanner = clamd
    scanner.timeout, waiting = 0.2, threading.Event()
    server.does = lambda line: waiting.wait(5)
    with pytest.raises(Unavailable, match="timeout"):
        scanner.scan(b"harmless")
    waiting.set()
    server.close()
    with pytest.raises(Unavailable, match="network"):
        scanner.scan(b"harmless")


def test_a_file_past_the_scanners_own_limit_is_the_operators_matter(clamd: tuple[Clamd, ClamdScanner]) -> None:
    server, scanner = clamd
    server.most = PIECE
    with pytest.raises(Unavailable) as fault:
        scanner.scan(bytes(20 * PIECE))
    assert (fault.value.reason, fault.value.retry) in (("setup", False), ("network", True))


@pytest.mark.parametrize("url", ["", "clamd", "unix://", "tcp://", "http://127.0.0.1"])
def test_an_address_that_is_none_stops_the_start(url: str) -> None:
    with pytest.raises(ValueError, match="unix:///path or tcp://host:port"):
        ClamdScanner(url)


@pytest.mark.req("SYS-03")
def test_nothing_of_ours_reads_a_photo_that_the_scanner_refused(world: World, clamd: tuple[Clamd, ClamdScanner]) -> None:
    server, scanner = clamd
    outside = replace(world.worker.outside, scanner=scanner)
    files, photo = Files(outside.storage), saved(scene(1, (800, 600)))
    clean, bad, late = (files.keep(data, "ticket_file") for data in (photo, photo + TEST_FILE, photo))
    for upload in (clean, bad):
        images.clean(outside, upload.key)
    server.close()
    with pytest.raises(Later):
        images.clean(outside, late.key)
    told = {one.key: (one.state, one.reason, one.name is None) for one in Upload.select()}
    assert told == {
        clean.key: ("clean", "", False),
        bad.key: ("refused", "file_infected", True),
        late.key: ("raw", "", False),
    }


@pytest.mark.req("SYS-03")
def test_a_roster_that_the_scanner_refused_ends_with_the_sentence(
    world: World, school: School, clamd: tuple[Clamd, ClamdScanner]
) -> None:
    _, scanner = clamd
    outside = replace(world.worker.outside, scanner=scanner)
    data = roster(student(1, 姓名=TEST_FILE.decode()))
    file = Files(outside.storage).keep(data, "roster", unit=school.unit)
    officer = sessions.staff_actor(school.staff("ni"))
    batch = batches.receive(school.unit, "enrolment", "r.csv", file, file.digest, officer)
    imports.read(outside, batch.key)
    assert fresh(batch).state == "failed" and "file_infected" in fresh(batch).fault
