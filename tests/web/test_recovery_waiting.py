"""Weak proofs: answers that others may know, a number that others may have, codes on paper; and the notice before they open."""

from collections.abc import Callable

import pytest

from tests.people import School, make_account
from tests.person import Person
from tests.recovering import (
    HERE,
    MAIL,
    NEW,
    NOBODY,
    PHONE,
    answer,
    begin,
    by_phone,
    owner,
    set_password,
    set_questions,
    type_code,
)
from tests.world import World
from webapp.domain import drafts, login
from webapp.domain.recovery import at_desk, resetting
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.journal import Draft
from webapp.models.recovery import Recovery

Maker = Callable[..., Person]


@pytest.fixture
def account(school: School) -> Account:
    return owner(school)


@pytest.mark.req("REC-08")
def test_all_answers_right_open_an_account_that_is_not_in_use(person: Maker, world: World, account: Account) -> None:
    set_questions(account)
    assert set_password(answer(person(), world, "黑 豆", "桂花巷")).path == "/recover/done"


@pytest.mark.req("REC-08")
def test_wrong_answers_count_down_alike_for_everybody(visitor: Maker, world: World, account: Account) -> None:
    set_questions(account)
    for name in (PHONE, NOBODY):
        said = [answer(visitor(), world, "黑豆", "别的", name=name).errors()[0] for _ in range(6)]
        assert said[:5] == [f"密保答案错误，今日剩余 {left} 次" for left in (4, 3, 2, 1, 0)]
        assert said[5].startswith("试的次数太多")
    assert answer(visitor(), world, "黑豆", "桂花巷", name=account.document).errors() == ["密保答案错误，今日剩余 4 次"]
    world.wait(hours=25)
    assert answer(visitor(), world, "黑豆", name=PHONE).errors() == ["密保答案错误，今日剩余 4 次"]
    assert answer(visitor(), world, "黑豆", "桂花巷", name=PHONE).path == "/recover/new"


def in_use(account: Account) -> None:
    login.admit(account, HERE, "password")


@pytest.mark.req("REC-08")
def test_answers_open_an_account_in_use_only_after_a_day_of_notice(person: Maker, world: World, account: Account) -> None:
    set_questions(account)
    in_use(account)
    me = answer(person(), world, "黑豆", "桂花巷")
    assert me.path == "/recover/wait"
    me.sees("11 月 17 日 10:00")
    told = [line.partition(" ")[0] for line in world.outbox() if "有人要重设你的密码" in line]
    assert sorted(told) == ["MAIL", "SMS"]
    world.wait(hours=23, minutes=59)
    assert me.visit("/recover/new").path == "/recover/wait"
    world.wait(minutes=1)
    assert set_password(me.visit("/recover").follow("接着设新密码")).path == "/recover/done"
    assert Recovery.get().state == "done"


@pytest.mark.req("REC-08")
def test_another_browser_may_answer_again_once_the_notice_is_over(visitor: Maker, world: World, account: Account) -> None:
    set_questions(account)
    in_use(account)
    answer(visitor(), world, "黑豆", "桂花巷")
    world.wait(hours=24)
    assert answer(visitor(), world, "黑豆", "桂花巷").path == "/recover/new"
    world.wait(hours=73)
    assert answer(visitor(), world, "黑豆", "桂花巷").path == "/recover/wait"
    assert [case.state for case in Recovery.select().order_by(Recovery.id)] == ["expired", "cooling"]


def test_the_holder_stops_it_with_one_button_and_the_answers_are_worth_nothing_then(
    visitor: Maker, world: World, account: Account
) -> None:
    set_questions(account)
    in_use(account)
    attacker = answer(visitor(), world, "黑豆", "桂花巷")
    world.wait(hours=23, minutes=59)
    holder = visitor().visit(world.link(MAIL))
    assert Recovery.get().state == "cooling"
    holder.press("不是我，停下").sees("密码没有变")
    assert Recovery.get().state == "cancelled"
    world.wait(minutes=2)
    assert attacker.visit("/recover/new").path == "/recover"
    assert answer(visitor(), world, "黑豆", "桂花巷").errors() == ["密保答案错误，今日剩余 4 次"]


