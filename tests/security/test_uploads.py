"""Files that mean harm, through the forms that take files: a sentence for the sender, and nothing of theirs kept or run."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from flask import Flask
from PIL import Image

from tests.security.forms import WAYS
from tests.security.test_inputs import sane
from tests.security.town import Town, make_town
from tests.world import World
from webapp.models.checks import Report
from webapp.models.imports import Batch
from webapp.models.journal import Job
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.providers.files import Files

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {one} "{f"&{before};" * 10}">' for before, one in zip("abcdefgh", "bcdefghi", strict=True))
    + ']><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>&i;</sheetData></worksheet>'
)
OUTSIDE = LAUGHS.replace('<!ENTITY a "ha">', '<!ENTITY a SYSTEM "file:///etc/passwd">')


@pytest.fixture
def town(app: Flask, world: World) -> Town:
    return make_town(app, world)


def zipped(**members: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as book:
        for name, data in members.items():
            book.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


def jpeg(size: tuple[int, int] = (600, 400), **options: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (90, 120, 200)).save(out, "JPEG", **options)
    return out.getvalue()


TABLES = {
    "empty.csv": b"",
    "nothing.csv": b"\0" * 5000,
    "page.xls": b"<html><script>x</script><table><tr><td>1</td></tr></table></html>",
    "cut.xlsx": zipped(xl__workbook_dot_xml=b"<workbook/>")[:-30],
    "no-book.xlsx": zipped(a_dot_txt=b"x"),
    "laughs.xlsx": zipped(xl__workbook_dot_xml=b"<workbook/>", xl__worksheets__sheet1_dot_xml=LAUGHS.encode()),
    "outside.xlsx": zipped(xl__workbook_dot_xml=b"<workbook/>", xl__worksheets__sheet1_dot_xml=OUTSIDE.encode()),
    "bomb.xlsx": zipped(xl__worksheets__sheet1_dot_xml=b"0" * (64 << 20)),
    "../../../tmp/x.csv": "学号,姓名\n1,<x-evil>\n".encode(),
    "x.csv\r\nX-Evil: 1": b"\xff\xfe\xff",
    "长" * 300 + ".csv": b"a,b\n" * 10,
    "wide.csv": b",".join(b"h%d" % n for n in range(500)) + b"\n",
    "image.csv": jpeg(),
}


@pytest.mark.req("SCH-03", "SCH-05")
def test_no_hostile_roster_or_archive_writes_anything(town: Town) -> None:
    records, tried = Record.select().count(), 0
    for what in ("new", "photos", "graduation"):
        officer = town.person("officer")
        for name, data in TABLES.items():
            officer.visit(f"/staff/import/{what}")
            sent = {"csrf_token": officer.token(), "kind": "enrolment", "file": (BytesIO(data), name)}
            answer = officer.client.post(f"/staff/import/{what}", data=sent, content_type="multipart/form-data")
            sane(answer, f"{what} {name}")
            town.world.work()
            if answer.status_code == 303:
                officer.visit(answer.headers["Location"])
                sane(officer.answer, f"{what} {name}")
                assert officer.page.find("x-evil") is None and "root:" not in officer.html
            tried += 1
    assert tried == 3 * len(TABLES) and Record.select().count() == records
    assert not Batch.select().where(Batch.state.in_(("uploaded", "reading", "applying"))).exists(), "one waits for ever"
    assert not Job.select().where(Job.state == "failed").exists()


PHOTOS = {
    "drawing.jpg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>',
    "page.jpg": b"<!doctype html><x-evil>",
    "empty.jpg": b"",
    "script.png": b"\x89PNG\r\n\x1a\n<?php system($_GET[0]); ?>",
    "cut.jpg": jpeg()[:200],
    "both.jpg": jpeg() + zipped(evil_dot_html=b"<x-evil>") + b"<script>x-evil-behind</script>",
    "told.jpg": jpeg(exif=Image.Exif(), comment=b"<script>x-evil-inside</script>"),
    "wide.jpg": jpeg((20_000, 1)),
    "../../x.jpg": jpeg(),
    "a.jpg\x00.php": jpeg(),
    "\u202egpj.exe": jpeg(),
}


@pytest.mark.req("CHK-05", "SYS-13")
def test_a_photo_of_a_report_is_kept_as_a_picture_or_not_at_all(town: Town) -> None:
    for name, data in PHOTOS.items():
        student = WAYS["student: checking"](town).visit(town.checking()[1])
        sent = {"csrf_token": student.token(), "wrong": "photo", "files": (BytesIO(data), name)}
        answer = student.client.post(student.path, data=sent, content_type="multipart/form-data")
        sane(answer, name)
    town.world.work()
    files = Files(town.world.worker.outside.storage)
    for upload in Upload.select().where(Upload.purpose == "report_file"):
        assert upload.state in ("clean", "refused"), upload.state
        if upload.state == "clean":
            kept = files.read(upload)
            assert kept.startswith(b"\xff\xd8\xff") and b"x-evil" not in kept and b"PK\x03\x04" not in kept
            assert Image.open(BytesIO(kept)).getexif() == {}


def test_photos_that_no_report_can_carry_are_not_stored(town: Town) -> None:
    """A student with a report that waits could else fill the disk for three days, 75 MB at a time."""
    student = town.person("student_a")
    record = f"/records/{town.things['near']['record']}"
    before = Upload.select().count(), Report.select().count()
    for _ in range(3):
        photos = [(BytesIO(jpeg()), f"{n}.jpg") for n in range(5)]
        sent = {"csrf_token": student.visit("/").token(), "wrong": "photo", "files": photos}
        assert student.client.post(record, data=sent, content_type="multipart/form-data").status_code == 422
    assert (Upload.select().count(), Report.select().count()) == before
