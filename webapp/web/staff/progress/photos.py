"""The board of a window of photos: 应校, 正确, 有误, 未校, 无照片, and one list (R-IMG-17), at the self-check's addresses."""

import json
from collections.abc import Iterator

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from webapp.domain import checks, clock
from webapp.domain.permissions import Can
from webapp.domain.photos import progress
from webapp.domain.photos.progress import Student
from webapp.domain.progress import View
from webapp.models.records import Record
from webapp.models.school import Campaign
from webapp.web import access, told
from webapp.web.page import show
from webapp.web.photos.words import REASONS
from webapp.web.staff import paging, photo_words
from webapp.web.staff.progress import finding, places

WHICH = {
    "all": _l("没校对的"), "unseen": _l("未校"), "none": _l("无照片"), "wrong": _l("有误"), "right": _l("正确"),
    "everyone": _l("全部"),
}  # fmt: skip

NONE = ("", _l("无照片"))


def board(endpoint: str, view: View, found: list[Campaign] | None = None, **address: str) -> Response:
    """A school, a college of it or a class, each with its table, where there is one below, and its list."""
    counts = progress.counts(view)
    by_college = view.college is None and places.by_college(view, counts)
    lines = places.colleges(view, counts) if by_college else places.classes(view, counts)
    which = request.args.get("who") if request.args.get("who") in WHICH else "all"
    page = progress.students(view, which, paging.place(Record))
    address |= {"campaign": view.campaign.key}
    return show(
        "staff/progress/photos.html",
        view=view,
        total=progress.total(counts.values()),
        lines=[] if view.klass else lines,
        by_college=by_college,
        campaigns=found or [],
        phase=checks.phase(view.campaign),
        now=clock.shown(clock.now()),
        day=told.short_day,
        here=finding.address(view),
        may_export=access.actor().may(Can.EXPORT),
        page=page,
        which=which,
        lists=[(str(words), None, url_for(endpoint, **address, who=one), one == which) for one, words in WHICH.items()],
        neighbours=paging.neighbours(page, endpoint, **address, who=which),
        pill=pill,
        reasons=reasons,
    )


def pill(student: Student) -> tuple[str, str]:
    return photo_words.STATES.get(student.state, NONE)


def reasons(student: Student) -> str:
    """What the student found wrong with the picture, in one line."""
    return _("、").join(str(REASONS[one]) for one in json.loads(student.reasons))


HEADS = ((_l("学院"), 20), (_l("班级"), 18), (_l("学号"), 18), (_l("姓名"), 16), (_l("状态"), 16), (_l("哪里不对"), 40))


def rows(view: View) -> Iterator[tuple[str, ...]]:
    """The list that leaves, by college, class and name."""
    for one in progress.everyone(view):
        yield one.college, one.klass, one.number, one.name, str(pill(one)[1]), reasons(one)
