"""What the parts of an application for certification are called on screen: states, items, purposes, papers.

Not here: sentences of refusals (`words/certification.py`), nor what stands beside a question.
"""

from flask_babel import lazy_gettext as _l

from webapp.web import told

STATES = {
    "draft": ("", _l("未提交")),
    "proving": ("warn", _l("待实人验证")),
    "proved": ("warn", _l("待确认提交")),
    "paying": ("warn", _l("待支付")),
    "lapsed": ("", _l("已超时关闭")),
    "filed": ("info", _l("已提交")),
    "cancelled": ("", _l("已取消")),
    "expired": ("", _l("已过期")),
}
"""Of an application, with the kind of its pill."""

ITEMS = {
    "draft": ("", _l("未提交")),
    "proof": ("info", _l("待校对")),
    "supplement": ("warn", _l("待补充材料")),
    "accepted": ("info", _l("已受理")),
    "checking": ("info", _l("核查中")),
    "delayed": ("warn", _l("已延期")),
    "second": ("info", _l("待复核")),
    "issued": ("ok", _l("已出报告")),
    "refused": ("bad", _l("查询结果通知")),
    "reconsider": ("info", _l("复议中")),
    "upheld": ("bad", _l("维持原结论")),
    "fraud": ("bad", _l("不予受理（失信）")),
    "cancelled": ("", _l("已取消")),
    "closed": ("", _l("已关闭")),
}
"""Of an item, with the kind of its pill. Who applies reads 待复核 as 核查中: nothing is decided yet."""

KINDS = {
    "degree": _l("高等学历认证"),
    "grades": _l("大学成绩验证"),
    "gaokao": _l("高考成绩验证"),
    "huikao": _l("会考成绩验证"),
    "secondary": _l("中等学历验证"),
    "school_grades": _l("中等学校学生成绩"),
}

TAKES = {
    "degree": _l("研究生、本专科等毕业证书认证"),
    "grades": _l("研究生、本专科等毕业成绩验证"),
    "gaokao": _l("全国普通高考成绩验证"),
    "huikao": _l("会考成绩验证"),
    "secondary": _l("普通高中毕业证书"),
    "school_grades": _l("自2019年5月1日起不再受理"),
}
"""受理范围."""

REPORTS = {
    "degree": _l("中国高等教育学历认证报告"),
    "secondary": _l("中等教育学历报告"),
    "grades": _l("高等学校学生成绩报告"),
    "gaokao": _l("普通高等学校招生全国统一考试成绩报告"),
    "school_grades": _l("中等学校学生成绩报告"),
    "huikao": _l("普通高中学业水平考试（会考）成绩报告"),
}
"""The six tiles of the landing page, in their printed order."""

LANGUAGES = {"zh": _l("中文"), "en": _l("英文")}

PURPOSES = {
    "study": _l("继续教育"),
    "work": _l("求职招聘"),
    "placement": _l("派遣接收"),
    "further": _l("升学（考研、专升本）"),
    "abroad": _l("出国留学"),
    "appointment": _l("干部任免"),
    "title": _l("职称评定"),
    "credit": _l("信用评估"),
    "other": _l("其他"),
}

DETAILS = {"top_up": _l("专升本"), "wes": _l("美国 WES"), "elsewhere": _l("其他留学")}
"""The second level of a purpose."""

NATURES = {"person": _l("个人"), "unit": _l("单位")}

SLOTS = {
    "certificate": _l("毕业证书"),
    "transcript": _l("成绩单原件"),
    "scores": _l("准考证或成绩通知单"),
    "identity": _l("身份证"),
    "other": _l("其他材料"),
    "entry": _l("考生登记表"),
    "graduate": _l("毕业生登记表"),
    "statement": _l("情况说明"),
    "household": _l("户口簿变更页"),
}

ROUNDS = {"first": _l("初次提交"), "again": _l("补充材料后再次提交"), "reconsider": _l("复议提交")}
"""申请单状态."""

MONEY = {"free": _l("免费"), "paying": _l("待支付"), "paid": _l("已支付"), "refunded": _l("已退款")}

GROUNDS = {
    "degree_certificate": _l("无法办理学位认证，请上传毕业证书"),
    "unclear": _l("图片看不清"),
    "incomplete": _l("缺页，或者只有一面"),
    "wrong_paper": _l("不是要的材料"),
    "mismatch": _l("填写的内容与材料或核查结果不一致"),
    "more_proof": _l("还要别的证明"),
    "no_answer": _l("学校或省级教育行政部门还没有答复"),
    "archives": _l("要查阅学校的档案"),
    "many": _l("申请集中，还没有轮到"),
    "unrecognised": _l("不属于国家承认学历证书"),
    "not_national": _l("不属于国民教育学历证书"),
    "against_policy": _l("不符合文件、政策规定"),
    "not_found": _l("学校和教育行政部门查无此证书"),
    "unproved": _l("材料不能证明学历"),
    "school": _l("送学校核查"),
    "province": _l("送省级教育行政部门核查"),
    "letter": _l("发函给学校核查"),
}
"""Reasons of a step and conclusions of an item, by the codes of `domain/certification/grounds.py`; and where papers went."""


QUESTIONS = {
    "number": _l("证书编号"),
    "serial": _l("NO.号"),
    "school": _l("院校名称"),
    "province": _l("院校所在省市"),
    "category": _l("学历类别"),
    "level": _l("层次"),
    "entered": _l("入学日期"),
    "graduated": _l("毕业日期"),
    "major": _l("专业名称"),
    "length": _l("学制"),
    "conclusion": _l("毕业结论"),
    "note": _l("备注"),
    "student_number": _l("学号"),
    "year": _l("考试年份"),
    "exam_number": _l("考生号"),
    "school_kind": _l("学校类型"),
}
"""Questions of the forms, by name."""

SCHOOLS = {
    "general": _l("普通高中"),
    "technical": _l("中专"),
    "vocational": _l("中职"),
    "skilled": _l("技校"),
}

TABLES = {"province": "provinces", "category": "categories", "level": "levels", "conclusion": "conclusions"}


def answer(name: str, value: str) -> str:
    """An answer as a person reads it: the label of its code, or itself."""
    if name in TABLES:
        return told.label(TABLES[name], value)
    return str(SCHOOLS.get(value, value)) if name == "school_kind" else value


def grounds(codes: str) -> list[str]:
    """The sentences of a step's reasons or of a conclusion, a space between the codes."""
    return [str(GROUNDS[code]) for code in codes.split() if code in GROUNDS]
