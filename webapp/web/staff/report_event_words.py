"""What the deeds around reports and who checks them are called in the history. Read by `event_words.py`."""

from flask_babel import lazy_gettext as _l

ACTIONS = {
    "open_request.ask": _l("有人申请查看过期报告"),
    "open_request.open": _l("同意查看过期报告"),
    "open_request.decline": _l("不同意查看过期报告"),
    "online_report.compare": _l("允许或停止零散查询"),
    "online_report.send": _l("用邮件发送报告"),
    "online_report.stop": _l("关闭冒用者的报告"),
    "online_report.issue": _l("申请在线验证报告"),
    "online_report.extend": _l("延长报告的验证有效期"),
    "online_report.close": _l("关闭报告"),
    "online_report.reopen": _l("重新开启报告"),
    "online_report.correct": _l("报告因更正失效"),
    "online_report.reissue": _l("更正后重新生成报告"),
    "online_report.wait": _l("英文报告等学校翻译"),
    "online_report.translate": _l("英文报告译好了"),
    "translation.set": _l("填写英文名称"),
    "signing_key.make": _l("生成签名密钥"),
    "signing_key.retire": _l("停用签名密钥"),
    "signing_key.revoke": _l("吊销签名密钥"),
    "organisation.apply": _l("会员单位申请"),
    "organisation.approve": _l("会员单位通过"),
    "organisation.refuse": _l("会员单位不通过"),
    "organisation.suspend": _l("停用会员单位"),
    "organisation.resume": _l("恢复会员单位"),
    "organisation.set_quota": _l("修改会员单位每天的次数"),
    "api_key.make": _l("生成接口密钥"),
    "api_key.revoke": _l("停用接口密钥"),
    "code_list.hand_in": _l("批量核验"),
}
