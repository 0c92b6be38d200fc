"""Sentences about the school's names in English: what is wrong in one, and in a sheet of them."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "translation_kind": _l("不认识的类别：%(value)s"),
    "translation_zh": _l("学校的学籍里没有这个名称，照学籍里的写法填"),
    "translation_en": _l("英文名称用拉丁字母，最多 %(most)s 个字"),
    "translation_twice": _l("这个名称在表里出现了两次"),
    "translation_columns": _l("表头要有类别、中文、英文三列"),
    "translation_rows": _l("一次最多 %(most)s 行，分几个文件上传"),
}
