"""What the desk calls things: the rows to tick, signals, hints of the machine, states of a case.

Reasons are `web/words/reasons.py`.
"""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

TICKS = {
    "name": (_l("姓名"), ""),
    "number": (_l("证件号码"), ""),
    "valid_until": (_l("有效期至"), _l("证件没有过期")),
    "person": (_l("本人"), _l("脸和证件照是同一人")),
    "in_frame": (_l("入镜"), _l("脸、手臂、上半身")),
    "card": (_l("证件"), _l("四角完整，字能看清")),
    "original": (_l("原图"), _l("没有修改痕迹")),
    "admission": (_l("录取照片"), _l("与录取照片一致")),
}
"""Row of the list → what it is called, what must be so; name and number stand there themselves."""

SHORT = {
    "face_unclear": _l("脸看不清"),
    "not_holding": _l("未手持证件"),
    "arm_missing": _l("没拍到手臂"),
    "card_unclear": _l("字看不清"),
    "card_covered": _l("证件被遮挡"),
    "edited": _l("疑似修改"),
    "differs": _l("信息不一致"),
    "expired": _l("证件已过期"),
    "not_the_person": _l("非本人"),
}
"""Reasons in few characters, for the list beside the photo; the student gets the whole sentence."""

SLOTS = {
    "holding_front": _l("手持·正面"),
    "holding_back": _l("手持·背面"),
    "card_front": _l("证件正面"),
    "card_back": _l("证件背面"),
    "holding_page": _l("手持·资料页"),
    "data_page": _l("资料页"),
}

SIGNALS = {
    "rival_active": _l("原账号 90 天内用过"),
    "rivals": _l("有两个以上的人在申请"),
    "objected": _l("原账号持有人提出异议"),
    "disagreed": _l("前两位审核的人意见不同"),
    "asked_for_two": _l("有同事要求两人审核"),
    "reused_photo": _l("照片在别的账号用过"),
    "edited": _l("图片可能修改过"),
    "prior_impostor": _l("核实过：原账号是冒用的"),
    "refused_by_classmate": _l("有同学答「不是」"),
}

HINTS = {
    "sharpness": _l("疑似模糊"),
    "glare": _l("疑似反光"),
    "darkness": _l("偏暗"),
    "size": _l("像素偏少"),
    "edited": _l("疑似编辑过"),
    "reused": _l("和别的账号的照片相同"),
}

READ = {
    "equal": _l("机器读出的号码和登记的一致"),
    "unequal": _l("机器读出的号码和登记的不一致"),
    "unread": _l("机器读不出号码"),
    "": _l("号码未检查"),
}
"""How a machine read the number on the card, where one is set up to."""

STATES = {
    "waiting": ("info", _l("待审核")),
    "in_review": ("", _l("审核中")),
    "second": ("warn", _l("等第二人")),
    "in_second": ("", _l("第二人审核中")),
    "alleged": ("bad", _l("疑似冒用")),
    "approved": ("ok", _l("已通过")),
    "refused": ("bad", _l("已退回")),
    "done": ("ok", _l("已生效")),
    "open": ("", _l("未提交")),
    "withdrawn": ("", _l("已撤回")),
    "expired": ("", _l("已过期")),
    "restored": ("", _l("已恢复")),
}


def waited(minutes: int | None) -> str:
    """1 天 3 小时, 3 小时 5 分, 12 分钟; a dash for unknown."""
    if minutes is None:
        return "—"
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    if days:
        return _("%(days)s 天 %(hours)s 小时", days=days, hours=hours)
    return _("%(hours)s 小时 %(minutes)s 分", hours=hours, minutes=left) if hours else _("%(minutes)s 分钟", minutes=left)
