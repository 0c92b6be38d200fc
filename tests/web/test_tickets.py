"""咨询 on the pages: the asker's way, with and without an account, and the office's."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from tests.people import School, make_account
from tests.person import Person
from tests.world import World
from webapp.models.accounts import Account
from webapp.models.journal import Event
from webapp.models.photos import Upload
from webapp.models.tickets import Ticket
from webapp.web.tickets.words import SUGGESTED

TEXT = "登录页一直说密码不对，我的身份证 110105200805120043"
OUTCOME = "没有解决，写给学籍科"


def screenshot() -> bytes:
    out = BytesIO()
    Image.new("RGB", (360, 740), (240, 240, 240)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def xi(world: World, school: School) -> Account:
    record = school.record("林晓溪")
    account = make_account(record, "13800000001")
    record.account = account
    record.save()
    return account


def asked(me: Person, kind: str = "账号和登录", text: str = TEXT) -> Person:
    me.visit("/ask").follow(kind).follow(OUTCOME)
    return me.fill("问题描述", text).attach("图片", "截图.png", screenshot()).press("发给学籍科")


def desk(world: World, school: School, person: Callable[[], Person]) -> Person:
    return world.log_in(person(), school.staff("ni"))


@pytest.mark.req("MSG-03", "MSG-05")
def test_a_student_asks_is_answered_asks_on_and_says_that_it_is_solved(
    world: World, school: School, xi: Account, person: Callable[[], Person]
) -> None:
    me = asked(world.log_in(person(), xi)).sees("11 月 19 日 23:59 前答复", "待回复", "正在处理")
    world.work()
    key = Ticket.get().key
    ni = desk(world, school, person).visit("/staff/tickets").follow(Ticket.get().code)
    ni.press("我来答复").fill("答复", "密码已经解锁，重新登录").press("答复").sees("已回复")
    world.work()
    me.visit("/messages").press("你的咨询有答复了").follow("去看看").sees("密码已经解锁", "已回复")
    me.fill("接着问", "还是不行").press("发给学籍科").sees("还是不行", "待回复")
    me.press("解决了，不用再答复").sees("已解决", "已经结束")
    assert me.path == f"/ask/{key}"
    me.visit("/ask").sees("问过的", "已解决")


@pytest.mark.req("MSG-04")
def test_what_is_missing_is_said_beside_its_field_and_nothing_is_stored(
    world: World, xi: Account, person: Callable[[], Person]
) -> None:
    me = world.log_in(person(), xi).visit("/ask").follow("账号和登录").follow(OUTCOME)
    assert me.press("发给学籍科").errors() == ["填写问题描述"]
    assert me.fill("问题描述", TEXT).press("发给学籍科").errors() == ["上传问题页面截图"]
    assert me.value("问题描述").strip() == TEXT
    me.attach("图片", "截图.pdf", b"%PDF-1.7 x" * 10).press("发给学籍科")
    assert me.errors() == ["照片要 JPG、PNG、HEIC 或 WebP"]
    someone = person().visit("/ask/about/account/write")
    someone.fill("邮箱", "xi@example.edu.cn").fill("图片验证码", world.captcha()).press("发给学籍科")
    assert someone.errors() == ["填写用户名"]
    assert (Ticket.select().count(), Upload.select().count()) == (0, 0)


@pytest.mark.req("MSG-04")
def test_who_cannot_log_in_asks_with_a_captcha_and_is_answered_by_mail(
    world: World, school: School, person: Callable[[], Person]
) -> None:
    me = person().visit("/ask").follow("账号和登录").follow(OUTCOME)
    fill = lambda: (  # noqa: E731
        me.fill("用户名", "13800000001").fill("邮箱", "xi@example.edu.cn").fill("问题描述", TEXT)
    ).attach("图片", "截图.png", screenshot())
    fill().fill("图片验证码", "0").press("发给学籍科")
    assert (len(me.errors()), Upload.select().count()) == (1, 0)
    fill().fill("图片验证码", world.captcha()).press("发给学籍科").sees("收到了", Ticket.get().code)
    assert "xi" not in me.path
    me.visit(world.link("xi@example.edu.cn")).sees("待回复", "登录页一直说密码不对")
    me.fill("接着问", "手机也换了").press("发给学籍科").sees("手机也换了")
    ni = desk(world, school, person).visit(f"/staff/tickets/{Ticket.get().key}").sees("x***@example.edu.cn")
    ni.press("我来答复").fill("答复", "带证件来一趟").press("答复")
    me.visit(world.link("xi@example.edu.cn")).sees("带证件来一趟").press("解决了").sees("已经结束")


@pytest.mark.req("MSG-14")
def test_the_office_sees_the_asker_masked_and_every_look_is_history(
    world: World, school: School, xi: Account, person: Callable[[], Person]
) -> None:
    asked(world.log_in(person(), xi))
    world.work()
    ni = desk(world, school, person).visit(f"/staff/tickets/{Ticket.get().key}")
    ni.sees("林*溪", "138****0001", "1*****3").sees_not("林晓溪", "13800000001", "110105200805120043")
    ni.press("我来答复").tick("要打电话").press("显示").sees("林晓溪", "138 0000 0001", "110105200805120043")
    ni.visit(ni.path).sees_not("林晓溪")
    assert ni.follow("第 1 张图片").answer.mimetype == "image/jpeg"
    looks = [event.action for event in Event.select().order_by(Event.seq.desc()).limit(2)]
    assert looks == ["picture.look", "ticket.reveal"]


def test_questions_of_others_are_like_none(world: World, school: School, xi: Account, visitor: Callable[[], Person]) -> None:
    asked(world.log_in(visitor(), xi))
    key = Ticket.get().key
    he = world.log_in(visitor(), make_account(school.record("何苗"), "13800000002")).visit("/ask").sees_not("问过的")
    for path in (f"/ask/{key}", f"/ask/{key}/solve"):
        assert he.visit("/ask/about/other/write").post(path, {"text": "我来问一句"}).status == 404
    assert he.visit(f"/ask/by/{key}").status == 404
    assert Ticket.get().state == "waiting"


def test_a_handed_over_question_leaves_the_own_list(
    world: World, school: School, xi: Account, person: Callable[[], Person]
) -> None:
    asked(world.log_in(person(), xi))
    ni = desk(world, school, person).visit(f"/staff/tickets/{Ticket.get().key}").press("我来答复")
    ni.visit("/staff/tickets?view=mine").sees(Ticket.get().code, "倪老师")
    ni.follow(Ticket.get().code).fill("转给", "放回队列").press("转出去")
    ni.visit("/staff/tickets?view=mine").sees("都答复了")
    ni.visit("/staff").sees("咨询", "1 件")


@pytest.mark.req("MSG-11")
def test_support_sees_whether_messages_left_and_not_what_they_said(
    world: World, school: School, xi: Account, person: Callable[[], Person]
) -> None:
    asked(world.log_in(person(), xi), "其他")
    ni = desk(world, school, person).visit(f"/staff/tickets/{Ticket.get().key}").press("我来答复")
    ni.fill("答复", "到学籍科来一趟").press("答复")
    world.work()
    ni.visit("/staff/messages").fill("用户名", "13800000001").press("查找")
    ni.sees("林*溪", "138****0001", "短信", "咨询有答复", "已交给运营商").sees_not("到学籍科", "13800000001", "林晓溪")
    assert ni.path == "/staff/messages"
    ni.fill("用户名", "13800000999").press("查找").sees("没有找到")
    assert Event.select().where(Event.action == "message.look_up").count() == 1


def test_every_kind_has_answers_of_the_help_page_first(visitor: Callable[..., Person]) -> None:
    for language in ("zh-CN", "en"):
        for kind, numbers in SUGGESTED.items():
            page = visitor(language=language).visit(f"/ask/about/{kind}").page
            assert len(page.select("main details")) == len(numbers), (language, kind)
    assert visitor().visit("/ask/about/nothing").status == 404
