"""学历照片 come in, are held against the standard and the admission photo, and a person decides about doubtful ones."""

import json
from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from tests.desk import Desk, fresh
from tests.graduation import bring, current, head, named, packed, photo, upload
from tests.people import make_account, make_school
from tests.providers.pictures import file
from webapp.domain import clock, defaults, sessions
from webapp.domain.imports import batches
from webapp.domain.permissions import SYSTEM
from webapp.domain.photos import deciding, importing, listing, standard
from webapp.domain.photos.lifecycle import PHOTO
from webapp.domain.refused import Refused
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.imports import Finding
from webapp.models.messages import Notice
from webapp.models.photos import Upload
from webapp.models.records import Record


@pytest.fixture
def desk(world, school):
    return Desk(world, school)


def wrong(batch):
    """Code of each file that was left out, by its name."""
    found = Finding.select().where((Finding.batch == batch) & (Finding.group == "wrong"))
    return {finding.sheet: finding.code for finding in found}


@pytest.mark.req("SCH-16")
def test_photos_find_their_students_by_three_numbers_and_count_once_confirmed(desk):
    first, second, third = desk.school.records[:3]
    files = {named(first): photo(1), f"{second.exam_number}.JPG": photo(2), f"班级一/{third.document}.jpg": photo(3)}
    batch = upload(desk, files)
    assert (batch.state, batches.counts(batch)["new"], GraduationPhoto.select().count()) == ("preview", 3, 0)
    assert desk.confirm(batch).state == "applied"
    for one in (first, second, third):
        kept = current(one)
        assert (kept.state, kept.upload.state, kept.upload.expires, kept.batch_id) == ("waiting", "clean", None, batch.id)
    with Image.open(BytesIO(desk.files.read(current(first).upload))) as stored:
        assert (stored.format, stored.size, stored.info["dpi"]) == ("JPEG", (480, 640), (300, 300))


@pytest.mark.req("IMG-12", "SCH-16")
def test_each_broken_rule_is_named_and_the_file_left_out(desk):
    records = desk.school.records
    exif = Image.Exif()
    exif[0x011A], exif[0x0128] = 72.0, 2
    files = {
        "谁.jpg": photo(1),
        named(records[0]): photo(1),
        f"{records[0].exam_number}.jpg": photo(2),
        named(records[1]): photo(3, size=(240, 320), quality=92, subsampling=0),
        named(records[2]): photo(4, dpi=(96, 96)),
        named(records[3]): photo(5, exif=exif),
        named(records[4]): photo(6, quality=12),
        named(records[5]): file(head(7), "PNG"),
        named(records[6]): file(head(8).convert("L"), quality=93, dpi=(300, 300)),
        named(records[7]): photo(9)[:-8000],
    }
    batch = upload(desk, files)
    assert wrong(batch) == {
        "谁.jpg": "photo_unmatched",
        f"{records[0].exam_number}.jpg": "photo_double",
        named(records[1]): "photo_pixels",
        named(records[2]): "photo_dpi",
        named(records[3]): "photo_dpi_lies",
        named(records[4]): "photo_weight",
        named(records[5]): "photo_weight",
        named(records[6]): "photo_depth",
        named(records[7]): "image_unreadable",
    }
    assert batches.counts(batch)["new"] == 1


@pytest.mark.req("SCH-16")
@pytest.mark.parametrize("name", ["../1.jpg", "/1.jpg", "a/../../1.jpg", "c:\\1.jpg"])
def test_a_path_that_leads_outside_refuses_the_whole_set(desk, name):
    batch = upload(desk, {name: photo(1)})
    assert (batch.state, json.loads(batch.fault)["code"]) == ("failed", "photos_path")


@pytest.mark.req("SCH-16")
def test_a_bomb_is_not_unpacked(desk):
    batch = upload(desk, {"1.jpg": b"\xff\xd8\xff" + bytes(30 << 20)})
    assert (batch.state, json.loads(batch.fault)["code"]) == ("failed", "photos_bomb")


@pytest.mark.req("IMG-13", "IMG-12")
def test_the_checks_stand_with_their_numbers_and_a_face_nobody_looked_for_is_unchecked(desk):
    first, second = desk.school.records[:2]
    bring(desk, {named(first): photo(1), named(second): photo(2, quality=90)})
    checks = standard.read(current(first).standard)
    assert list(checks) == list(standard.CHECKS)
    assert (checks["background"], checks["dpi"], checks["depth"]) == (("ok", 100), ("ok", 300), ("ok", 24))
    assert checks["sharpness"][0] == "ok" and checks["sharpness"][1] > 110
    assert all(checks[check] == ("unchecked", None) for check in ("faces", "hairline", "eyes", "face_width", "tilt"))
    assert standard.read(current(second).standard)["weight"][0] == "warn"


@pytest.mark.req("IMG-13")
def test_a_picture_of_something_else_is_kept_as_failing_for_a_person_to_judge(desk):
    """A cat would do as well: whatever has no plain background fails, with the [face] extra or without."""
    record, actor = desk.school.records[0], desk.actor
    batch = upload(desk, {named(record): photo(3, ground=(30, 110, 40))})
    assert batches.counts(batch)["failing"] == 1 and batches.to_write(batches.counts(batch)) == 1
    desk.confirm(batch)
    kept = current(record)
    assert kept.state == "failing" and "background" in standard.failed(standard.read(kept.standard))
    (again,) = listing.again(actor.grants, desk.school.unit)
    assert (again.name, again.klass, standard.failed(again.checks)[0]) == (record.name, record.klass.name, "background")
    with pytest.raises(Refused, match="photo_reason"):
        deciding.accept(kept, actor, "  ")
    deciding.accept(kept, actor, "外国学生，背景按证件照标准")
    assert (current(record).state, current(record).answer) == ("waiting", "外国学生，背景按证件照标准")


