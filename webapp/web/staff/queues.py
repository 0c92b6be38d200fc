"""What each queue of the home page is called, and which page it lies on. A line for each of `domain/desk.QUEUES`."""

from flask_babel import lazy_gettext as _l

WORDS = {
    "reports": ("staff_reports.index", _l("信息有误"), _l("学生说记录里有错，等学校核对")),
    "corrections": ("staff_corrections.index", _l("更正"), _l("学生申请更正，等你审核")),
    "certification": ("staff_certification.queue", _l("学历认证"), _l("申请认证的学历，等你核对")),
    "checkings": ("staff_checking_requests.index", _l("证书核查"), _l("认证机构问证书是不是真的，等你答复")),
    "photos": ("staff_photos.index", _l("学历照片"), _l("不合格、像别人或学生说有误")),
    "photo_errors": ("staff_photo_errors.index", _l("照片校对有误"), _l("学生说信息或照片有误，等学院汇总")),
    "graduates": ("staff_graduation.index", _l("学历注册"), _l("毕业名单上等注册的学生")),
    "translations": ("staff_translations.index", _l("英文名称"), _l("英文报告缺译名，等学校填")),
    "no_records": ("staff_reports.no_records", _l("查不到学籍"), _l("学生没有找到自己的学籍")),
    "claims": ("staff_review.index", _l("照片审核"), _l("证件号码重复，等人看照片")),
    "person_checks": ("staff_person_checks.index", _l("手持证件照"), _l("申请认证的人传的照片，等人审核")),
    "tickets": ("staff_tickets.index", _l("咨询"), _l("学生问的，等人答复")),
    "transcripts": ("staff_transcripts.index", _l("成绩单"), _l("学生要发到境外的成绩单，等你和学校的成绩档案核对")),
    "imports": ("staff_imports.index", _l("名册导入"), _l("还没有完成的导入")),
    "approvals": ("staff_approvals.index", _l("省级审核"), _l("特殊类别的学生和疑似双学籍，等你决定")),
}
"""Queue → endpoint, title, what waits in it."""
