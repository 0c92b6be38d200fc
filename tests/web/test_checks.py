"""The self-check as the student meets it: seen when opened, confirmed or reported with one press, and its receipt."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from tests.people import School, make_account
from tests.person import Person
from tests.web.test_records import XI, enter
from tests.world import World
from webapp.domain import checks, clock, permissions, reported
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.jobs import retention
from webapp.models.checks import Check, Report, ReportedFile
from webapp.models.journal import Event
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.school import Campaign
from webapp.providers.files import Files

Visitors = Callable[..., Person]


def at_record(world: World, school: School, who: Person) -> Person:
    """Logged in, past the gate, the record open."""
    record = school.record(XI)
    return enter(world, who, make_account(record, "13800000001")).visit(f"/records/{record.key}")


def check_of(school: School) -> Check:
    return Check.get(Check.record == school.record(XI))


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (300, 400), "navy").save(out, "JPEG")
    return out.getvalue()


@pytest.mark.req("CHK-02", "CHK-05")
def test_opening_counts_and_confirming_is_kept_apart(world: World, school: School, person: Visitors) -> None:
    me = at_record(world, school, person())
    assert (check_of(school).state, check_of(school).seen, check_of(school).confirmed) == ("seen", clock.now(), None)
    world.wait(minutes=3)
    me.press("全部正确，确认").sees("自查完成，全部正确", "2026 年 11 月 16 日 10:03", "林*溪", "2026010101", "计应 2602 班")
    me.sees_not("1*****", "11010520080512")
    assert check_of(school).confirmed == clock.now()
    assert [event.action for event in Event.select().where(Event.object == f"check:{check_of(school).key}")] == [
        "check.see",
        "check.confirm",
    ]


@pytest.mark.req("CHK-05")
def test_confirming_twice_confirms_once(world: World, school: School, person: Visitors) -> None:
    me = at_record(world, school, person())
    path = me.path
    me.press("全部正确，确认")
    me.visit(path).post(path, {"answer": "right"}).sees("自查完成")
    assert Event.select().where(Event.action == "check.confirm").count() == 1


@pytest.mark.req("CHK-03", "CHK-05", "CHK-06")
def test_a_wrong_field_goes_to_the_school_with_its_right_value(world: World, school: School, person: Visitors) -> None:
    me = at_record(world, school, person())
    me.tick("有误 专业").fill("正确的专业", "计算机网络技术").tick("有误 录取照片")
    me.fill("补充说明", "录取通知书上写的是网络技术").press("提交勾选的问题")
    me.sees("已反馈，学校处理中", "专业：计算机网络技术", "录取照片", "录取通知书上写的是网络技术")
    assert check_of(school).state == "reported"
    assert [(row.field, row.right) for row in Report.get().fields] == [("major", "计算机网络技术"), ("photo", None)]
    assert "全部正确" not in me.text


@pytest.mark.req("CHK-05")
def test_photos_come_along_and_are_cleaned(world: World, school: School, person: Visitors) -> None:
    me = at_record(world, school, person())
    me.tick("有误 民族").fill("正确的民族", "回族").attach("证明的照片", "证件.jpg", picture()).press("提交勾选的问题")
    me.sees("已反馈")
    assert Upload.get().state == "raw"
    world.work()
    upload = ReportedFile.get().upload
    assert (upload.state, upload.media, upload.expires) == ("clean", "image/jpeg", None)


def test_a_photo_that_no_report_names_is_shredded(world: World, school: School) -> None:
    files = Files(world.worker.outside.storage)
    upload = files.keep(picture(), "report_file", expires=clock.now() + reported.UNNAMED)
    world.wait(hours=71)
    retention.purge(world.worker.outside)
    assert files.read(Upload.get())
    world.wait(hours=2)
    retention.purge(world.worker.outside)
    assert (Upload.get().state, Upload.get().wrapped_key) == ("shredded", None)
    assert upload.name not in set(world.worker.outside.storage.names())


@pytest.mark.req("CHK-05")
def test_what_is_no_photo_is_refused_and_nothing_typed_is_lost(world: World, school: School, person: Visitors) -> None:
    me = at_record(world, school, person())
    me.tick("有误 民族").fill("正确的民族", "回族").attach("证明的照片", "a.jpg", b"<svg onload=alert(1)>").press(
        "提交勾选的问题"
    )
    assert (me.status, me.errors()) == (422, ["照片要 JPG、PNG、HEIC 或 WebP"])
    assert me.value("正确的民族") == "回族"
    assert me.page.find("input", attrs={"name": "wrong", "value": "ethnic"}).has_attr("checked")
    assert Upload.select().count() == 0


@pytest.mark.req("CHK-05")
def test_the_errors_of_a_report(world: World, school: School, person: Visitors) -> None:
    me = at_record(world, school, person())
    path = me.path
    me.press("提交勾选的问题")
    assert (me.status, me.errors()) == (422, ["还没有勾选，哪一项不对就勾哪一项"])
    me.visit(path).tick("有误 专业").press("提交勾选的问题")
    assert me.errors() == ["填写正确的专业"]
    me.visit(path).tick("有误 专业").fill("正确的专业", "网" * 101).press("提交勾选的问题")
    assert me.errors() == ["正确的专业最多 100 字"]
    me.visit(path).tick("有误 专业").fill("正确的专业", "网络").fill("补充说明", "长" * 203).press("提交勾选的问题")
    assert me.errors() == ["说明最多 200 字，多了 3 字"]
    me.visit(path).tick("有误 专业").fill("正确的专业", "网络").press("全部正确，确认")
    assert me.status == 422
    me.sees("你勾选了有误的项目")
    assert me.value("正确的专业") == "网络"
    me.visit(path).post(path, {"answer": "wrong", "wrong": "status", "right_status": "B1"})
    assert me.status == 422
    assert check_of(school).state == "seen"
    assert Report.select().count() == 0


@pytest.mark.req("CHK-05")
def test_six_photos_are_too_many(world: World, school: School, visitor: Visitors) -> None:
    me = at_record(world, school, visitor())
    token = me.token()
    files = [("files", (BytesIO(picture()), f"{n}.jpg")) for n in range(6)]
    data = {"csrf_token": token, "answer": "wrong", "wrong": "major", "right_major": "网络", "files": [one for _, one in files]}
    answer = me.client.post(me.path, data=data, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "照片最多 5 张" in answer.get_data(as_text=True)
    assert Upload.select().count() == 0


@pytest.mark.req("CHK-05")
def test_a_report_sent_twice_stands_once(world: World, school: School, visitor: Visitors) -> None:
    me = at_record(world, school, visitor())
    same = {"answer": "wrong", "wrong": "major", "right_major": "网络"}
    path = me.path
    me.post(path, same).sees("已反馈")
    me.post(path, same).sees("已反馈")
    me.post(path, {**same, "right_major": "别的"})
    assert me.status == 422
    me.sees("你已经反馈过")
    assert me.visit(path).post(path, {"answer": "right"}).status == 422
    assert Report.select().count() == 1


@pytest.mark.req("CHK-06")
@pytest.mark.parametrize(("outcome", "words"), [("fixed", "已更正，再核对一遍"), ("kept", "不予更正")])
def test_the_student_sees_the_answer_and_confirms(
    world: World, school: School, person: Visitors, outcome: str, words: str
) -> None:
    me = at_record(world, school, person())
    path = me.path
    me.tick("有误 专业").fill("正确的专业", "网络").press("提交勾选的问题")
    reported.answer(Report.get(), SYSTEM, school.staff("ni"), outcome, "以录取名册为准")
    me.visit(path).sees(words, "以录取名册为准").press("全部正确，确认").sees("自查完成")


@pytest.mark.req("CHK-07")
def test_after_the_end_the_page_still_opens_and_says_late(world: World, school: School, person: Visitors) -> None:
    account = make_account(school.record(XI), "13800000001")
    me = person()
    enter(world, me, account)
    world.wait(days=5)
    me = world.log_in(me, account).visit(f"/records/{school.record(XI).key}").sees("已逾期", "后果由学生本人承担")
    assert check_of(school).state == "seen"
    me.press("全部正确，确认").sees("已逾期", "自查完成")


@pytest.mark.req("CHK-07", "CHK-02")
def test_before_the_start_the_consequence_is_told_and_nothing_counts(world: World, school: School, visitor: Visitors) -> None:
    Campaign.update(starts=clock.today() + timedelta(days=2)).execute()
    me = at_record(world, school, visitor())
    me.sees("11 月 18 日开始", "后果由学生本人承担").sees_not("全部正确，确认")
    assert check_of(school).state == "unseen"
    assert me.post(me.path, {"answer": "right"}).status == 422
    assert me.visit(f"{me.path}/receipt").heading == "学籍信息"


@pytest.mark.req("CHK-02")
def test_without_a_campaign_the_record_is_there_to_read(world: World, school: School, visitor: Visitors) -> None:
    Check.delete().execute()
    me = at_record(world, school, visitor())
    me.sees("2026010101").sees_not("全部正确，确认")
    assert me.post(me.path, {"answer": "right"}).status == 404


@pytest.mark.req("CHK-11")
def test_who_is_exempt_is_told_so(world: World, school: School, visitor: Visitors) -> None:
    Check.update(state="exempt").execute()
    at_record(world, school, visitor()).sees("免查").sees_not("全部正确，确认")


@pytest.mark.req("CHK-17")
def test_a_moved_deadline_is_shown(world: World, school: School, visitor: Visitors) -> None:
    Check.update(held_days=3).execute()
    at_record(world, school, visitor()).sees("11 月 23 日 24:00 前完成", "期限已顺延 3 天")


def test_one_cannot_confirm_for_another(world: World, school: School) -> None:
    account = make_account(school.record("何苗"), "13800000002")
    Record.update(account=account).where(Record.id == school.record("何苗").id).execute()
    with pytest.raises(Refused, match="not_allowed"):
        checks.confirm(check_of(school), permissions.student(account.key))
