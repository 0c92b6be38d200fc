"""Keys are renewed while the site runs: what an old root sealed is sealed again, then the old root goes (R-SYS-05)."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk import Desk, roster, student
from tests.people import School, make_account
from tests.world import World
from webapp.domain import journal, resealing
from webapp.domain.imports import history
from webapp.models import TABLES, keys
from webapp.models.accounts import Account
from webapp.models.base import database
from webapp.models.journal import Event
from webapp.models.keys import Keyring
from webapp.models.photos import Upload
from webapp.models.records import Change, Record
from webapp.providers import files
from webapp.settings import Settings

ROOT = Path(__file__).parents[2]
PLACES = (*resealing.columns(), history.SEALED_HERE, files.SEALED_HERE)
NUMBERS = ("1380000", "110105")


@pytest.fixture
def desk(world: World, school: School) -> Desk:
    """A site with accounts, an import that changed records, a message, and the bytes of a file."""
    desk = Desk(world, school)
    make_account(school.record("林晓溪"), "13800006601", email="lin@example.edu.cn")
    desk.bring(roster(student(1), student(2)))
    desk.confirm(desk.upload(roster(student(1, 姓名="学生改名"), student(2))), "公安更名")
    desk.files.keep("照片".encode(), "claim_photo")
    return desk


def xuedang(settings: Settings, *words: str) -> subprocess.CompletedProcess[str]:
    """A command beside the site, which is this process."""
    call = f"import sys; from webapp.cli import main; sys.exit(main({words!r}))"
    environ = {**settings.environ(), "LANGUAGE": "zh"}
    return subprocess.run(
        [sys.executable, "-c", call], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=120, check=False
    )


def sealed_by(kid: str) -> set[str]:
    """Columns of the whole database that hold a value which that root sealed."""
    found = set()
    for table in (model._meta.table_name for model in TABLES):
        cursor = database.execute_sql(f'SELECT * FROM "{table}"')
        names = [column[0] for column in cursor.description]
        for row in cursor.fetchall():
            found |= {f"{table}.{name}" for name, value in zip(names, row, strict=True) if str(value).startswith(f"v1:{kid}:")}
    return found


def opened() -> list[str]:
    """What stands sealed, in clear: numbers of everybody, what a change was before, a file."""
    change = Change.get(Change.before.is_null(False))
    photo = Upload.get(Upload.purpose == "claim_photo")
    told = [one.document for one in Record.select().order_by(Record.id)] + [one.phone for one in Account.select()]
    return [*told, str(history.before(change, change.record)), photo.key]


@pytest.mark.req("SYS-05")
def test_every_sealed_value_is_sealed_again_while_the_site_runs(desk: Desk, settings: Settings) -> None:
    before, columns = opened(), sealed_by("k1")
    assert {"record.document", "account.phone", "change.before", "upload.wrapped_key", "staff.totp"} <= columns
    renewed = xuedang(settings, "keys", "renew")
    assert renewed.returncode == 0, renewed.stderr
    assert not any(number in renewed.stdout for number in NUMBERS)
    assert (sealed_by("k1"), sealed_by("k2")) == (set(), columns)
    assert opened() == before
    assert desk.files.read(Upload.get(Upload.purpose == "claim_photo")) == "照片".encode()
    assert make_account(desk.school.record("何苗"), "13800006602").__data__["phone"].startswith("v1:k2:")


@pytest.mark.req("SYS-05")
def test_the_old_root_goes_when_it_seals_nothing(desk: Desk, settings: Settings) -> None:
    old, before = keys.ring(), opened()
    assert xuedang(settings, "keys", "renew").returncode == 0
    (row,) = Account.select()
    sealed = keys.ring()
    keys.use(old)
    row.email = "late@example.edu.cn"
    row.save()
    keys.use(sealed, settings.keys)
    refused = xuedang(settings, "keys", "drop")
    assert refused.returncode == 1 and "还有 1 个值只有旧密钥能打开" in refused.stderr
    assert xuedang(settings, "keys", "renew").returncode == 0
    assert xuedang(settings, "keys", "drop").returncode == 0
    ring = Keyring.load(settings.keys)
    assert (set(ring.roots), ring.index) == ({"k3"}, old.index)
    assert stat.S_IMODE(settings.keys.stat().st_mode) == 0o600
    assert opened() == before and Account.get().email == "late@example.edu.cn"
    assert [one.action for one in Event.select().order_by(Event.seq)][-3:] == ["keys.renew", "keys.renew", "keys.drop"]
    assert all(isinstance(told, int) for told in journal.verify())


@pytest.mark.req("SYS-05")
def test_a_renewal_that_broke_off_goes_on_with_its_own_root(desk: Desk, settings: Settings) -> None:
    """As a kill leaves it: the new root is in the file, some of the values are sealed with it."""
    keys.ring().renewed().replace(settings.keys)
    first = next(place for place in PLACES if place.field is Record.document)
    assert resealing.seal_again(first, []) == Record.select().count()
    assert resealing.unfinished() and sealed_by("k1")
    renewed = xuedang(settings, "keys", "renew")
    assert renewed.returncode == 0 and "密钥 k2" in renewed.stdout
    assert (sealed_by("k1"), Keyring.load(settings.keys).current, resealing.unfinished()) == (set(), "k2", False)


@pytest.mark.req("SYS-05")
def test_a_value_that_does_not_open_is_named_and_stays(desk: Desk, settings: Settings) -> None:
    (row,) = Account.select()
    database.execute_sql(f"UPDATE account SET phone = 'v1:k1:AAAA' WHERE id = {row.id}")
    renewed = xuedang(settings, "keys", "renew")
    assert renewed.returncode == 1 and f"BAD  account phone {row.id}" in renewed.stdout
    assert sealed_by("k1") == {"account.phone"}
    assert xuedang(settings, "keys", "drop").returncode == 1


@pytest.mark.req("SYS-05")
def test_a_key_file_that_cannot_be_read_again_stops_no_site(desk: Desk, settings: Settings) -> None:
    before = opened()
    settings.keys.write_text("{}")
    settings.keys.chmod(0o600)
    assert opened() == before
    make_account(desk.school.record("何苗"), "13800006602")
