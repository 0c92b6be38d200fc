"""`xuedang photos` and `import photos --kind graduation`: the photographer's two ends of the way."""

import pytest

from tests.cli.conftest import Machine
from tests.desk import HEADER, roster, student
from tests.graduation import photo
from webapp.cli.deployment import connected
from webapp.domain.photos import collection
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.journal import Event
from webapp.models.records import Record


@pytest.mark.req("IMG-15", "SCH-16")
def test_a_code_is_read_with_the_key_and_the_picture_finds_its_student(machine: Machine) -> None:
    machine.init()
    folder = machine.folder.parent
    for name, data in (("r.csv", roster(student(1), student(2))), ("bad", b"\xff\xff")):
        (folder / name).write_bytes(data)
    assert machine.run("import", "roster", str(folder / "r.csv")) == 0
    assert machine.run("photos", "key") == 0
    (folder / "key").write_text(machine.out)
    with connected():
        record = Record.select().order_by(Record.id).first()
        code = collection.code(record)
        assert Event.select().where(Event.action == "collection.key").count() == 1
    (folder / "codes").write_text(f"{code}\nXDC1.99999.2020.AAAA\n")
    assert machine.run("photos", "decode", str(folder / "key"), str(folder / "codes")) == 1
    number = dict(zip(HEADER, student(1), strict=True))["学号"]
    assert machine.out.startswith(f"{number}\t学")
    assert "采集码读不出来" in machine.out
    assert machine.run("photos", "decode", str(folder / "bad"), str(folder / "codes")) == 1 and "bad" in machine.err
    pictures = folder / "set"
    pictures.mkdir()
    (pictures / f"{number}.jpg").write_bytes(photo(1))
    assert machine.run("import", "photos", str(pictures), "--kind", "graduation") == 0 and "写入完成" in machine.out
    with connected():
        assert GraduationPhoto.get().record == record
