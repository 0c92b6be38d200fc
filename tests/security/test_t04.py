"""T04, a malicious classmate: one browser counts for nothing, one network asks a person, nobody helps a fourth time.

As decided, a helper has a record bound in the same class and opened, and sees a masked name and a phrase;
two who say yes decide only where the other account slept for 90 days, else a person does. Nothing tells the two why.
"""

import pytest

from tests.domain.test_duplicates import fresh, new, old, party, used  # noqa: F401 (fixtures)
from tests.domain.test_vouching import CLASS, ask, classmates  # noqa: F401 (fixtures)
from tests.people import make_account, make_record
from tests.person import Person
from webapp.domain import login, sessions
from webapp.domain.duplicates import cases, effect, vouching
from webapp.domain.login import Visit
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.journal import Event


@pytest.mark.req("DUP-17", "DUP-18")
def test_one_browser_for_both_counts_for_nothing_and_is_told_neutrally(app, world, party, school, classmates):  # noqa: F811
    one, other = ask(party, school, *CLASS[:2])
    for account in (party.account, classmates[0], classmates[1]):
        login.admit(account, Visit("Chrome", "192.0.2.0/24", "one mark"), "password")
    for asked in (one, other):
        with pytest.raises(Refused, match="vouch_not_you") as no:
            vouching.answer(asked, True)
        assert no.value.facts == {}
    assert {fresh(asked).state for asked in (one, other)} == {"asked"}
    told = [event.detail for event in Event.select().where(Event.action == "vouch.answer")]
    assert len(told) == 2 and all('"shared":true' in detail for detail in told)
    assert fresh(party.claim).state == "open"


@pytest.mark.req("DUP-18", "DUP-20")
def test_honest_helpers_never_close_an_account_in_use_by_themselves(party, old, school, classmates, world):  # noqa: F811
    used(old)
    answers = [vouching.answer(asked, True) for asked in ask(party, school, *CLASS)]
    world.wait(days=30)
    assert answers == ["asked", "review", "review"]
    assert (fresh(party.claim).state, fresh(old).state, fresh(party.account).state) == ("waiting", "active", "duplicate")


@pytest.mark.req("DUP-18")
def test_one_network_for_all_goes_to_a_person_and_refuses_nobody(party, old, school, classmates, world):  # noqa: F811
    for account in (party.account, *classmates):
        sessions.begin(account, "Chrome", "192.0.2.0/24")
    answers = [vouching.answer(asked, True) for asked in ask(party, school, *CLASS[:2])]
    world.wait(days=4)
    assert (answers, fresh(old).state) == (["asked", "review"], "active")


@pytest.mark.req("DUP-18")
def test_nobody_helps_a_fourth_time_in_a_month(school, old, classmates, world):  # noqa: F811
    klass, helper, ended = school.record("林晓溪").klass, school.record(CLASS[0]), []
    for n in range(4):
        record = make_record(school.unit, klass, (f"同学{n}", "20080910", "女"), f"20269999{n:02d}", serial=700 + n * 2)
        make_account(record, f"1380000600{n}")
        claimant = cases.open_or_join(make_account(record, f"1380000610{n}", state="duplicate"))
        try:
            vouching.answer(vouching.invite(claimant, CLASS[0], helper.student_number), True)
            ended.append("helped")
        except Refused as refusal:
            ended.append(refusal.code)
    assert ended == ["helped"] * 3 + ["classmate_busy"]


@pytest.mark.req("DUP-17")
def test_the_holder_is_told_who_helped_and_can_say_no(party, old, school, classmates, world):  # noqa: F811
    for asked in ask(party, school, *CLASS[:2]):
        vouching.answer(asked, True)
    assert fresh(party.claim).state == "approved"
    assert [one.id for one in vouching.helpers_of(party.claim)] == [one.id for one in classmates[:2]]
    effect.object(fresh(party.claim), fresh(old))
    world.wait(days=4)
    assert (fresh(party.claim).state, fresh(party.claim).needs_two, fresh(old).state) == ("waiting", True, "active")


@pytest.mark.req("DUP-17")
def test_a_helper_sees_a_masked_name_and_no_number(app, world, party, school, classmates):  # noqa: F811
    (asked,) = ask(party, school, CLASS[0])
    person = world.log_in(Person(app), Account.get_by_id(classmates[0].id)).visit(f"/vouch/{asked.key}")
    person.sees_not(party.account.name, party.account.document, party.account.phone)
    assert person.page.select("main img") == []
