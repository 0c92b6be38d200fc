"""What these pages call things: photos by slot, verdicts of the machine, states of what was handed in, words of a phrase.

Reasons of reviewers are `web/words/reasons.py`, refusals `web/words/duplicates.py`.
"""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.domain import defaults
from webapp.domain.duplicates import photo_sets

CARD = {
    "holding_front": _l("手持身份证人像面照片"),
    "holding_back": _l("手持身份证国徽面照片"),
    "card_front": _l("身份证人像面照片"),
    "card_back": _l("身份证国徽面照片"),
}
LEGACY = {"holding_front": _l("手持身份证正面头部照"), "holding_back": _l("手持身份证背面头部照")}
OTHER = {
    "holding_front": _l("手持证件正面照片"),
    "card_front": _l("证件正面照片"),
    "card_back": _l("证件背面照片"),
    "holding_page": _l("手持护照资料页照片"),
    "data_page": _l("护照资料页照片"),
}

FAULTS = {
    "image_kind": _l("仅支持.jpg .jpeg .png .gif 的图片格式"),
    "file_infected": _l("文件里发现病毒，没有收下。在电脑上查杀，再换一个文件"),
    "image_unreadable": _l("图片无法识别，重新拍一张"),
    "image_small": _l("照片太小，看不清字。靠近一点，重新拍一张"),
}
"""Why the machine did not take a photo; what cannot be reduced says how much is stored, see `fault`."""

HINTS = {
    "sharpness": (_l("清晰"), _l("太模糊"), _l("擦一下镜头，拿稳再拍")),
    "glare": (_l("没有反光"), _l("反光"), _l("关掉闪光灯，把证件稍微转个角度")),
    "darkness": (_l("够亮"), _l("太暗"), _l("到窗边或开灯再拍")),
    "size": (_l("大小合适"), _l("像素太少"), _l("靠近一点再拍，不要截图")),
}
"""What a machine noticed, never a verdict: all right, not so, and what helps."""

STATES = {
    "checking": ("info", _l("正在检查照片")),
    "waiting": ("info", _l("待审核")),
    "approved": ("ok", _l("审核通过")),
    "refused": ("bad", _l("审核失败")),
    "withdrawn": ("", _l("已撤回")),
}

WAYS = {
    "face": _l("实人验证"),
    "photos": _l("人工审核"),
    "record": _l("提供学籍或学历信息"),
    "classmates": _l("大学同班同学协助"),
    "desk": _l("当面核验"),
    "ticket": _l("人工客服"),
}

SERVICES = {
    "records": _l("学籍查询和自查"),
    "no_records": _l("查不到学籍的反馈"),
    "corrections": _l("学籍信息的更正申请"),
    "applications": _l("学历认证的申请"),
}

DEEDS = {
    "account.register": _l("用你的证件号码注册了账号"),
    "account.enter": _l("登录了账号"),
    "account.pass_gate": _l("通过了学校名称核对"),
    "account.confirm_identity": _l("确认了身份信息"),
    "account.show_document": _l("查看了完整的证件号码"),
    "account.password": _l("改了密码"),
    "account.questions": _l("改了密保问题"),
    "account.phone": _l("换了手机号"),
    "account.email": _l("换了邮箱"),
    "account.identity": _l("改了姓名或证件"),
    "account.close": _l("申请注销账号"),
    "account.keep": _l("撤销了注销"),
    "online_report.issue": _l("申请了在线验证报告，现在已经关闭"),
    "application.submit": _l("提交了学历认证的申请"),
    "application.file": _l("确认了学历认证的申请，现在等你说要不要继续"),
    "application.bill": _l("确认了学历认证的申请，现在等你说要不要继续"),
    "online_report.extend": _l("延长了在线验证报告"),
    "online_report.send": _l("把在线验证报告发到了邮箱"),
    "report_order.ask": _l("申请了要付费的英文报告"),
    "transfer.ask": _l("把材料发往境外机构"),
    "transcript.begin": _l("申请了成绩验证"),
    "amendment.ask": _l("申请更改账号信息"),
    "claim.join": _l("申领你的证件号码"),
    "claim.know_record": _l("答对了学籍信息"),
    "claim.prove_record_phone": _l("证明了学校登记的手机"),
    "claim.deny": _l("对你的核验提出了异议"),
    "claim.object": _l("对你的核验提出了异议"),
    "submission.submit": _l("交了证件照片"),
    "vouch.ask": _l("找同学确认"),
    "vouch.answer": _l("以你的名义给同学作了证"),
    "meeting.begin": _l("要求当面核验"),
    "record.bind": _l("绑定了学籍"),
    "record.look": _l("查看了学籍"),
    "check.confirm": _l("确认了学籍信息，已不算数"),
    "check.report": _l("反馈过学籍信息有误"),
    "no_record.tell": _l("反馈过查不到学籍"),
    "ticket.ask": _l("向学籍科提了问题"),
    "ticket.follow": _l("接着向学籍科提问"),
}
"""What an impostor did, as the holder of the name reads it (`domain/duplicates/in_their_name.py`)."""

PHRASE = (
    _l("山"), _l("河"), _l("湖"), _l("海"), _l("云"), _l("雨"), _l("雪"), _l("风"),
    _l("月亮"), _l("太阳"), _l("星星"), _l("竹子"), _l("松树"), _l("荷花"), _l("菊花"), _l("梅花"),
    _l("马"), _l("羊"), _l("牛"), _l("鹿"), _l("鹤"), _l("燕子"), _l("鲤鱼"), _l("熊猫"),
    _l("茶"), _l("米"), _l("盐"), _l("苹果"), _l("灯"), _l("桥"), _l("船"), _l("书"),
)  # fmt: skip
"""The 32 words of a phrase that a claimant and a classmate tell each other."""


def slot(name: str, kind: str) -> str:
    """What the photo in this slot is called, for a document of this kind."""
    if kind != "1":
        return str(OTHER[name])
    return str((LEGACY if photo_sets.slots(kind) == photo_sets.LEGACY else CARD)[name])


def fault(code: str) -> str:
    """Why the machine did not take a photo."""
    if code == "image_too_heavy":
        return _("图片大小不超过%(most)sK", most=defaults.value("dup.photo_max_bytes") // 1024)
    return str(FAULTS.get(code, FAULTS["image_unreadable"]))


def state(submission) -> tuple[str, str]:
    """The pill of something that was handed in."""
    kind, said = STATES[submission.state]
    return kind, str(said)


def phrase(numbers: list[int]) -> str:
    return " · ".join(str(PHRASE[n]) for n in numbers)
