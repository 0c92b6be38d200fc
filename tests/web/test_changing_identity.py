"""修改姓名和证件: alone until a record is bound, then at the office; what is unbound is told before it is."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.people import School, id_number, make_account
from tests.person import Person
from tests.web.test_in_person import agree, number_of, two_officers, type_number
from tests.world import World
from webapp.domain import accounts, records, sessions
from webapp.domain.accounts import Identity
from webapp.domain.changes import reviews
from webapp.domain.identity import names
from webapp.models.accounts import Account
from webapp.models.changes import Amendment, Former
from webapp.models.duplicates import Party
from webapp.models.photos import Upload
from webapp.models.records import Record

PHONE = "13800000001"
OTHER = id_number("20080512", 88)

Maker = Callable[..., Person]


@pytest.fixture
def officers(app: Flask, world: World, school: School) -> tuple[Person, Person]:
    return two_officers(app, world, school)


@pytest.fixture
def account(school: School) -> Account:
    """Her name and number are the roster's, but nothing is bound yet."""
    return make_account(school.record("林晓溪"), PHONE)


@pytest.fixture
def holder(person: Maker, world: World, account: Account) -> Person:
    return world.log_in(person(), account)


def correct(holder: Person, name: str, number: str) -> Person:
    holder.visit("/me/identity").fill("姓名", name).fill("证件号码", number).press("下一步，看看会有什么变化")
    return holder


def fresh(account: Account) -> Account:
    return Account.get_by_id(account.id)


@pytest.mark.req("ACC-45")
def test_until_a_record_is_bound_name_and_number_are_corrected_three_times(
    holder: Person, world: World, account: Account
) -> None:
    for left, name in ((3, "林晓西"), (2, "林小溪"), (1, "林晓希")):
        holder.visit("/me/identity").sees(f"还能改 {left} 次")
        correct(holder, name, OTHER).sees("林晓西" if left == 2 else name, "看看会有什么变化")
        holder.press("保存修改")
        assert holder.path == "/me"
        holder.sees(name)
        world.wait(seconds=1)
    assert fresh(account).document == OTHER
    correct(holder, "林晓溪", OTHER).press("提交，再到学籍科核对").sees("带证件到学籍科当面核对")
    assert fresh(account).name == "林晓希"


@pytest.mark.req("ACC-45")
def test_a_correction_ends_other_sessions_and_tells_the_holder(
    holder: Person, person: Maker, world: World, account: Account
) -> None:
    other = world.log_in(person(), account)
    correct(holder, "林晓西", account.document).press("保存修改")
    assert other.visit("/me").path == "/login"
    assert any("姓名或证件刚刚改了" in line for line in world.outbox())


@pytest.mark.req("ACC-45")
def test_a_correction_to_somebodys_number_puts_the_account_in_doubt(holder: Person, school: School, account: Account) -> None:
    other = make_account(school.record("何苗"), "13800000002")
    correct(holder, "何苗", other.document).press("保存修改")
    doubted = fresh(account)
    assert (doubted.state, doubted.identity_index) == ("duplicate", other.identity_index)
    assert Party.get().account == doubted
    assert fresh(other).state == "active"


@pytest.mark.req("ACC-45")
def test_a_mistyped_number_that_was_somebodys_is_corrected_out_of_doubt(
    holder: Person, school: School, account: Account
) -> None:
    other = make_account(school.record("何苗"), "13800000002")
    correct(holder, account.name, other.document).press("保存修改")
    assert fresh(account).state == "duplicate"
    correct(holder, account.name, OTHER).press("保存修改")
    corrected = fresh(account)
    assert (corrected.state, corrected.document) == ("active", OTHER)
    assert Party.get().left is not None


def test_nothing_changes_in_a_frozen_account(holder: Person, account: Account) -> None:
    Account.update(state="frozen", frozen_from="active").execute()
    correct(holder, "林晓西", account.document)
    assert holder.errors() == ["这个账号已冻结，只能查看账号信息；要恢复，联系学籍科"]


def test_what_was_proved_of_another_name_does_not_stay(holder: Person, account: Account) -> None:
    Account.update(person_proved=account.created, person_proved_by="desk", school_proved=account.created).execute()
    correct(holder, "林晓西", OTHER).press("保存修改")
    changed = fresh(account)
    assert (changed.person_proved, changed.school_proved) == (None, None)


@pytest.mark.req("ACC-45")
def test_once_a_record_is_bound_the_office_looks_and_the_page_warns(
    holder: Person, officers: tuple[Person, Person], account: Account
) -> None:
    records.bind(account)
    holder.visit("/me/identity").sees("当面核对过才会改")
    correct(holder, "林晓西", account.document).sees("1 条记录", "会解绑", "云溪职业技术学院")
    holder.press("提交，再到学籍科核对").sees("带证件到学籍科当面核对", "会解绑")
    assert fresh(account).name == "林晓溪"
    number = number_of(holder)
    type_number(officers[0], number).sees("林晓溪", "林晓西", "会和账号解绑").sees_not(account.document)
    agree(officers[0], account.document[-6:], "确认，交给第二位老师")
    agree(officers[1].visit("/staff/in-person").follow("林*西"), account.document[-6:], "确认").sees("已经办好")
    changed = fresh(account)
    assert (changed.name, changed.person_proved_by) == ("林晓西", "desk")
    assert not Record.select().where(Record.account == account).exists()


