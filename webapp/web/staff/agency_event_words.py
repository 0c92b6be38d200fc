"""What the deeds around agencies, 失信行为名单 and message texts are called in the history. Read by `event_words.py`."""

from flask_babel import lazy_gettext as _l

ACTIONS = {
    "discredit.propose": _l("提出列入失信名单"),
    "discredit.confirm": _l("确认列入失信名单"),
    "discredit.drop": _l("不列入失信名单"),
    "discredit.appeal": _l("对失信名单申诉"),
    "discredit.uphold": _l("申诉后维持失信名单"),
    "discredit.lift": _l("申诉后撤销失信名单"),
    "discredit.end": _l("失信名单到期"),
    "agency.add": _l("添加受理机构"),
    "agency.change": _l("修改受理机构"),
    "agency.seal": _l("更换受理机构的印章图"),
    "price.set": _l("设定认证价格"),
    "price.close": _l("结束认证价格"),
    "message_text.change": _l("修改消息模板"),
    "message_text.reset": _l("消息模板恢复默认"),
}
