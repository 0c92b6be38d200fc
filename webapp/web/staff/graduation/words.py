"""What states, passes and everything that may stand against a graduate are called on screen."""

from flask_babel import lazy_gettext as _l

STATES = {
    "waiting": ("warn", _l("待注册")),
    "registered": ("info", _l("已注册")),
    "published": ("ok", _l("已公布")),
    "corrected": ("ok", _l("已勘误")),
}

YEARS = {
    "open": ("", _l("准备中")),
    "asked": ("warn", _l("等另一位同意公布")),
    "agreed": ("info", _l("等公布日期")),
    "published": ("ok", _l("已公布")),
}

PASSES = {"check": _l("正在检查"), "register": _l("正在注册"), "publish": _l("正在公布")}

FAULTS = {
    "photo_missing": _l("缺少学历照片"),
    "photo_failing": _l("学历照片不合格或还有疑问"),
    "photo_unchecked": _l("学生还没有确认学历照片正确"),
    "field_name": _l("姓名有待补的字"),
    "field_sex": _l("缺性别"),
    "field_birth_date": _l("缺出生日期"),
    "field_document": _l("缺证件号码"),
    "field_level": _l("缺层次"),
    "field_length": _l("缺学制"),
    "field_category": _l("缺学历类别"),
    "field_mode": _l("缺学习形式"),
    "field_major": _l("缺专业"),
    "field_enrolled_on": _l("缺入学日期"),
    "field_expected_order": _l("毕业日期早于入学日期"),
    "certificate_format": _l("证书编号位数不对"),
    "certificate_year": _l("证书编号的年份和毕业日期不一样"),
    "certificate_type": _l("证书编号第 6 位和学历类别不一样"),
    "certificate_level": _l("证书编号第 11–12 位和层次不一样"),
    "certificate_school": _l("证书编号前 5 位不是学校代码"),
    "certificate_taken": _l("证书编号已经有人用了"),
    "number_codes": _l("这种学历类别或层次没有证书编号规则"),
    "prior_missing": _l("专升本，缺前置学历"),
    "prior_format": _l("原专科证书编号不对"),
    "status": _l("学籍状态不能毕业"),
    "double": _l("疑似双学籍，没有结论"),
    "correction": _l("有没办完的更正"),
    "report": _l("学生说信息有误，还没答复"),
    "changed": _l("注册以后学籍改过，撤回再注册"),
}
"""One line for each of `domain/graduation/faults.CODES`."""
