"""Sentences of claims on an identity: handing in, deciding, objecting, restoring."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "photos_missing": _l("还有照片没上传，补齐后再提交"),
    "slot_unknown": _l("没有这一张照片"),
    "claim_waiting": _l("材料已经提交，正在审核；有结果后会通知你"),
    "tries_today": _l("每天只能上传%(most)s次，%(until)s 后再试"),
    "tries_total": _l("累计上传不能超过%(most)s次，换一种办法核验"),
    "not_held": _l("这一件不在你手上，可能已经自动放回或由别人接手"),
    "evidence_came": _l("你接手之后又来了新材料，重新看一遍再决定"),
    "own_case": _l("这一件与你本人有关，由别的同事审核"),
    "decided_already": _l("这一件你已经决定过一次，第二次由别的同事来看"),
    "undo_late": _l("已经过了 30 秒，不能撤回；有误就请同事按恢复流程处理"),
    "reason_missing": _l("至少选一条原因"),
    "note_long": _l("备注最多 %(most)s 个字"),
    "retype_wrong": _l("和照片上的号码对不上，看清后重新输入最后六位"),
    "restore_late": _l("这个账号已经不能恢复了：恢复要在归档后的期限内，并且只有一次"),
    "restore_unasked": _l("先由一位同事提出恢复，再由另一位确认"),
    "own_step": _l("提出和确认要由两个人来做"),
    "looks_many": _l("不在手上的照片看得太多，%(until)s 后再试；审计员会看到这条记录"),
}
