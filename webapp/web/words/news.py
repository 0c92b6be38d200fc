"""Refusals around announcements and the official account's picture."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "news_kind": _l("选要闻、专题或重要信息"),
    "news_title": _l("写标题"),
    "news_title_long": _l("标题最多 %(most)s 字"),
    "news_body": _l("写正文"),
    "news_body_long": _l("正文最多 %(most)s 字，多了 %(over)s 字"),
    "news_days": _l("截止日期在开始日期之前，改其中一个"),
    "news_over": _l("截止日期已经过了，先改到今天以后再发布"),
    "news_files": _l("最多 %(most)s 个附件，先去掉一个"),
    "news_file_missing": _l("先选一个 PDF 或图片"),
    "news_file_kind": _l("附件只能是 PDF、JPG 或 PNG"),
    "news_file_heavy": _l("附件最大 %(most)s MB，换一个小一点的"),
}
