"""What is said of an application to its owner: states, who has it, the steps of its way, and what can be done.

Not here: what states and kinds are called everywhere (`certification_words.py`), refusals (`words/applications.py`).
"""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.domain import clock
from webapp.domain.certification import following, reconsidering
from webapp.domain.certification.following import Line
from webapp.models.certification import Application, ApplicationItem, ItemStep
from webapp.web import certification_words as every
from webapp.web import told

AGENCY, PAID, ORDER = _l("受理机构"), _l("支付时间"), _l("申请单状态")

WHO = {"you": _l("你"), "agency": _l("受理机构"), "school": _l("学校或省级教育行政部门")}
"""Who has an item, by `following.HAS`."""

FACTS = {
    "number": _l("申请单编号"),
    "nature": _l("申请人性质"),
    "applicant": _l("申请人"),
    "holder": _l("证书持有人"),
    "place": _l("申请人所在地"),
    "phone": _l("申请人手机号"),
    "email": _l("报告接收邮箱"),
    "purpose": _l("认证目的"),
    "agency": _l("受理机构"),
    "remark": _l("备注"),
    "order": _l("订单状态"),
    "paid": _l("支付时间"),
    "proved": _l("实人验证"),
}
"""What was filled in, in the order of R-CRT-33."""

STEPS = {
    "file": _l("提交成功，等受理机构校对"),
    "accept": _l("受理机构受理了，开始办理"),
    "ask": _l("受理机构要求补充材料"),
    "again": _l("补充了材料，再次提交"),
    "check": _l("材料送去核查"),
    "answered": _l("核查有了答复"),
    "delay": _l("延期"),
    "overrun": _l("到期没有办完，延期"),
    "explain": _l("受理机构说明了延期的原因"),
    "issue": _l("出了报告"),
    "refuse": _l("出了查询结果通知"),
    "reconsider": _l("你申请了复议"),
    "uphold": _l("复议维持原结论"),
    "reject": _l("不予受理（失信）"),
    "cancel": _l("取消了申请"),
    "close": _l("没有补充材料，已关闭"),
}
"""What happened, by the move."""

NEXT = {
    "proof": _l("校对材料"),
    "supplement": _l("等你补充材料"),
    "accepted": _l("核对材料"),
    "checking": _l("核查中"),
    "delayed": _l("核对材料"),
    "second": _l("核对材料"),
    "reconsider": _l("复议中"),
}
"""What goes on now, by the state."""


def state(application: Application) -> tuple[str, str]:
    """The pill of an application."""
    kind, words = every.STATES[application.state]
    return kind, str(words)


def item_state(item: ApplicationItem) -> tuple[str, str]:
    """The pill of an item; what waits inside the agency for a second person reads 核查中."""
    kind, words = every.ITEMS["checking" if item.state == "second" else item.state]
    return kind, str(words)


def kind(item: ApplicationItem) -> str:
    return str(every.KINDS[item.kind])


def order(line: Line) -> str:
    """申请单状态: how often it was handed in, and the money."""
    parts = [every.ROUNDS[line.round] if line.round else "", every.MONEY[line.money] if line.money else ""]
    return _("，").join(str(part) for part in parts if part)


def step(made: ItemStep) -> str:
    return str(STEPS[made.move])


def said(made: ItemStep) -> str:
    """What the agency said with a step: its reasons, and its own words."""
    return "；".join([*every.grounds(made.reasons), *([made.note] if made.note else [])])


def has(item: ApplicationItem) -> str:
    """Who has it now, and until when."""
    who = following.HAS[item.state]
    if item.due is None:
        return _("现在在%(who)s。", who=WHO[who])
    day = told.day(clock.shown(item.due).date())
    if who == "you":
        return _("现在等你，%(day)s 以前补上，到时没有补就关闭。", day=day)
    return _("现在在%(who)s，最晚 %(day)s 办完这一步。", who=WHO[who], day=day)


def conclusion(item: ApplicationItem) -> str:
    """What a refusal says; empty for anything else."""
    if item.state not in ("refused", "reconsider", "upheld"):
        return ""
    return str(every.GROUNDS[item.conclusion])


def deeds(line: Line) -> list[tuple[str, str]]:
    """操作: address and words of what its owner can do now; 取消申请 stands on its page."""
    one, deeds = line.application, []
    if one.state == "draft":
        deeds.append((f"/apply/{one.key}", _("继续填写")))
    elif one.state in ("proving", "proved"):
        deeds.append((f"/apply/{one.key}/confirm", _("确认提交") if one.state == "proved" else _("继续填写")))
    elif one.state in ("paying", "lapsed"):
        deeds.append((f"/applications/{one.key}/pay", _("支付")))
    if any(item.state == "supplement" for item in line.items):
        deeds.append((f"/applications/{one.key}/files", _("修改附件")))
    for item in line.items:
        if reconsidering.is_open(item):
            deeds.append((url_for("applications.reconsider", key=one.key, item=item.key), _("申请复议")))
        if item.pdf == "ready":
            deeds.append((url_for("applications.report", key=one.key, item=item.key), _("下载报告")))
    if following.may_cancel(line):
        deeds.append((url_for("applications.application", key=one.key, _anchor="cancel"), _("取消申请")))
    return deeds
