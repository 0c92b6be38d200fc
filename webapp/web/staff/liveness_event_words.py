"""What the history calls the events of 实人验证. Not here: the events of its purposes."""

from flask_babel import lazy_gettext as _l

ACTIONS = {
    "person_check.consent": _l("同意比对人脸"),
    "person_check.withdraw": _l("撤回比对人脸的同意"),
    "person_check.capture": _l("提交人脸拍摄"),
    "person_check.match": _l("人脸比对通过"),
    "person_check.miss": _l("人脸比对没有通过"),
    "person_check.excuse": _l("人脸比对没有做成，不计次数"),
    "person_check.bring": _l("提交手持证件照"),
    "person_check.queue": _l("手持证件照等待审核"),
    "person_check.spoil": _l("手持证件照无法识别"),
    "person_check.take": _l("接手手持证件照"),
    "person_check.take_over": _l("接过手持证件照"),
    "person_check.put_back": _l("放回手持证件照"),
    "person_check.look": _l("查看手持证件照"),
    "person_check.accept": _l("手持证件照通过"),
    "person_check.refuse": _l("退回手持证件照"),
    "handoff.show": _l("显示换手机做的二维码"),
    "handoff.open": _l("手机确认是本人"),
    "handoff.deny": _l("手机上否认或数字不符"),
    "handoff.prove": _l("证书持有人确认手机"),
}