@pytest.mark.req("DUP-30", "ACC-45")
def test_a_name_slip_is_mended_at_the_desk_before_a_record_is_bound(
    holder: Person, officers: tuple[Person, Person], world: World, account: Account
) -> None:
    """Three corrections are used up; the card is held against what was asked for, not against what stands there."""
    for name in ("林晓西", "林小溪", "林晓希"):
        correct(holder, name, OTHER).press("保存修改")
        world.wait(seconds=1)
    correct(holder, "林晓溪", account.document).press("提交，再到学籍科核对")
    first, second = officers
    desk = agree(type_number(first, number_of(holder)), OTHER[-6:], "确认，交给第二位老师")
    assert desk.errors()[0].startswith("和登记的证件号码对不上")
    agree(desk, account.document[-6:], "确认，交给第二位老师")
    agree(second.visit("/staff/in-person").follow("林*溪"), account.document[-6:], "确认").sees("已经办好")
    changed = fresh(account)
    assert (changed.name, changed.document, changed.person_proved_by) == ("林晓溪", account.document, "desk")
    assert not Upload.select().exists()


def test_who_asks_for_something_else_shows_another_number(
    holder: Person, officers: tuple[Person, Person], account: Account
) -> None:
    records.bind(account)
    correct(holder, "林晓西", account.document).press("提交，再到学籍科核对")
    before = number_of(holder)
    holder.visit("/me/identity").press("不改了，撤回申请")
    correct(holder, "林小溪", account.document).press("提交，再到学籍科核对")
    type_number(officers[0], number_of(holder)).sees("林小溪")
    assert type_number(officers[1], before).errors()[0].startswith("没有手机在显示")


def test_nothing_changes_for_who_changes_nothing(holder: Person, account: Account) -> None:
    correct(holder, account.name, account.document)
    assert holder.errors() == ["和现在的一样，没有要改的"]
    assert holder.visit("/me/identity/check").path == "/me/identity"
    holder.post("/me/identity/check")
    assert not Amendment.select().exists()


def test_a_wrong_number_is_said_beside_it(holder: Person) -> None:
    correct(holder, "林", "123")
    assert len(holder.errors()) == 2


def test_the_request_is_taken_back(holder: Person, account: Account) -> None:
    records.bind(account)
    correct(holder, "林晓西", account.document).press("提交，再到学籍科核对").press("不改了，撤回申请")
    assert Amendment.get().state == "withdrawn"


# passports


def foreigner(record: Record, name: str, number: str) -> Record:
    record.name, record.name_compare, record.document_kind, record.country = name, names.compare(name), "A", "KAZ"
    record.document = number
    record.identity_index = Identity(name, "A", "KAZ", number).index
    record.save()
    return record


@pytest.mark.req("ACC-55")
def test_a_foreign_name_finds_its_record_however_it_is_spelt(school: School, world: World) -> None:
    record = foreigner(school.record("何苗"), "ZHANG,SAN", "N1234567")
    account = make_account(record, PHONE)
    Account.update(name="Zhang  San", name_compare=names.compare("Zhang  San")).execute()
    assert [one.id for one in records.bind(fresh(account))] == [record.id]
    assert fresh(account).name == "Zhang  San"


@pytest.mark.req("ACC-56")
def test_a_renewed_passport_is_added_and_the_old_one_kept(holder: Person, visitor: Maker, world: World, school: School) -> None:
    record = foreigner(school.record("何苗"), "ZHANG,SAN", "N1234567")
    account = make_account(record, "13800000002")
    records.bind(account)
    me = world.log_in(visitor(), account).visit("/me/identity").fill("姓名", "ZHANG,SAN").fill("证件号码", "N7654321")
    me.press("下一步，看看会有什么变化").sees_not("会解绑")
    me.press("提交，再到学籍科核对")
    reviews.approve(Amendment.get(), sessions.staff_actor(school.staff("ni")))
    renewed = fresh(account)
    assert (renewed.document, Former.get().document) == ("N7654321", "N1234567")
    assert [one.id for one in records.mine(renewed)] == [record.id]
    assert accounts.owner(Identity("X Y", "A", "KAZ", "N1234567")) == renewed
    later = foreigner(school.record("周明轩"), "ZHANG,SAN", "N1234567")
    assert {one.id for one in records.bind(renewed)} == {record.id, later.id}


@pytest.mark.req("ACC-43")
def test_without_a_mainland_phone_records_stay_closed(holder: Person, account: Account) -> None:
    holder.visit("/me").sees("仅绑定大陆地区手机的用户可进行图像校对、学籍/学历核验")
    Account.update(phone=None, phone_index=None, phone_proved=None).execute()
    refused = holder.visit("/records")
    assert refused.status == 409
    refused.sees("仅绑定大陆地区手机的用户可进行图像校对、学籍/学历核验")
    assert refused.follow("绑定大陆手机号").path == "/me/phone/lost"
    Account.update(person_proved=account.created, person_proved_by="desk").execute()
    assert holder.visit("/records").status == 409
    Account.update(person_proved_by="face").execute()
    assert holder.visit("/records").status == 200
