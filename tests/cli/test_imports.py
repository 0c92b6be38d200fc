"""`xuedang import roster`: the same dry run and apply pass as in the browser."""

import pytest

from tests.cli.conftest import Machine
from tests.desk import HEADER, roster, student
from tests.providers import pictures
from webapp.cli.deployment import connected
from webapp.domain.imports import batches
from webapp.domain.permissions import SYSTEM
from webapp.models.imports import Batch
from webapp.models.records import Record


@pytest.fixture
def site(machine: Machine) -> Machine:
    machine.init()
    return machine


def written(site: Machine, data: bytes, name: str = "r.csv") -> str:
    path = site.folder.parent / name
    path.write_bytes(data)
    return str(path)


def records() -> int:
    with connected():
        return Record.select().count()


@pytest.mark.req("SCH-02", "SCH-05")
def test_a_dry_run_tells_and_writes_nothing(site: Machine) -> None:
    path = written(site, roster(student(1), student(2, 层次="本")))
    assert site.run("import", "roster", path, "--dry-run") == 1
    assert "新增\t1" in site.out and "有误\t1" in site.out and "-\t3\t层次\t本\t“本”不在可选的值里" in site.out
    assert records() == 0


@pytest.mark.req("SCH-02", "SCH-32")
def test_a_roster_comes_in_once(site: Machine) -> None:
    path = written(site, roster(student(1), student(2)))
    assert site.run("import", "roster", path) == 0 and "写入完成" in site.out
    assert site.run("import", "roster", path) == 0 and "相同\t2" in site.out and "写入完成" not in site.out
    assert records() == 2


@pytest.mark.req("SCH-02")
def test_unknown_columns_are_named_and_can_be_mapped(site: Machine) -> None:
    path = written(site, roster([*student(1), "x"], header=["编码一", *HEADER[1:], "其他"]))
    assert site.run("import", "roster", path) == 1 and "编码一、其他" in site.err and records() == 0
    assert site.run("import", "roster", path, "--map", "编码一=学号", "--map", "其他=") == 0
    assert records() == 1


@pytest.mark.req("SCH-32")
def test_a_change_of_key_fields_needs_a_reason_here_too(site: Machine) -> None:
    site.run("import", "roster", written(site, roster(student(1))))
    changed = written(site, roster(student(1, 姓名="学生改名")))
    assert site.run("import", "roster", changed) == 1 and "写明原因" in site.err
    assert site.run("import", "roster", changed, "--reason", "公安更名") == 0


def test_a_killed_import_goes_on_with_the_same_command(site: Machine) -> None:
    path = written(site, roster(student(1), student(2)))
    site.run("import", "roster", path, "--dry-run")
    with connected():
        batch = Batch.get()
        Batch.update(state="preview").where(Batch.id == batch.id).execute()
        batches.confirm(batch, SYSTEM)
    assert site.run("import", "roster", path) == 0
    assert records() == 2
    with connected():
        assert [one.state for one in Batch.select()] == ["applied"]


@pytest.mark.parametrize(("name", "data", "words"), [("no.csv", None, "文件已经不在了"), ("a.xlsx", b"%PDF", "这不是名册文件")])
def test_a_file_that_is_none_says_why(site: Machine, name: str, data: bytes | None, words: str) -> None:
    path = str(site.folder.parent / name) if data is None else written(site, data, name)
    assert site.run("import", "roster", path) == 1 and words in site.err


def test_what_a_killed_command_left_can_be_halted_so_that_another_file_comes_in(site: Machine) -> None:
    path = written(site, roster(student(1)))
    site.run("import", "roster", path, "--dry-run")
    with connected():
        Batch.update(state="preview").execute()
        batches.confirm(Batch.get(), SYSTEM)
    other = written(site, roster(student(2)), "other.csv")
    assert site.run("import", "roster", other) == 1 and "另一批正在写入" in site.err
    assert site.run("import", "stop") == 0 and "r.csv" in site.out
    assert site.run("import", "roster", other) == 0 and records() == 1
    assert site.run("import", "stop") == 1


@pytest.mark.req("IMG-23")
def test_photos_of_a_folder_find_their_students(site: Machine) -> None:
    site.run("import", "roster", written(site, roster(student(1), student(2))))
    folder = site.folder.parent / "photos"
    folder.mkdir()
    number = dict(zip(HEADER, student(1), strict=True))["学号"]
    for name in (f"{number}.jpg", "nobody.jpg"):
        (folder / name).write_bytes(pictures.file(pictures.noise(300, 400)))
    assert site.run("import", "photos", str(folder), "--dry-run") == 1
    assert "新增\t1" in site.out and "没有学号、考生号或证件号码是这个文件名的学生" in site.out and photos() == 0
    (folder / "nobody.jpg").unlink()
    assert site.run("import", "photos", str(folder)) == 0 and "写入完成" in site.out and photos() == 1
    assert site.run("import", "photos", str(folder)) == 0 and "相同\t1" in site.out and photos() == 1


@pytest.mark.req("IMG-23")
def test_a_place_without_photos_says_so(site: Machine) -> None:
    empty = site.folder.parent / "empty"
    empty.mkdir()
    assert site.run("import", "photos", str(empty)) == 1 and "里面没有照片" in site.err
    assert site.run("import", "photos", written(site, b"PK", "p.zip")) == 1 and "照片要打包成 ZIP" in site.err
    with connected():
        assert {one.state for one in Batch.select()} == {"failed"}


def photos() -> int:
    with connected():
        return Record.select().where(Record.photo.is_null(False)).count()
