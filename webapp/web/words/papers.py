"""Sentences of papers."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "paper_limit": _l("今天生成的文件太多了，%(until)s 后再试"),
}
