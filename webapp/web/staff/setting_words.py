"""What settings are called and what they are for, by name; groups by what stands before the dot."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

GROUPS = {
    "site": _l("网站的名称"),
    "chk": _l("自查"),
    "bnd": _l("学籍档案的绑定"),
    "enr": _l("学籍注册"),
    "img": _l("学历照片"),
    "cor": _l("更正"),
    "rpt": _l("在线验证报告"),
    "mod": _l("选填的页面"),
    "msg": _l("消息和咨询"),
    "acc": _l("账号和登录"),
    "sms": _l("短信"),
    "rec": _l("找回账号"),
    "dup": _l("证件号码重复"),
    "staff": _l("工作账号"),
    "ret": _l("保存多久"),
}

LABELS = {
    "site.name": _l("学校或省的名称，显示在每一页上"),
    "site.seal": _l("徽标里的一个字"),
    "site.account_name": _l("账号叫什么"),
    "site.archive_name": _l("档案叫什么"),
    "site.name_en": _l("英文页面上的名称，空着就用中文名称"),
    "site.account_name_en": _l("英文页面上账号叫什么"),
    "site.archive_name_en": _l("英文页面上档案叫什么"),
    "sms.ttl_hours": _l("短信验证码有效几小时"),
    "sms.resend_seconds": _l("同一手机隔几秒可以再发"),
    "sms.max_purpose": _l("同一手机、同一用途 24 小时内最多几条"),
    "sms.max_phone": _l("同一手机 24 小时内一共最多几条"),
    "sms.max_wrong": _l("输错几次，验证码作废"),
    "sms.digits": _l("验证码有几位"),
    "sms.per_hour": _l("全站一小时最多发几条"),
    "sms.price": _l("一条短信多少厘（一元是 1000 厘）"),
    "sms.reserve": _l("一小时里另外留给找回账号的条数"),
    "acc.name_min": _l("姓名最少几个字"),
    "acc.name_max": _l("姓名最多几个字"),
    "acc.lock_failures": _l("半小时内输错几次密码，从那里锁定"),
    "acc.lock_minutes": _l("锁定几分钟"),
    "acc.new_device_code": _l("在没用过的浏览器登录时要短信验证码"),
    "acc.draft_hours": _l("没做完的注册保留几小时"),
    "acc.email_link_hours": _l("确认邮箱的链接有效几小时"),
    "acc.phone_takeover": _l("手机号已有账号时可以继续注册，由学校先看"),
    "acc.email_activation": _l("可以用邮箱和激活链接注册"),
    "acc.activation_hours": _l("激活链接有效几小时"),
    "acc.email_code": _l("邮箱注册的验证码可以寄邮件"),
    "acc.email_code_edu_only": _l("只寄到 edu.cn 结尾的邮箱"),
    "acc.redirect_seconds": _l("邮箱注册成功后几秒转到登录"),
    "acc.overseas": _l("没有大陆手机也能注册，学校先看证件"),
    "acc.change_hold_hours": _l("学校同意的新手机号几小时内可以叫停"),
    "acc.cancel_cooling_days": _l("注销账号几天内可以反悔"),
    "acc.phone_reserve_hours": _l("客服为一个人保留手机号几小时"),
    "rec.link_minutes": _l("找回账号的链接或证明有效几分钟"),
    "rec.questions": _l("可以用密保问题找回密码"),
    "rec.notice_hours": _l("证明力弱的找回，先通知几小时再生效"),
    "dup.photo_set": _l("用身份证核验要几张照片"),
    "dup.photo_max_bytes": _l("核验照片最大多少字节"),
    "dup.per_day": _l("核验一天最多提交几次"),
    "dup.total": _l("核验一共最多提交几次"),
    "dup.sla_workdays": _l("几个工作日内审核完"),
    "dup.hold_hours": _l("正在用的账号，主人几小时内可以提出异议"),
    "dup.active_days": _l("几天内用过，算正在用"),
    "dup.classmates_need": _l("要几位同学说是"),
    "dup.classmates_invite": _l("最多找几位同学"),
    "dup.classmates_days": _l("同学几天内可以回答"),
    "dup.per_helper_30d": _l("一位同学 30 天里最多帮几个人"),
    "dup.record_tries_day": _l("学籍信息一天最多答错几次"),
    "dup.restore_days": _l("归档的账号几天内可以恢复"),
    "bnd.overseas_allowed": _l("没有大陆手机、通过实人核验的人可以看档案"),
    "bnd.first_year": _l("从哪一年的毕业生开始提供服务"),
    "bnd.gate_idle_days": _l("几天没来，再核对一次学校"),
    "bnd.school_tries": _l("一天最多答错几次学校"),
    "chk.complete_on": _l("做到哪一步算查完"),
    "chk.remind_days": _l("截止前几天提醒没查完的同学，几个数字用逗号隔开"),
    "chk.remind_sms": _l("开始和快截止的提醒也发短信"),
    "cor.step_workdays": _l("更正每一步办几个工作日"),
    "cor.supplement_days": _l("退回补充材料后等几天"),
    "cor.identity_decider": _l("姓名、性别、出生日期、证件号码、民族由谁决定"),
    "enr.decider": _l("特殊类别的学生和疑似双学籍由谁决定"),
    "img.confirmed_first": _l("学历注册前学生要确认学历照片正确"),
    "cor.provinces": _l("各省更正的时间、限制和材料"),
    "img.session_hours": _l("图像校对开始后几小时内要完成，0 不限"),
    "img.w": _l("学历照片宽几像素"),
    "img.h": _l("学历照片高几像素"),
    "img.dpi": _l("学历照片文件写的分辨率"),
    "img.kb_min": _l("学历照片至少几 KB，少 10 以内只提示"),
    "img.kb_max": _l("学历照片最多几 KB，多 10 以内只提示"),
    "img.background": _l("学历照片的背景颜色"),
    "mod.satisfaction": _l("学生可以填学校满意度"),
    "mod.assessment": _l("学生可以做个人测评"),
    "msg.wechat": _l("学校的微信公众号发消息"),
    "msg.quiet_from": _l("从几点起不发提醒的短信和邮件"),
    "msg.quiet_until": _l("到几点再发"),
    "msg.sla_workdays": _l("几个工作日内答复咨询"),
    "msg.close_days": _l("答复后几天内可以追问"),
    "staff.sleep_days": _l("几天不用，工作账号休眠"),
    "staff.invite_hours": _l("设置工作账号的链接有效几小时"),
    "staff.reset_hours": _l("第二个人要在几小时内确认重置"),
    "rpt.months_min": _l("报告最短有效几个月"),
    "rpt.months_max": _l("报告最长有效几个月"),
    "rpt.months_default": _l("申请报告时先选好几个月"),
    "rpt.english_workdays": _l("英文报告缺的译名，学校几个工作日内译好"),
    "rpt.lookup_per_min": _l("同一网络一分钟查几次后要安全检查"),
    "rpt.lookup_day_ip": _l("同一网络一天查几次后要安全检查"),
    "rpt.lookup_day_proof": _l("同一网络一天查几次后每次都要安全检查"),
    "rpt.scattered": _l("开放零散查询：证书编号加姓名，只答一致或不一致，学历的权属人允许才答"),
    "ret.dup_days_ok": _l("核验通过后，照片保留几天"),
    "ret.dup_days_refused": _l("核验退回后，照片保留几天"),
    "ret.draft_hours": _l("没提交的照片保留几小时"),
    "ret.mark_days": _l("认出用过的照片的记号保留几天"),
    "ret.login_days": _l("登录记录保留几天"),
    "ret.ticket_days": _l("咨询结束后，图片保留几天"),
    "ret.cor_days": _l("更正办结后，证明材料保留几天"),
    "ret.notice_days": _l("站内消息保留几天"),
    "ret.view_days": _l("谁看过哪条学籍的记录保留几天"),
    "ret.message_days": _l("短信和邮件的发送记录保留几天"),
    "ret.import_days": _l("导入决定以后，名册文件保留几天"),
}

OPTIONS = {
    "view": _l("打开看过就算"),
    "confirm": _l("确认后才算"),
    "school": _l("学校"),
    "province": _l("省级教育行政部门"),
    "any": _l("蓝色、白色都行"),
    "blue": _l("蓝色"),
    "white": _l("白色"),
}
"""Words of values that are words; others stand for themselves."""


def label(name: str) -> str:
    return str(LABELS.get(name, name))


def told(value: object) -> str:
    """A value as the page shows it."""
    if isinstance(value, bool):
        return _("开") if value else _("关")
    if isinstance(value, dict):
        return _("%(n)s 项", n=len(value))
    if isinstance(value, str) and not value:
        return _("空着")
    return str(OPTIONS.get(value, value) if isinstance(value, str) else value)
