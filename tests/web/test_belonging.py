"""Records whose name, number or holder is not quite the account's: how they bind, what their pages say, what waits."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.people import School, make_account
from tests.person import Person
from tests.web.test_records import XI, diploma, enter
from tests.world import World
from webapp.domain import clock, matching, records, sessions
from webapp.domain.accounts import Identity
from webapp.domain.changes import identity as changing
from webapp.domain.changes import reviews
from webapp.domain.enrolment import editing, prior
from webapp.domain.identity import names
from webapp.domain.permissions import SYSTEM
from webapp.jobs.enrolment import find_later
from webapp.models.accounts import Account
from webapp.models.changes import Earlier
from webapp.models.checks import NoRecord
from webapp.models.messages import Notice
from webapp.models.papers import Paper
from webapp.models.records import Record

Visitors = Callable[..., Person]


def called(record: Record, name: str) -> Record:
    Record.update(name=name, name_compare=names.compare(name), name_sort=names.sort_key(name)).where(
        Record.id == record.id
    ).execute()
    return Record.get_by_id(record.id)


@pytest.mark.req("BND-12")
def test_a_record_of_another_living_account_is_not_shown_but_said(world: World, school: School, visitor: Visitors) -> None:
    record, other = school.record(XI), make_account(school.record("何苗"), "13800000002")
    account = make_account(record, "13800000001")
    paper = diploma(school, record, account=other, bound=clock.now(), bound_how="manual")
    me = enter(world, visitor(), account)
    me.sees("该学籍/学历已被其他账号绑定", "云溪职业技术学院 · 专科(高职)", "找回另一个账号", "告诉学籍科").sees_not(other.name)
    me.follow("我还有学历没显示出来").fill("证书编号", paper.certificate).fill("毕业年份", "2026")
    me.fill("毕业学校", school.unit.name).press("查找并绑定").sees("该学籍/学历已被其他账号绑定")
    assert Record.get_by_id(paper.id).account_id == other.id
    Account.update(state="closed").where(Account.id == other.id).execute()
    me.visit("/records").sees_not("已被其他账号绑定").sees("专科(高职)")


@pytest.mark.req("BND-10", "BND-20")
def test_a_name_that_a_correction_proved_binds_the_old_record(world: World, school: School, visitor: Visitors) -> None:
    record = called(school.record(XI), "林小溪")
    old = diploma(school, record)
    account = make_account(called(record, XI), "13800000001")
    record = called(record, "林小溪")
    record.account, record.bound_how = account, "manual"
    record.save()
    me = enter(world, visitor(), account).sees_not("专科(高职)")
    editing.change(record, {"name": XI}, SYSTEM, "登记错了", source="correction")
    me.visit("/records").sees("专科(高职)", "以曾用信息绑定")
    me.visit(f"/records/{old.key}").sees("以曾用信息绑定", "如信息有误，需通过工作部门进行修改")
    me.visit(f"/records/{record.key}").sees("如信息有误，需通过工作部门进行修改").sees_not("以曾用信息绑定")
    stranger = make_account(school.record("何苗"), "13800000002")
    assert [one.name for one in records.bind(stranger)] == ["何苗"]


@pytest.mark.req("BND-10")
def test_a_number_that_a_correction_proved_binds_the_old_record(school: School) -> None:
    record, typed = school.record(XI), school.record("何苗").document
    right, account = record.document, make_account(record, "13800000001")
    record = editing.change(record, {"document": typed}, SYSTEM, "为试验")
    Record.update(account=account, bound_how="manual").where(Record.id == record.id).execute()
    old = diploma(school, record)
    assert old.id not in {one.id for one in records.bind(account)}
    editing.change(Record.get_by_id(record.id), {"document": right}, SYSTEM, "登记错了", source="correction")
    assert {one.id: one.bound_how for one in records.bind(account)}[old.id] == "former"


@pytest.mark.req("BND-10")
def test_a_name_that_an_officer_changed_stays_a_way_to_the_old_record(school: School) -> None:
    record = school.record(XI)
    account = make_account(record, "13800000001")
    records.bind(account)
    changing.stage(account, Identity("林晓曦", "1", "CHN", account.document))
    reviews.approve(changing.ask(account), sessions.staff_actor(school.staff("ni")))
    renamed = Account.get_by_id(account.id)
    assert [(one.id, one.bound_how) for one in records.bind(renamed)] == [(record.id, "former")]
    assert [one.value for one in Earlier.select()] == [XI]


@pytest.mark.req("BND-21", "COR-09")
def test_a_character_that_could_not_be_typed_keeps_nobody_out_and_one_press_begins_to_mend_it(
    world: World, school: School, visitor: Visitors
) -> None:
    record = school.record("王𬱖")
    account = make_account(record, "13800000001")
    called(record, "王?")
    Account.update(person_proved=clock.now(), person_proved_by="desk").execute()
    me = world.log_in(visitor(), account).visit("/records").sees("姓名待补字")
    me.visit(f"/records/{record.key}").sees("姓名待补字：学校登记为 王?")
    assert Record.get_by_id(record.id).opened == clock.now()
    me.visit(f"/records/{record.key}/receipt").press("生成 PDF 回执").sees("姓名待补字，补好以后才能打印")
    assert Paper.select().count() == 0
    me.visit(f"/records/{record.key}").follow("补上这个字")
    assert me.value("应该是") == "王𬱖"
    me.press("继续")
    assert me.path.endswith("/papers")


@pytest.mark.req("BND-21")
@pytest.mark.parametrize(
    ("registered", "name", "same"),
    [
        ("王?", "王𬱖", True),
        ("王??", "王𬱖", True),
        ("吴\ue863", "吴䶮", True),
        ("李哲", "李喆", True),
        ("李喆", "李哲", True),
        ("王□明", "王𬱖明", True),
        ("王𬱖", "王𬱖", False),
        ("王颋", "王𬱖", False),
        ("??", "王𬱖", False),
        ("赵?", "王𬱖", False),
    ],
)
def test_only_what_could_not_be_typed_may_differ(registered: str, name: str, same: bool) -> None:
    assert matching.lacks(registered, name) is same


@pytest.mark.req("BND-18", "BND-14")
def test_the_junior_qualification_of_a_top_up_student_is_seen_when_it_binds(
    world: World, school: School, visitor: Visitors
) -> None:
    record = school.record(XI)
    Record.update(level="top_up", natural="x|top_up").where(Record.id == record.id).execute()
    account = make_account(record, "13800000001")
    ni = world.log_in(visitor(), school.staff("ni")).visit("/staff/enrolment").follow("前置学历未核验")
    ni.sees(XI, "还没有绑定账号")
    me = enter(world, visitor(), account).visit(f"/records/{record.key}").sees("前置学历", "未核验")
    ni.visit("/staff/enrolment/prior").sees("名下没有专科学历")
    later = diploma(school, record, graduated_on=date(2027, 7, 1), conclusion="graduated")
    records.bind(account)
    ni.visit("/staff/enrolment/prior").sees("名下的专科学历对不上")
    Record.update(account=None, graduated_on=date(2026, 7, 1)).where(Record.id == later.id).execute()
    records.bind(account)
    me.visit(f"/records/{record.key}").sees("前置学历", "通过").sees_not("未核验")
    ni.visit("/staff/enrolment/prior").sees_not(XI)
    elsewhere = school.staff("luo")
    assert prior.count(elsewhere.grants) == 0


@pytest.mark.req("CHK-12")
def test_who_found_no_record_is_told_once_when_it_has_come_in(world: World, school: School, visitor: Visitors) -> None:
    record = school.record(XI)
    account = make_account(record, "13800000001")
    Record.update(identity_index=None).where(Record.id == record.id).execute()
    world.log_in(visitor(), account).visit("/records").press("提交问题反馈")
    find_later(None)
    assert NoRecord.get().found is None
    Record.update(identity_index=record.identity_index, name="林晓?").where(Record.id == record.id).execute()
    find_later(None)
    find_later(None)
    assert Notice.select().where(Notice.template == "record_found").count() == 1
    ni = world.log_in(visitor(), school.staff("ni"))
    ni.visit("/staff/reports/no-records").sees("后来有了").follow(XI).sees("有了一致的学籍，已经告诉学生")
