"""The help centre's answers as data: kind, where the next button leads, and the page on which each problem arises.

Not here: what they say, which is `templates/texts/<language>/help/<slug>.html`. One more answer is a line here and two texts.
"""

from typing import NamedTuple

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString


class Entry(NamedTuple):
    """One answer: its category, and the task that it leads into, as endpoint and words."""

    category: str
    endpoint: str
    button: LazyString
    argument: str = ""


CATEGORIES = {
    "account": ("account_name", _l("忘记密码、身份证重复等")),
    "archive": ("archive_name", _l("学籍学历、图像校对等")),
    "enlist": (_l("征兵报名"), _l("兵役登记、应征报名等")),
    "cet": (_l("四六级查分"), _l("大学英语四六级查分等")),
    "certification": (_l("学历与成绩认证"), _l("申请认证、报告编号等")),
}
"""Name and what it holds; the first two are called by the site's own names."""

HOT = ("taken", "archive", "report-number", "enlist", "unbind")
"""热门问题."""

ENTRIES: dict[str, Entry] = {
    "password": Entry("account", "recovery.who", _l("找回密码")),
    "taken": Entry("account", "recovery.username", _l("查查是不是注册过")),
    "phone-taken": Entry("account", "accounts.login", _l("去登录")),
    "format": Entry("account", "register.start", _l("去注册")),
    "sms": Entry("account", "tickets.about", _l("还是收不到，问学籍科"), "account"),
    "username": Entry("account", "recovery.username", _l("找回用户名")),
    "details": Entry("account", "accounts.me", _l("打开账号信息")),
    "wrong-name": Entry("account", "accounts.me", _l("打开账号信息")),
    "duplicate": Entry("account", "duplicates.choose", _l("去核验身份")),
    "wechat": Entry("account", "accounts.login", _l("去登录")),
    "unbind": Entry("account", "accounts.sessions", _l("看看在哪里登录着")),
    "why-phone": Entry("account", "register.start", _l("去注册")),
    "real-name": Entry("account", "register.start", _l("去注册")),
    "support": Entry("account", "tickets.index", _l("人工客服")),
    "archive": Entry("archive", "home.archive", _l("打开档案")),
    "services": Entry("archive", "home.menu", _l("打开菜单")),
    "missing": Entry("archive", "records.index", _l("打开学籍信息")),
    "wrong": Entry("archive", "corrections.index", _l("申请更正")),
    "mismatch": Entry("archive", "tickets.about", _l("告诉学籍科"), "records"),
    "binding": Entry("archive", "records.add", _l("查找我的学历")),
    "two-numbers": Entry("archive", "records.add", _l("填证书编号")),
    "old-name": Entry("archive", "accounts.me", _l("打开账号信息")),
    "photo": Entry("archive", "photos.index", _l("打开图像校对")),
    "apply": Entry("certification", "applying.start", _l("申请认证")),
    "person": Entry("certification", "applications.index", _l("打开我的认证")),
    "certification-status": Entry("certification", "applications.index", _l("打开我的认证")),
    "feedback": Entry("certification", "messages.index", _l("打开我的消息")),
    "supplement": Entry("certification", "applications.index", _l("打开我的认证")),
    "cancel": Entry("certification", "applications.index", _l("打开我的认证")),
    "enquiry": Entry("certification", "tickets.index", _l("打开我的咨询")),
    "report-number": Entry("certification", "certified.ask", _l("查询报告")),
    "enlist": Entry("enlist", "home.archive", _l("核对学籍信息")),
    "cet": Entry("cet", "home.archive", _l("打开档案")),
}

TROUBLE = {
    "accounts.login": "password",
    "accounts.me": "details",
    "accounts.notices": "wechat",
    "accounts.identity": "wrong-name",
    "accounts.log": "unbind",
    "accounts.sessions": "unbind",
    "applications.application": "cancel",
    "applications.index": "certification-status",
    "applying.certificates": "two-numbers",
    "applying.start": "apply",
    "certified.ask": "report-number",
    "corrections.index": "wrong",
    "duplicates.choose": "duplicate",
    "home.archive": "archive",
    "home.menu": "services",
    "in_person.change": "old-name",
    "liveness.person": "person",
    "materials.files": "supplement",
    "materials.supplement": "supplement",
    "messages.index": "feedback",
    "photos.index": "photo",
    "records.add": "two-numbers",
    "records.claim": "binding",
    "records.gate": "mismatch",
    "records.index": "binding",
    "records.none": "missing",
    "records.record": "wrong",
    "recovery.none": "support",
    "recovery.username": "username",
    "recovery.who": "username",
    "register.code": "sms",
    "register.identity": "format",
    "register.known": "taken",
    "register.password": "real-name",
    "register.phone": "why-phone",
    "register.taken": "phone-taken",
    "signup.identity": "real-name",
    "tickets.index": "enquiry",
    "verify.ask": "report-number",
}
"""Page → the answer that stands under it, for whoever is stuck there (R-MSG-10)."""
