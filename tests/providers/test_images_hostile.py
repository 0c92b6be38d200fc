"""Hostile pictures, and the child that meets them: nothing but an answer comes out, and the next picture is fine."""

import os
import signal
import struct
import subprocess
import sys
import threading
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from tests.providers.pictures import HEIC, as_zip, bomb, drawing, file, mutant, noise, opened, refusal
from webapp.domain.refused import Refused
from webapp.providers.image_child import MEMORY
from webapp.providers.images_pillow import PICTURES_PER_CHILD, PillowImages

ROOT = Path(__file__).parents[2]


@pytest.mark.req("SYS-04")
@pytest.mark.parametrize(
    "other",
    [
        lambda: file(drawing(), "GIF") + as_zip(),
        lambda: file(drawing()) + as_zip(),
        lambda: file(drawing()) + b"<html><script>alert(1)</script></html>",
        lambda: file(drawing(), comment=b"<?php system($_GET['c']); ?>"),
        lambda: file(drawing(), comment=b"<SCRIPT >alert(1)"),
        lambda: file(drawing(), comment=b"%PDF-1.7\n1 0 obj"),
        lambda: file(drawing(), "PNG") + b"<!DOCTYPE html>",
    ],
)
def test_a_file_that_is_something_else_as_well_is_refused(images, other):
    assert refusal(images, other()).code == "image_unreadable"


@pytest.mark.req("SYS-04")
@pytest.mark.parametrize(("width", "height"), [(20_000, 20_000), (8_000, 6_251), (60_000, 60_000), (65_535, 764)])
def test_a_picture_of_more_than_fifty_megapixels_is_refused(images, width, height):
    data = bomb(width, min(height, 2000)) if height > 20_000 else bomb(width, height)
    if height > 20_000:
        data = data.replace(struct.pack(">II", width, 2000), struct.pack(">II", width, height))
    assert len(data) < 1_000_000
    assert refusal(images, data).code == "image_unreadable"


@pytest.mark.req("SYS-04")
def test_fifty_megapixels_fit_into_the_childs_memory(images):
    for mode, kind in (("RGB", "JPEG"), ("CMYK", "JPEG"), ("RGB", "PNG"), ("RGBA", "PNG"), ("P", "GIF")):
        cleaned = images.clean(file(Image.new(mode, (8160, 6120)), kind), long_side=1000)
        assert (cleaned.width, cleaned.height) == (1000, 750)
    told = Path(f"/proc/{images.child_pid}/status").read_text()
    peak = next(int(line.split()[1]) * 1024 for line in told.splitlines() if line.startswith("VmPeak"))
    assert peak <= MEMORY


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"GIF",
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"BM" + bytes(60),
        b"II*\0" + bytes(60),
        b"RIFF\0\0\0\0WAVEfmt ",
        b"\0\0\0\x1cftypavif" + bytes(60),
        b"\0\0\0\x1cftypisom" + bytes(60),
        b"MZ" + bytes(600),
    ],
)
def test_what_is_no_photo_by_its_content_is_the_wrong_kind(images, data):
    assert refusal(images, data).code == "image_kind"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_truncated_picture_is_unreadable(images, kind, part):
    data = file(noise(200, 200), kind)
    assert refusal(images, data[: int(len(data) * part)]).code == "image_unreadable"


def test_the_head_of_one_kind_on_the_body_of_another_is_unreadable(images):
    assert refusal(images, b"\xff\xd8\xff\xe0" + file(drawing(), "PNG")).code == "image_unreadable"


def test_the_child_knows_no_key_and_can_open_nothing(images, monkeypatch):
    monkeypatch.setenv("XUEDANG_KEYS", "/somewhere/keys.json")
    images.close()
    images.clean(file(drawing()), long_side=100)
    place = Path(f"/proc/{images.child_pid}")
    assert b"XUEDANG" not in (place / "environ").read_bytes()
    limits = {line[:26].strip(): line[26:].split()[:2] for line in (place / "limits").read_text().splitlines()}
    assert limits["Max open files"] == ["0", "0"]
    assert limits["Max file size"] == ["0", "0"]
    assert limits["Max core file size"] == ["0", "0"]
    assert limits["Max address space"] == [str(MEMORY), str(MEMORY)]
    assert int(limits["Max cpu time"][0]) < 60
    assert os.getpriority(os.PRIO_PROCESS, images.child_pid) >= 10


