"""A full disk and a killed worker: a photo is whole or is not there, and what was begun is done again."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from tests.claims import Claims
from tests.scenes import scene, taken
from tests.world import World
from webapp.domain.duplicates import cases, sending
from webapp.domain.ports import Unavailable
from webapp.jobs import registry, retention
from webapp.models.base import database
from webapp.models.duplicates import Photo, Submission
from webapp.models.journal import Job
from webapp.models.photos import PhotoMark, Upload
from webapp.providers import shredding
from webapp.providers.files import Files
from webapp.settings import Settings

ROOT = Path(__file__).parents[2]

FULL = """
import json, resource, signal, sys
from pathlib import Path
from webapp import bind, outside
from webapp.models.photos import Upload
from webapp.providers.files import Files
from webapp.settings import Settings
settings = Settings.read({}, data_dir=Path(sys.argv[1]), database=sys.argv[2], demo=True)
bind(settings)
files = Files(outside(settings).storage)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    files.keep(bytes(300_000), "claim_photo")
except OSError as fault:
    print(json.dumps([fault.strerror, Upload.select().count()]))
"""

DIES = """
import os, signal, sys
from pathlib import Path
from webapp import bind, outside
from webapp.jobs import registry
from webapp.models.journal import Job
from webapp.providers.vault import Vault
from webapp.settings import Settings
settings = Settings.read({}, data_dir=Path(sys.argv[1]), database=sys.argv[2], demo=True)
bind(settings)
registry.load()
moment = sys.argv[3]
put, shred = Vault.put, Vault.shred

def die(*told):
    os.kill(os.getpid(), signal.SIGKILL)

def put_and_die(self, data, aad):
    put(self, data, aad)
    die()

Vault.put = {"before the file": die, "after the file": put_and_die}.get(moment, put)
Vault.shred = die if moment == "before the raw one goes" else shred
registry.run(Job.get(Job.name == "duplicates.clean").key, outside(settings))
"""


@pytest.fixture
def claims(world: World, school) -> Claims:
    return Claims(world, school)


@pytest.mark.req("SYS-03")
def test_a_file_that_does_not_fit_leaves_nothing(app: Flask, settings: Settings) -> None:
    """The kernel ends the write in the middle, as a disk does that is full."""
    command = [sys.executable, "-c", FULL, str(settings.data_dir), settings.database]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(told.stdout) == ["File too large", 0]
    assert [path for path in (settings.data_dir / "files").rglob("*") if path.is_file()] == []


def test_a_store_that_is_away_blames_no_photo(claims: Claims) -> None:
    upload = claims.upload(claims.party(), "holding_front", taken(scene(1, (800, 600))))
    store, real = claims.world.worker.outside.storage, claims.world.worker.outside.storage.root
    store.root = real / "not-mounted"
    claims.world.work()
    store.root = real
    assert (Upload.get_by_id(upload.id).state, Job.get(Job.name == "duplicates.clean").state) == ("raw", "queued")
    claims.world.wait(minutes=1)
    assert Upload.get_by_id(upload.id).state == "clean"
    assert PhotoMark.select().count() == 1


@pytest.mark.req("SYS-06")
def test_an_empty_disk_in_the_place_of_the_store_makes_nobody_forget_a_key(claims: Claims, tmp_path: Path) -> None:
    files = Files(claims.world.worker.outside.storage)
    for n in range(shredding.FEW + 1):
        files.keep(b"%d" % n, "admission_photo")
    claims.world.wait(hours=2)
    empty = tmp_path / "empty"
    empty.mkdir()
    claims.world.worker.outside.storage.root = empty
    with pytest.raises(Unavailable):
        retention.sweep(claims.world.worker.outside)
    assert Upload.select().where(Upload.wrapped_key.is_null()).count() == 0


@pytest.mark.req("SYS-03")
@pytest.mark.parametrize("moment", ["before the file", "after the file", "before the raw one goes"])
def test_a_worker_killed_in_the_middle_leaves_a_photo_that_the_next_one_finishes(
    claims: Claims, settings: Settings, moment: str
) -> None:
    party = cases.accept(claims.party().account)
    upload = claims.upload(party, "holding_front", taken(scene(1, (800, 600))))
    Job.update(due=Job.created).execute()
    database.close()
    command = [sys.executable, "-c", DIES, str(settings.data_dir), settings.database, moment]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    Job.update(state="queued").where(Job.state == "running").execute()  # as the sweep does after five minutes
    registry.drain(claims.world.worker.outside)
    found = Upload.get_by_id(upload.id)
    photo = sending.photos(Submission.get(Submission.party == party))["holding_front"]
    assert found.state == "clean" and "codes" in Photo.get_by_id(photo.id).hints
    assert Files(claims.world.worker.outside.storage).read(found).startswith(b"\xff\xd8\xff")
    claims.world.wait(hours=2)
    store = settings.data_dir / "files"
    for path in store.rglob("*"):
        os.utime(path, (0, 0))
    retention.sweep(claims.world.worker.outside)
    assert [path.name for path in store.rglob("*") if path.is_file()] == [found.name], "no raw copy is left"
