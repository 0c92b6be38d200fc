"""Sentences of registering: SMS codes, captchas, and what is taken already."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "sms_too_soon": _l("获取过于频繁，再等 %(seconds)s 秒就能重新发送"),
    "sms_none": _l("学校没有开通短信，用学校发的注册码注册"),
    "sms_limit": _l("手机号码受限，短信发送次数已达到上限，%(until)s 后再试；已收到的短信验证码仍然可用"),
    "sms_busy": _l("现在要短信的人很多，%(until)s 后再试；已收到的短信验证码仍然可用"),
    "code_empty": _l("填写短信验证码"),
    "code_length": _l("短信验证码要 %(need)s 位，你填了 %(found)s 位"),
    "code_wrong": _l("校验码有误，还能再试 %(left)s 次"),
    "code_void": _l("验证码错误次数过多，重新获取一个"),
    "code_expired": _l("验证码已过期，重新获取一个"),
    "code_missing": _l("这个手机号现在没有可用的短信验证码，重新获取一个"),
    "code_tries_day": _l("输错的次数太多，%(until)s 后再试"),
    "captcha_empty": _l("填写图片验证码"),
    "captcha_wrong": _l("图片验证码输入有误，换了一张，再试一次"),
    "proof_old": _l("页面开得太久，安全检查过期了；已经重新检查，再按一次"),
    "step_up": _l("这里来的人很多，多做一步检查"),
    "consent_missing": _l("先阅读并同意《用户协议》《隐私政策》"),
    "phone_taken": _l("手机号码已被注册!"),
    "phone_unproved": _l("先用短信验证码证明手机号是你的"),
    "identity_taken": _l("证件号码已被注册"),
    "identity_in_doubt": _l("证件号码重复，请先完成身份核验"),
    "account_frozen": _l("这个账号已冻结，只能查看账号信息；要恢复，联系学籍科"),
    "account_closing": _l("这个账号正在注销；撤销注销后就能继续使用"),
    "identity_tries": _l("这个手机号今天试的证件号码太多，%(until)s 后再试"),
    "password_empty": _l("填写密码"),
    "password_differs": _l("两次输入的密码不一致"),
}
