"""What the states of every lifecycle are called in Chinese: on screens where a screen names them, here where none does.

Read by `lifecycles.py`, which draws them. The moves' names are those of the history (`web/staff/event_words.py`).
"""

from collections.abc import Mapping

from webapp.domain.identity import tables
from webapp.domain.lifecycle import Lifecycle
from webapp.web import certification_words as certification
from webapp.web import discredit_words, payment_words, report_words
from webapp.web import news_words as news
from webapp.web.corrections import words as corrections
from webapp.web.duplicates import words as duplicates
from webapp.web.liveness import words as liveness
from webapp.web.staff import photo_words, role_words, step_words
from webapp.web.staff.enrolment import words as enrolment
from webapp.web.staff.graduation import words as graduation
from webapp.web.staff.imports import shown as imports
from webapp.web.staff.review import words as review
from webapp.web.tickets import words as tickets
from webapp.web.transfers import words as transfers

Words = Mapping[str, object]


def _pills(states: Mapping[str, tuple[str, object]]) -> Words:
    return {state: words for state, (_kind, words) in states.items()}


STATES: dict[str, Words] = {
    "discredit": _pills(discredit_words.STATES),
    "application": _pills(certification.STATES),
    "application_item": _pills(certification.ITEMS),
    "open_request": {"asked": "待答复", "opened": "已同意", "declined": "未同意"},
    "online_report": {"active": "有效", "closed": "已关闭", "corrected": "已更正", "pending": "翻译中", "refused": "没有译成"},
    "account": {
        "active": "正常", "duplicate": "证件号码重复", "frozen": "已冻结", "closing": "注销冷静期", "archived": "已注销",
    },
    "alteration": _pills(enrolment.STATES),
    "amendment": {
        "open": "待核验", "approved": "等生效", "done": "已更改",
        "refused": "不通过", "withdrawn": "已撤回", "expired": "已过期",
    },
    "approval": _pills(enrolment.APPROVALS),
    "batch": _pills(imports.STATES),
    "certificate_claim": {"open": "待答复", "bound": "已绑定", "refused": "不予绑定"},
    "check": _pills(step_words.STEPS),
    "checking": {"open": "等答复", "answered": "已答复", "recalled": "已撤回"},
    "claim": _pills(review.STATES),
    "correction": _pills(corrections.STATES),
    "graduate": _pills(graduation.STATES),
    "graduation": _pills(graduation.YEARS),
    "graduation_photo": _pills(photo_words.STATES),
    "invoice": _pills(payment_words.INVOICES),
    "meeting": {
        "open": "等输入数字", "held": "第一位核对中", "seen": "等第二位确认", "done": "已通过",
        "refused": "不通过", "expired": "已过期",
    },
    "news": _pills(news.STATES),
    "no_record": {"open": "待答复", "answered": "已答复"},
    "organisation": {"applied": "待审核", "approved": "已通过", "refused": "不通过", "suspended": "已停用"},
    "payment": _pills(payment_words.STATES),
    "report_order": _pills(payment_words.ORDERS),
    "person_check": _pills(liveness.STATES),
    "record": {entry.code: entry.zh for entry in tables.STATUSES},
    "recovery": {
        "opened": "已开始", "cooling": "等候期", "ripe": "可以设新密码", "done": "已完成",
        "cancelled": "被说「不是我」", "expired": "已过期",
    },
    "report": _pills(report_words.STATES) | {"answered": "已答复"},
    "signing_key": {"current": "在用", "retired": "已停用", "revoked": "已吊销"},
    "signup": {
        "mailed": "待激活", "opened": "待完善实名信息", "waiting": "待核对", "done": "已注册",
        "refused": "不通过", "expired": "已过期",
    },
    "slip": {"open": "可用", "used": "已使用", "replaced": "已重新打印", "void": "已作废", "expired": "已过期"},
    "staff": _pills(role_words.STATES),
    "submission": {"draft": "未提交"} | _pills(duplicates.STATES),
    "ticket": _pills(tickets.STATES),
    "transcript": _pills(transfers.TRANSCRIPTS),
    "transfer": _pills(transfers.STATES),
}  # fmt: skip
"""Table → state → its Chinese name."""


def called(life: Lifecycle, state: str) -> str:
    """The Chinese name of a state."""
    return str(STATES[life.model._meta.table_name][state])
