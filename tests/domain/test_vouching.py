"""Classmates: who may be asked, what two yes and one no lead to, and what a browser for two tells."""

import pytest

from tests.domain.test_duplicates import colleague, fresh, new, old, party, used  # noqa: F401 (fixtures)
from tests.people import make_account
from webapp.domain import clock, defaults, login, sessions
from webapp.domain.duplicates import review, vouching
from webapp.domain.login import Visit
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.duplicates import Submission, Vouch
from webapp.models.journal import Event
from webapp.models.records import Record
from webapp.models.staff import Staff

CLASS = ("王𬱖", "赵安然", "孙浩宇")
"""Who is in the class of 林晓溪 (every third of the roster)."""


@pytest.fixture
def classmates(school, old) -> list[Account]:  # noqa: F811
    return [helper(school, name, f"1380000400{n}") for n, name in enumerate(CLASS)]


def helper(school, name: str, phone: str) -> Account:
    """Registered, with an opened record."""
    account = make_account(school.record(name), phone)
    Record.update(account=account, bound_how="auto", bound=clock.now(), opened=clock.now()).where(Record.name == name).execute()
    return account


def number(school, name: str) -> str:
    return school.record(name).student_number


def ask(party, school, *names: str) -> list[Vouch]:  # noqa: F811
    return [vouching.invite(party, name, number(school, name)) for name in names]


@pytest.mark.req("DUP-17")
def test_only_an_opened_record_of_the_same_class_can_be_asked(party, school, classmates):  # noqa: F811
    Record.update(opened=None).where(Record.name == CLASS[2]).execute()
    helper(school, "何苗", "13800004009")
    for name, of in (("何苗", "何苗"), ("没有人", CLASS[0]), (CLASS[0], CLASS[1]), (CLASS[2], CLASS[2]), ("林晓溪", "林晓溪")):
        with pytest.raises(Refused, match="classmate_unknown"):
            vouching.invite(party, name, number(school, of))
    assert [one.helper_id for one in ask(party, school, *CLASS[:2])] == [one.id for one in classmates[:2]]


@pytest.mark.req("DUP-18", "DUP-21")
def test_two_yes_solve_the_case_of_an_account_that_slept(party, old, school, classmates, world):  # noqa: F811
    first, second = ask(party, school, *CLASS[:2])
    assert vouching.answer(first, True) == "asked"
    assert vouching.answer(second, True) == "done"
    world.wait(seconds=31)
    assert (fresh(old).state, fresh(party.account).state, Submission.get().way) == ("archived", "active", "classmates")
    with pytest.raises(Refused, match="vouch_over"):
        vouching.answer(fresh(first), True)


@pytest.mark.req("DUP-20")
def test_they_never_close_an_account_in_use(party, old, school, classmates, world):  # noqa: F811
    used(old)
    answers = [vouching.answer(one, True) for one in ask(party, school, *CLASS[:2])]
    world.wait(hours=80)
    assert (answers, fresh(party.claim).state, fresh(old).state) == (["asked", "review"], "waiting", "active")


@pytest.mark.req("DUP-18")
def test_one_no_sends_the_case_to_a_person(party, school, classmates):  # noqa: F811
    first, second, third = ask(party, school, *CLASS)
    assert vouching.answer(first, False) == "review"
    assert ("classmate_no" in fresh(party.claim).signals, fresh(party.claim).state) == (True, "waiting")
    vouching.answer(second, True)
    assert vouching.answer(third, True) == "review"
    assert Submission.select().count() == 1


@pytest.mark.req("DUP-18")
def test_after_seven_days_nobody_is_asked_any_more(party, school, classmates, world):  # noqa: F811
    (vouch,) = ask(party, school, CLASS[0])
    world.wait(days=7, hours=1)
    vouching.sweep()
    assert fresh(vouch).state == "expired"
    with pytest.raises(Refused, match="vouch_over"):
        vouching.answer(fresh(vouch), True)
    (again,) = ask(party, school, CLASS[0])
    assert (again.id, again.state) == (vouch.id, "asked")


@pytest.mark.req("DUP-18")
def test_five_are_asked_at_most_and_nobody_helps_a_fourth_time(party, school, classmates, world):  # noqa: F811
    defaults.change("dup.classmates_invite", 2, SYSTEM)
    first, _ = ask(party, school, *CLASS[:2])
    assert ask(party, school, CLASS[0]) == [first]
    with pytest.raises(Refused, match="classmates_most"):
        ask(party, school, CLASS[2])
    Vouch.update(state="no").where(Vouch.id == first.id).execute()
    defaults.change("dup.per_helper_30d", 1, SYSTEM)
    Vouch.update(answered=clock.now()).where(Vouch.helper == classmates[1]).execute()
    with pytest.raises(Refused, match="classmate_busy"):
        vouching.answer(Vouch.get(Vouch.helper == classmates[1]), True)
    world.wait(days=31)
    vouching._may_help(classmates[1])


def test_one_browser_for_both_counts_for_nothing_and_only_the_history_says_why(party, school, classmates):  # noqa: F811
    (vouch,) = ask(party, school, CLASS[0])
    for account in (party.account, classmates[0]):
        login.admit(account, Visit("Chrome", "192.0.2.0/24", "one mark"), "password")
    with pytest.raises(Refused, match="vouch_not_you"):
        vouching.answer(vouch, True)
    told = Event.select().where(Event.action == "vouch.answer").get()
    assert (fresh(vouch).state, '"shared":true' in told.detail) == ("asked", True)


def test_one_network_for_all_asks_a_person(party, school, classmates):  # noqa: F811
    for account in (party.account, *classmates[:2]):
        sessions.begin(account, "Chrome", "192.0.2.0/24")
    answers = [vouching.answer(one, True) for one in ask(party, school, *CLASS[:2])]
    assert (answers[-1], "one_network" in fresh(party.claim).signals) == ("review", True)


@pytest.mark.req("DUP-16")
def test_who_vouched_does_not_review(party, school, classmates):  # noqa: F811
    officer = colleague(school.unit, "zhao")
    vouching.answer(ask(party, school, CLASS[1])[0], False)
    Staff.update(name=classmates[1].name).where(Staff.key == officer.key).execute()
    with pytest.raises(Refused, match="own_case"):
        review.take(fresh(party.claim), officer)


def test_the_phrase_is_three_words_and_each_helpers_own(party, school, classmates):  # noqa: F811
    phrases = [vouching.phrase(one) for one in ask(party, school, *CLASS)]
    assert all(len(one) == 3 and all(0 <= n < 32 for n in one) for one in phrases)
    assert len({tuple(one) for one in phrases}) == 3
