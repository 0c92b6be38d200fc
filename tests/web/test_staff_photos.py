"""学历照片 in the browser: brought in, looked at beside the admission photo, decided, replaced; and the student's own code."""

import re
from io import BytesIO

import pytest
from PIL import Image

from tests.desk import Desk
from tests.graduation import bring, current, named, packed, photo
from tests.pages import counted
from tests.people import make_account, make_school
from webapp.domain import clock, records
from webapp.domain.permissions import SYSTEM
from webapp.domain.photos import collection
from webapp.domain.refused import Refused
from webapp.models.desk import Export
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.journal import Event
from webapp.models.records import Record


@pytest.fixture
def officer(person, world, school):
    return world.log_in(person(), school.staff("ni"))


@pytest.fixture
def desk(world, school):
    return Desk(world, school)


@pytest.mark.req("SCH-16", "IMG-12", "IMG-13")
def test_an_officer_brings_a_set_in_and_reads_which_rule_each_file_breaks(officer, world, school):
    one, two, three = school.records[:3]
    files = {
        named(one): photo(1),
        named(two): photo(2, dpi=(72, 72)),
        named(three): photo(3, ground=(30, 110, 40)),
        "x.jpg": photo(4),
    }
    officer.visit("/staff/import").follow("导入学历照片").attach("文件", "学历照片.zip", packed(files)).press("上传并检查")
    world.work()
    officer.visit(officer.path).sees(
        "等你确认", "不合格", "没有学号、考生号或证件号码是这个文件名的学生", "照片标注 72 dpi，应为 300"
    )
    officer.press("确认，写入 2 张照片")
    world.work()
    officer.visit(officer.path).follow("看学历照片").sees(three.name, "背景", "未检查").sees_not(one.name)
    officer.follow("待校对").sees(one.name).sees_not(three.name)


@pytest.mark.req("IMG-14", "IMG-19")
def test_a_person_decides_with_both_pictures_and_each_look_is_history(officer, desk, school):
    record = school.records[0]
    bring(desk, {named(record): photo(1)})
    GraduationPhoto.update(state="doubtful", likeness=20).execute()
    officer.visit("/staff/photos?state=doubtful").follow(record.name).sees(
        "疑似非本人", "20 / 100", "清晰度", "人脸数", "未检查"
    )
    kept = current(record)
    answer = officer.client.get(f"/staff/photos/{kept.key}/picture.jpg")
    assert answer.data.startswith(b"\xff\xd8") and answer.headers["Cache-Control"] == "no-store"
    assert Event.select().where((Event.action == "picture.look") & (Event.object == f"upload:{kept.upload.key}")).count() == 1
    officer.press("退回重采")
    assert officer.status == 422 and officer.errors() == ["写明原因"]
    officer.press("同一人").sees("待校对").sees_not("退回重采")


@pytest.mark.req("IMG-16", "SCH-16")
def test_one_photo_is_replaced_by_hand_until_the_publication(officer, world, desk, school):
    record = school.records[0]
    bring(desk, {named(record): photo(1)})
    before = current(record)
    officer.visit(f"/staff/photos/{before.key}").follow("换一张照片").attach("照片", "a.jpg", photo(2)).press("上传并检查")
    world.work()
    officer.visit(officer.path).press("确认，写入 1 张照片")
    world.work()
    after = current(record)
    assert after != before and GraduationPhoto.get_by_id(before.id).state == "replaced"
    Record.update(published=clock.now()).where(Record.id == record.id).execute()
    officer.visit(f"/staff/photos/{after.key}").sees("已对外公布，不得变更")
    assert officer.page.find("button", string="换一张照片").has_attr("disabled")
    token = officer.token()
    officer.client.post(f"/staff/photos/{after.key}/replace", data={"csrf_token": token, "file": (BytesIO(photo(3)), "b.jpg")})
    assert current(record) == after