@pytest.mark.req("REC-06")
def test_a_number_not_proved_for_long_gives_the_mail_box_a_day_of_notice(
    visitor: Maker, world: World, account: Account
) -> None:
    world.wait(days=91)
    assert type_code(by_phone(visitor(), world, account), world).path == "/recover/wait"
    account.email_proved = None
    account.save()
    Recovery.delete().execute()
    world.wait(minutes=2)
    assert type_code(by_phone(visitor(), world, account), world).path == "/recover/new"


@pytest.mark.req("REC-09")
def test_a_printed_code_opens_the_account_once(person: Maker, world: World, account: Account) -> None:
    owner = world.log_in(person(), account).visit("/me").follow("设置恢复码")
    codes = [item.get_text() for item in owner.press("生成 10 个恢复码").page.select("main ol li")]
    assert len(set(codes)) == 10
    owner.visit("/me").sees("还剩 10 个")
    me = begin(person(), world, account.document).follow("恢复码")
    me.fill("恢复码", codes[3].lower().replace("-", " ")).press("下一步")
    assert set_password(me).path == "/recover/done"
    again = begin(person(), world, account.document).follow("恢复码").fill("恢复码", codes[3]).press("下一步")
    assert again.errors() == ["恢复码不对，或者用过了，今日剩余 4 次"]
    nobody = begin(person(), world, NOBODY).follow("恢复码").fill("恢复码", codes[4]).press("下一步")
    assert nobody.errors() == again.errors()


def test_a_password_changed_meanwhile_ends_the_wait(visitor: Maker, world: World, account: Account) -> None:
    set_questions(account)
    in_use(account)
    attacker = answer(visitor(), world, "黑豆", "桂花巷")
    world.wait(hours=1)
    set_password(type_code(by_phone(visitor(), world, account), world))
    world.wait(hours=23, minutes=1)
    assert attacker.visit("/recover/new").path == "/recover"
    assert answer(attacker, world, "黑豆", "桂花巷").path == "/recover/wait"
    assert [case.state for case in Recovery.select().order_by(Recovery.id)] == ["expired", "cooling"]


def notices(world: World) -> int:
    return sum("有人要重设你的密码" in line for line in world.outbox() if line.startswith("MAIL"))


def seen_at_the_desk(account: Account, phone: str | None = None) -> Draft:
    """The draft of a browser whose owner two officers have just seen."""
    draft = drafts.begin("recover")
    draft.token, _ = drafts.new_token()
    resetting.keep(draft, account, "desk")
    if phone is not None:
        at_desk.tell(draft, phone)
    return draft


@pytest.mark.req("REC-11")
def test_a_person_seen_at_the_desk_gets_an_idle_account_with_a_new_number(world: World, account: Account) -> None:
    resetting.reset(seen_at_the_desk(account, "13800000077"), NEW, HERE)
    account = Account.by_key(account.key)
    assert account.phone == "13800000077" and login.prove(login.whom("13800000077", HERE), NEW, HERE) == account


@pytest.mark.req("REC-11")
def test_an_account_in_use_waits_three_days_though_a_person_was_seen(visitor: Maker, world: World, account: Account) -> None:
    """T01: contacts are told at once and a day before; one tap a minute before the end stops it."""
    in_use(account)
    world.wait(days=40)
    held = [seen_at_the_desk(account) for _ in range(2)]
    assert notices(world) == 1 and resetting.proof(held[0]) is None
    world.wait(hours=48)
    assert notices(world) == 2
    world.wait(hours=23, minutes=59)
    visitor().visit(world.link(MAIL)).press("不是我，停下")
    world.wait(hours=1)
    for draft in held:
        with pytest.raises(Refused, match="recovery_over"):
            resetting.reset(draft, NEW, HERE)
    with pytest.raises(Refused, match="recovery_stopped"):
        seen_at_the_desk(account)


def test_a_number_taken_meanwhile_is_not_taken_over(world: World, school: School, account: Account) -> None:
    draft = seen_at_the_desk(account, "13800000077")
    make_account(school.record("何苗"), "13800000077")
    with pytest.raises(Refused, match="phone_taken"):
        resetting.reset(draft, NEW, HERE)
