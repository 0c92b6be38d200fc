"""The office's desk: what is due and in whose hands, lists that left, teaching points, a province over its schools."""

from datetime import timedelta

import pytest

from tests.domain.test_progress import opened, registered
from tests.pages import counted
from tests.people import School, make_colleague, make_school
from tests.web.test_staff_progress import rows_of
from webapp.domain import clock, desk, lookup, province, sessions, users
from webapp.domain.filters import Choice
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.domain.roles import Point, Role
from webapp.jobs.campaigns import keep_boards
from webapp.models import keyset, scope
from webapp.models.desk import Export
from webapp.models.duplicates import Claim
from webapp.models.keyset import Place
from webapp.models.records import Record
from webapp.models.school import Class, Unit
from webapp.models.staff import Grant
from webapp.web.staff import queues


def test_every_queue_has_words_and_a_page(app) -> None:
    for kind in desk.QUEUES:
        assert queues.WORDS[kind.name][0] in app.view_functions


@pytest.mark.req("SCH-01")
def test_the_home_tells_what_is_due_today_what_is_late_and_what_is_mine(visitor, world, school: School) -> None:
    ni = school.staff("ni")
    for n, (due, holder) in enumerate(((2, ni), (-30, None), (40, None))):
        at = clock.now()
        Claim.create(
            identity_index=f"{n:043d}",
            unit=school.unit,
            state="waiting",
            opened=at,
            due=at + timedelta(hours=due),
            holder=holder,
        )
    (queue,) = desk.of(sessions.staff_actor(ni)).waiting
    assert (queue.name, queue.waiting, queue.today, queue.late, queue.mine) == ("claims", 3, 1, 1, 1)
    world.log_in(visitor(), ni).visit("/staff").sees("过期 1 件", "今天到期 1 件", "你手上 1 件", "3 件")


@pytest.mark.req("CHK-10", "SYS-09")
def test_a_list_that_turns_up_is_found_by_its_number(visitor, world, school: School) -> None:
    other = make_school("88888", "白沙学院")
    officer = world.log_in(visitor(), school.staff("ni")).visit("/staff/exports").sees("还没有人导出过")
    officer.visit("/staff/progress/export").tick("还没核对的学生").tick("检查自查工作").press("导出")
    number = rows_of(officer.answer)[0][0].rpartition(" ")[2]
    assert Export.get().rows == 12 and Export.get().key.startswith(number)
    officer.visit("/staff/exports").sees("倪老师", "还没核对的学生", "全校", "检查自查工作", "12", number)
    officer.fill("文件里的编号", number).press("查找").sees("倪老师")
    officer.visit("/staff/exports?number=nobodys").sees("没有找到")
    stranger = world.log_in(visitor(), other.staff("ni-88888")).visit(f"/staff/exports?number={number}")
    stranger.sees("没有找到").sees_not("倪老师（ni）")
    assert world.log_in(visitor(), school.staff("xinxi")).visit("/staff/exports").status == 403


# teaching points


@pytest.fixture
def point(school: School):
    """Somebody of the 函授站 at 东湖, where 林晓溪 and 何苗 study, in two classes."""
    Record.update(department="东湖函授站").where(Record.name.in_(("林晓溪", "何苗"))).execute()
    Record.update(department="西山函授站").where(Record.name == "周明轩").execute()
    return make_colleague(school.unit, "donghu", "T", department="东湖函授站")


@pytest.mark.req("SCH-29", "SYS-09")
def test_a_teaching_point_sees_its_own_students_and_forwards_nothing_else(visitor, world, school: School, point) -> None:
    opened(school, "林晓溪")
    grants = sessions.staff_actor(point).grants
    assert {one.name for one in Record.select().where(scope.records(grants))} == {"林晓溪", "何苗"}
    assert Class.select().where(scope.classes(grants)).count() == 2
    someone = world.log_in(visitor(), point).visit("/staff/progress").sees("应查 2 人", "已查 1", "按班级")
    someone.follow("视传 2601 班").sees("何苗").sees_not("王𬱖")
    stranger = school.record("周明轩")
    assert someone.visit(f"/staff/progress/student/{stranger.key}").status == 404
    college = school.record("何苗").college
    assert someone.visit(f"/staff/progress/college/{college.key}").status == 404
    someone.visit("/staff/progress/export").tick("还没核对的学生").tick("检查自查工作").press("导出")
    assert [row[3] for row in rows_of(someone.answer)[2:]] == ["何苗"]
    for place in ("records", "import", "users"):
        assert someone.visit(f"/staff/{place}").status == 403, place


@pytest.mark.req("SCH-29")
def test_the_officer_hands_out_a_teaching_point_of_the_own_school(visitor, world, school: School, point) -> None:
    officer = world.log_in(visitor(), school.staff("ni")).visit(f"/staff/users/{school.staff('luo').key}")
    officer.tick("教学点").fill("范围", "教学点 西山函授站").press("加上这个角色").sees("教学点：西山函授站")
    ni = sessions.staff_actor(school.staff("ni"))
    with pytest.raises(Refused, match="role_place"):
        users.give(ni, school.staff("luo"), Role("C", Point(school.unit, "西山函授站"), clock.today()))
    with pytest.raises(Refused, match="not_yours"):
        users.give(ni, school.staff("luo"), Role("T", Point(make_school("88888", "白沙学院").unit, "x"), clock.today()))


# a province


@pytest.fixture
def watcher(school: School):
    return make_colleague(None, "sheng", "P", province="33")