@pytest.mark.req("SCH-16")
def test_the_photographers_list_is_logged_and_names_class_and_reason(officer, desk, school):
    record = school.records[0]
    bring(desk, {named(record): photo(3, ground=(30, 110, 40))})
    officer.visit("/staff/photos").press("下载要重拍的名单")
    assert officer.answer.data.startswith(b"PK")
    assert [(one.kind, one.reason, one.rows) for one in Export.select()] == [("photos", "retake", 1)]


@pytest.mark.req("IMG-19", "SYS-09")
def test_another_school_finds_neither_list_nor_photo(person, world, desk, school):
    other = make_school("88888", "白沙学院")
    record = school.records[0]
    bring(desk, {named(record): photo(3, ground=(30, 110, 40))})
    stranger = world.log_in(person(), other.staff("ni-88888"))
    stranger.visit("/staff/photos").sees("这里没有照片")
    for path in ("", "/picture.jpg", "/admission.jpg", "/replace"):
        assert stranger.visit(f"/staff/photos/{current(record).key}{path}").status == 404
    assert world.log_in(person(), school.staff("xinxi")).visit("/staff/photos").status == 403


def test_the_list_asks_the_database_as_often_for_one_as_for_many(officer, desk, school):
    bring(desk, {named(one): photo(3, ground=(30, 110, 40)) for one in school.records[:1]})
    few = _cost(officer)
    bring(desk, {named(one): photo(3, ground=(30, 110, 40)) for one in school.records[1:9]})
    assert _cost(officer) == few


def _cost(officer) -> int:
    """Reads of one visit; the least of three, because settings are read once a second."""
    costs = []
    for _ in range(3):
        with counted() as cost:
            officer.visit("/staff/photos").sees("不合格")
        costs.append(cost.reads)
    return min(costs)


@pytest.fixture
def student(person, world, school):
    record = school.records[0]
    account = make_account(record, "13800000001")
    records.bind(account)
    records.pass_gate(account, school.unit.name)
    return world.log_in(person(), account)


@pytest.mark.req("IMG-15")
def test_the_code_says_the_number_to_who_has_the_schools_key_and_nothing_to_others(student, world, school):
    record = school.records[0]
    student.visit(f"/records/{record.key}").follow("查看图像采集码").sees("图像采集码", "2027 采集年度")
    with Image.open(BytesIO(student.client.get(f"/records/{record.key}/collection.png").data)) as shown:
        assert shown.format == "PNG"
    told = collection.code(record)
    assert not re.search(f"{record.student_number}|{record.name}|{record.document}", told)
    key = collection.key(school.unit, 2027, SYSTEM)
    seen = collection.read(told, key)
    assert seen == (record.student_number, "林*溪", f"1*****{record.document[-1]}")
    other = make_school("88888", "白沙学院")
    for wrong in (collection.key(school.unit, 2026, SYSTEM), collection.key(other.unit, 2027, SYSTEM)):
        with pytest.raises(Refused, match="collection_code"):
            collection.read(told, wrong)
    with pytest.raises(Refused, match="collection_code"):
        collection.read(told.replace("2027", "2028"), key)
    with pytest.raises(Refused, match="collection_key"):
        collection.read(told, "not a key")
    world.wait(days=300)
    assert collection.code(record).startswith("XDC1.99999.2028.")


@pytest.mark.req("IMG-19")
def test_the_holder_alone_opens_her_photo(student, person, world, desk, school):
    record = school.records[0]
    assert student.visit(f"/records/{record.key}/graduation.jpg").status == 404
    bring(desk, {named(record): photo(1)})
    answer = student.client.get(f"/records/{record.key}/graduation.jpg")
    assert answer.data.startswith(b"\xff\xd8") and answer.headers["Cache-Control"] == "no-store"
    classmate = make_account(school.records[1], "13800000002")
    records.bind(classmate)
    records.pass_gate(classmate, school.unit.name)
    other = world.log_in(person(), classmate)
    for path in ("graduation.jpg", "collection", "collection.png"):
        assert other.visit(f"/records/{record.key}/{path}").status == 404
