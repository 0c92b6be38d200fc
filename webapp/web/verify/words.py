"""What is said of each verdict: the heading, and what to do now.

Not here: sentences of refusals (`web/words/verify.py`), how the holder reads the same (`web/reports/words.py`).
"""

from flask_babel import lazy_gettext as _l

from webapp.web.told import by_language

VERDICTS = {
    "valid": ("ok", _l("有效"), _l("下面是登记信息现在的样子。和你手里的报告逐项对一下，不一样以本页为准。")),
    "expired": (
        "warn",
        _l("该报告已过验证有效期，联系权属人延长"),
        _l("延长后还是这个验证码。联系不上，就在这里申请查看一次。"),
    ),
    "closed": ("warn", _l("该报告已由权属人关闭"), _l("需要查看，联系权属人重新开启，或者另外给你一份。")),
    "corrected": ("warn", _l("该报告已更正"), _l("登记信息后来改过，这份报告的内容不能再用。")),
    "withheld": ("warn", _l("学籍信息待核实"), _l("学校正在核实，核实完以前不显示内容。过几天再查，或者联系权属人。")),
    "unknown": (
        "bad",
        _l("未查询到该报告，核对在线验证码"),
        _l("验证码的写法没有错，但本站没有这份报告。对照报告再看一遍；还是查不到，这份报告可能不是本站出具的。"),
    ),
    "pin": ("info", _l("这份报告要输查看密码"), _l("查看密码由权属人设置，4 到 8 位数字，向权属人要。")),
}
"""By verdict: the kind of sign, the heading, and what to do."""

SHORT = {
    "valid": ("ok", _l("有效")),
    "expired": ("warn", _l("已过期")),
    "closed": ("warn", _l("已关闭")),
    "corrected": ("warn", _l("已更正")),
    "withheld": ("warn", _l("待核实")),
    "unknown": ("bad", _l("未查询到")),
    "mistyped": ("bad", _l("输错了")),
    "pin": ("info", _l("要查看密码")),
}
"""By verdict: the pill of one line among many."""

FILES = {
    "same": (
        "ok",
        _l("与签发的文件一致"),
        _l("这份 PDF 和本站签发的一模一样，一个字节也没有改过。报告现在的样子，以在线查到的为准。"),
    ),
    "receipt": ("ok", _l("与签发的核验回执一致"), _l("这份 PDF 和本站签发的核验回执一模一样，一个字节也没有改过。")),
    "transcript": ("ok", _l("与签发的成绩单一致"), _l("这份 PDF 和本站签发的成绩单一模一样，一个字节也没有改过。")),
    "certification": ("ok", _l("与签发的认证报告一致"), _l("这份 PDF 和本站签发的认证报告一模一样，一个字节也没有改过。")),
    "other": (
        "warn",
        _l("不是签发的文件"),
        _l("上面有本站的签名，但和本站现在保存的文件不一样，可能改过，也可能后来重新生成过。以在线查到的为准。"),
    ),
    "revoked": (
        "bad",
        _l("不能采信：密钥已吊销"),
        _l("签名用的密钥已经吊销，用它签的文件都不能作准。找权属人要重新签发的 PDF，或者直接输入在线验证码。"),
    ),
    "broken": (
        "bad",
        _l("不能采信：文件改过"),
        _l("文件签名以后又被改动，或者传的时候损坏了。输入在线验证码看登记的内容。"),
    ),
    "foreign": (
        "bad",
        _l("不能采信：不是本站签的"),
        _l("文件有签名，但不是用本站的密钥签的，谁都可以自己做一个这样的签名。输入在线验证码看登记的内容。"),
    ),
    "unsigned": (
        "bad",
        _l("没有签名"),
        _l("本站签发的 PDF 都有签名。这份没有，可能是打印、扫描或者另存出来的，看不出有没有改过。"),
    ),
    "unreadable": (
        "bad",
        _l("打不开这个文件"),
        _l("它不是 PDF，或者已经损坏。让对方把下载的原文件直接发给你，不要截图，不要转换格式。"),
    ),
}
"""By `files.KINDS`: the kind of sign, the heading, and what it means."""

KEYS = {
    "current": ("ok", _l("在用")),
    "retired": ("", _l("已停用，签过的仍有效")),
    "revoked": ("bad", _l("已吊销，签过的都不算数")),
}
"""By the state of a signing key."""

REASONS = {"compromise": _l("密钥可能泄露"), "superseded": _l("换用新的密钥"), "ended": _l("不再签发")}
"""Why a key was revoked, by `certificates.REASONS`."""


@by_language
def said(verdict: str) -> tuple[str, str, str]:
    """The sign, the heading and what to do, in the reader's language."""
    kind, heading, advice = VERDICTS[verdict]
    return kind, str(heading), str(advice)
