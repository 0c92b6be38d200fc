"""What the parts of 实人验证 are called on screen: states, prompts, faults, kinds of holder.

Not here: sentences of refusals (`words/liveness.py`).
"""

from flask_babel import lazy_gettext as _l

from webapp.domain.liveness import purposes
from webapp.models.liveness import PersonCheck

STATES = {
    "open": ("", _l("未实人验证")),
    "judging": ("info", _l("正在比对")),
    "looking": ("info", _l("照片正在检查")),
    "waiting": ("info", _l("照片待审核")),
    "in_review": ("info", _l("照片审核中")),
    "passed": ("ok", _l("实人验证已完成")),
}
"""Of a check, with the kind of its pill."""

PROMPTS = {
    "front": _l("正对镜头，不要动"),
    "blink": _l("慢慢眨两下眼睛"),
    "left": _l("向左转头"),
    "right": _l("向右转头"),
    "mouth": _l("张开嘴，再合上"),
}
"""What is shown and said before the camera."""

FAULTS = {
    "no_face": _l("没有拍到脸：到亮一点的地方，脸对着镜头"),
    "several_faces": _l("画面里不止一个人：只留本人"),
    "not_live": _l("没有认出是真人：不要对着照片或屏幕拍"),
    "prompts": _l("动作没有跟上：看清提示再做，慢一点"),
    "other_person": _l("和证书持有人的照片不像：要由本人来做"),
}
"""Why a try failed; it counts."""

EXCUSES = {
    "unavailable": _l("没能连上验证服务，这一次不算，可以再试"),
    "lost": _l("拍的画面没有传完整，这一次不算，可以再试"),
    "no_reference": _l("学校没有可以比对的照片，这一次不算。改传手持证件照"),
    "image_unreadable": _l("仅支持 .jpg .jpeg .png 的图片格式"),
    "image_too_heavy": _l("图片大小不超过1MB"),
    "image_small": _l("图片分辨率最小500*500"),
    "file_infected": _l("这个文件没有通过安全检查，换一张照片"),
}
"""What went wrong and does not count: of a try, or of a photo that a machine looked at."""

OTHERWISE = {"other_person": _l("和学校存的照片不像：要由本人来做")}
"""The same of who holds no certificate."""

ELSEWHERE = {"no_reference": _l("学校没有可以比对的照片，这一次不算。改用人工审核")}
"""The same where people look elsewhere, and not at a photo of this check."""

IS_IT_YOU = {
    "application": _l("你正在 %(device)s 的电脑上申请学历认证，是你吗？"),
    "duplicate": _l("你正在 %(device)s 的电脑上证明证件号码是你的，是你吗？"),
    "level": _l("你正在 %(device)s 的电脑上查看学籍信息，是你吗？"),
    "change": _l("你正在 %(device)s 的电脑上更改账号的手机号或证件，是你吗？"),
}
"""What the phone asks, by purpose."""

LEADS = {
    "application": _l("确认证书持有人本人在场。验证通过后，不允许修改信息及申请材料。"),
    "duplicate": _l("和学校存的照片比对，确认证件号码是你的。"),
    "level": _l("和学校存的照片比对，确认账号是你本人在用。通过以后不再问院校名称。"),
    "change": _l("和学校存的照片比对，确认更改是你本人申请的。"),
    "recovery": _l("和学校存的照片比对，确认要找回账号的是本人。"),
    "overseas": _l("和学校存的照片比对，确认证件是你的。通过以后账号马上能用。"),
}
"""What it is for, above the ways, by purpose."""

HOLDERS = {
    "mainland": _l("中国内地居民需手持有效“二代身份证”拍照"),
    "hong_kong_macao": _l("香港特区、澳门特区居民需手持“香港、澳门居民身份证”拍照"),
    "taiwan": _l("中国台湾地区同胞需手持“台湾居民来往大陆通行证”拍照"),
    "foreign": _l("外籍来华者需手持“护照”拍照"),
}
"""What each kind of holder holds up, in the seed's words (R-RPV-06)."""

WAYS = {"face": _l("人脸比对"), "photo": _l("手持证件照")}

TICKS = {
    "name": _l("姓名和上面的一致"),
    "number": _l("证件号码和上面的一致"),
    "person": _l("拿证件的人就是证件照片上的人，脸没有被挡住"),
    "original": _l("证件有效、字能看清，照片没有修改痕迹"),
}
"""What who looks at a photo says to have seen."""


def fault(check: PersonCheck) -> str:
    """What went wrong with the last try, or nothing."""
    said = FAULTS | EXCUSES
    if check.purpose != "application":
        said = said | OTHERWISE
    if purposes.instead(check):
        said = said | ELSEWHERE
    return str(said.get(check.why, ""))
