"""Sentences about signing keys, for who keeps the site."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "signing_key_unknown": _l("没有这把签名密钥：%(kid)s。用 xuedang signing show 查看编号"),
    "signing_reason": _l("吊销原因应是其中一个：%(reasons)s"),
}
