"""Reminding who has not checked: once a day, on the ways that are open, by hand and by the clock."""

from datetime import timedelta

import pytest

from tests.domain.test_progress import check_of, opened, registered, view_of
from tests.people import School
from tests.world import World
from webapp.domain import clock, defaults, notices, preferences, sessions
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.domain.reminders import choosing, days, telling, timing
from webapp.jobs import reminders as jobs
from webapp.models.checks import Check
from webapp.models.messages import Message
from webapp.models.records import Record
from webapp.models.reminders import Reminder

WAYS = ("sms", "mail")


def press(school: School, login: str = "ni", which: str = "all") -> int:
    staff = school.staff(login)
    return choosing.remind(sessions.staff_actor(staff), staff, view_of(school, login), which)


def reminders(world: World) -> list[str]:
    return [line for line in world.outbox() if "学籍自查" in line]


def give_phone(record: Record, phone: str) -> None:
    record.phone = phone
    record.save()


@pytest.mark.req("CHK-09", "SCH-18", "SCH-31", "MSG-11")
def test_each_is_told_on_the_ways_that_are_open_and_nobody_twice_on_a_day(world: World, school: School) -> None:
    told = registered(school, "何苗")
    told.phone_proved = clock.now()
    told.save()
    silent = registered(school, "王𬱖", 2)
    silent.phone_proved = clock.now()
    silent.save()
    preferences.choose(silent, set(), "192.0.2.0/24")
    opened(school, "林晓溪", 3)
    give_phone(school.record("周明轩"), "13800000009")
    give_phone(school.record("吴䶮"), "13800000009")
    cast = choosing.forecast(view_of(school), "all", WAYS)
    assert (cast.people, cast.registered, cast.sms, cast.unreachable, cast.done) == (4, 2, 3, 7, 0)
    assert press(school) == 11 and press(school) == 0 and press(school, "luo") == 0
    world.work()
    world.wait(minutes=5)
    sent = reminders(world)
    assert len([line for line in sent if line.startswith("SMS 138 0000 0001 ")]) == 1
    assert len([line for line in sent if line.startswith("SMS 138 0000 0009 ") and "云溪职业技术学院" in line]) == 1
    assert len(sent) == 2 and not any(name in line for line in sent for name in ("何苗", "周明轩"))
    assert [one.title for one in notices.page(silent).rows] == ["学籍自查还没有做完"]
    ways = {row.check_row.record.name: row.ways for row in Reminder.select()}
    assert (ways["何苗"], ways["王𬱖"], ways["郑子妍"]) == ("site sms", "site", "")
    assert sorted((ways["周明轩"], ways["吴䶮"])) == ["", "sms"]
    jobs.keep(world.worker.outside)
    assert len(reminders(world)) == 2
    world.wait(days=1)
    assert choosing.forecast(view_of(school), "all", WAYS).done == 0 and press(school) == 11


@pytest.mark.req("CHK-09", "SYS-09")
def test_a_counsellor_reminds_the_own_class_and_only_within_the_window(world: World, school: School) -> None:
    assert press(school, "luo") == 4
    assert {row.record.klass.name for row in Reminder.select()} == {"计应 2601 班"}
    school.campaign.starts = clock.today() + timedelta(days=1)
    school.campaign.save()
    with pytest.raises(Refused) as refused:
        press(school)
    assert refused.value.code == "remind_not_open"


@pytest.mark.req("CHK-14", "MSG-11")
def test_three_days_and_one_day_before_the_own_last_day_a_reminder_goes_out_by_itself(world: World, school: School) -> None:
    account = registered(school, "何苗")
    opened(school, "林晓溪", 2)
    Check.update(held_days=1).where(Check.id == check_of(school, "周明轩").id).execute()
    Check.update(held="claim", held_since=clock.now()).where(Check.id == check_of(school, "吴䶮").id).execute()
    counted = []
    for _day in range(6):
        for _hour in range(2):
            jobs.remind_by_the_clock(world.worker.outside)
        world.work()
        counted.append(Reminder.select().where(Reminder.day == clock.today(), Reminder.kind == "soon").count())
        world.wait(days=1)
    assert counted == [0, 9, 1, 9, 1, 0]
    assert [one.title for one in notices.page(account).rows] == ["学籍自查还没有做完"] * 2


@pytest.mark.req("CHK-14")
def test_a_window_that_opens_is_told_once(world: World, school: School) -> None:
    account = registered(school, "何苗")
    school.campaign.starts, school.campaign.ends = clock.today() + timedelta(days=1), clock.today() + timedelta(days=20)
    school.campaign.save()
    for _day in range(5):
        jobs.remind_by_the_clock(world.worker.outside)
        world.wait(days=1)
    assert Reminder.select().where(Reminder.kind == "opened").count() == Reminder.select().count() == 12
    assert [one.title for one in notices.page(account).rows] == ["学籍自查开始了"]


@pytest.mark.req("CHK-14")
def test_who_checked_before_the_promise_is_kept_is_left_alone(world: World, school: School) -> None:
    press(school, "luo")
    account, _check = opened(school, "李思远")
    world.work()
    assert notices.page(account).rows == []


@pytest.mark.req("CHK-09")
def test_at_night_an_sms_waits_for_the_morning_and_the_site_does_not(world: World, school: School) -> None:
    account = registered(school, "李思远")
    account.phone_proved = clock.now()
    account.save()
    world.wait(hours=12)
    press(school, "luo")
    world.work()
    assert [one.title for one in notices.page(account).rows] == ["学籍自查还没有做完"] and reminders(world) == []
    world.wait(hours=10)
    assert len(reminders(world)) == 1
    assert timing.awake(clock.now()) == clock.now()


@pytest.mark.req("CHK-09", "MSG-11")
def test_a_site_without_sms_writes_mails(world: World, school: School) -> None:
    account, record = registered(school, "李思远"), school.record("阿依古丽·买买提")
    account.phone_proved = account.email_proved = clock.now()
    account.email = "li@example.edu.cn"
    account.save()
    give_phone(record, "13800000009")
    record.email = "ayi@example.edu.cn"
    record.save()
    cast = choosing.forecast(view_of(school, "luo"), "all", ("mail",))
    assert (cast.people, cast.sms, cast.mail) == (2, 0, 2)
    press(school, "luo")
    telling.keep(["mail"], lambda: None)
    assert {row.channel for row in Message.select()} == {"mail"} and Message.select().count() == 2


def test_the_days_of_the_setting_are_a_list_of_numbers(world: World) -> None:
    assert days.read("3, 1") == (3, 1) and days.read("1，7、3") == (7, 3, 1) and days.read("") == ()
    assert not any(map(days.check, ("-1", "three", "3,", "31", "3;1")))
    with pytest.raises(Refused) as refused:
        defaults.change("chk.remind_days", "soon", SYSTEM)
    assert refused.value.code == "setting_fits"
