"""Admission photos find their students by number; nothing is tied before the officer confirms."""

import json
import zipfile
from io import BytesIO

import pytest

from tests.desk import Desk, fresh
from tests.providers import pictures
from webapp import outside
from webapp.domain.imports import batches
from webapp.domain.refused import Refused
from webapp.models.imports import Finding
from webapp.models.photos import Upload
from webapp.providers.files import Files


@pytest.fixture
def desk(world, school):
    return Desk(world, school)


def portrait(width=300, height=400, kind="JPEG"):
    picture = pictures.noise(width, height)
    return pictures.file(picture, kind)


def packed(files):
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def upload(desk, files):
    return desk.upload(packed(files), name="照片.zip", kind=batches.PHOTOS)


@pytest.mark.req("IMG-23")
def test_photos_are_found_by_student_number_examinee_number_and_document(desk):
    first, second, third = desk.school.records[:3]
    files = {f"{first.student_number}.jpg": portrait(), f"{second.exam_number}.PNG": portrait(kind="PNG")}
    batch = upload(desk, {**files, f"{third.document}.jpeg": portrait()})
    assert (batch.state, batches.counts(batch)) == ("preview", {"new": 3, "missing": 9})
    assert all(type(one).by_key(one.key).photo is None for one in (first, second, third))
    batch = desk.confirm(batch)
    assert batch.state == "applied"
    for one in (first, second, third):
        photo = type(one).by_key(one.key).photo
        assert (photo.purpose, photo.state, photo.media, photo.expires) == ("admission_photo", "clean", "image/jpeg", None)
    assert Files(outside(desk.world.settings).storage).read(photo).startswith(b"\xff\xd8\xff")


@pytest.mark.req("IMG-23")
def test_what_does_not_fit_is_told_file_by_file_and_left_out(desk):
    one, two, three, four = desk.school.records[:4]
    files = {
        f"{one.student_number}.jpg": portrait(),
        f"{one.exam_number}.jpg": portrait(),
        f"{two.student_number}.jpg": b"\xff\xd8\xff" + bytes(100),
        f"{three.student_number}.jpg": b"GIF89a" + bytes(6000),
        f"{four.student_number}.jpg": portrait(400, 300),
        "谁.jpg": portrait(),
    }
    batch = upload(desk, files)
    assert batches.counts(batch) == {"new": 1, "wrong": 5, "missing": 11}
    found = Finding.select().where((Finding.batch == batch) & (Finding.group == "wrong")).order_by(Finding.id)
    codes = ["photo_double", "photo_size", "photo_kind", "photo_landscape", "photo_unmatched"]
    assert [finding.code for finding in found] == codes


@pytest.mark.req("IMG-23")
def test_the_same_photos_twice_change_nothing_and_another_replaces(desk):
    record = desk.school.records[0]
    photo = portrait()
    desk.confirm(upload(desk, {f"{record.student_number}.jpg": photo}))
    again = upload(desk, {f"{record.student_number}.jpg": photo})
    assert batches.counts(again)["same"] == 1 and batches.to_write(batches.counts(again)) == 0
    before = type(record).by_key(record.key).photo
    desk.confirm(upload(desk, {f"{record.student_number}.jpg": portrait(330, 440)}))
    assert type(record).by_key(record.key).photo != before
    assert Upload.get(Upload.id == before.id).expires is not None


def test_an_id_number_in_a_file_name_is_shown_masked(desk):
    batch = upload(desk, {"110105200901010016.jpg": portrait()})
    finding = Finding.get(Finding.batch == batch)
    assert finding.sheet == "1*****6.jpg" and json.loads(finding.value)["value"] == "1*****6.jpg"


def test_photos_are_replaced_and_not_taken_back(desk):
    batch = desk.confirm(upload(desk, {f"{desk.school.records[0].student_number}.jpg": portrait()}))
    with pytest.raises(Refused, match="import_no_undo"):
        batches.undo(batch, desk.actor)


@pytest.mark.parametrize(("files", "code"), [({}, "import_no_photos"), ({"../x.jpg": b"x"}, "photos_path")])
def test_a_set_without_photos_or_with_a_bad_path_fails_with_a_sentence(desk, files, code):
    batch = upload(desk, files)
    assert (batch.state, json.loads(fresh(batch).fault)["code"]) == ("failed", code)
