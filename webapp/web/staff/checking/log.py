"""查验记录: what the organisation looked up, who did it and under which consent; the holder reads the same (R-RPT-24)."""

from werkzeug.wrappers import Response

from webapp.domain.organisations import asking
from webapp.domain.permissions import Can
from webapp.models.verifications import MemberLook
from webapp.web import told
from webapp.web.access import allow
from webapp.web.page import show
from webapp.web.staff import paging
from webapp.web.staff.checking.blueprint import bp, mine, tabs
from webapp.web.verify.words import SHORT


@bp.get("/log")
@allow(Can.VERIFY)
def log() -> Response:
    page = asking.log(mine(), paging.place(MemberLook))
    return show(
        "staff/verify/log.html",
        page=page,
        neighbours=paging.neighbours(page, "staff_verify.log"),
        short=SHORT,
        moment=told.moment,
        tabs=tabs("log"),
    )
