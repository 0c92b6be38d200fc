"""Where a unit has one reviewer, the administrator is the second of two people; and never anything else."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.people import School, make_account
from tests.person import Person
from tests.registering import NAME
from tests.web.test_in_person import agree as agree_at_the_desk
from tests.web.test_in_person import end_of, type_number
from tests.web.test_staff_review import agree, hand_in, reviewer
from tests.world import World
from webapp.domain import clock, in_person, second, sessions
from webapp.domain.duplicates import cases, effect
from webapp.domain.permissions import SYSTEM
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.duplicates import Claim, Decision, Party
from webapp.models.in_person import Meeting
from webapp.models.staff import Grant


@pytest.fixture
def old(school: School) -> Account:
    return make_account(school.record(NAME), "13800001111")


@pytest.fixture
def party(school: School, old: Account) -> Party:
    return cases.accept(make_account(school.record(NAME), "13800005678", state="duplicate"))


@pytest.fixture
def ni(app: Flask, world: World, school: School) -> Person:
    """The one reviewer of the school."""
    return world.log_in(Person(app), school.staff("ni"))


@pytest.fixture
def admin(app: Flask, world: World, school: School) -> Person:
    return world.log_in(Person(app), school.staff("admin"))


def showing(party: Party) -> Meeting:
    return in_person.begin("duplicate", party.account, party.claim.unit, party.claim.key)


@pytest.mark.req("DUP-30")
def test_the_administrator_confirms_where_one_reviewer_is_all(ni: Person, admin: Person, party: Party, school: School):
    meeting = showing(party)
    admin.visit("/staff/in-person").sees("没有人在等").sees_not("学生手机上的数字")
    assert admin.post("/staff/in-person", {"number": in_person.number(meeting)}).status == 403
    type_number(ni, in_person.number(meeting))
    assert admin.visit(f"/staff/in-person/{meeting.key}").status == 404
    agree_at_the_desk(ni, end_of(school), "确认，交给第二位老师")
    agree_at_the_desk(admin.visit("/staff/in-person").follow("林*溪"), end_of(school), "确认").sees("已经办好")
    assert Claim.get().state == "approved"


@pytest.mark.req("DUP-30", "SYS-09")
def test_with_two_reviewers_the_administrator_sees_nobody(
    app: Flask, world: World, ni: Person, admin: Person, party: Party, school: School
):
    reviewer(app, world, school, "ma")
    meeting = showing(party)
    agree_at_the_desk(type_number(ni, in_person.number(meeting)), end_of(school), "确认，交给第二位老师")
    admin.visit("/staff/in-person").sees("没有人在等")
    assert admin.visit(f"/staff/in-person/{meeting.key}").status == 404
    assert second.stands_in(sessions.staff_actor(school.staff("admin"))) == ()


@pytest.mark.req("DUP-16", "SYS-09")
def test_the_administrator_takes_the_second_look_at_photos_and_no_first(ni: Person, admin: Person, party: Party, world: World):
    hand_in(party, world)
    cases.mark(Claim.get(), "asked_for_two", needs_two=True)
    admin.visit("/staff/review").sees_not("林晓溪").press("审下一件")
    assert (admin.path, Claim.get().state) == ("/staff/review", "waiting")
    assert admin.visit(f"/staff/review/{party.claim.key}").status == 404
    agree(ni.visit("/staff/review").press("审下一件")).press("通过")
    assert Claim.get().state == "second"
    agree(admin.visit("/staff/review").press("审下一件").sees("由你审核")).press("通过")
    assert (Claim.get().state, Decision.select().count()) == ("approved", 2)
    assert admin.visit(f"/staff/review/{party.claim.key}").status == 404


@pytest.mark.req("DUP-21", "SYS-09")
def test_the_administrator_restores_what_another_asked_for(ni: Person, admin: Person, party: Party, old: Account, world: World):
    with transaction():
        effect.approve(Claim.get(), SYSTEM, party, "record")
    world.wait(seconds=31)
    admin.visit("/staff/review/archives").sees("没有可以恢复的账号")
    ni.visit("/staff/review/archives").follow("林晓溪").press("提出恢复")
    admin.visit("/staff/review/archives").follow("林晓溪").press("确认恢复").sees("已恢复").sees_not("解除冻结")
    assert Account.get_by_id(old.id).state == "active"


def test_a_role_that_ended_is_no_reviewer(app: Flask, world: World, school: School):
    reviewer(app, world, school, "ma")
    admin = sessions.staff_actor(school.staff("admin"))
    assert not second.stands_in(admin)
    Grant.update(ends=clock.now() - timedelta(hours=1)).where(Grant.role == "H").execute()
    assert [grant.unit_id for grant in second.stands_in(admin)] == [school.unit.id]
