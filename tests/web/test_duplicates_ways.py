"""The other ways as pages: the school record, the classmates and their answer, and the notice to who has the account."""

from datetime import date

import pytest

from tests.domain.test_duplicates import colleague, used
from tests.domain.test_vouching import CLASS, helper, number
from tests.person import Person
from tests.web.test_duplicates import OLD, choose, me, old, send_all  # noqa: F401 (fixtures)
from tests.web.test_records import diploma
from webapp.domain.duplicates import objections, review
from webapp.models.accounts import Account
from webapp.models.duplicates import Claim, Party, Vouch
from webapp.models.records import Record


def answer(person: Person, **other: str) -> Person:
    given = {"学校名称": "云溪职业技术学院", "学号": "2026010101", "入学年份": "2026", "层次": "本科", **other}
    person.visit("/duplicate/record")
    for label, value in given.items():
        person.fill(label, value)
    return person.press("提交核对")


def ask(person: Person, name: str, student_number: str) -> Person:
    person.visit("/duplicate/classmates").fill("同学的姓名", name).fill("同学的学号", student_number)
    return person.press("找这位同学确认")


@pytest.mark.req("DUP-19")
def test_the_page_never_says_which_answer_was_wrong(me):  # noqa: F811
    choose(me, "提供学籍或学历信息")
    assert me.press("提交核对").errors() == ["填写学校名称", "填写学号", "填写入学年份，4 位数字", "选择层次"]
    told = [answer(me, **{label: "9999"}).errors() for label in ("学校名称", "学号", "入学年份")]
    assert told == [[f"提供的信息与学籍信息不一致，今日剩余{left}次"] for left in (4, 3, 2)]


@pytest.mark.req("DUP-19")
def test_right_answers_open_the_account_at_once(me, world):  # noqa: F811
    choose(me, "提供学籍或学历信息")
    assert answer(me).path == "/duplicate/status"
    me.sees("核验通过", "马上就生效")
    world.wait(seconds=31)
    me.visit("/duplicate/status").sees("身份核验已完成", "提供学籍或学历信息", "审核通过").follow("查看学籍信息")
    assert me.status == 200
    assert me.visit("/duplicate").path == "/duplicate/status"


@pytest.mark.req("DUP-19")
def test_who_has_graduated_gives_the_certificate_instead(me, world, school):  # noqa: F811
    diploma(school, school.record("林晓溪"), certificate="999995202606000001", graduated_on=date(2026, 6, 30))
    choose(me, "提供学籍或学历信息")
    me.follow("已经毕业")
    assert me.press("提交核对").errors() == ["填写证书编号", "填写毕业学校", "毕业年份要 4 位数字，例如 1998"]
    me.fill("证书编号", "999995202606000001").fill("毕业学校", "云溪职业技术学院").fill("毕业年份", "2025")
    assert me.press("提交核对").errors() == ["提供的信息与学籍信息不一致，今日剩余4次"]
    me.fill("毕业年份", "2026").press("提交核对").sees("核验通过")


@pytest.mark.req("DUP-19", "DUP-20")
def test_against_an_account_in_use_the_schools_phone_is_asked_or_a_person(me, old, world, school):  # noqa: F811
    used(old)
    record = Record.by_key(school.record("林晓溪").key)
    record.phone = "13800007777"
    record.save()
    choose(me, "提供学籍或学历信息")
    assert me.visit("/duplicate/record/code").path == "/duplicate/record"
    assert answer(me).path == "/duplicate/record/code"
    me.sees("138****7777").press("获取短信验证码").fill("短信验证码", "000000").press("确认")
    assert me.errors()[0].startswith("校验码有误")
    me.fill("短信验证码", world.code("13800007777")).press("确认")
    me.sees("核验通过", "起生效", "留出时间让对方提出异议")


@pytest.mark.req("DUP-20")
def test_without_that_phone_a_person_decides(me, old):  # noqa: F811
    used(old)
    choose(me, "提供学籍或学历信息")
    answer(me).sees("待审核")
    assert Claim.get().state == "waiting"
    answer(me).sees("材料已经提交，正在审核")


