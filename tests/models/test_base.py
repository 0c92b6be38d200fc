"""Rows, sealed fields, transactions and compiled queries on the real database."""

import threading
from contextlib import suppress
from datetime import date, datetime
from typing import NamedTuple

import pytest
from flask import Flask
from peewee import IntegrityError

from tests.people import School, make_account
from webapp.domain import clock
from webapp.models.accounts import Account
from webapp.models.base import Ciphertext, Compiled, attempt, database, transaction
from webapp.models.keys import CannotOpen
from webapp.models.records import Record
from webapp.models.settings import Setting

PHONE = "13800000001"


@pytest.mark.req("SYS-05")
def test_the_database_holds_no_plain_phone_or_number(school: School) -> None:
    account = make_account(school.records[0], PHONE)
    row = database.execute_sql("SELECT phone, document FROM account").fetchone()
    assert all(cell.startswith("v1:k1:") for cell in row)
    found = Account.get(Account.phone_index == Account.phone_index.of(" 138 0000 0001 "))
    assert (found.key, found.phone, found.document) == (account.key, PHONE, school.records[0].document)


@pytest.mark.req("SYS-05")
def test_plain_text_cannot_reach_a_sealed_column(school: School) -> None:
    with pytest.raises(TypeError):
        Account.update(phone=PHONE).execute()


@pytest.mark.req("SYS-05")
def test_a_value_moved_to_another_row_does_not_open(school: School) -> None:
    one, other = make_account(school.records[0], PHONE), make_account(school.records[1], "13800000002")
    Account.update(phone=Ciphertext(one.__data__["phone"])).where(Account.id == other.id).execute()
    with pytest.raises(CannotOpen):
        _ = Account.get_by_id(other.id).phone


def test_clearing_a_sealed_field_clears_its_index(school: School) -> None:
    account = make_account(school.records[0], PHONE)
    account.phone = None
    account.save()
    again = Account.get_by_id(account.id)
    assert (again.phone, again.phone_index) == (None, None)


@pytest.mark.req("ACC-34")
def test_the_database_itself_refuses_a_second_account_of_one_person(school: School) -> None:
    make_account(school.records[0], PHONE)
    with pytest.raises(IntegrityError):
        make_account(school.records[0], "13800000002")


def test_what_fails_alone_leaves_the_rest_of_its_transaction(app: Flask) -> None:
    with transaction():
        Setting.create(name="one", value="1", changed=clock.now())
        with suppress(IntegrityError), attempt():
            Setting.create(name="two", value="1", changed=clock.now())
            Setting.create(name="one", value="2", changed=clock.now())
        Setting.create(name="three", value="1", changed=clock.now())
    assert {one.name for one in Setting.select().where(Setting.name.in_(("one", "two", "three")))} == {"one", "three"}


def test_nothing_stays_of_a_transaction_that_failed(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        Setting.create(name="a", value="1", changed=datetime(2026, 1, 1))
        with transaction():
            Setting.create(name="b", value="1", changed=datetime(2026, 1, 1))
        _ = 1 / 0
    assert Setting.select().count() == 0


def test_writers_in_many_threads_wait_for_each_other(app: Flask) -> None:
    Setting.create(name="n", value="0", changed=datetime(2026, 1, 1))
    faults: list[Exception] = []

    def add() -> None:
        try:
            for _ in range(10):
                with transaction():
                    row = Setting.get(Setting.name == "n").locked()
                    row.value = str(int(row.value) + 1)
                    row.save()
        except Exception as fault:
            faults.append(fault)
        finally:
            database.close()

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert Setting.get(Setting.name == "n").value == "80"


class Line(NamedTuple):
    name: str
    birth_date: date
    updated: datetime


def test_a_compiled_query_answers_as_the_model_does(school: School) -> None:
    find = Compiled(
        Line, lambda unit, level: Record.select(Record.name, Record.birth_date, Record.updated)
        .where((Record.unit == unit) & (Record.level == level)).order_by(Record.id)
    )  # fmt: skip
    lines = find(school.unit.id, "bachelor")
    assert lines == [Line(r.name, r.birth_date, r.updated) for r in school.records]
    assert find(school.unit.id, "专科") == []


def test_a_compiled_query_takes_no_hidden_parameters(school: School) -> None:
    with pytest.raises(ValueError, match="in order"):
        Compiled(Line, lambda unit: Record.select(Record.name).where((Record.level == "本科") & (Record.unit == unit)))(1)
