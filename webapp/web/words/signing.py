"""Sentences about signing keys, for who keeps the site, and about a file that somebody wants checked."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "signing_key_unknown": _l("没有这把签名密钥：%(kid)s。用 xuedang signing show 查看编号"),
    "signing_reason": _l("吊销原因应是其中一个：%(reasons)s"),
    "file_check_none": _l("选一个 PDF 文件"),
    "file_check_heavy": _l("文件超过 %(most)s MB，本站签发的没有这么大"),
    "file_check_later": _l("现在核对不了，过几分钟再试，或者输入在线验证码"),
}
