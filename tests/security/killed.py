"""A process that dies at the n-th statement of a verb, for every n: `python -m tests.security.killed DATA DATABASE VERB`.
A number behind it takes only every so many-th.

Each life of the verb is a forked child of a process without threads; the parent looks at what is left, lets the verb run
again, and looks once more. The last line is JSON: before how many statements it may die.
"""

import json
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.people import PASSWORD, STUDENTS, id_number, make_account, make_record, make_school
from tests.security import killed_certification
from webapp import bind
from webapp.domain import accounts, checks, drafts, journal, permissions, records, reported, resealing
from webapp.domain.imports import history
from webapp.models import keys
from webapp.models.accounts import Account, Consent
from webapp.models.base import database
from webapp.models.checks import Check, Report, ReportedField
from webapp.models.journal import Draft, Event
from webapp.models.records import Record, View
from webapp.models.school import Campaign, Class
from webapp.providers import files
from webapp.settings import Settings

DEATH = 9


class Verb(NamedTuple):
    """`prepare(n)` names what the n-th life works on, `act` does it, `whole` tells whether it is done: it is or it is not."""

    prepare: Callable[[int], str]
    act: Callable[[str], object]
    whole: Callable[[str], bool]


def _draft(n: int) -> str:
    made = drafts.begin("register")
    made.token, _ = drafts.new_token()
    number = id_number("20080512", 100 + n)
    drafts.keep(made, consent=accounts.TEXTS, name="林晓溪", kind="1", country="CHN", number=number)
    made.phone = f"138000077{n:02d}"
    made.save()
    return made.key


def _registered(key: str) -> bool:
    draft = Draft.by_key(key)
    account = Account.get_or_none(Account.phone_index == Account.phone_index.of(draft.phone))
    whose = account.id if account else None
    events = Event.select().where(Event.object == f"account:{account.key if account else ''}").count()
    consents = Consent.select().where(Consent.account == whose).count() if account else 0
    done = (draft.account is not None, account is not None, consents, events)
    assert done in ((False, False, 0, 0), (True, True, 2, 1)), done
    return done[0]


def _record(n: int) -> str:
    klass = Class.get()
    record = make_record(klass.unit, klass, STUDENTS[0], f"20269{n:05d}", serial=200 + n)
    make_account(record, f"138000088{n:02d}")
    checks.enrol(Campaign.get())
    return record.key


def _holder(key: str) -> tuple[Record, Account]:
    record = Record.by_key(key)
    return record, Account.get(Account.identity_index == record.identity_index)


def _open(key: str) -> None:
    record, account = _holder(key)
    actor = permissions.student(account.key)
    records.bind(account)
    records.look(records.find(key, account, actor), account, actor, "records.record")


def _opened(key: str) -> bool:
    record, account = _holder(key)
    check = Check.get(Check.record == record)
    bound = Event.select().where((Event.object == f"record:{key}") & (Event.action == "record.bind")).count()
    seen = Event.select().where(Event.object == f"check:{check.key}").count()
    views = View.select().where((View.object == key) & (View.what == "record")).count()
    done = (record.account_id == account.id, bound, record.opened is not None, check.state, seen, views)
    nothing, half, whole = (False, 0, False, "unseen", 0, 0), (True, 1, False, "unseen", 0, 0), (True, 1, True, "seen", 1, 1)
    assert done in (nothing, half, whole), done
    return done == whole


def _opened_record(n: int) -> str:
    key = _record(n)
    _open(key)
    return key


def _report(key: str) -> None:
    record, account = _holder(key)
    check = Check.get(Check.record == record)
    reported.report(check, account, permissions.student(account.key), {"major": "数学", "length": "5"}, "写错了", [])


def _reported(key: str) -> bool:
    record, _ = _holder(key)
    check = Check.get(Check.record == record)
    events = Event.select().where((Event.object == f"check:{check.key}") & (Event.action == "check.report")).count()
    reports = Report.select().where(Report.record == record).count()
    fields = ReportedField.select().join(Report).where(Report.record == record).count()
    done = (check.state, events, reports, fields)
    assert done in (("seen", 0, 0, 0), ("reported", 1, 1, 2)), done
    return done[1] == 1


PLACES = (*resealing.columns(), history.SEALED_HERE, files.SEALED_HERE)


def _new_root(n: int) -> str:
    keys.use(keys.ring().renewed())
    return keys.ring().current


def _renewed(kid: str) -> bool:
    """Whatever the renewal had come to, everything opens; when it is through, the newest root alone opens everything."""
    ring, done = keys.ring(), not resealing.unfinished()
    if done:
        keys.use(ring.newest_alone())
    assert all(record.document for record in Record.select())
    keys.use(ring)
    assert not done or resealing.left(PLACES) == 0
    return done


VERBS = {
    "register": Verb(_draft, lambda key: accounts.register(Draft.by_key(key), PASSWORD, "zh", "192.0.2.0/24"), _registered),
    "open": Verb(_record, _open, _opened),
    "report": Verb(_opened_record, _report, _reported),
    "renew": Verb(_new_root, lambda kid: resealing.renew(PLACES), _renewed),
}


def live(verb: Verb, key: str, until: int | None = None) -> int:
    """Let a child do it, dying before statement `until`; returns its exit code."""
    close()
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        if until is not None:
            count_down(until)
        verb.act(key)
    except Exception:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def count_down(until: int) -> None:
    """Die, as by kill -9, before the n-th statement that the database is asked."""
    left, db = [until], database.obj
    ask, commit = db.execute_sql, db.commit

    def step() -> None:
        left[0] -= 1
        if left[0] < 0:
            os._exit(DEATH)

    def execute_sql(*told: object, **named: object) -> object:
        step()
        return ask(*told, **named)

    def before_commit() -> object:
        step()
        return commit()

    db.execute_sql, db.commit = execute_sql, before_commit


def close() -> None:
    if not database.obj.is_closed():
        database.close()
    if hasattr(database.obj, "close_all"):
        database.close_all()


def main(data: str, url: str, name: str, stride: str = "1") -> None:
    settings = Settings.read({}, data_dir=Path(data), database=url, demo=True)
    bind(settings)
    make_school()
    more = {name: Verb(*three) for name, three in killed_certification.verbs(settings).items()}
    verb, n = (VERBS | more)[name], 0
    while True:
        key = verb.prepare(n)
        end = live(verb, key, until=n)
        done = verb.whole(key)
        assert end in (0, DEATH), f"the verb failed at statement {n}"
        assert end == DEATH or done
        assert live(verb, key) == 0, f"after death at statement {n} the verb does not go on"
        assert verb.whole(key), f"after death at statement {n} the verb does not end"
        if end == 0:
            break
        n += int(stride)
    assert all(isinstance(told, int) for told in journal.verify()), "the chain of events is broken"
    print(json.dumps({"verb": name, "deaths": n}))


if __name__ == "__main__":
    main(*sys.argv[1:])
