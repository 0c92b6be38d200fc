"""Work accounts underneath the pages: codes near their time, races, roles with their days, sleep."""

import threading
from datetime import timedelta

import pyotp
import pytest

from tests.people import PASSWORD, TOTP
from webapp.domain import clock, second_factor, sessions, staff, users
from webapp.domain.permissions import SYSTEM, Can
from webapp.domain.refused import Refused
from webapp.domain.roles import Province, Role
from webapp.models.base import database, transaction
from webapp.models.staff import Grant, RecoveryCode, Staff

NEW = "ling-yi-tiao-shan-lu-77"


def code_at(shift: int) -> str:
    return pyotp.HOTP(TOTP).at(clock.seconds(clock.now()) // second_factor.STEP + shift)


def refusal(verb, *args) -> str:
    with pytest.raises(Refused) as refused:
        verb(*args)
    return refused.value.code


def at_once(verb, times: int) -> list[object]:
    """What came of one verb called by several threads at the same instant."""
    start, came = threading.Barrier(times), []

    def run() -> None:
        start.wait()
        try:
            came.append(verb())
        except Refused as refused:
            came.append(refused.code)
        finally:
            database.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


@pytest.mark.req("SYS-10")
@pytest.mark.parametrize(("shift", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_time_code_may_be_one_step_early_or_late(world, school, shift, right):
    ni = school.staff("ni")
    if right:
        staff.check_second(ni, code_at(shift))
        assert refusal(staff.check_second, ni, code_at(shift)) == "code_second"
    else:
        assert refusal(staff.check_second, ni, code_at(shift)) == "code_second"


@pytest.mark.req("SYS-10")
def test_an_older_code_is_dead_once_a_newer_was_used(world, school):
    ni = school.staff("ni")
    staff.check_second(ni, code_at(1))
    assert refusal(staff.check_second, ni, code_at(0)) == "code_second"


@pytest.mark.req("SYS-10")
def test_codes_are_read_as_people_type_them(world, school):
    ni = school.staff("ni")
    with transaction():
        first, second, *_ = second_factor.renew_recovery(ni)
    staff.check_second(ni, f" {code_at(0)[:3]} {code_at(0)[3:]} ")
    staff.check_second(ni, first.lower())
    staff.check_second(ni, second.replace("-", " "))
    for nonsense in ("", "验证码", "１２３４５", "ABCD-EFGHI"):
        assert refusal(second_factor_spent, ni, nonsense) == "code_second"


def second_factor_spent(person: Staff, typed: str) -> None:
    with transaction():
        if not second_factor.spend(person.locked(), typed):
            raise Refused("code_second")


@pytest.mark.req("SYS-10")
def test_the_same_code_typed_twice_at_the_same_instant_opens_one_door(world, school):
    ni = school.staff("ni")
    with transaction():
        recovery = second_factor.renew_recovery(ni)[0]
    for code in (code_at(0), recovery):
        came = at_once(lambda code=code: staff.check_second(Staff.by_key(ni.key), code), 2)
        assert sorted(map(str, came)) == ["None", "code_second"]


@pytest.mark.req("SYS-10")
def test_a_link_pressed_twice_at_the_same_instant_sets_one_password(world, school):
    _, token = users.add(SYSTEM, "wei", "韦老师", Role("R", school.unit, clock.today()))
    came = at_once(lambda: staff.accept(token, NEW).login, 2)
    assert sorted(came) == ["invite_over", "wei"]


@pytest.mark.req("SYS-10")
def test_recovery_codes_and_links_are_kept_as_hashes(world, school):
    ni = school.staff("ni")
    with transaction():
        codes = second_factor.renew_recovery(ni)
        token = staff.new_link(ni.locked(), timedelta(hours=1))
    kept = {row.code_hash for row in RecoveryCode.select()} | {Staff.by_key(ni.key).invite}
    assert len(codes) == second_factor.RECOVERY_CODES == len(kept) - 1
    assert not kept & {token, *codes, *(code.replace("-", "") for code in codes)}


@pytest.mark.req("SYS-09")
def test_a_role_holds_from_its_first_day_to_its_last(world, school):
    luo = school.staff("luo")
    Grant.delete().where(Grant.staff == luo).execute()
    tomorrow = clock.today() + timedelta(days=1)
    klass = school.records[0].klass
    users.give(SYSTEM, luo, Role("C", klass, tomorrow, tomorrow))
    seen = []
    for _ in range(4):
        seen.append(sessions.staff_actor(luo).may(Can.PROGRESS))
        world.wait(hours=14)
    assert seen == [False, True, True, False]


@pytest.mark.req("SYS-09")
def test_who_holds_no_role_does_not_enter(world, school):
    luo = school.staff("luo")
    users.end(SYSTEM, Grant.get(Grant.staff == luo))
    staff.check_password("luo", PASSWORD)
    assert refusal(staff.enter, luo, "browser", "192.0.2.0/24") == "staff_no_role"


@pytest.mark.req("SYS-10")
def test_a_closed_account_is_as_unknown(world, school):
    users.close(users_actor(school), school.staff("luo"))
    assert refusal(staff.check_password, "luo", PASSWORD) == "staff_wrong"
    assert refusal(users.give, SYSTEM, school.staff("luo"), Role("R", school.unit, clock.today())) == "moved_on"


@pytest.mark.req("SYS-10")
def test_no_password_works_before_the_link_was_used(world, school):
    users.add(SYSTEM, "wei", "韦老师", Role("R", school.unit, clock.today()))
    for guess in ("", "nobody has this password", NEW):
        assert refusal(staff.check_password, "wei", guess) == "staff_wrong"


@pytest.mark.req("SYS-10")
def test_only_who_logs_in_can_fall_asleep(world, school):
    users.add(SYSTEM, "wei", "韦老师", Role("R", school.unit, clock.today()))
    world.wait(days=89)
    assert staff.let_sleep() == 0
    world.wait(days=1)
    assert staff.let_sleep() == 4
    assert school.staff("wei").state == "active"


@pytest.mark.req("SYS-09")
@pytest.mark.parametrize(
    ("role", "place"),
    [("C", "unit"), ("K", "class"), ("R", "college"), ("U", "unit"), ("R", "instance"), ("P", "unit"), ("R", "province")],
)
def test_a_role_holds_where_its_kind_says_and_nowhere_else(world, school, role, place):
    record = school.records[0]
    places = {
        "unit": school.unit,
        "college": record.college,
        "class": record.klass,
        "instance": None,
        "province": Province("33"),
    }
    wanted = Role(role, places[place], clock.today())
    assert refusal(users.add, SYSTEM, "wei", "韦老师", wanted) == "role_place"
    assert not Staff.select().where(Staff.login == "wei").exists()


@pytest.mark.req("SYS-09")
def test_the_officer_hands_out_what_is_below_and_within(world, school):
    ni = users_actor(school)
    for role, place in (("R", school.unit), ("O", school.unit), ("U", None), ("P", Province("33"))):
        assert refusal(users.add, ni, "wei", "韦老师", Role(role, place, clock.today())) == "not_yours"


def users_actor(school):
    return sessions.staff_actor(school.staff("ni"))