@pytest.mark.req("SCH-25", "SYS-09")
def test_a_province_sees_the_rates_of_its_own_schools(visitor, world, school: School, watcher) -> None:
    near, far = make_school("88888", "白沙学院"), make_school("77777", "远山学院")
    Unit.update(province="44").where(Unit.id == far.unit.id).execute()
    opened(school, "林晓溪")
    registered(school, "何苗", 2)
    officer = world.log_in(visitor(), watcher).visit("/staff/province")
    officer.sees("云溪职业技术学院", "白沙学院", "还没有数字").sees_not("远山学院")
    keep_boards(world.worker.outside)
    keep_boards(world.worker.outside)
    officer.visit("/staff/province").sees("4%", "已查 1 / 应查 24 人", "注册率 16%", "8%", "0%")
    officer.follow("云溪职业技术学院").sees("已查 1 / 应查 12 人", "注册率 16%", "信息工程学院", "艺术设计学院")
    officer.sees_not("林晓溪", "计应 2601 班")
    assert officer.visit(f"/staff/province/{far.unit.key}").status == 404
    assert officer.visit(f"/staff/province/{near.unit.key}?campaign={far.campaign.key}").status == 404
    for place in ("records", "progress", "exports", "settings", "counsellors"):
        assert officer.visit(f"/staff/{place}").status == 403, place
    assert world.log_in(visitor(), school.staff("ni")).visit("/staff/province").status == 403


@pytest.mark.req("SCH-25")
def test_the_list_of_schools_asks_the_same_however_many_there_are(visitor, world, school: School, watcher) -> None:
    officer = world.log_in(visitor(), watcher).visit("/staff/province")
    keep_boards(world.worker.outside)
    officer.visit("/staff/province")
    with counted() as few:
        officer.visit("/staff/province")
    make_school("88888", "白沙学院")
    make_school("77777", "远山学院")
    keep_boards(world.worker.outside)
    officer.visit("/staff/province")
    with counted() as many:
        officer.visit("/staff/province")
    assert few.reads == many.reads <= 10 and many.writes == 0
    assert province.total(sessions.staff_actor(watcher).grants).due == 36


# long lists


@pytest.mark.req("SCH-26")
def test_a_search_that_finds_little_goes_on_where_it_stopped(school: School, world) -> None:
    """Every record is looked at once, forth and back, whatever the size of the looks."""
    listed = sorted(school.records, key=lambda one: one.name_sort)
    rare = listed[1::4]
    Record.update(status="A2").where(Record.id.in_([one.id for one in rare])).execute()
    every, order = Record.select(), (Record.name_sort, Record.id)
    for look in (1, 2, 3, 5, 12):
        place, seen = Place(), []
        for _ in range(20):
            page = keyset.search(every, Record.select().where(Record.status == "A2"), order, place, size=2, look=look)
            seen += [one.id for one in page.rows]
            if not page.after:
                break
            place = Place(page.edge or page.rows[-1])
        assert seen == [one.id for one in rare], look
        back, place = [], Place(listed[-1], back=True)
        for _ in range(20):
            page = keyset.search(every, Record.select().where(Record.status == "A2"), order, place, size=2, look=look)
            back = [one.id for one in page.rows] + back
            if not page.before:
                break
            place = Place(page.edge or page.rows[0], back=True)
        assert back == [one.id for one in rare], look


@pytest.mark.req("SCH-26")
def test_photos_filter_the_list_and_an_officer_of_two_schools_chooses_one(visitor, world, school: School) -> None:
    other = make_school("88888", "白沙学院")
    Grant.create(staff=school.staff("ni"), role="R", unit=other.unit, starts=clock.now())
    Record.update(status="A2").where(Record.id == other.record("何苗").id).execute()
    officer = world.log_in(visitor(), school.staff("ni")).visit("/staff/records")
    officer.fill("照片校对", "无照片").fill("学籍状态", "在籍（休学）").press("查找").sees("没有找到")
    officer.fill("学校", "白沙学院").press("查找").sees("何苗").sees_not("林晓溪")
    officer.fill("照片校对", "待校对").press("查找").sees("没有找到")
    grants = sessions.staff_actor(school.staff("xinxi")).where(Can.RECORDS)
    for choice in (Choice(klass="nobodys"), Choice(college="nobodys"), Choice(unit=other.unit.key, text="20260101020")):
        assert lookup.find(grants, choice, school.campaign).rows == []


@pytest.mark.req("SCH-26")
def test_other_lists_are_narrowed_and_remember_it_each_for_itself(person, world, school: School) -> None:
    opened(school, "林晓溪")
    luo = world.log_in(person(), school.staff("luo")).visit("/staff/progress").sees_not("计应 2602 班")
    officer = world.log_in(person(), school.staff("ni")).visit("/staff/progress?who=unregistered")
    assert len(officer.page.select("table")[1].select("tbody tr")) == 11
    officer.fill("学院", "艺术设计学院").press("筛选")
    assert officer.path.endswith("who=unregistered") and len(officer.page.select("table")[1].select("tbody tr")) == 4
    officer.fill("班级", "视传 2601 班").fill("层次", "专科").press("筛选").sees("没有这样的同学")
    again = world.log_in(person(), school.staff("ni")).visit("/staff/progress").sees("没有这样的同学")
    again.visit("/staff/reports").sees("学生反馈有误，就出现在这里")
    again.visit("/staff/progress").press("清除条件")
    assert len(again.page.select("table")[1].select("tbody tr")) == 11
    assert len(luo.visit("/staff/progress").page.select("table")[1].select("tbody tr")) == 4
    again.post("/staff/filter/progress", {"back": "https://example.com/", "klass": "nobodys", "major": "x" * 300})
    assert again.path == "/staff"
