"""The screens of messages and questions: the asker's, a visitor's, the office's. Each tour yields its screens by name."""

from collections.abc import Iterator
from datetime import timedelta

from tests.browser.guide import Guide, Shot
from tests.browser.visitor import DESK
from tests.domain.test_photo_imports import portrait
from webapp.domain import clock, messages
from webapp.domain.tickets import asking as questions
from webapp.domain.tickets.asking import Question
from webapp.models.accounts import Account
from webapp.models.messages import Notice
from webapp.models.tickets import Ticket
from webapp.providers.files import Files

TEXT = "登录页一直说密码不对，已经改过两次了。我的手机号 13800000001。"
LEAD = "没有解决，写给学籍科"


def asking(guide: Guide) -> Iterator[Shot]:
    owner = guide.several("confirmed", 3)[-1].account
    Notice.delete().where(Notice.account == owner).execute()
    Account.update(unread=0).where(Account.id == owner.id).execute()
    me = guide.open(owner)
    yield "messages-empty", me.visit("/messages")
    yield "ask", me.visit("/ask")
    yield "ask-about", me.follow("账号和登录")
    yield "ask-write", me.follow(LEAD)
    yield "ask-write-errors", me.press("发给学籍科")
    me.fill("问题描述", TEXT).attach("图片", "截图.jpg", portrait())
    yield "ask-waiting", me.press("发给学籍科")
    yield "ask-again", me.visit("/ask")
    for n in range(12):
        messages.notify(owner, ("password_changed", "questions_changed")[n % 2], link="/me/log")
    yield "messages", me.visit("/messages")
    yield "messages-next", me.follow("下一页")
    yield "messages-found", me.visit("/messages").fill("搜索消息", "ask" if guide.language == "en" else "咨询").press("搜索")
    yield "messages-nothing", me.fill("搜索消息", "zzz").press("搜索")
    notice = Notice.select().where(Notice.account == owner).order_by(Notice.id.desc()).first()
    yield "message-unread", me.visit(f"/messages/{notice.key}")
    yield "message-read", me.press("标为已读")


def visiting(guide: Guide) -> Iterator[Shot]:
    me = guide.open().visit("/ask")
    yield "ask-visitor", me
    me.follow("账号和登录").follow(LEAD)
    yield "ask-visitor-write", me.pass_captcha(guide.site.captcha())
    yield "ask-visitor-errors", me.press("发给学籍科")
    address = f"cannot-{guide.language}@example.edu.cn"
    me.fill("用户名", "13800000001").fill("邮箱", address).fill("问题描述", TEXT).attach("图片", "截图.jpg", portrait())
    yield "ask-visitor-sent", me.pass_captcha(guide.site.captcha()).press("发给学籍科")
    yield "ask-visitor-thread", me.visit(guide.site.link(address))
    yield "ask-visitor-solved", me.press("解决了，不用再答复")


def office(guide: Guide) -> Iterator[Shot]:
    ni = guide.open(guide.staff("ni"), DESK)
    picture = Files(guide.site.worker.outside.storage).keep(portrait(), "ticket_file")
    asker = guide.several("seen", 1)[0].account
    questions.ask(Question("other", "想问一下毕业证书上的照片", contact="who@example.edu.cn"), (), None)
    questions.ask(Question("account", TEXT), [picture], asker)
    Ticket.update(due=clock.now() - timedelta(hours=1)).where(Ticket.account.is_null(False)).execute()
    yield "tickets", ni.visit("/staff/tickets")
    for view in ("mine", "answered", "over"):
        yield f"tickets-{view}", ni.visit(f"/staff/tickets?view={view}")
    waiting = Ticket.select().where((Ticket.state == "waiting") & (Ticket.account == asker)).first()
    yield "ticket", ni.visit(f"/staff/tickets/{waiting.key}")
    yield "ticket-mine", ni.press("我来答复").open("看完整的联系方式和原文").open("转给同事，或放回队列")
    yield "ticket-errors", ni.press("答复")
    ni.visit(f"/staff/tickets/{waiting.key}").open("看完整的联系方式和原文").tick("要打电话")
    yield "ticket-shown", ni.press("显示")
    yield "ticket-answered", ni.fill("答复", "密码已经解锁，重新登录。").press("答复")
    yield "staff-messages", ni.visit("/staff/messages")
    yield "staff-messages-found", ni.fill("用户名", asker.phone).press("查找")
    yield "staff-messages-nobody", ni.fill("用户名", "13899999999").press("查找")
