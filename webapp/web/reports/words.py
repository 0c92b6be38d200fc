"""Words of the holders' pages of reports: how one stands, by which way somebody looked, what was answered.

Not here: sentences of refusals (`web/words/reports.py`), what strangers are told (`web/verify/`).
"""

from flask_babel import lazy_gettext as _l

STATES = {
    "active": ("ok", _l("有效")),
    "soon": ("warn", _l("快到期")),
    "expired": ("bad", _l("已过期")),
    "withheld": ("warn", _l("待核实")),
    "closed": ("", _l("已关闭")),
    "corrected": ("", _l("已更正")),
    "pending": ("info", _l("翻译中")),
    "refused": ("bad", _l("没有译成")),
}
"""By `holding.standing`: the kind of pill and its text."""

WAYS = {
    "typed": _l("输入"),
    "scanned": _l("扫码"),
    "many": _l("批量"),
    "machine": _l("接口"),
    "member": _l("会员查询"),
    "receipt": _l("核验回执"),
    "compared": _l("零散查询"),
    "file": _l("核对文件"),
    "asked": _l("经你同意"),
}
"""By `Look.way`."""

VERDICTS = {
    "valid": ("ok", _l("看到了内容")),
    "expired": ("", _l("只看到已过期")),
    "closed": ("", _l("只看到已关闭")),
    "corrected": ("", _l("只看到已更正")),
    "withheld": ("", _l("只看到待核实")),
    "pin": ("", _l("没有输对查看密码")),
    "unknown": ("", _l("没有查到")),
    "same": ("", _l("姓名和证书编号一致")),
    "differs": ("", _l("姓名和证书编号不一致")),
}
"""By `Look.verdict`, as the holder reads it."""