def test_a_child_is_kept_for_the_next_picture(images):
    images.clean(file(drawing()), long_side=100)
    pid = images.child_pid
    refusal(images, file(drawing(), "PNG")[:200])
    images.clean(file(drawing()), long_side=100)
    assert images.child_pid == pid


def test_a_child_killed_between_two_pictures_is_replaced(images):
    images.clean(file(drawing()), long_side=100)
    pid = images.child_pid
    os.kill(pid, signal.SIGKILL)
    assert images.clean(file(drawing()), long_side=100).width == 100
    assert images.child_pid != pid


def test_a_child_killed_in_the_middle_is_replaced_and_the_picture_done(images):
    images.clean(file(drawing()), long_side=100)
    pid = images.child_pid
    os.kill(pid, signal.SIGSTOP)
    done = []
    work = threading.Thread(target=lambda: done.append(images.clean(file(noise()), long_side=100)))
    work.start()
    work.join(0.2)
    assert not done
    os.kill(pid, signal.SIGKILL)
    work.join()
    assert done[0].width == 100
    assert images.child_pid != pid


def test_a_child_that_hangs_is_ended_and_the_next_picture_is_fine():
    images = PillowImages(seconds=2)
    images.clean(file(drawing()), long_side=100)
    pid = images.child_pid
    os.kill(pid, signal.SIGSTOP)
    assert refusal(images, file(noise(), "PNG")).code == "image_unreadable"
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert images.clean(file(drawing()), long_side=100).width == 100
    images.close()


def test_a_child_is_not_kept_for_ever():
    images = PillowImages()
    images.clean(HEIC, long_side=8)
    pid = images.child_pid
    dot = file(Image.new("L", (1, 1)), "PNG")
    for _ in range(PICTURES_PER_CHILD):
        images.clean(dot, long_side=8)
    assert images.child_pid != pid
    images.close()


def test_a_forked_server_process_starts_a_child_of_its_own():
    script = """
import os
from tests.providers.pictures import drawing, file
from webapp.providers.images_pillow import PillowImages
images = PillowImages()
images.clean(file(drawing()), long_side=100)
before, fork = images.child_pid, os.fork()
for side in range(50, 60):
    assert images.clean(file(drawing()), long_side=side).width == side
assert (images.child_pid == before) == (fork != 0)
if fork:
    assert os.waitpid(fork, 0)[1] == 0
images.close()
"""
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT).returncode == 0


def test_threads_share_one_child(images):
    sizes, done = [50, 60, 70, 80], {}
    work = [
        threading.Thread(target=lambda side=side: done.update({side: images.clean(file(drawing()), long_side=side)}))
        for side in sizes
    ]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    assert {side: cleaned.width for side, cleaned in done.items()} == {side: side for side in sizes}


def test_three_hundred_mutants_are_accepted_or_refused_with_a_reason(images):
    random = Random(20261121)
    seeds = [file(noise(60, 40), kind) for kind in ("JPEG", "PNG", "WEBP", "GIF")]
    seeds += [file(drawing(), "JPEG", progressive=True), file(drawing(mode="CMYK")), HEIC]
    counts = {}
    for number in range(300):
        try:
            opened(images.clean(mutant(random, seeds[number % len(seeds)]), long_side=200))
            outcome = "accepted"
        except Refused as no:
            outcome = no.code
        counts[outcome] = counts.get(outcome, 0) + 1
    print("mutants:", counts)
    assert set(counts) <= {"accepted", "image_unreadable", "image_kind"}
    assert counts["accepted"] > 20 and counts["image_unreadable"] > 50
    assert images.clean(file(drawing()), long_side=100).width == 100


def test_a_machine_that_cannot_start_a_child_does_not_blame_the_picture():
    script = """
import sys
from webapp.domain.ports import Unavailable
from webapp.providers.images_pillow import PillowImages
for interpreter in ("/bin/false", "/nowhere/python"):
    sys.executable = interpreter
    try:
        PillowImages().clean(b"\\xff\\xd8\\xff", long_side=100)
    except Unavailable as no:
        print(no.reason, no.retry)
"""
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["fault", "True"] * 2
