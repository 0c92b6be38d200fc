"""The screens of finding the way back, in the order in which somebody who lost the password meets them."""

import re
from collections.abc import Iterator

from tests.browser.guide import Guide, Shot
from tests.browser.site import until
from tests.browser.visitor import Visitor
from webapp.domain import clock, login, passwords, profile
from webapp.domain.login import Visit
from webapp.domain.recovery import cases, numbers
from webapp.models.accounts import Account, Question
from webapp.models.recovery import Recovery

NEW = "xin-mima-chang-yidian-7"


def recovering(guide: Guide) -> Iterator[Shot]:
    owner, site = _owner(guide), guide.site
    me = guide.open().visit("/login").follow("忘记密码")
    yield "recover-who", me
    me.pass_captcha(site.captcha())
    yield "recover-who-errors", me.press("下一步")
    _begin(guide, me, owner.phone)
    yield "recover-way", me
    yield "recover-phone", me.follow("手机号")
    me.pass_captcha(site.captcha())
    yield "recover-phone-errors", me.press("获取短信验证码")
    me.fill("姓名", owner.name).fill("证件号码", owner.document).fill("手机号", owner.phone).pass_captcha(site.captcha())
    yield "recover-code", me.press("获取短信验证码").open("没收到短信？")
    yield "recover-code-errors", me.fill("短信验证码", "12345678").press("下一步")
    yield "recover-new", me.fill("短信验证码", _code(guide, owner)).press("下一步")
    yield "recover-new-errors", me.fill("新密码", "12345678").fill("密码确认", "1234567").press("保存新密码")
    yield "recover-done", me.fill("新密码", NEW).fill("密码确认", NEW).press("保存新密码")
    yield from _by_mail(guide, owner)
    yield from _by_what_is_known(guide, owner)
    yield from _no_more(guide, owner)


def _owner(guide: Guide) -> Account:
    """Somebody with a mail box of one's own and a question set."""
    owner = guide.several("confirmed", 4)[-1].account
    owner.language, owner.email, owner.email_proved = guide.language, f"lin-{guide.language}@example.edu.cn", clock.now()
    owner.save()
    Question.delete().where(Question.account == owner).execute()
    hashed = passwords.hash(profile.folded_answer("黑豆"))
    Question.create(account=owner, place=1, question="pet", answer_hash=hashed)
    return owner


def _begin(guide: Guide, me: Visitor, name: str) -> Visitor:
    me.visit("/recover").fill("手机号、证件号码或邮箱", name).pass_captcha(guide.site.captcha())
    return me.press("下一步")


def _code(guide: Guide, owner: Account) -> str:
    """The eight digits, once a job found that everything fits."""
    sms = re.compile(rf"SMS {owner.phone[:3]} {owner.phone[3:7]} {owner.phone[7:]} .*?(?<!\d)(\d{{8}})(?!\d)")
    return until(lambda: next((found[1] for line in reversed(guide.site.outbox()) if (found := sms.match(line))), None))


def _by_mail(guide: Guide, owner: Account) -> Iterator[Shot]:
    me = guide.open()
    _begin(guide, me, owner.document).follow("安全邮箱")
    me.pass_captcha(guide.site.captcha())
    yield "recover-mail-errors", me.press("发送链接")
    me.fill("安全邮箱", owner.email).pass_captcha(guide.site.captcha())
    yield "recover-mail-sent", me.press("发送链接")
    link = until(lambda: _newest(guide, r"https?://[^/\s]+(/recover/link/\S+)"))
    yield "recover-link", guide.open().visit(link)
    yield "recover-link-over", guide.open().visit(link[:-3] + "xxx")


def _newest(guide: Guide, pattern: str) -> str | None:
    return next((found[1] for line in reversed(guide.site.outbox()) if (found := re.search(pattern, line))), None)


def _by_what_is_known(guide: Guide, owner: Account) -> Iterator[Shot]:
    login.admit(owner, Visit("Chrome", "192.0.2.0/24", "a browser of the owner's"), "password")
    me = guide.open()
    yield "recover-questions", _begin(guide, me, owner.phone).follow("密保问题")
    me.choose("密保问题1", me.say("你的第一只宠物叫什么")).fill("答案1", "白菜")
    yield "recover-questions-errors", me.press("下一步")
    yield "recover-wait", me.fill("答案1", "黑豆").press("下一步")
    case = Recovery.get((Recovery.account == owner) & (Recovery.state == "cooling"))
    holder = guide.open().visit(f"/recover/stop/{cases.link_for(case)}")
    yield "recover-stop", holder
    yield "recover-stopped", holder.press("不是我，停下")
    yield "recover-paper", _begin(guide, me, owner.phone).follow("恢复码")
    yield "recover-paper-errors", me.fill("恢复码", "ABCD-EFGH").press("下一步")


def _no_more(guide: Guide, owner: Account) -> Iterator[Shot]:
    me = guide.open()
    yield "recover-none", _begin(guide, me, owner.phone).follow("都用不了")
    yield "recover-username", me.visit("/recover/username")
    me.fill("姓名", owner.name).fill("证件号码", owner.document).pass_captcha(guide.site.captcha())
    yield "recover-username-told", me.press("找回用户名")
    mine = guide.open(owner)
    yield "me-recovery-codes", mine.visit("/me/recovery-codes")
    yield "me-recovery-codes-made", mine.press("生成 10 个恢复码")
    numbers.give_up(owner.phone)
    yield "me-released", guide.open(Account.by_key(owner.key)).visit("/me/released")
