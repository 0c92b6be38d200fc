"""What the parts of a correction are called on screen: grounds, papers, states, steps, reasons.

Not here: sentences of refusals (`words/corrections.py`).
"""

from flask_babel import lazy_gettext as _l

GROUNDS = {
    "name_changed": (_l("改了名字"), _l("公安部门批准改名，户口簿上有变更记录")),
    "name_typed": (_l("登记时写错了"), _l("和身份证、户口簿上的不一样")),
    "name_exam": (_l("高考报名时就错了"), _l("先由生源省的招生考试机构更正")),
    "name_rare": (_l("生僻字当时打不出来"), _l("登记成了替代字或问号，身份证上是本字；学籍科一看就办")),
    "sex_typed": (_l("登记时写错了"), _l("和身份证上的不一样")),
    "birth_typed": (_l("和身份证不一样"), _l("出生日期要有医学出生证明")),
    "number_typed": (_l("登记时写错了"), _l("出生日期没有变")),
    "number_birth": (_l("公安部门改了号码，出生日期也变了"), _l("要有医学出生证明")),
    "number_exam": (_l("高考报名时就错了"), _l("先由生源省的招生考试机构更正")),
    "number_moved": (_l("迁到港澳，换了证件"), _l("内地户籍已注销")),
    "number_officer": (_l("原来用军官证，现在用身份证"), _l("登记的证件类型一起改")),
    "ethnic_changed": (_l("公安或民族事务部门批准变更"), _l("户口簿上有变更记录")),
    "school_unit": (_l("登记的学院不对"), None),
    "school_part": (_l("登记的系（所、函授站）不对"), None),
    "school_class": (_l("登记的班级不对"), None),
    "school_number": (_l("登记的学号不对"), None),
    "school_major": (_l("登记的专业和录取的不一样"), None),
    "school_length": (_l("登记的学制和录取的不一样"), None),
    "school_until": (_l("登记的预计毕业日期不对"), None),
}
"""Ground → (what happened, more about it)."""

ERRATUM = (_l("学历已经公布，登记有错"), _l("叫学历勘误，由省级教育行政部门决定；决定之前，公布的信息不变"))


def ground(code: str) -> tuple:
    return GROUNDS.get(code, ERRATUM)


KINDS = {
    "id_card": _l("身份证，正反两面"),
    "household": _l("户口簿，首页、本人页和变更页"),
    "police": _l("公安部门的证明"),
    "exam_authority": _l("生源省招生考试机构的更正证明"),
    "birth_paper": _l("医学出生证明"),
    "deregistered": _l("内地户籍注销证明"),
    "permit_card": _l("港澳居民身份证"),
    "officer_card": _l("军官证"),
    "ethnic_paper": _l("公安或民族事务部门的批准文件"),
    "admission": _l("录取通知书"),
    "certificate": _l("毕业证书"),
    "roster": _l("学校的录检表或名册"),
}
"""What a kind of evidence is."""

STATES = {
    "draft": ("", _l("草稿")),
    "college": ("info", _l("待学院初审")),
    "school": ("info", _l("待学校审核")),
    "province": ("info", _l("待省级审核")),
    "second": ("info", _l("待省级复核")),
    "returned": ("warn", _l("退回补充材料")),
    "done": ("ok", _l("已更改")),
    "refused": ("bad", _l("不予通过")),
    "rejected": ("bad", _l("不予受理（涉嫌弄虚作假）")),
    "withdrawn": ("", _l("已撤回")),
    "closed": ("", _l("已关闭")),
}

WHO = {
    "college": _l("学院教学办"),
    "school": _l("学校学籍科"),
    "province": _l("省级教育行政部门"),
    "second": _l("省级教育行政部门的第二个人"),
    "returned": _l("你"),
}
"""Who has a request in that state."""

MOVES = {
    "submit": _l("已提交"),
    "submit_school": _l("已提交"),
    "forward": _l("学院初审通过"),
    "pull": _l("学籍科接过来办"),
    "decide": _l("学校审核通过"),
    "pass_on": _l("学校审核通过，报到省里"),
    "agree": _l("省级审核通过，等第二个人复核"),
    "approve": _l("省级复核通过"),
    "ask": _l("退回补充材料"),
    "refuse": _l("不予通过"),
    "reject": _l("不予受理（涉嫌弄虚作假）"),
    "again_college": _l("补充后再次提交"),
    "again_school": _l("补充后再次提交"),
    "again_province": _l("补充后再次提交"),
    "withdraw": _l("撤回"),
    "close": _l("超过时间没有补充，关闭"),
    "end": _l("申请的账号已归档，申请结束"),
}

REASONS = {
    "unclear": _l("材料看不清，重新拍一张"),
    "wrong_kind": _l("不是要的那种材料"),
    "incomplete": _l("缺页，变更页和盖章的地方都要拍到"),
    "differs": _l("材料之间不一致，在理由里说明或补充证明"),
    "original": _l("带原件到学籍科核验"),
    "unproved": _l("材料不能证明要改的内容"),
    "already_right": _l("登记的和材料一致，不用改"),
    "against_rules": _l("不符合更正的规定"),
    "not_here": _l("要先由别的部门更正"),
    "forged": _l("材料涉嫌伪造或变造"),
    "another_person": _l("不是本人的材料"),
    "false_account": _l("说明的情况不属实"),
}


def reasons(codes: str) -> list:
    """The sentences of reasons as a row keeps them, separated by spaces."""
    return [REASONS[code] for code in codes.split() if code in REASONS]


SOURCES = {
    "correction": _l("更正申请"),
    "edit": _l("学校修改"),
    "move": _l("学籍异动"),
    "graduation": _l("学历注册"),
}
"""Where a change of a record came from."""
