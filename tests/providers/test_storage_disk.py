"""Files on the disk: only under their names, only for their owner, whole or not at all."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from webapp.domain import clock
from webapp.domain.ports import Missing
from webapp.providers.storage_disk import DiskStorage

ROOT = Path(__file__).parents[2]
NAME = "0123456789abcdef0123456789abcdef"
OTHER = "01" + "f" * 30


@pytest.fixture
def storage(tmp_path):
    return DiskStorage(tmp_path / "files")


def test_what_was_put_comes_back_under_its_name(storage):
    storage.put(NAME, b"")
    storage.put(OTHER, b"\x00" * 100_000)
    assert (storage.get(NAME), storage.get(OTHER)) == (b"", b"\x00" * 100_000)
    assert sorted(storage.names()) == [NAME, OTHER]
    storage.delete(NAME)
    storage.delete(NAME)
    assert list(storage.names()) == [OTHER]
    with pytest.raises(Missing):
        storage.get(NAME)


def test_a_second_put_replaces_the_bytes_whole(storage):
    storage.put(NAME, b"long" * 1000)
    storage.put(NAME, b"short")
    assert storage.get(NAME) == b"short"


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../" + NAME,
        "/etc/passwd",
        "../../../../etc/passwd",
        NAME + "/..",
        NAME + "\n",
        NAME + "\x00",
        NAME.upper(),
        NAME[:-1],
        NAME + "0",
        "٠" * 32,
        "photo.jpg",
        "a.jpg%00.php",
        "." + NAME[1:],
        "～" * 32,
    ],
)
def test_any_other_name_is_refused_before_the_disk_is_touched(storage, name):
    for act in (lambda: storage.put(name, b"x"), lambda: storage.get(name), lambda: storage.delete(name)):
        with pytest.raises(ValueError, match="32 hexadecimal"):
            act()
    assert list(storage.root.iterdir()) == []


def test_only_the_owner_reads(storage):
    before = os.umask(0)
    try:
        storage.put(NAME, b"x")
    finally:
        os.umask(before)
    path = storage.root / "01" / NAME
    assert [entry.stat().st_mode & 0o777 for entry in (path, path.parent, storage.root)] == [0o600, 0o700, 0o700]


def test_a_link_in_the_place_of_a_file_leads_nowhere(storage, tmp_path):
    secret = tmp_path / "keys.json"
    secret.write_bytes(b"secret")
    (storage.root / "01").mkdir()
    (storage.root / "01" / NAME).symlink_to(secret)
    assert list(storage.names()) == []
    with pytest.raises(Missing):
        storage.get(NAME)
    storage.put(NAME, b"x")
    assert (storage.get(NAME), secret.read_bytes()) == (b"x", b"secret")


def test_a_link_in_the_place_of_a_folder_leads_nowhere(storage, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / NAME).write_bytes(b"secret")
    (storage.root / "01").symlink_to(outside)
    with pytest.raises(Missing):
        storage.get(NAME)
    for act in (lambda: storage.put(NAME, b"x"), lambda: storage.delete(NAME)):
        with pytest.raises(OSError):
            act()
    assert list(storage.names()) == []
    assert (outside / NAME).read_bytes() == b"secret"


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), lambda path: os.mkfifo(path)])
def test_what_is_no_plain_file_is_missing(storage, make):
    (storage.root / "01").mkdir()
    make(storage.root / "01" / NAME)
    with pytest.raises(Missing):
        storage.get(NAME)
    assert list(storage.names()) == []


def test_strangers_in_the_folder_are_not_ours(storage):
    storage.put(NAME, b"x")
    (storage.root / "01" / "README").write_text("x")
    (storage.root / "01" / ("ff" + NAME[2:])).write_text("in the wrong folder")
    (storage.root / "lost+found").mkdir()
    assert list(storage.names()) == [NAME]


def test_a_failed_put_leaves_nothing(storage):
    with pytest.raises(TypeError):
        storage.put(NAME, "text")
    assert [path for path in storage.root.rglob("*") if path.is_file()] == []


def test_a_put_that_was_killed_leaves_no_name_and_is_swept(storage):
    script = f"""
import os, sys, pathlib
from webapp.providers.storage_disk import DiskStorage
os.rename = lambda *args, **kwargs: os._exit(9)
DiskStorage(pathlib.Path(sys.argv[1])).put("{NAME}", b"half")
"""
    assert subprocess.run([sys.executable, "-c", script, storage.root], cwd=ROOT).returncode == 9
    assert list(storage.names()) == []
    assert storage.sweep(clock.now() - timedelta(hours=1)) == 0, "somebody may still be writing"
    assert storage.sweep(clock.now() + timedelta(hours=1)) == 1
    assert [path for path in storage.root.rglob("*") if path.is_file()] == []


def test_the_sweep_of_orphans_can_leave_out_what_is_new(storage):
    storage.put(NAME, b"x")
    assert list(storage.names(before=clock.now() - timedelta(hours=24))) == []
    assert list(storage.names(before=clock.now() + timedelta(hours=24))) == [NAME]
