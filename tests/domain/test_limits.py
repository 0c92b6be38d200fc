"""Rate limits: exact at their edges, kept in the database, shared by processes."""

import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.world import World
from webapp.domain import clock, defaults, limits
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.models.base import database
from webapp.models.journal import Bucket


@pytest.mark.req("ACC-06")
def test_a_phone_gets_five_codes_for_a_purpose_in_any_24_hours(world: World) -> None:
    first = clock.now()
    for _ in range(5):
        limits.spend("sms:purpose", "register|13800000001")
        world.wait(hours=1)
    with pytest.raises(Refused) as refusal:
        limits.spend("sms:purpose", "register|13800000001")
    assert refusal.value.code == "sms_limit"
    assert refusal.value.facts["until"] == first + limits.DAY
    limits.spend("sms:purpose", "register|13800000002")
    world.wait(hours=19, seconds=-1)
    with pytest.raises(Refused):
        limits.spend("sms:purpose", "register|13800000001")
    world.wait(seconds=1)
    limits.spend("sms:purpose", "register|13800000001")


def test_a_refused_use_is_not_counted(world: World) -> None:
    for _ in range(3):
        with pytest.raises(Refused):
            limits.spend("sms:purpose", "x", times=6)
    assert limits.left("sms:purpose", "x") == 5


def test_the_subject_is_not_written_down(world: World) -> None:
    limits.spend("sms:phone", "13800000001")
    assert "13800000001" not in str(Bucket.get().__data__)


def test_clearing_gives_everything_back(world: World) -> None:
    limits.spend("login:account", "a", times=10)
    assert limits.used_up("login:account", "a")
    limits.clear("login:account", "a")
    assert limits.left("login:account", "a") == 10


def test_the_sweep_drops_only_windows_that_passed(world: World) -> None:
    limits.spend("login:network", "a")
    limits.spend("sms:phone", "b")
    world.wait(minutes=2)
    assert limits.sweep() == 1
    assert limits.left("sms:phone", "b") == 9


@pytest.mark.req("SYS-07")
def test_a_limit_follows_its_setting(world: World) -> None:
    defaults.change("sms.max_purpose", 2, SYSTEM)
    limits.spend("sms:purpose", "x", times=2)
    with pytest.raises(Refused):
        limits.spend("sms:purpose", "x")


def test_threads_together_never_spend_more_than_there_is(world: World) -> None:
    won: list[bool] = []

    def try_once() -> None:
        try:
            limits.spend("sms:purpose", "x")
            won.append(True)
        except Refused:
            won.append(False)
        finally:
            database.close()

    threads = [threading.Thread(target=try_once) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False] * 11 + [True] * 5


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.integers(0, 900), min_size=1, max_size=30))
def test_no_window_ever_holds_more_than_the_limit(world: World, pauses: list[int]) -> None:
    limits.clear("login:account", "p")
    spent = []
    for pause in pauses:
        world.wait(seconds=pause)
        try:
            limits.spend("login:account", "p")
            spent.append(clock.now())
        except Refused:
            pass
    window = limits.LIMITS["login:account"].window
    assert all(sum(start <= other < start + window for other in spent) <= 10 for start in spent)
