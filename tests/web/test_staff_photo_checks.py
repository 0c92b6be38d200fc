"""图像校对 from the offices' side: the window, the board with its list, the college's summary, the office's answer."""

import pytest

from tests.graduation import given, window
from tests.pages import counted
from tests.people import make_account, make_school
from webapp.domain import clock, defaults, records, sessions
from webapp.domain.permissions import student
from webapp.domain.photos import checking, gathering
from webapp.domain.refused import Refused
from webapp.models.checks import Check
from webapp.models.desk import Export
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.journal import Event, Job
from webapp.models.messages import Notice
from webapp.models.school import Campaign


@pytest.fixture
def officer(person, world, school):
    return world.log_in(person(), school.staff("ni"))


@pytest.mark.req("IMG-22")
def test_the_officer_opens_a_window_with_class_season_and_earlier_students(officer, school):
    late = school.records[3]
    type(late).update(expected_on="2029-06-30").where(type(late).id == late.id).execute()
    before = Check.select().count(), Job.select().where(Job.name == "campaigns.call_up").count()
    officer.visit("/staff/campaigns").follow("安排图像校对").fill("名称", "2030 届夏季图像校对")
    officer.fill("届", "2030").fill("季", "夏季").fill("开始", "2026-11-16").fill("截止", "2026-12-01")
    officer.fill("有误的最迟哪天报", "2026-11-30").press("安排图像校对")
    assert officer.status == 422 and officer.errors() == ["报错的最后一天不能早于截止日期"]
    officer.fill("有误的最迟哪天报", "2026-12-20").press("安排图像校对")
    officer.sees("2030 夏季", "2026 年 12 月 20 日", "11 人", "正在进行").sees_not("开窗体检")
    made = Campaign.get(Campaign.kind == "photo")
    assert (made.year, made.season, str(made.corrections_until)) == (2030, "summer", "2026-12-20")
    officer.follow("修改图像校对").fill("另外加入的学生", late.student_number).press("保存修改").sees("12 人")
    assert before == (Check.select().count(), Job.select().where(Job.name == "campaigns.call_up").count())
    for page in ("documents", "rehearsal"):
        assert officer.visit(f"/staff/campaigns/{made.key}/{page}").status == 404
    assert officer.visit("/").sees("2026 级新生学籍自查").sees_not("2030 届夏季图像校对").status == 200


@pytest.mark.req("IMG-17")
def test_the_board_tells_each_state_by_college_and_class_and_leaves_as_a_list(officer, person, world, school):
    for n, state in enumerate(("right", "wrong", "collected", "waiting", "checking", "failing", "locked")):
        given(school.records[n], state, finished=clock.now() if state in ("right", "wrong", "collected") else None)
    GraduationPhoto.update(reasons='["text"]').where(GraduationPhoto.state == "wrong").execute()
    running = window(school.unit)
    officer.visit(f"/staff/progress?campaign={running.key}").sees("已校 3 / 应校 12 人", "已校，正确 1", "已校，有误 2")
    officer.sees("未校 3", "无照片 6")
    officer.follow("有误").sees(school.records[1].name, "照片上有文字", "学院已汇总").sees_not(school.records[0].name)
    officer.follow("信息工程学院").sees("计应 2601 班").follow("计应 2601 班").sees("应校 4 人")
    officer.follow("导出 Excel").tick("图像校对名单").tick("检查自查工作").press("导出")
    assert officer.answer.data.startswith(b"PK")
    assert [(one.kind, one.rows) for one in Export.select()] == [("photo_checks", 4)]
    counsellor = world.log_in(person(), school.staff("luo"))
    counsellor.visit(f"/staff/progress?campaign={running.key}").sees("应校 4 人")
    stranger = world.log_in(person(), make_school("88888", "白沙学院").staff("ni-88888"))
    assert stranger.visit(f"/staff/progress?campaign={running.key}").status == 404


@pytest.mark.req("IMG-17")
def test_the_board_asks_the_database_as_often_for_one_as_for_many(officer, school):
    running = window(school.unit)
    few = _cost(officer, running)
    for record in school.records:
        given(record)
    assert _cost(officer, running) == few


def _cost(officer, running) -> int:
    defaults.value("img.w")
    with counted() as cost:
        officer.visit(f"/staff/progress?campaign={running.key}").sees("应校 12 人")
    return cost.reads


@pytest.mark.req("IMG-08", "SYS-09")
def test_the_college_hands_on_what_is_wrong_and_the_office_answers(officer, person, world, school):
    window(school.unit)
    for n, record in enumerate(school.records[:3]):
        holder = make_account(record, f"1380000000{n}")
        records.bind(holder)
        actor = student(holder.key)
        photo = checking.start(given(record), actor)
        photo = checking.photo_is_wrong(photo, actor, ["text"], "左下角有字", False)
        checking.finish(checking.record_is_right(photo, actor), actor)
    mine, other = (school.records[0], school.records[2]), school.records[1]
    college = world.log_in(person(), school.staff("xinxi")).visit("/staff").follow("照片校对有误")
    college.sees(mine[0].name, mine[1].name, "照片上有文字", "左下角有字").sees_not(other.name)
    college.press("汇总上报 2 人").sees("已上报", mine[0].name)
    states = [one.state for one in GraduationPhoto.select().order_by(GraduationPhoto.id)]
    assert states == ["collected", "wrong", "collected"]
    assert Event.select().where(Event.action == "graduation_photo.collect").count() == 2
    with pytest.raises(Refused, match="photo_none_wrong"):
        gathering.collect(sessions.staff_actor(school.staff("xinxi")))
    officer.visit("/staff/photos?state=collected").follow(mine[0].name).sees("学生说的", "照片上有文字", "左下角有字")
    officer.press("不换，让学生再校对")
    assert officer.status == 422 and officer.errors() == ["写明原因"]
    officer.fill("原因", "那是背景的反光").press("不换，让学生再校对").sees("待校对")
    officer.visit("/staff/photos?state=collected").follow(mine[1].name).fill("原因", "有字，重拍").press("退回重采")
    told = [one.template for one in Notice.select().order_by(Notice.id)]
    assert told == ["photo_wrong"] * 3 + ["photo_kept", "photo_retake"]