@pytest.mark.req("IMG-14")
def test_the_admission_photo_handed_in_again_is_refused_however_it_was_edited(desk):
    first, second, third = desk.school.records[:3]
    admission = {named(one): file(head(n).resize((300, 400)), quality=95) for n, one in enumerate((first, second, third))}
    desk.confirm(desk.upload(packed(admission), name="录取.zip", kind=batches.PHOTOS))
    cut = head(1).crop((14, 19, 466, 621)).resize((480, 640)).point(lambda shade: min(255, int(shade * 1.1)))
    files = {named(first): photo(0), named(second): file(cut, quality=80, dpi=(300, 300)), named(third): photo(7)}
    batch = upload(desk, files)
    assert wrong(batch) == {named(first): "photo_same", named(second): "photo_same"}
    assert batches.counts(batch)["new"] == 1


@pytest.mark.req("IMG-14")
def test_a_low_likeness_is_for_a_person_and_never_refused(desk):
    record = desk.school.records[0]
    desk.confirm(upload(desk, {named(record): photo(1)}))
    checks = standard.read(current(record).standard)
    assert [standard.first_state(checks, one) for one in (None, 80, 10)] == ["pass", "pass", "doubt"]
    GraduationPhoto.update(state="doubtful", likeness=10).execute()
    with pytest.raises(Refused, match="not_allowed"):
        deciding.same(current(record), sessions.staff_actor(desk.school.staff("xinxi")))
    deciding.same(current(record), desk.actor)
    assert current(record).state == "waiting"


@pytest.mark.req("IMG-14")
def test_a_photo_sent_back_is_replaced_and_both_times_the_holder_is_told(desk, world):
    record = desk.school.records[0]
    account = make_account(record, "13800000001")
    Record.update(account=account).where(Record.id == record.id).execute()
    bring(desk, {named(record): photo(1)})
    GraduationPhoto.update(state="doubtful").execute()
    deciding.send_back(current(record), desk.actor, "不是同一个人")
    assert current(record).state == "returned"
    bring(desk, {named(record): photo(2)})
    assert current(record).state == "waiting"
    GraduationPhoto.update(state="right").where(GraduationPhoto.current).execute()
    bring(desk, {named(record): photo(3)})
    assert [photo.state for photo in listing.of(desk.actor.grants, record)] == ["waiting", "replaced", "replaced"]
    assert [one.template for one in Notice.select().order_by(Notice.id)] == ["photo_retake", "photo_replaced"]
    assert Upload.select().where((Upload.purpose == "graduation_photo") & Upload.expires.is_null(False)).count() == 2


def test_a_failing_photo_does_not_take_a_good_one_s_place_and_the_same_one_changes_nothing(desk):
    record = desk.school.records[0]
    bring(desk, {named(record): photo(1)})
    batch = upload(desk, {named(record): photo(2, ground=(20, 90, 30))})
    assert wrong(batch) == {named(record): "photo_worse"}
    again = upload(desk, {named(record): photo(1)})
    assert batches.counts(again)["same"] == 1 and batches.to_write(batches.counts(again)) == 0


@pytest.mark.req("IMG-16")
def test_nothing_replaces_a_photo_once_the_qualification_is_published(desk):
    first, second = desk.school.records[:2]
    bring(desk, {named(first): photo(1), named(second): photo(2)})
    PHOTO.move(current(first), "lock", SYSTEM)
    late = upload(desk, {named(second): photo(3)})
    Record.update(published=clock.now()).where(Record.id == second.id).execute()
    assert wrong(upload(desk, {named(first): photo(4), named(second): photo(5)})) == {
        named(first): "photo_published",
        named(second): "photo_published",
    }
    before = current(second).id
    desk.confirm(late)
    assert current(second).id == before


def test_a_picture_by_hand_is_named_so_that_it_finds_this_very_record(desk):
    first, second = desk.school.records[:2]
    assert importing.file_name(first) == named(first)
    Record.update(student_number=first.student_number, enrolled_on=date(2028, 9, 1)).where(Record.id == second.id).execute()
    assert importing.file_name(Record.get_by_id(first.id)) == f"{first.exam_number}.jpg"
    assert importing.file_name(Record.get_by_id(second.id)) == named(first)


@pytest.mark.req("IMG-19")
def test_another_school_neither_matches_nor_reads_nor_decides(desk):
    other = make_school("88888", "白沙学院")
    record = desk.school.records[0]
    bring(desk, {named(record): photo(1)})
    stranger = sessions.staff_actor(other.staff("ni-88888"))
    kept = current(record)
    assert listing.one(stranger.grants, kept.key) is None and listing.counts(stranger.grants) == {}
    GraduationPhoto.update(state="doubtful").execute()
    with pytest.raises(Refused, match="not_allowed"):
        deciding.send_back(kept, stranger, "不是")
    assert listing.one(desk.actor.grants, kept.key) == kept


@pytest.mark.req("IMG-12")
def test_the_numbers_of_the_standard_are_settings(desk):
    record = desk.school.records[0]
    defaults.change("img.background", "white", SYSTEM)
    batch = upload(desk, {named(record): photo(1)})
    assert batches.counts(batch)["failing"] == 1
    assert fresh(batch).state == "preview"
