"""What the deeds around work accounts and their roles are called in the history. Read by `event_words.py`."""

from flask_babel import lazy_gettext as _l

ACTIONS = {
    "staff.add": _l("新增工作账号"),
    "staff.link": _l("重发设置链接"),
    "staff.accept": _l("设置工作账号密码"),
    "staff.second_factor": _l("设置动态码"),
    "staff.new_factor": _l("开始换动态码"),
    "staff.new_codes": _l("换一组恢复码"),
    "staff.recovery_code": _l("使用恢复码"),
    "staff.enter": _l("登录工作台"),
    "staff.leave": _l("退出工作台"),
    "staff.lock": _l("工作账号暂时锁定"),
    "staff.password": _l("修改工作账号密码"),
    "staff.sleep": _l("工作账号休眠"),
    "staff.wake": _l("本人唤醒工作账号"),
    "staff.rouse": _l("同事唤醒工作账号"),
    "staff.close": _l("关闭工作账号"),
    "staff.ask_reset": _l("申请重置"),
    "staff.reset": _l("重置密码和动态码"),
    "grant.give": _l("授予角色"),
    "grant.end": _l("结束角色"),
}
