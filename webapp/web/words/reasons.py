"""Why staff say no, as the student reads it and as the reviewer's list has it: what is wrong, and what to do (R-DUP-15).

Codes and what each is about are `domain/reasons.py`.
"""

from flask_babel import lazy_gettext as _l

REASONS = {
    "face_unclear": (_l("人脸不清晰或被遮挡"), _l("摘掉帽子、口罩和墨镜，头发不遮脸，正对镜头再拍")),
    "not_holding": (_l("未手持证件"), _l("把证件拿在手里，和脸一起拍进同一张照片")),
    "arm_missing": (_l("未拍到手臂和上半身"), _l("站远一点或让别人帮忙拍，把持证的手臂和上半身都拍进去")),
    "card_unclear": (_l("证件信息不清晰"), _l("到亮处对准证件，等画面清楚了再拍，每个字都要能看清")),
    "card_covered": (_l("证件被遮挡"), _l("手指不要挡住字和照片，证件四个角都要在画面里")),
    "edited": (_l("疑似修改图片"), _l("用手机直接拍原图，不要美颜、裁剪、加字，也不要翻拍屏幕")),
    "differs": (_l("证件与注册信息不一致"), _l("看看注册时填的姓名和号码；填错了就用原来的证件重新注册，或问人工客服")),
    "expired": (_l("证件已过期"), _l("换用有效的证件；正在补办的，用临时身份证")),
    "not_the_person": (_l("非本人"), _l("照片要由本人拍。有误会的，带证件到学籍科当面核验，或问人工客服")),
}
"""Reason → (what is wrong, what to do about it)."""

SENTENCES = {
    "reason_missing": _l("至少选一条原因"),
    "note_long": _l("备注最多 %(most)s 个字"),
}
