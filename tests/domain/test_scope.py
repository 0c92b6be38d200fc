"""Grants as conditions: each role reaches its own rows and no others."""

import pytest

from tests.people import School, make_school
from webapp.domain import clock, sessions, users
from webapp.domain.permissions import SYSTEM, Can
from webapp.domain.refused import Refused
from webapp.domain.roles import Province, Role
from webapp.models import scope
from webapp.models.records import Record
from webapp.models.school import Campaign, Class, College, Unit
from webapp.models.staff import Grant, Staff


def _records(school: School, login: str, ability: Can) -> set[str]:
    grants = sessions.staff_actor(school.staff(login)).where(ability)
    return {record.name for record in Record.select().where(scope.records(grants))}


@pytest.mark.req("SYS-09", "SCH-01")
def test_each_role_sees_the_rows_of_its_own_grants(world, school):
    make_school("88888", "白沙学院")
    assert len(_records(school, "ni", Can.RECORDS)) == 12
    assert len(_records(school, "xinxi", Can.RECORDS)) == 8
    assert len(_records(school, "luo", Can.PROGRESS)) == 4
    assert {record.unit_id for record in Record.select().where(scope.records(_grants(school, "ni")))} == {school.unit.id}


@pytest.mark.req("SYS-09")
def test_the_administrator_reads_no_record(world, school):
    assert _records(school, "admin", Can.RECORDS) == set()


@pytest.mark.req("SYS-09")
def test_a_grant_opens_its_classes_and_colleges_only(world, school):
    make_school("88888", "白沙学院")
    names = lambda model, condition: sorted(row.name for row in model.select().where(condition))  # noqa: E731
    assert names(Class, scope.classes(_grants(school, "luo"))) == ["计应 2601 班"]
    assert names(Class, scope.classes(_grants(school, "xinxi"))) == ["计应 2601 班", "计应 2602 班"]
    assert names(College, scope.colleges(_grants(school, "luo"))) == []
    assert names(College, scope.colleges(_grants(school, "xinxi"))) == ["信息工程学院"]
    assert Campaign.select().where(scope.campaigns(_grants(school, "ni"))).count() == 1


@pytest.mark.req("SYS-09", "SCH-25")
def test_a_province_reaches_its_schools_and_no_others(world, school):
    near, far = make_school("88888", "白沙学院").unit, make_school("77777", "北山学院").unit
    Unit.update(province="34").where(Unit.id == far.id).execute()
    province = (Grant(role="P", province="33"),)
    assert scope.units(province) == [school.unit.id, near.id]
    assert {record.unit_id for record in Record.select().where(scope.records(province))} == {school.unit.id, near.id}
    assert not Staff.select().where(scope.staff((Grant(role="P", province="34"),))).where(Staff.login == "ni").exists()


@pytest.mark.req("SYS-09", "SCH-25")
def test_only_who_keeps_the_whole_instance_makes_a_province(world, school):
    wanted = Role("P", Province("33"), clock.today())
    with pytest.raises(Refused) as refused:
        users.add(sessions.staff_actor(school.staff("admin")), "sheng", "省厅", wanted)
    assert refused.value.code == "not_yours"
    made, _token = users.add(SYSTEM, "sheng", "省厅", wanted)
    grant = Grant.get(Grant.staff == made)
    assert (grant.province, grant.unit_id, grant.everywhere) == ("33", None, False)


@pytest.mark.req("SYS-09")
def test_colleagues_are_those_of_the_own_unit(world, school):
    make_school("88888", "白沙学院")
    assert Staff.select().where(scope.staff(_grants(school, "ni"))).count() == 4
    assert Staff.select().where(scope.staff(())).count() == 0


def _grants(school: School, login: str):
    return sessions.staff_actor(school.staff(login)).grants
