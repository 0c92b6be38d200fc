"""转为证件重复审核: a question with a handheld photo becomes a case, which anybody but who filed it decides."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image

from tests.domain.test_duplicates import colleague
from tests.people import School, make_account, make_school
from tests.person import Person
from tests.scenes import saved, scene
from tests.web.test_staff_review import agree, old, reviewer  # noqa: F401 (old: a fixture)
from tests.web.test_tickets import OUTCOME, TEXT, asked, desk, screenshot
from tests.world import World
from webapp.domain import defaults, standing, workdays
from webapp.domain.duplicates import by_ticket, cases, sending
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.domain.tickets import asking
from webapp.models.accounts import Account
from webapp.models.duplicates import Claim, Filing, Photo, Submission
from webapp.models.journal import Event
from webapp.models.records import Record
from webapp.models.tickets import Ticket

NEW = "13800002222"


@pytest.fixture
def claimant(old: Account, school: School) -> Account:  # noqa: F811
    return make_account(school.record("林晓溪"), NEW, state="duplicate")


def add(me: Person, data: bytes) -> Person:
    return me.fill("接着问", "这是手持证件的照片").attach("图片", "手持.jpg", data).press("发给学籍科")


def held_up(world: World, me: Person, data: bytes | None = None) -> Ticket:
    """A question with a screenshot, and then the photo with the card held up."""
    add(asked(me), data or saved(scene(1, (800, 600))))
    world.work()
    return Ticket.get()


def file(ni: Person, **more: str) -> Person:
    chosen = {"第 1 张图片": "问题页面截图", "第 2 张图片": "手持·正面", **more}
    for label, use in chosen.items():
        ni.fill(label, use)
    return ni.tick("已经告诉对方").press("提交审核")


@pytest.mark.req("DUP-27", "DUP-14")
def test_support_hands_in_what_a_question_holds_and_others_decide(
    app: Flask, world: World, school: School, claimant: Account, person: Callable[[], Person]
) -> None:
    ticket = held_up(world, world.log_in(person(), claimant))
    ni = desk(world, school, person).visit(f"/staff/tickets/{ticket.key}").press("我来答复")
    ni.follow("转为证件重复审核").sees("林*溪", "3 个工作日").sees_not("林晓溪")
    file(ni).sees("由这次咨询转出")
    world.work()
    claim = Claim.get()
    assert (claim.state, claim.way, Submission.get().spent) == ("waiting", "ticket", True)
    assert claim.due == workdays.due(Submission.get().sent, 3)
    assert any("客服按你的咨询提交了身份核验" in line for line in world.outbox())
    assert Photo.get().upload.state == "clean" and Photo.get().upload.purpose == "claim_photo"
    ni.visit(f"/staff/review/{claim.key}").sees("由咨询转来", ticket.code).press("接手")
    assert ni.status == 409 and ni.sees("由别的同事审核")
    ni.visit("/staff/review").press("审下一件")
    assert Claim.get().state == "waiting"
    for login in ("ma", "tan"):
        if Claim.get().state in ("waiting", "second"):
            agree(reviewer(app, world, school, login).visit("/staff/review").press("审下一件")).press("通过")
    world.wait(seconds=31)
    kept = Account.get_by_id(claimant.id)
    assert (Claim.get().state, kept.state, standing.level(kept)) == ("done", "active", 3)
    filed = Event.get(Event.action == "submission.file")
    assert filed.actor == f"staff:{school.staff('ni').key}" and ticket.key in filed.detail


@pytest.mark.req("DUP-27")
def test_what_a_case_needs_is_asked_for_and_nothing_is_copied_before(
    world: World, school: School, claimant: Account, person: Callable[[], Person]
) -> None:
    ticket = held_up(world, world.log_in(person(), claimant))
    ni = desk(world, school, person).visit(f"/staff/tickets/{ticket.key}/case").sees("先接手")
    assert file(ni).errors() == ["另一位同事在答复，先由同事转给你"]
    ni.visit(f"/staff/tickets/{ticket.key}").press("我来答复").follow("转为证件重复审核")
    assert ni.press("提交审核").errors() == ["要有一张手持证件的照片"]
    assert file(ni, **{"第 1 张图片": "手持·正面"}).errors() == ["同一种照片只选一张"]
    assert file(ni, **{"第 1 张图片": "不用"}).errors() == ["要有一张是问题页面截图"]
    assert ni.untick("已经告诉对方").fill("第 1 张图片", "问题页面截图").press("提交审核").errors() == [
        "先告诉对方其他账号会归档，再勾选"
    ]
    assert (Filing.select().count(), Photo.select().count(), Claim.select().count()) == (0, 0, 0)


@pytest.mark.req("DUP-27")
def test_who_cannot_log_in_is_found_by_the_username_and_only_in_the_own_school(
    app: Flask, world: World, school: School, claimant: Account, person: Callable[[], Person]
) -> None:
    me = person().visit("/ask").follow("账号和登录").follow(OUTCOME)
    me.fill("用户名", "13800009999").fill("邮箱", "xi@example.edu.cn").fill("问题描述", TEXT)
    me.attach("图片", "截图.png", screenshot()).fill("图片验证码", world.captcha()).press("发给学籍科")
    add(me.visit(world.link("xi@example.edu.cn")), saved(scene(2, (800, 600))))
    world.work()
    ni = desk(world, school, person).visit(f"/staff/tickets/{Ticket.get().key}").press("我来答复").follow("转为证件重复审核")
    assert file(ni).errors() == ["没有找到这个用户名的账号，或者它不是本校学生的"]
    assert file(ni.fill("用户名", "13800001111")).errors() == ["这个账号现在没有证件号码重复的问题，不用转"]
    file(ni.fill("用户名", claimant.document)).sees("由这次咨询转出")
    world.work()
    assert (Claim.get().state, Submission.get().party.account_id) == ("waiting", claimant.id)
    stranger = reviewer(app, world, make_school("88888", "远山学院"), "far")
    for path in ("", "/case"):
        assert stranger.visit(f"/staff/tickets/{Ticket.get().key}{path}").status == 404


def test_somebody_of_another_school_is_unknown_to_support(claimant: Account) -> None:
    far = make_school("88888", "远山学院")
    Record.update(identity_index="-").where((Record.unit == far.unit) & (Record.name == "林晓溪")).execute()
    ticket = asking.begin("mail", "other", contact="xi@example.edu.cn", unit=far.unit)
    with pytest.raises(Refused, match="claimant_unknown"):
        by_ticket.claimant(ticket, NEW, colleague(far.unit, "far"))


@pytest.mark.req("DUP-27", "DUP-10")
def test_a_photo_too_small_to_read_hands_nothing_in_and_spends_no_try(
    world: World, school: School, claimant: Account, person: Callable[[], Person]
) -> None:
    small = BytesIO()
    Image.new("RGB", (240, 200), "white").save(small, "JPEG")
    ticket = held_up(world, world.log_in(person(), claimant), small.getvalue())
    ni = desk(world, school, person).visit(f"/staff/tickets/{ticket.key}").press("我来答复").follow("转为证件重复审核")
    file(ni).sees("正在检查照片")
    world.work()
    ni.visit(f"/staff/tickets/{ticket.key}").sees("照片没有通过检查")
    assert (Claim.get().state, sending.tries(cases.of(claimant)).total) == ("open", 5)


@pytest.mark.req("DUP-11", "DUP-27")
def test_this_way_stays_open_when_no_try_is_left(
    world: World, school: School, claimant: Account, person: Callable[[], Person]
) -> None:
    defaults.change("dup.total", 1, SYSTEM)
    ticket = held_up(world, world.log_in(person(), claimant))
    party = cases.accept(claimant)
    Submission.create(party=party, way="photos", state="refused", begun=ticket.created, sent=ticket.created, spent=True)
    ni = desk(world, school, person).visit(f"/staff/tickets/{ticket.key}").press("我来答复").follow("转为证件重复审核")
    file(ni).sees("由这次咨询转出")
    world.work()
    assert (Claim.get().state, sending.tries(party).total) == ("waiting", 0)
    ni.follow("转为证件重复审核")
    assert file(ni).errors() == ["材料已经提交，正在审核；有结果后会通知你"]
