"""Sentences of the desk in person and of slips."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "number_length": _l("数字是 %(need)s 位"),
    "number_wrong": _l("没有手机在显示这个数字，看看是不是刚换了一个"),
    "number_twice": _l("碰巧有两部手机显示同一个数字，等它换一个再输入"),
    "number_tries": _l("错得太多，%(until)s 后再试"),
    "own_meeting": _l("这一位与你本人有关，由别的同事核对"),
    "meeting_elsewhere": _l("这一位在同事那里核对"),
    "meeting_same": _l("第二次由另一位同事确认"),
    "meeting_late": _l("过期了，让学生重新显示数字"),
    "meeting_unseen": _l("看过了再勾选；对不上就选不通过"),
    "card_differs": _l("和登记的证件号码对不上，看着证件重新输入最后六位"),
    "card_tries": _l("错得太多，%(until)s 后再试"),
    "meeting_who": _l("填写姓名和证件号码"),
    "seen_differs": _l("姓名和证件要和老师核对过的一样"),
    "seen_over": _l("核对过了半小时，要重新核对"),
    "meeting_nobody": _l("没有用这个姓名和证件号码注册的账号，让学生注册一个"),
    "claim_held": _l("老师正在看已经交的照片，等他们决定以后再来"),
    "slip_empty": _l("填写纸条上的注册码"),
    "slip_length": _l("注册码是 %(need)s 位"),
    "slip_unknown": _l("没有这个注册码，对照纸条再看一遍"),
    "slip_used": _l("这个注册码用过了；不是你用的，马上告诉学籍科"),
    "slip_replaced": _l("学校重新打印过，这一条作废了，用新的纸条"),
    "slip_void": _l("姓名或证件号码几次都对不上，这个注册码已作废，找学籍科补打"),
    "slip_expired": _l("注册码过期了，找学籍科补打"),
    "slip_differs": _l("和纸条上这位学生的姓名、证件号码对不上，还能试 %(left)s 次；没填错就找学籍科"),
    "slips_none": _l("这个班的学生都注册了"),
    "slip_tries": _l("试得太多，%(until)s 后再试"),
}
