"""Sentences of refusals around 实人验证: the way to the phone, the camera, the photo."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "face_consent": _l("先同意比对人脸，或者换一种办法"),
    "face_tries_day": _l("今天用这个证件号码试的次数太多，%(until)s 后再试，或者到学籍科办"),
    "face_tries": _l("线上验证已经 %(most)s 次没有通过，换一种办法"),
    "shots_missing": _l("还没有拍完，从头再拍一次"),
    "shots_many": _l("每个动作拍 1 到 %(most)s 张"),
    "shots_often": _l("拍了太多次，%(until)s 再试，或者传手持证件照"),
    "handoff_gone": _l("这个二维码已经失效，在电脑上重新显示一个"),
    "handoff_used": _l("这个二维码已经用过了，在电脑上重新显示一个"),
    "handoff_late": _l("这个二维码已经过期，在电脑上重新显示一个"),
    "handoff_account": _l("用本人账号扫码：这台手机上登录的是别的账号"),
    "handoff_number": _l("数字和电脑上的不一样，已经停止。在电脑上重新显示一个"),
    "handoff_typed": _l("没有这个代码，或者已经过期：看电脑上现在显示的"),
    "holder_unseen": _l("四项都核对过才能通过"),
    "holder_picture_kind": _l("仅支持 .jpg .jpeg .png 的图片格式"),
    "holder_picture_heavy": _l("图片大小不超过1MB"),
    "holder_picture_small": _l("图片分辨率最小500*500"),
}
