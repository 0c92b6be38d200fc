"""冒用: what an impostor confirmed counts no more, and the holder reads what was done in that name."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.certifying import Office, filed, held
from tests.claims import Claims
from tests.people import School, make_account
from tests.person import Person
from tests.reporting import Holder
from tests.web.test_records import enter
from tests.web.test_staff_review import agree, hand_in, old, party, reviewer  # noqa: F401 (old, party: fixtures)
from tests.world import World
from webapp.domain import checks, clock
from webapp.domain.certification import deciding
from webapp.domain.duplicates import cases, effect, in_their_name
from webapp.domain.permissions import student
from webapp.domain.refused import Refused
from webapp.domain.reports import issuing
from webapp.domain.reports.issuing import Wish
from webapp.models.accounts import Account, Login
from webapp.models.checks import Check
from webapp.models.duplicates import Archive, Claim, Party
from webapp.models.records import Record
from webapp.models.staff import Staff
from webapp.web.duplicates.words import DEEDS


def check_of(school: School) -> Check:
    return Check.get(Check.record == school.record("林晓溪"))


def confirmed_by(account: Account, school: School) -> None:
    Login.create(account=account, at=clock.now(), method="password", result="in", device="Pixel", network="192.0.2.0/24")
    checks.confirm(check_of(school), student(account.key))


def alleged(app: Flask, world: World, school: School, end: str) -> None:
    """One reviewer raises the suspicion, another ends it."""
    reviewer(app, world, school, "ma").visit("/staff/review").press("审下一件").press("疑似冒用")
    reviewer(app, world, school, "tan").visit("/staff/review?show=alleged").follow("林晓溪").press(end)


@pytest.mark.req("DUP-28", "DUP-24")
def test_the_impostor_who_was_first_is_put_away_and_the_winner_confirms_anew(
    app: Flask,
    world: World,
    school: School,
    party: Party,  # noqa: F811
    old: Account,  # noqa: F811
    office: Office,
    person: Callable[[], Person],
) -> None:
    confirmed_by(old, school)
    record = school.record("林晓溪")
    Record.update(account=old, bound_how="auto", bound=clock.now()).where(Record.id == record.id).execute()
    report = issuing.issue(old, student(old.key), Record.get_by_id(record.id), Wish())
    item = filed(Holder(old, student(old.key), record), office.agency)
    hand_in(party, world)
    alleged(app, world, school, "原账号是冒用的")
    assert "prior_impostor" in Claim.get().signals and Account.get_by_id(old.id).state == "active"
    for login in ("gao", "hu"):
        agree(reviewer(app, world, school, login).visit("/staff/review").press("审下一件")).press("通过")
    world.wait(hours=72, seconds=1)
    assert (Claim.get().state, Archive.get().why) == ("done", "impostor")
    assert (check_of(school).state, check_of(school).seen, check_of(school).confirmed) == ("again", None, None)
    person().visit(f"/verify/{report.code}").sees("已由权属人关闭").sees_not("林晓溪")
    me = world.log_in(person(), Account.get_by_id(party.account_id)).visit("/records")
    me.visit("/messages").press("有人冒用过你的身份")
    me.follow("去看看").sees("确认了学籍信息，已不算数", "申请了在线验证报告，现在已经关闭", "登录了账号").sees_not(
        "Pixel", "192.0.2", "13800001111"
    )
    me.sees("提交了学历认证的申请")
    with pytest.raises(Refused, match="application_held"):
        deciding.accept(held(item, office), office.actor())
    me.visit("/applications").follow(item.application.number).sees("这份申请不是你提交的").sees_not("lin@example.edu.cn")
    me.press("我要办，继续").sees_not("这份申请不是你提交的")
    assert deciding.accept(held(item, office), office.actor()).state == "accepted"
    me.visit(f"/records/{school.record('林晓溪').key}").sees("需重新确认", "之前的确认不再算数")
    assert check_of(school).state == "again"
    me.press("全部正确，确认").sees("自查完成，全部正确")
    assert (check_of(school).state, check_of(school).seen) == ("confirmed", clock.now())


@pytest.mark.req("DUP-28")
def test_an_impostor_who_claims_is_put_away_and_the_holder_reads_what_was_done(
    app: Flask,
    world: World,
    school: School,
    party: Party,  # noqa: F811
    old: Account,  # noqa: F811
    person: Callable[[], Person],
) -> None:
    hand_in(party, world)
    alleged(app, world, school, "确认冒用")
    me = enter(world, person(), Account.get_by_id(old.id)).visit(f"/duplicate/used/{Claim.get().key}")
    me.sees("有人冒用过你的身份", "交了证件照片", "申领你的证件号码")
    assert any("有人冒用你的身份注册过账号" in line for line in world.outbox())
    he = enter(world, person(), make_account(school.record("何苗"), "13800003333"))
    assert he.visit(f"/duplicate/used/{Claim.get().key}").status == 404
    assert Archive.get().account_id == party.account_id


@pytest.mark.req("DUP-28")
def test_what_the_holder_confirmed_after_the_impostor_stays(
    app: Flask,
    world: World,
    school: School,
    party: Party,  # noqa: F811
    old: Account,  # noqa: F811
) -> None:
    confirmed_by(old, school)
    in_their_name.confirm_again([party.account], "impostor")
    assert check_of(school).state == "confirmed"
    in_their_name.confirm_again([old], "overturned")
    assert (check_of(school).state, check_of(school).seen) == ("again", None)


@pytest.mark.req("DUP-21", "DUP-28")
def test_a_decision_that_two_people_overturn_takes_the_winners_confirmation_along(world: World, school: School) -> None:
    claims = Claims(world, school)
    record = school.record("何苗")
    first = make_account(record, "13800004444")
    Record.update(account=first, bound_how="auto", bound=clock.now()).where(Record.id == record.id).execute()
    claimant = cases.open_or_join(make_account(record, "13800005555", state="duplicate"))
    hand_in(claimant, world)
    claims.approve(claimant)
    world.wait(seconds=31)
    check = Check.get(Check.record == record)
    checks.confirm(check, student(claimant.account.key))
    archive = Archive.get()
    for actor, deed in zip(claims.desk, (effect.ask_restore, effect.restore), strict=True):
        deed(archive, Staff.by_key(actor.key), actor)
    assert Check.get_by_id(check.id).state == "again"


def test_every_deed_that_is_told_has_words() -> None:
    assert set(DEEDS) == {*in_their_name.DEEDS, in_their_name.LOOKED, in_their_name.ENTERED}
