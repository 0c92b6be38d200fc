"""What the deeds around records sent abroad are called in the history. Read by `event_words.py`."""

from flask_babel import lazy_gettext as _l

ACTIONS = {
    "transfer.ask": _l("申请发送到境外"),
    "transfer.send": _l("发送链接的邮件已发出"),
    "transfer.fail": _l("发送链接的邮件没有发出"),
    "transfer.receive": _l("境外机构接收了文件"),
    "transfer.expire": _l("发送的链接过期"),
    "transfer.again": _l("再次发送到境外"),
    "transfer.withdraw": _l("撤回发送到境外的文件"),
    "transcript.begin": _l("开始填成绩单"),
    "transcript.submit": _l("提交成绩单"),
    "transcript.take_back": _l("取回成绩单"),
    "transcript.confirm": _l("确认成绩单"),
    "transcript.return": _l("退回成绩单"),
    "institution.add": _l("添加接收机构"),
    "institution.switch": _l("启用或停用接收机构"),
}