@pytest.mark.req("DUP-17", "DUP-18")
def test_a_classmate_is_asked_and_answers_logged_in(me, old, world, school, person):  # noqa: F811
    first, second = (helper(school, name, f"1380000400{n}") for n, name in enumerate(CLASS[:2]))
    choose(me, "大学同班同学协助")
    assert ask(me, "没有人", "1").errors() == ["未找到该同学或该同学尚未实名注册"]
    for name in CLASS[:2]:
        me.visit("/duplicate/classmates").fill("同学的姓名", name).fill("同学的学号", number(school, name)).press(
            "找这位同学确认"
        )
    me.sees("王*", "赵*然", "暗号", "等回答", "已确认 0 / 2 位")
    sms = [line for line in world.outbox() if line.startswith("SMS 138 0000 4000")]
    assert "有同班同学找你确认身份" in sms[0] and "林" not in sms[0]
    for n, (account, vouch) in enumerate(zip((first, second), Vouch.select().order_by(Vouch.id), strict=True)):
        her = world.log_in(person(address=f"198.51.{n}.7"), account).visit(f"/vouch/{vouch.key}")
        her.sees("林*溪", "暗号", "旧账号会停用").sees_not("林晓溪", "138 0000 5678")
        assert her.press("提交回答").errors() == ["选“是”或“不是”"]
        her.tick("是").press("提交回答").sees("已经收到你的回答")
        her.visit(f"/vouch/{vouch.key}").sees("已经收到你的回答").sees_not("提交回答")
    me.visit("/duplicate/status").sees("核验通过")


def test_anothers_question_is_not_there(me, old, world, school, person):  # noqa: F811
    helper(school, CLASS[0], "13800004000")
    other = helper(school, CLASS[1], "13800004001")
    choose(me, "大学同班同学协助").fill("同学的姓名", CLASS[0]).fill("同学的学号", number(school, CLASS[0])).press(
        "找这位同学确认"
    )
    her = world.log_in(person(), other).visit(f"/vouch/{Vouch.get().key}")
    assert her.status == 404


@pytest.mark.req("DUP-20")
def test_one_tap_on_the_link_stops_it_without_logging_in(me, old, world, person, school):  # noqa: F811
    token = objections.token(Claim.get(), old)
    stranger = person().visit(f"/duplicate/notice/{token}")
    stranger.sees("有人要停用这个账号", "不是我，停下").sees_not("是我，这个账号不要了", OLD, "林晓溪")
    assert Claim.get().objected is None
    stranger.press("不是我，停下").sees("已经停下，由两位老师核对")
    assert Claim.get().objected is not None
    assert person().visit("/duplicate/notice/AAAA").status == 404


@pytest.mark.req("DUP-20")
def test_who_is_logged_in_finds_it_in_the_account_and_may_agree(me, old, world, person):  # noqa: F811
    used(old)
    her = world.log_in(person(), old).visit("/me").sees("有人用你的证件号码注册了另一个账号").follow("不是我")
    assert her.path == "/duplicate/notice"
    her.press("是我，这个账号不要了").sees("你确认是本人")
    assert Claim.get().consented is not None
    choose(me, "人工审核")
    send_all(me, world)
    world.work()


@pytest.mark.req("DUP-20", "DUP-21")
def test_the_old_account_is_told_before_and_after(me, old, world, person, school):  # noqa: F811
    used(old)
    choose(me, "人工审核")
    send_all(me, world)
    world.work()
    ma, tan = (colleague(school.unit, name) for name in ("ma", "tan"))
    party = Party.get()
    for actor in (ma, tan):
        claim = review.take(Claim.get(), actor)
        review.approve(claim, actor, party, {}, party.account.document[-6:])
    world.wait(seconds=31)
    told = [line for line in world.outbox() if line.startswith("SMS 138 0000 1111")]
    assert "停用" in told[-1] and "/duplicate/notice/" in told[-1]
    her = world.log_in(person(), old).visit("/duplicate/notice").sees("对方已通过核验", "11 月 19 日")
    me.visit("/duplicate").follow("看已经提交").sees("核验通过")
    world.wait(hours=73)
    assert {account.state for account in Account.select()} == {"active", "archived"}
    link = objections.token(Claim.get(), Account.by_key(old.key))
    her.visit(f"/duplicate/notice/{link}").sees("没有要处理的事", "30 天内联系学籍科")
