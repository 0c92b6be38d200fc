"""Sentences of work accounts: logging in, setting up, and what colleagues may do with them."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "staff_wrong": _l("登录名或密码不对"),
    "staff_locked": _l("试的次数太多，%(until)s 后再试"),
    "staff_asleep": _l("这个账号很久没用，已经休眠"),
    "staff_no_role": _l("这个账号现在没有任何角色，找系统管理员开通"),
    "staff_current": _l("当前密码不对"),
    "staff_name_empty": _l("填写姓名"),
    "staff_name_long": _l("姓名最多 %(most)s 字"),
    "code_second": _l("动态码不对，或已经用过，等下一个再试"),
    "invite_over": _l("这个链接已经用过或过期，找给你开账号的人再要一个"),
    "no_work_phone": _l("这个账号没有登记工作手机，找学籍科或系统管理员唤醒"),
    "login_format": _l("登录名用小写字母、数字和 . _ @ -，2 到 64 位"),
    "login_taken": _l("这个登录名已经有人用，换一个"),
    "own_account": _l("不能改自己的角色和状态，找另一位同事"),
    "not_yours": _l("这个账号或角色不归你管"),
    "role_place": _l("辅导员选班级，教学办选学院，学籍科和管理员选学校，审计员不选"),
    "role_dates": _l("结束日期早于开始日期，改其中一个"),
    "role_alone": _l("管理员和审计员不能兼任其他角色，另开一个账号"),
    "second_person": _l("申请和确认要由两个人，等另一位同事确认"),
}
