"""Why a 学历照片 is wrong, in the student's words (spec 7.8)."""

from flask_babel import lazy_gettext as _l

REASONS = {
    "not_me": _l("照片不是我本人"),
    "blurred": _l("照片不清晰或变形"),
    "background": _l("背景或尺寸不符"),
    "text": _l("照片上有文字"),
    "same_picture": _l("与录取照片是同一张"),
    "other": _l("其他"),
}
