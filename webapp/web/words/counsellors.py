"""Sentences about counsellors and the sheet that brings them."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "same_class": _l("这位同事已经带这个班"),
    "counsellor_columns": _l("前 10 行里没有找到表头。至少要有这三列：班级、姓名、手机"),
    "counsellor_rows": _l("一张表最多 %(most)s 行，分几次上传"),
    "counsellor_class": _l("没有这个班；先导入名册，或者核对班级名称"),
    "counsellor_classes": _l("几个学院都有这个班名，加一列「学院」"),
    "counsellor_name": _l("没有姓名，或者超过 100 个字"),
    "counsellor_phone": _l("手机号应是 11 位数字"),
    "counsellor_date": _l("日期写成 2026-09-01 这样"),
    "counsellor_twice": _l("这个班和这位老师在表里写了两次"),
    "counsellor_other": _l("这个手机号是 %(known)s 的"),
    "counsellor_closed": _l("这位同事的账号已经关闭，用别的手机号新开一个"),
    "counsellor_alone": _l("这位同事是管理员或审计员，不能带班"),
}
