"""Pictures go when their time is over, with an Event that counts them; store and rows are brought into step, and verified."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from tests.claims import Claims
from tests.scenes import scene, taken
from tests.world import World
from webapp.cli import main
from webapp.domain import clock, journal
from webapp.domain.duplicates import cases
from webapp.domain.ports import Missing
from webapp.jobs import retention
from webapp.models.base import database, on_sqlite
from webapp.models.duplicates import Photo, Submission
from webapp.models.journal import Event
from webapp.models.photos import Upload
from webapp.providers.files import Files


@pytest.fixture
def claims(world: World, school) -> Claims:
    return Claims(world, school)


@pytest.fixture
def store(world: World) -> Path:
    return world.settings.data_dir / "files"


def picture() -> bytes:
    return taken(scene(1, (800, 600)))


def kept() -> int:
    return Upload.select().where(Upload.name.is_null(False)).count()


def purge_after(world: World, **time: float) -> int:
    world.wait(**time)
    retention.purge(world.worker.outside)
    return kept()


def events(action: str) -> list[str]:
    return [event.detail for event in Event.select().where(Event.action == action).order_by(Event.seq)]


@pytest.mark.req("DUP-23", "SYS-06")
def test_thirty_days_after_an_approval_the_photos_are_gone_and_it_is_written_down(claims: Claims, store: Path) -> None:
    party = claims.party()
    claims.hand_in(party, picture())
    claims.approve(party)
    assert purge_after(claims.world, days=29, hours=23) == 4
    assert purge_after(claims.world, hours=2) == 0
    assert events("evidence.purge") == ['{"files":4,"why":"approved"}']
    assert [path for path in store.rglob("*") if path.is_file()] == []
    assert {(one.state, one.wrapped_key) for one in Upload.select()} == {("shredded", None)}
    assert all(isinstance(told, int) for told in journal.verify())


@pytest.mark.req("DUP-23", "SYS-06")
def test_ninety_days_after_a_refusal(claims: Claims) -> None:
    party = claims.party()
    claims.hand_in(party, picture())
    claims.refuse(party)
    assert purge_after(claims.world, days=89, hours=23) == 4
    assert purge_after(claims.world, hours=2) == 0
    assert events("evidence.purge") == ['{"files":4,"why":"refused"}']


@pytest.mark.req("DUP-23")
def test_what_a_rival_handed_in_goes_ninety_days_after_the_case(claims: Claims) -> None:
    party = claims.party()
    rival = claims.rival(party)
    claims.hand_in(rival, picture())
    claims.hand_in(party, picture())
    claims.approve(party)
    claims.world.wait(minutes=1)
    assert purge_after(claims.world, days=31) == 4
    assert Submission.get(Submission.party == rival).state == "waiting"
    assert purge_after(claims.world, days=60) == 0


@pytest.mark.req("DUP-23", "SYS-06")
def test_photos_that_were_never_handed_in_or_withdrawn_go_after_three_days(claims: Claims) -> None:
    claims.upload(claims.party(), "holding_front", picture())
    party = claims.party()
    claims.hand_in(party, picture())
    cases.withdraw(party.account)
    assert purge_after(claims.world, hours=71) == 5
    assert purge_after(claims.world, hours=2) == 0
    assert events("evidence.purge") == ['{"files":4,"why":"withdrawn"}', '{"files":1,"why":"unnamed"}']


def test_a_photo_that_waits_for_a_person_stays(claims: Claims) -> None:
    claims.hand_in(claims.party(), picture())
    assert purge_after(claims.world, days=200) == 4


def test_nothing_of_a_shredded_key_is_left_in_the_database_file(claims: Claims) -> None:
    files = Files(claims.world.worker.outside.storage)
    upload = files.keep(b"x", "claim_photo", expires=clock.now() + timedelta(hours=1))
    secret = upload.wrapped_key.encode()
    purge_after(claims.world, hours=2)
    if on_sqlite():
        file = Path(database.obj.database)
        assert not any(secret in path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
    assert Upload.get().wrapped_key is None


@pytest.mark.req("SYS-06")
def test_a_file_without_a_row_and_a_half_written_one_are_swept(claims: Claims, store: Path) -> None:
    claims.hand_in(claims.party(), picture())
    claims.world.worker.outside.storage.put("ab" * 16, b"whose row never came")
    (store / "cd").mkdir(exist_ok=True)
    (store / "cd" / f".{'cd' * 16}.{'0' * 16}").write_bytes(b"cut off")
    assert retention.sweep(claims.world.worker.outside) == 0, "its row may still come"
    _age(store)
    assert retention.sweep(claims.world.worker.outside) == 2
    assert events("evidence.sweep") == ['{"files":1,"half":1,"rows":0}']
    assert kept() == sum(path.is_file() for path in store.rglob("*")) == 4


@pytest.mark.req("SYS-06")
def test_a_row_whose_file_is_gone_is_forgotten_and_the_student_sees_an_empty_place(claims: Claims, store: Path) -> None:
    party = claims.party()
    upload = claims.upload(party, "holding_front", picture())
    claims.world.work()
    (path,) = (path for path in store.rglob("*") if path.is_file())
    path.unlink()
    claims.world.wait(hours=2)
    assert retention.sweep(claims.world.worker.outside) == 1
    assert Upload.get_by_id(upload.id).state == "shredded"
    with pytest.raises(Missing):
        claims.world.worker.outside.storage.get(path.name)
    assert events("evidence.sweep") == ['{"files":0,"half":0,"rows":1}']


@pytest.mark.req("SYS-06")
def test_the_command_proves_it_and_names_what_is_wrong(claims: Claims, store: Path, capsys: pytest.CaptureFixture) -> None:
    settings = claims.world.settings
    site = {"XUEDANG_DATA_DIR": str(settings.data_dir), "XUEDANG_DATABASE": settings.database}
    database.close()

    def command(what: str) -> tuple[int, str]:
        code = main(["retention", what], site)
        return code, capsys.readouterr().out

    party = claims.party()
    claims.hand_in(party, picture())
    claims.approve(party)
    claims.world.wait(days=31)
    code, told = command("verify")
    assert code == 1 and all(f"{photo.upload.key} approved" in told for photo in Photo.select())
    assert command("run")[0] == 0
    assert command("verify")[0] == 0
    claims.world.worker.outside.storage.put("ab" * 16, b"an orphan")
    lost = Files(claims.world.worker.outside.storage).keep(picture(), "claim_photo")
    claims.world.worker.outside.storage.delete(lost.name)
    half = Upload.create(purpose="claim_photo", state="shredded", wrapped_key="v1:k1:x", created=clock.now())
    claims.world.wait(hours=3)
    _age(store)
    code, told = command("verify")
    assert code == 1 and all(name in told for name in ("ab" * 16, lost.key, half.key))
    assert told.count("BAD") == 4, "the lost one is raw as well"


def _age(store: Path) -> None:
    """Files carry the real time, which the moved clock may not have reached."""
    long_ago = clock.seconds(clock.now()) - 86_400
    for path in store.rglob("*"):
        os.utime(path, (long_ago, long_ago))
