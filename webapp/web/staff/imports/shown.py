"""How an import is told to staff: the words of its states and groups, of columns, values and problems."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.domain.imports.batches import PHOTO_SETS
from webapp.domain.imports.listing import Fault
from webapp.domain.refused import Refused
from webapp.models.imports import Batch
from webapp.web import told, words

STATES = {
    "uploaded": ("info", _l("等待读取")),
    "mapping": ("warn", _l("要对应列")),
    "reading": ("info", _l("正在检查")),
    "preview": ("warn", _l("等你确认")),
    "applying": ("info", _l("正在写入")),
    "applied": ("ok", _l("已导入")),
    "refused": ("", _l("没有导入")),
    "undoing": ("info", _l("正在撤回")),
    "undone": ("", _l("已撤回")),
    "halted": ("bad", _l("写到一半停了")),
    "failed": ("bad", _l("读不了")),
}

BUSY = ("uploaded", "reading", "applying", "undoing")

KINDS = {
    "enrolment": _l("学籍名册"),
    "qualification": _l("学历名册"),
    "admission": _l("高考录取信息"),
    "photos": _l("录取照片"),
    "graduation": _l("学历照片"),
}

GROUPS = {
    "new": (_l("新增"), _l("学校还没有这名学生")),
    "changed": (_l("变更"), _l("会改成文件里的值")),
    "same": (_l("相同"), _l("不用改")),
    "wrong": (_l("有误"), _l("不会写入，改好后再导入")),
    "missing": (_l("缺少"), _l("系统里有、文件里没有，保持不变")),
    "frozen": (_l("要走更正"), _l("学生看过或已绑定的关键信息，和已经公布的学历，不在这里改")),
    "doubt": (_l("提醒"), _l("会写入，建议核对")),
}

ASIDES = {
    "hidden": _l("表里隐藏的行，和别的行一样读了"),
    "nobody": _l("合计、备注和重复的表头，没有读"),
}
"""What else a check counts, beside its groups."""

PHOTO_GROUPS = {
    "new": (_l("新增"), _l("这名学生还没有照片")),
    "changed": (_l("替换"), _l("换掉现在的照片")),
    "same": (_l("相同"), _l("不用改")),
    "wrong": (_l("有误"), _l("不会写入")),
    "missing": (_l("缺少"), _l("还没有照片，这一包里也没有")),
}

GRADUATION_GROUPS = {
    **PHOTO_GROUPS,
    "failing": (_l("不合格"), _l("会写入，等学校看或重新采集")),
    "doubtful": (_l("疑似非本人"), _l("会写入，等学校对照录取照片")),
    "missing": (_l("缺少"), _l("同一年毕业、还没有照片")),
}

ADMISSION_GROUPS = {
    **GROUPS,
    "new": (_l("新增"), _l("还没有这名考生的录取信息")),
}

_ROSTER_ONLY = {
    "phone": _l("联系电话"), "email": _l("邮箱"), "counsellor": _l("辅导员"), "country": _l("国籍"),
    "school_code": _l("院校代码"), "school_name": _l("院校名称"), "special": _l("特殊类别"),
}  # fmt: skip


def groups(batch: Batch) -> dict:
    """Group → (its name, what it means), for this kind of import."""
    return {"photos": PHOTO_GROUPS, "graduation": GRADUATION_GROUPS, "admission": ADMISSION_GROUPS}.get(batch.kind, GROUPS)


def asides(counts: dict[str, int]) -> list[tuple[str, int]]:
    """What else there is to tell of a check's rows, with how many."""
    return [(str(words), counts[name]) for name, words in ASIDES.items() if counts.get(name)]


def is_photos(batch: Batch) -> bool:
    return batch.kind in PHOTO_SETS


def column(field: str) -> str:
    """The label of a column that a roster may have."""
    return str(told.COLUMNS.get(field) or _ROSTER_ONLY.get(field) or field)


def value(field: str, text: str) -> str:
    """A value before or after a change; codes as words, nothing as a dash."""
    if field in told.CODES:
        return told.label(told.CODES[field], text) or "—"
    return text or "—"


def reason(fault: Fault) -> str:
    """What is wrong, as a sentence."""
    return words.say(Refused(fault.code, **fault.facts))


def place(sheet: str, row: int) -> str:
    """Where a row stands in the file; a photo is a file of its own."""
    if not row:
        return sheet
    return _("%(sheet)s 第 %(row)s 行", sheet=sheet, row=row) if sheet else _("第 %(row)s 行", row=row)
