"""Reminding on the board: what the page tells before the press, what it tells after, and ringing up oneself."""

import pytest

from tests.domain.test_progress import opened, registered
from tests.people import School, make_school
from webapp.domain import clock
from webapp.models.journal import Event
from webapp.models.reminders import Reminder


@pytest.mark.req("CHK-09", "SCH-18")
def test_one_press_reminds_and_the_page_told_what_it_costs(person, world, school: School) -> None:
    account = registered(school, "李思远")
    account.phone_proved = clock.now()
    account.save()
    record = school.record("阿依古丽·买买提")
    record.phone = "13800000009"
    record.save()
    luo = world.log_in(person(), school.staff("luo")).visit("/staff/progress").follow("提醒")
    luo.sees(
        "提醒 2 人",
        "最多 2 条，约 0.09 元",
        "还有 2 人没有注册",
        "夜里 21:00 到 8:00 不发",
        "你还没有注册",
        "没有注册的，按学校登记的手机或邮箱",
        "现在发短信",
    )
    luo.press("提醒 2 人").sees("今天提醒过 2 人", "还有 2 人没有注册").sees_not("最多 2 条")
    world.work()
    assert Event.select().where(Event.action == "campaign.remind").count() == 1
    luo.visit("/staff/progress").follow("李思远" if "李思远" in luo.text else "李*远").sees("上次提醒", "站内消息、短信")
    luo.follow("自查进度").follow("计应 2601 班").follow("提醒").sees("今天提醒过 2 人")


@pytest.mark.req("CHK-09", "SYS-02")
def test_a_phone_is_shown_to_ring_up_and_each_look_is_history(visitor, world, school: School) -> None:
    record, other = school.record("李思远"), school.record("何苗")
    for one, phone in ((record, "13800000008"), (other, "13800000009")):
        one.phone = phone
        one.save()
    luo = world.log_in(visitor(), school.staff("luo")).visit("/staff/progress").sees_not("13800000008")
    luo.follow("电话 李*远")
    assert luo.page.select_one('a[href="tel:13800000008"]') and luo.answer.headers["Cache-Control"] == "no-store"
    event = Event.get(Event.action == "record.see_phone")
    assert (event.object, event.actor) == (f"record:{record.key}", f"staff:{school.staff('luo').key}")
    assert luo.visit(f"/staff/progress/student/{other.key}/phone").status == 404
    make_school("88888", "白沙学院")
    stranger = world.log_in(visitor(), school.staff("ni-88888"))
    assert stranger.visit(f"/staff/progress/student/{record.key}/phone").status == 404
    assert Event.select().where(Event.action == "record.see_phone").count() == 1


@pytest.mark.req("CHK-09")
def test_a_narrowed_list_reminds_those_it_shows(visitor, world, school: School) -> None:
    registered(school, "何苗")
    opened(school, "林晓溪", 2)
    officer = world.log_in(visitor(), school.staff("ni")).visit("/staff/progress").follow("没核对").follow("提醒")
    officer.press("提醒 1 人")
    assert [row.record.name for row in Reminder.select()] == ["何苗"]
    school.campaign.closed = True
    school.campaign.save()
    officer.visit("/staff/progress")
    assert "提醒他们" not in officer.text and officer.post("/staff/progress/remind", {}).status in (400, 422)
