"""图像校对 as the student meets it: the notice, two blocks with a word on each, the last question, and when it is shut."""

from datetime import timedelta

import pytest

from tests.desk import Desk
from tests.graduation import bring, current, given, named, photo, window
from tests.people import make_account
from tests.web.test_records import XI
from webapp.domain import clock, defaults, records
from webapp.domain.permissions import SYSTEM, student
from webapp.domain.photos import checking, deciding
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.journal import Event
from webapp.models.messages import Notice
from webapp.models.records import Record


@pytest.fixture
def record(school) -> Record:
    return school.record(XI)


@pytest.fixture
def holder(record, school) -> Account:
    account = make_account(record, "13800000001")
    records.bind(account)
    records.pass_gate(account, school.unit.name)
    return account


@pytest.fixture
def me(person, world, holder):
    return world.log_in(person(), holder)


def at_check(me, record):
    given(record)
    window(record.unit, notice="本周内完成，有问题找辅导员。")
    return me.visit(f"/records/{record.key}/photo").press("确定，开始校对")


@pytest.mark.req("IMG-01", "IMG-03", "IMG-04", "IMG-07", "IMG-21")
def test_a_student_confirms_both_blocks_and_is_asked_once_more(me, record):
    given(record)
    window(record.unit, notice="本周内完成，有问题找辅导员。")
    me.visit("/").follow("学历电子注册图像校对").sees("本周内完成，有问题找辅导员。")
    assert current(record).state == "waiting"
    me.press("确定，开始校对").sees("学籍信息校对", "毕业照片校对", "在籍（注册学籍）", "学校尚未上传录取照片")
    assert len(me.page.select("dl.rows dt")) == 17
    me.press("学籍信息正确").sees("还没校对")
    assert (current(record).state, current(record).record_block) == ("checking", "right")
    me.press("毕业照片正确").sees("学历照片完全正确？确定后将用于学历电子注册")
    assert current(record).state == "checking"
    me.press("确定").sees("校对完成，信息和照片都正确")
    told = [one.action for one in Event.select().where(Event.object == f"graduation_photo:{current(record).key}")]
    assert told == [f"graduation_photo.{one}" for one in ("start", "say", "say", "right")]
    assert Notice.get().template == "photo_right"


@pytest.mark.req("IMG-05", "IMG-11")
def test_not_me_is_asked_twice_and_right_takes_wrong_back(me, record):
    at_check(me, record).follow("毕业照片有误").sees("对照片不满意，不要选「照片不是我本人」")
    me.press("毕业照片有误")
    assert me.status == 422 and me.errors() == ["勾出哪里不对"]
    me.tick("照片不是我本人").press("毕业照片有误")
    assert me.status == 422 and me.errors() == ["确认照片上不是你，再勾一次"]
    me.tick("我看清楚了，照片上确实不是我").press("毕业照片有误").sees("有误")
    assert checking.reasons(current(record)) == ["not_me"]
    me.press("毕业照片正确")
    assert (current(record).photo_block, checking.reasons(current(record))) == ("right", [])
    me.follow("学籍信息有误").tick("专业").fill("正确的是什么", "软件工程").press("学籍信息有误")
    me.sees("提交有误的地方", "有误：专业").press("提交").sees("已报有误，学校处理中", "有误：专业", "所在学院教学办")
    assert (current(record).state, current(record).record_note) == ("wrong", "软件工程")


@pytest.mark.req("IMG-02", "IMG-09", "IMG-10")
def test_what_cannot_be_checked_says_why(me, world, record, holder):
    path = f"/records/{record.key}/photo"
    me.visit(path).sees("当前不在图像校对时间内")
    running = window(record.unit)
    me.visit(path).sees("尚未采集毕业图像", "未采集", "信息不一致", "一般在摄像后1个月开通", "学籍科 倪老师")
    given(record)
    world.wait(days=5)
    world.log_in(me, holder).visit(path)
    me.sees("当前不在图像校对时间内", "2026 年 11 月 12 日到 11 月 20 日 24:00")
    me.post(path).sees("当前不在图像校对时间内")
    assert current(record).state == "waiting"
    running.ends, running.year = None, 2029
    running.save()
    me.visit(path).sees("当前不在图像校对时间内")
    running.scope = f'{{"also": ["{record.student_number}"]}}'
    running.save()
    me.visit(path).sees("确定，开始校对")
    Record.update(published=clock.now()).where(Record.id == record.id).execute()
    me.visit(path).sees("学历注册并提供网上查询后，学校不得变更证书内容及注册信息")
    me.post(path)
    assert current(record).state == "waiting"


