"""Sentences of refusals around 学历注册."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "graduation_year": _l("毕业届只能是去年、今年或明年"),
    "graduation_exists": _l("这一届已经有了"),
    "graduation_day": _l("毕业日期应在这一届的那一年"),
    "publish_day": _l("公布日期不能早于毕业日期"),
    "president_missing": _l("填写校（院）长姓名"),
    "president_long": _l("校（院）长姓名最多 %(most)s 字"),
    "conclusion_unknown": _l("选择毕业、结业或肄业"),
    "number_given": _l("证书编号给出以后不能改，也不能移出名单"),
    "certificate_school": _l("证书编号前 5 位应是学校代码"),
    "certificate_taken": _l("这个证书编号已经有人用了"),
    "prior_long": _l("原专科学校最多 %(most)s 字"),
    "number_out": _l("%(stem)s 的序号已经用完"),
    "graduate_fails": _l("还有没通过的检查"),
    "graduation_asked": _l("已经申请公布，先撤回申请再改"),
    "graduation_nobody": _l("没有已注册、等公布的学生"),
    "graduation_working": _l("正在处理这一届，做完再来"),
    "graduation_second": _l("要由另一位学籍科老师同意"),
    "typed_wrong": _l("填写的人数不对，现在是 %(count)s 人"),
}
