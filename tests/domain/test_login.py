"""What logging in promises underneath: the same work for everyone, bounded hashing, and what is forgotten in time."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType

import pytest

from tests.pages import counted
from tests.people import PASSWORD, School, make_account
from tests.world import World
from webapp.domain import clock, login, passwords
from webapp.domain.identity import documents
from webapp.domain.refused import Refused
from webapp.jobs import accounts as sweeps
from webapp.models import entrance, keys
from webapp.models.accounts import Account, Device, Login, Session
from webapp.models.base import database, on_sqlite

PHONE = "13800000001"
HERE = login.Visit("Chrome", "192.0.2.0/24", "mark")


@pytest.fixture
def account(school: School) -> Account:
    return make_account(school.record("林晓溪"), PHONE)


@contextmanager
def hashing() -> Iterator[list[str]]:
    """The Argon2 operations that this thread asks for meanwhile."""
    done: list[str] = []

    def watch(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_globals["__name__"] == passwords.__name__ and frame.f_code.co_name == "_in_turn":
            done.append(frame.f_locals["work"].__name__)

    sys.setprofile(watch)
    try:
        yield done
    finally:
        sys.setprofile(None)


def try_once(name: str, password: str = "not the password", visit: login.Visit = HERE) -> str:
    with pytest.raises(Refused) as refusal:
        login.prove(login.whom(name, visit), password, visit)
    return refusal.value.code


@pytest.mark.req("ACC-36")
def test_a_password_is_hashed_once_whether_or_not_somebody_is_there(world: World, account: Account) -> None:
    for name in (PHONE, "13800000009", account.document, "110105200001010000", "nobody@example.edu.cn", "X", "E12345678"):
        with hashing() as done:
            assert try_once(name) == "login_wrong"
        assert done == ["verify"], name


def test_of_many_tries_at_once_only_so_many_look_at_the_password(world: World, account: Account) -> None:
    answers: list[str] = []

    def run() -> None:
        answers.append(try_once(PHONE))
        database.close()

    threads = [threading.Thread(target=run) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count("login_wrong") <= 10
    assert set(answers) <= {"login_wrong", "login_locked", "login_slow"}
    assert Login.select().count() == answers.count("login_wrong")


def test_a_full_queue_refuses_and_counts_no_try(world: World, account: Account) -> None:
    places = passwords.AT_ONCE + passwords.QUEUE
    for _ in range(places):
        assert passwords._places.acquire(blocking=False)
    try:
        for _ in range(12):
            assert try_once(PHONE, PASSWORD) == "busy"
    finally:
        for _ in range(places):
            passwords._places.release()
    assert login.prove(login.whom(PHONE, HERE), PASSWORD, HERE) == account


def test_a_password_that_changes_while_it_is_looked_at_opens_nothing(world: World, account: Account) -> None:
    found = login.whom(PHONE, HERE)
    Account.update(password_hash=passwords.hash("another password")).execute()
    with pytest.raises(Refused, match="login_wrong"), login.proved(found, PASSWORD, HERE):
        pytest.fail("let in")


@pytest.mark.req("ACC-35")
def test_letting_somebody_in_is_one_transaction(world: World, account: Account) -> None:
    account.password_hash = passwords.hash(PASSWORD)
    account.save()
    for _ in range(2):
        with counted() as cost, login.proved(login.whom(PHONE, HERE), PASSWORD, HERE) as found:
            login.admit(found, HERE, "password")
        assert cost.transactions == 1
    assert Session.select().count() == 2


def test_an_account_is_found_by_its_index_however_many_there_are(world: World, account: Account) -> None:
    if on_sqlite():  # PostgreSQL decides by the size of the table
        for query in entrance._accounts.values():
            query("nobody's")
            sql, _ = query._ready[type(database.obj)]
            plan = " ".join(row[3] for row in database.execute_sql(f"explain query plan {sql}", ("nobody's",)))
            assert "USING INDEX account_" in plan
            assert "SCAN" not in plan


def test_a_hash_of_other_days_is_made_anew_by_the_right_password(world: World, account: Account) -> None:
    assert passwords.is_dated(account.password_hash)
    login.prove(login.whom(PHONE, HERE), PASSWORD, HERE)
    kept = Account.get().password_hash
    assert not passwords.is_dated(kept)
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.verify(kept, PASSWORD)


def test_nothing_that_is_no_hash_ever_fits() -> None:
    assert not passwords.verify(None, "nobody has this password")
    assert not passwords.verify("", "")
    assert not passwords.verify("plain", "plain")


@pytest.mark.req("ACC-35")
def test_a_number_is_found_whatever_document_bears_it(school: School) -> None:
    owner = make_account(school.record("何苗"), PHONE, country="USA")
    for kind, number, typed in (
        ("A", "E12345678", "e1234 5678"),
        ("H", "H12345678", "h12345678"),
        ("8", "12345678", "１２３４５６７８"),
    ):
        owner.document_kind, owner.document = kind, number
        issuer = documents.TYPES[kind].issuer or "USA"
        owner.identity_index = keys.blind("identity", documents.canonical(kind, number, issuer))
        owner.save()
        assert login.whom(typed, HERE).account == owner, kind


def test_what_is_older_than_180_days_is_forgotten(world: World, account: Account) -> None:
    login.admit(account, HERE, "password")
    world.wait(days=100)
    login.admit(account, HERE, "password")
    world.wait(days=81)
    sweeps.forget_what_accounts_left(world.worker.outside)
    assert [row.at for row in Login.select()] == [clock.now() - timedelta(days=81)]
    assert Device.select().count() == 1
    assert Session.select().count() == 0
