"""Sentences of changing what an account says of its holder, of leaving, and of registering by e-mail."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "phone_none": _l("账号没有绑定手机号"),
    "phone_same": _l("这就是现在的手机号，换一个"),
    "phone_reserved": _l("这个手机号在 %(until)s 以前留给另一个人注册"),
    "phone_mainland": _l("仅绑定大陆地区手机的用户可进行图像校对、学籍/学历核验"),
    "sms_off": _l("学校还没有开通短信，手机号带证件到学籍科更换"),
    "change_pending": _l("已经有一个申请在等学籍科核对"),
    "change_over": _l("过了太久，或者已经停掉，从头再填一次"),
    "change_limit": _l("今天申请的次数太多，%(until)s 后再试"),
    "identity_same": _l("和现在的一样，没有要改的"),
    "alone_used": _l("自己改的次数用完了，要到学籍科核对"),
    "closing_unread": _l("先看一遍注销以后会停掉的内容，再打勾"),
    "email_edu": _l("仅支持以edu.cn结尾的邮箱"),
    "signup_link": _l("激活链接已失效，重新发送一封"),
    "school_empty": _l("选一所学校"),
    "sex_empty": _l("选择性别"),
    "region_empty": _l("选择所在地区"),
    "birth_empty": _l("填写出生日期，如 2008-05-12"),
    "particulars_differ": _l("性别/出生日期与证件号码不一致"),
    "resume_limit": _l("试的次数太多，%(until)s 后再试"),
    "photo_empty": _l("选一张手持证件的照片"),
}
