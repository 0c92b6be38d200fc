"""A student opens 学籍信息: the gate, what binds, what each record shows, and the way on where nothing is found."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.pages import counted
from tests.people import School, make_account
from tests.person import Person
from tests.world import World
from webapp.domain import clock, permissions, records
from webapp.domain.identity import names
from webapp.models.accounts import Account
from webapp.models.base import new_key
from webapp.models.checks import Check, NoRecord
from webapp.models.journal import Event
from webapp.models.records import Record, View
from webapp.providers.files import Files

Visitors = Callable[..., Person]

XI = "林晓溪"


def enter(world: World, who: Person, account: Account, school: str = "云溪职业技术学院") -> Person:
    """Log in, pass the gate."""
    return world.log_in(who, account).visit("/records").fill("院校名称", school).press("核验")


def diploma(school: School, of: Record, **more: object) -> Record:
    """A qualification record of the same person."""
    facts = {
        "unit": school.unit,
        "kind": "qualification",
        "natural": more.get("certificate", "999995202606000001"),
        "name": of.name,
        "name_compare": of.name_compare,
        "name_sort": names.sort_key(of.name),
        "identity_index": of.identity_index,
        "level": "vocational",
        "major": "计算机应用技术",
        "graduated_on": date(2026, 7, 1),
        "conclusion": "毕业",
        "certificate": "999995202606000001",
        "president": "云水",
        "source": "注册",
        "updated": clock.now(),
    }
    return Record.create(**{**facts, **more})


@pytest.mark.req("BND-01", "BND-02", "BND-03", "BND-11")
def test_a_student_names_the_school_once_and_finds_all_records(world: World, school: School, person: Visitors) -> None:
    record = school.record(XI)
    diploma(school, record)
    me = enter(world, person(), make_account(record, "13800000001"))
    me.sees("我的学籍和学历", "本科 · 计算机应用技术", "专科(高职) · 计算机应用技术", "在籍（注册学籍）")
    assert me.text.index("本科") < me.text.index("专科(高职)")
    assert Record.get_by_id(record.id).bound_how == "auto"
    seen = View.get(View.what == "records")
    assert (seen.source, seen.at) == ("records.index", clock.now())
    me.visit("/records").sees("我的学籍和学历")
    assert View.select().count() == 1


@pytest.mark.req("BND-11")
def test_five_wrong_schools_end_the_day(world: World, school: School, person: Visitors) -> None:
    me = world.log_in(person(), make_account(school.record(XI), "13800000001")).visit("/records")
    me.sees("一天最多写错 5 次", "180 天没来")
    for left in (4, 3, 2, 1, 0):
        me.fill("院校名称", "云水大学").press("核验")
        assert me.status == 422
        me.sees(f"还能再试 {left} 次")
    me.fill("院校名称", "云溪职业技术学院").press("核验").sees("今日核验次数已用完")
    assert me.visit(f"/records/{school.record(XI).key}").heading == "核验院校名称"
    world.wait(hours=24)
    world.log_in(me, Account.get()).visit("/records").fill("院校名称", " 云溪 职业技术学院 ").press("核验").sees(
        "我的学籍和学历"
    )


@pytest.mark.req("BND-11")
def test_the_gate_asks_again_after_half_a_year_without_a_visit(world: World, school: School, visitor: Visitors) -> None:
    account = make_account(school.record(XI), "13800000001")
    me = enter(world, visitor(), account)
    world.wait(days=179)
    assert world.log_in(me, account).visit("/records").heading == "我的学籍和学历"
    world.wait(days=180)
    assert world.log_in(me, account).visit("/records").heading == "核验院校名称"


@pytest.mark.req("BND-14", "CHK-03", "CHK-04", "IMG-23", "ACC-51")
def test_the_record_shows_every_field(world: World, school: School, visitor: Visitors) -> None:
    record = school.record(XI)
    me = enter(world, visitor(), make_account(record, "13800000001")).sees("1991年以前的毕业生不提供学档注册与查询业务")
    me.follow("本科 · 计算机应用技术")
    me.sees("姓名", XI, "性别", "女", "2008 年 5 月 12 日", "民族", "汉族", "证件号码", "1*****", "层次", "本科", "4 年")
    me.sees("信息工程学院", "计应 2602 班", "2026010101", "学校尚未上传录取照片", "学历照片暂时不用校对")
    me.sees(
        "在籍（注册学籍）", "学籍注册成功", "院校代码", "99999", "考生号", "普通高等教育", "普通全日制", "2030 年 6 月 30 日"
    )
    me.sees_not(record.document)


@pytest.mark.req("CHK-03", "SCH-28")
def test_a_foreign_student_has_no_ethnic_group(world: World, school: School, visitor: Visitors) -> None:
    record = school.record(XI)
    record.document_kind, record.ethnic, record.political = "A", "", ""
    record.save()
    me = enter(world, visitor(), make_account(record, "13800000001")).follow("本科")
    me.sees_not("民族", "政治面貌").sees("护照")


@pytest.mark.req("CHK-04", "BND-14")
def test_another_status_says_what_to_do(world: World, school: School, visitor: Visitors) -> None:
    Record.update(status="N1").execute()
    me = enter(world, visitor(), make_account(school.record(XI), "13800000001")).follow("本科")
    me.sees("保留入学资格", "到学籍科办理").sees_not("学籍注册成功")


@pytest.mark.req("BND-15", "BND-17", "BND-01")
def test_a_qualification_shows_its_fields_and_counts_as_no_check(world: World, school: School, person: Visitors) -> None:
    record = school.record(XI)
    paper = diploma(school, record)
    me = enter(world, person(), make_account(record, "13800000001")).visit(f"/records/{paper.key}")
    me.sees("毕（结）业结论", "毕业", "证书编号", "999995202606000001", "校（院）长姓名", "云水", "2026 年 7 月 1 日", "来源")
    assert Check.get(Check.record == record).state == "unseen"
    for _ in range(12):
        assert me.visit(f"/records/{paper.key}").status == 200


@pytest.mark.req("BND-14")
def test_the_photo_is_for_its_holder_alone_and_never_kept(world: World, school: School, visitor: Visitors) -> None:
    record = school.record(XI)
    files = Files(world.worker.outside.storage)
    record.photo = files.keep(b"\xff\xd8\xff made-up", "admission_photo", state="clean", media="image/jpeg", unit=school.unit)
    record.save()
    me = enter(world, visitor(), make_account(record, "13800000001"))
    assert me.visit(f"/records/{record.key}").page.find("img", src=f"/records/{record.key}/photo.jpg")
    answer = me.visit(f"/records/{record.key}/photo.jpg").answer
    assert answer.data == b"\xff\xd8\xff made-up"
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("image/jpeg", "no-store")
    other = enter(world, visitor(), make_account(school.record("何苗"), "13800000002"))
    assert other.visit(f"/records/{record.key}/photo.jpg").status == 404


def test_a_record_without_a_photo_has_no_picture(world: World, school: School, visitor: Visitors) -> None:
    me = enter(world, visitor(), make_account(school.record(XI), "13800000001"))
    assert me.visit(f"/records/{school.record(XI).key}/photo.jpg").status == 404


@pytest.mark.req("SYS-09")
def test_anothers_record_is_not_there(world: World, school: School, visitor: Visitors) -> None:
    mine, other = school.record(XI), school.record("何苗")
    him = enter(world, visitor(), make_account(other, "13800000002"))
    me = enter(world, visitor(), make_account(mine, "13800000001"))
    for path in ("", "/photo.jpg", "/receipt"):
        assert me.visit(f"/records/{other.key}{path}").status == 404
        assert me.visit(f"/records/{new_key()}{path}").status == 404
    me.visit(f"/records/{mine.key}")
    assert me.post(f"/records/{other.key}", {"answer": "right"}).status == 404
    assert Check.get(Check.record == other).state == "unseen"
    assert him.visit(f"/records/{other.key}").status == 200


@pytest.mark.req("BND-08", "BND-09", "CHK-17")
def test_who_finds_nothing_tells_the_office_in_one_press(world: World, school: School, person: Visitors) -> None:
    record = school.record(XI)
    account = make_account(record, "13800000001")
    Account.update(name="林小溪", name_compare=names.compare("林小溪")).execute()
    me = world.log_in(person(), account).visit("/records")
    me.sees("查不到学籍", "不一致", "林小溪", "1*****", "0555-000 0000", "行政楼 2002 室", "1991年以前").sees_not(XI, "计应")
    me.fill("学号", "2026010101").press("提交问题反馈").sees("已经告诉学籍科").sees_not(XI)
    note = NoRecord.get()
    assert (note.reason, note.record_id, note.unit_id, note.student_number) == ("name", record.id, school.unit.id, "2026010101")
    assert Check.get(Check.record == record).held == "no_record"
    me.visit("/records/none").post("/records/none", {"student_number": "2026010102"}).sees("已经告诉学籍科")
    assert NoRecord.select().count() == 1


@pytest.mark.req("BND-09")
def test_a_wrong_student_number_is_said_beside_its_field(world: World, school: School, person: Visitors) -> None:
    account = make_account(school.record(XI), "13800000001")
    Record.update(identity_index=None).execute()
    me = world.log_in(person(), account).visit("/records").fill("学号", "学号不是这样").press("提交问题反馈")
    assert (me.status, me.errors()) == (422, ["学号格式有误，最多 18 位"])
    assert me.value("学号") == "学号不是这样"


@pytest.mark.req("BND-04", "BND-05", "BND-06")
@pytest.mark.parametrize("typed", ["NO.00298959", "00298959", "298959", "982456"])
def test_an_old_qualification_binds_by_either_number(world: World, school: School, visitor: Visitors, typed: str) -> None:
    record = school.record(XI)
    old = {
        "identity_index": None,
        "graduated_on": date(1998, 7, 1),
        "certificate": "982456",
        "certificate_serial": "NO.00298959",
    }
    paper = diploma(school, record, **old)
    me = enter(world, visitor(), make_account(record, "13800000001"))
    me.sees_not("专科(高职)").follow("我还有学历没显示出来")
    me.fill("证书编号", typed).fill("毕业年份", "1998").fill("毕业学校", "云溪职业技术学院").press("查找并绑定")
    assert me.path == f"/records/{paper.key}"
    me.visit("/records").sees("专科(高职)")
    assert Record.get_by_id(paper.id).bound_how == "manual"


@pytest.mark.req("BND-05")
def test_a_qualification_of_another_name_school_year_or_person_does_not_bind(
    world: World, school: School, person: Visitors
) -> None:
    record, other = school.record(XI), school.record("何苗")
    diploma(school, record, identity_index=other.identity_index, graduated_on=date(1998, 7, 1), certificate="1")
    diploma(school, other, identity_index=None, graduated_on=date(1998, 7, 1), certificate="2")
    diploma(school, record, identity_index=None, graduated_on=date(1997, 7, 1), certificate="3")
    me = enter(world, person(), make_account(record, "13800000001"))
    for number in "123":
        me.visit("/records/add").fill("证书编号", number).fill("毕业年份", "1998").fill("毕业学校", "云溪职业技术学院")
        assert me.press("查找并绑定").status == 422
        me.sees("未查询到与你实名信息匹配的学历")


@pytest.mark.req("BND-07", "ACC-51")
def test_graduates_before_1991_are_told_so(world: World, school: School, person: Visitors) -> None:
    me = enter(world, person(), make_account(school.record(XI), "13800000001")).visit("/records/add")
    me.fill("证书编号", "982456").fill("毕业年份", "1990").fill("毕业学校", "云溪职业技术学院").press("查找并绑定")
    assert me.errors() == ["本系统对1991年以前的毕业生不提供学档注册与查询业务"]


@pytest.mark.req("BND-05")
def test_an_empty_search_names_all_that_is_missing(world: World, school: School, person: Visitors) -> None:
    me = enter(world, person(), make_account(school.record(XI), "13800000001")).visit("/records/add").press("查找并绑定")
    assert me.errors() == ["填写证书编号", "毕业年份要 4 位数字，例如 1998", "填写毕业学校"]


@pytest.mark.req("BND-13")
def test_identity_is_confirmed_once(world: World, school: School, person: Visitors) -> None:
    account = make_account(school.record(XI), "13800000001")
    me = enter(world, person(), account).follow("绑定实名信息").sees(XI, "1*****", "138 0000 0001", "居民身份证")
    me.sees_not(account.document).press("都对").sees("已绑定")
    me.visit("/records/identity").post("/records/identity").sees("已绑定")
    assert Event.select().where(Event.action == "account.confirm_identity").count() == 1


@pytest.mark.req("BND-01", "CHK-02")
def test_the_record_page_reads_little_and_writes_once(world: World, school: School, visitor: Visitors) -> None:
    record = school.record(XI)
    me = enter(world, visitor(), make_account(record, "13800000001"))
    with counted() as first:
        me.visit(f"/records/{record.key}")
    assert first.transactions == 1
    assert first.reads <= 4
    with counted() as second:
        me.visit(f"/records/{record.key}").sees("核对学籍信息")
    assert (second.writes, second.transactions) == (0, 0)
    assert second.reads <= 4
    assert View.select().where(View.what == "record").count() == 1
    world.wait(minutes=10)
    me.visit(f"/records/{record.key}")
    assert View.select().where(View.what == "record").count() == 2


@pytest.mark.req("CHK-02")
def test_two_browsers_may_open_the_record_at_once(world: World, school: School) -> None:
    record = school.record(XI)
    account = make_account(record, "13800000001")
    actor = permissions.student(account.key)
    records.bind(account)
    first, second = (records.find(record.key, account, actor) for _ in range(2))
    assert records.look(first, account, actor, "records.record").check_state == "seen"
    assert records.look(second, account, actor, "records.record").check_state == "seen"
    assert Event.select().where(Event.action == "check.see").count() == 1


def test_a_record_whose_number_the_school_corrected_is_no_longer_shown(world: World, school: School, visitor: Visitors) -> None:
    record = school.record(XI)
    account = make_account(record, "13800000001")
    me = enter(world, visitor(), account)
    Record.update(identity_index=school.record("何苗").identity_index).where(Record.id == record.id).execute()
    assert me.visit(f"/records/{record.key}").status == 404
    assert me.visit("/records").heading == "查不到学籍"
    assert records.bind(account) == []
