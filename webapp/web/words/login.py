"""Sentences of logging in, of passwords at rest and of the account's own pages."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "busy": _l("现在登录的人很多，等 1 分钟再试"),
}
