"""How a 学历照片 is told to staff: its state, each check of the standard with its number, the faces' likeness."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.domain.photos import checking, standard
from webapp.domain.photos.standard import LIMITS, Standard
from webapp.models.graduation_photos import GraduationPhoto
from webapp.web import told
from webapp.web.photos.words import REASONS

STATES = {
    "comparing": ("info", _l("比对中")),
    "failing": ("bad", _l("不合格")),
    "doubtful": ("warn", _l("疑似非本人")),
    "returned": ("warn", _l("退回重采")),
    "waiting": ("info", _l("待校对")),
    "checking": ("info", _l("校对中")),
    "right": ("ok", _l("已校对，正确")),
    "wrong": ("warn", _l("已校对，有误")),
    "collected": ("warn", _l("学院已汇总")),
    "locked": ("", _l("已锁定")),
    "replaced": ("", _l("已更换")),
}

VERDICTS = {
    "ok": ("ok", _l("合格")),
    "warn": ("warn", _l("提示")),
    "fail": ("bad", _l("不合格")),
    "unchecked": ("", _l("未检查")),
}

CHECKS = {
    "pixels": _l("像素"),
    "dpi": _l("分辨率"),
    "depth": _l("颜色"),
    "weight": _l("文件大小"),
    "background": _l("背景"),
    "sharpness": _l("清晰度"),
    "faces": _l("人脸数"),
    "hairline": _l("发际到上边"),
    "eyes": _l("眼睛到上边"),
    "face_width": _l("脸宽"),
    "tilt": _l("双眼倾斜"),
}

UNITS = {
    "pixels": _l("宽 %(n)s 像素"), "dpi": _l("%(n)s dpi"), "depth": _l("%(n)s 位"), "weight": _l("%(n)s KB"),
    "background": _l("%(n)s％ 合要求"), "hairline": _l("%(n)s 像素"), "eyes": _l("%(n)s 像素"), "face_width": _l("%(n)s 像素"),
    "tilt": _l("%(n)s 度"),
}  # fmt: skip


def lines(checks: Standard) -> list[tuple[str, str, str, tuple]]:
    """Each check: its name, its number, what is wanted, its verdict."""
    return [
        (str(CHECKS[check]), number(check, found), wanted(check), VERDICTS[verdict])
        for check, (verdict, found) in checks.items()
    ]


def number(check: str, found: float | None) -> str:
    if found is None:
        return "—"
    told = f"{found:g}"
    return str(UNITS[check]) % {"n": told} if check in UNITS else told


def wanted(check: str) -> str:
    """What a check asks for, in words."""
    facts = standard.wanted()
    if check in facts:
        return facts[check]
    limits = LIMITS[check]
    if limits.most == float("inf"):
        return _("%(n)s 以上", n=f"{limits.least:g}")
    return f"{limits.least:g}" if limits.least == limits.most else f"{limits.least:g}–{limits.most:g}"


def said(photo: GraduationPhoto) -> list[tuple[str, str]]:
    """What the holder found wrong, as lines of label and value; none where nothing was."""
    fields = _("、").join(told.column_label(one) for one in checking.wrong_fields(photo))
    found = _("、").join(str(REASONS[one]) for one in checking.reasons(photo))
    lines = [(_("照片"), found), (_("照片的说明"), photo.note), (_("学籍信息"), fields), (_("信息的说明"), photo.record_note)]
    return [(label, value) for label, value in lines if value]


def failed(checks: Standard) -> str:
    """Checks that were not met, in one line."""
    return _("、").join(str(CHECKS[check]) for check in standard.failed(checks))


def likeness(found: int | None) -> str:
    return _("未检查") if found is None else f"{found} / 100"
