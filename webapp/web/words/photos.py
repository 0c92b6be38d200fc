"""Sentences about 学历照片: which rule of the standard a file breaks, and why a photo stays as it is (R-IMG-12–16)."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "photo_not_jpeg": _l("学历照片要 JPG"),
    "photo_weight": _l("照片 %(found)s KB，应为 %(least)s–%(most)s KB"),
    "photo_pixels": _l("照片 %(width)s×%(height)s 像素，应为 %(wanted_width)s×%(wanted_height)s，和标注的 dpi 无关"),
    "photo_dpi": _l("照片标注 %(found)s dpi，应为 %(wanted)s"),
    "photo_dpi_lies": _l("照片的分辨率标注前后不一：%(found)s 和 %(other)s dpi，重新导出"),
    "photo_depth": _l("照片是 %(found)s 位色，应为 24 位"),
    "photo_same": _l("学历照片与录取照片不能为同一张"),
    "photo_worse": _l("已有合格的照片，这一张不合格，没有替换"),
    "photo_published": _l("已对外公布，不得变更"),
    "photo_reason": _l("写明原因"),
    "photo_window": _l("当前不在图像校对时间内"),
    "photo_timeout": _l("校对已超时，重新开始校对"),
    "photo_blocks": _l("学籍信息和毕业照片都要先校对"),
    "photo_fields": _l("勾出哪几项不对"),
    "photo_reasons": _l("勾出哪里不对"),
    "photo_none_wrong": _l("没有等汇总的"),
    "photo_note": _l("写明其他是什么"),
    "photo_not_me": _l("确认照片上不是你，再勾一次"),
    "photo_note_long": _l("说明最多 %(most)s 字，多了 %(over)s 字"),
    "collection_none": _l("这条记录没有采集码"),
    "collection_file": _l("文件读不出来：%(name)s"),
    "collection_key": _l("采集密钥读不出来，重新取一份"),
    "collection_code": _l("采集码读不出来：不是这所学校这个年度的，或没有扫全"),
}