@pytest.mark.req("IMG-06")
def test_a_check_that_is_not_finished_in_time_begins_anew(me, world, record, holder):
    defaults.change("img.session_hours", 24, SYSTEM)
    world.wait(hours=12)
    at_check(world.log_in(me, holder), record).sees("2026 年 11 月 17 日 10:00 以前完成").press("学籍信息正确")
    Account.update(created=clock.now() - timedelta(hours=25)).execute()
    GraduationPhoto.update(started=clock.now() - timedelta(hours=2)).execute()
    me.press("毕业照片正确").sees("校对已超时，重新开始校对")
    assert (current(record).state, current(record).record_block) == ("waiting", "")
    me.visit(f"/records/{record.key}/photo").sees("校对已超时，重新开始校对").press("确定，开始校对")
    assert checking.ends(current(record)) == clock.now() + timedelta(hours=24)
    assert not list(checking.overdue())
    world.wait(hours=24)
    assert [one.id for one in checking.overdue()] == [current(record).id]


@pytest.mark.req("ACC-43", "IMG-20")
def test_a_phone_from_abroad_is_not_enough(me, record, holder):
    given(record)
    window(record.unit)
    Account.update(phone=None, phone_index=None).where(Account.id == holder.id).execute()
    me.visit(f"/records/{record.key}/photo").sees("仅绑定大陆地区手机的用户可进行图像校对、学籍/学历核验")


@pytest.mark.req("IMG-19", "SYS-09")
def test_the_pictures_open_for_the_holder_alone(me, person, world, school, record):
    bring(Desk(world, school), {named(record): photo(1)})
    window(record.unit)
    me.visit(f"/records/{record.key}/photo").press("确定，开始校对")
    addresses = [one["src"] for one in me.page.select(".faces img")]
    assert me.client.get(addresses[0]).data.startswith(b"\xff\xd8")
    other = school.records[1]
    rival = make_account(other, "13800000002")
    records.bind(rival)
    records.pass_gate(rival, school.unit.name)
    stranger = world.log_in(person(), rival)
    for path in (addresses[0], *(f"/records/{record.key}/photo{page}" for page in ("", "/wrong", "/data", "/finish"))):
        assert stranger.visit(path).status == 404


@pytest.mark.req("IMG-05", "IMG-08")
def test_no_word_counts_outside_its_state_and_two_presses_are_one(record, holder):
    window(record.unit)
    actor, found = student(holder.key), given(record)
    with pytest.raises(Refused, match="moved_on"):
        checking.photo_is_right(found, actor)
    first, second = checking.start(found, actor), checking.start(found, actor)
    assert first.started == second.started
    with pytest.raises(Refused, match="photo_blocks"):
        checking.finish(first, actor)
    with pytest.raises(Refused, match="not_allowed"):
        checking.photo_is_right(first, student("A" * 22))
    checking.record_is_right(first, actor)
    stale = checking.photo_is_wrong(first, actor, ["blurred"], "", False)
    checking.finish(GraduationPhoto.get_by_id(stale.id), actor)
    assert checking.finish(GraduationPhoto.get_by_id(stale.id), actor).state == "wrong"
    with pytest.raises(Refused, match="moved_on"):
        checking.finish(stale, actor)
    kept = deciding.keep(GraduationPhoto.get_by_id(stale.id), SYSTEM, "已和本人核对")
    assert (kept.state, kept.photo_block, kept.started) == ("waiting", "", None)
    assert [one.template for one in Notice.select().order_by(Notice.id)] == ["photo_wrong", "photo_kept"]
