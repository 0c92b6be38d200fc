"""What the parts of a transfer and of a transcript are called on screen: states, kinds, reasons.

Not here: sentences of refusals (`words/transfers.py`).
"""

from flask_babel import lazy_gettext as _l

STATES = {
    "waiting": ("info", _l("待发送")),
    "sent": ("info", _l("已发送")),
    "received": ("ok", _l("对方已接收")),
    "failed": ("bad", _l("发送失败")),
    "withdrawn": ("", _l("已撤回")),
    "expired": ("warn", _l("链接已过期")),
}

TRANSCRIPTS = {
    "draft": ("", _l("草稿")),
    "waiting": ("info", _l("待学校核对")),
    "confirmed": ("ok", _l("学校已确认")),
    "returned": ("warn", _l("已退回")),
}

REASONS = {
    "courses": _l("课程和学校的成绩档案不一致，补上缺的、拿掉多的"),
    "marks": _l("有学分或成绩和学校的成绩档案不一致"),
    "english": _l("英文名称和学校的不一致"),
    "pages": _l("原件缺页，或者照片看不清"),
    "seal": _l("看不到学校或翻译机构的章"),
    "other_student": _l("不是本人的成绩单"),
}
"""Why the school sends a transcript back."""

SOURCES = {
    "original": _l("学校出具的英文成绩单原件"),
    "translation": _l("有资质的翻译机构翻译并盖章的译本"),
}

SOURCE_TEXTS = {
    "original": _l("由学校教务或档案部门出具，盖学校的章"),
    "translation": _l("翻译机构的章和译者声明都要拍到；自己翻译的不收"),
}

HEADS = {
    "name": (_l("课程名称"), 30),
    "english": (_l("课程英文名称"), 40),
    "credit": (_l("学分"), 8),
    "mark": (_l("成绩"), 10),
    "kind": (_l("性质"), 12),
}
"""The columns of a sheet of courses: what each is called, its width in characters."""

FAULTS = {
    "network": _l("邮件服务器连不上"),
    "timeout": _l("邮件服务器没有回应"),
    "fault": _l("邮件服务器出错"),
    "busy": _l("邮件服务器太忙"),
    "resting": _l("邮件服务器连不上"),
    "limited": _l("发给这个邮箱的邮件太多"),
    "receiver": _l("这个邮箱收不到邮件"),
    "setup": _l("本站的邮件设置有问题"),
    "document": _l("要发送的文件没有生成"),
}
"""Why a mail did not leave."""
