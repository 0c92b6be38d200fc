"""前置学历未核验: the 专升本 students whose 专科 was not found among their own records (R-BND-18)."""

from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from webapp.domain.enrolment import prior as asked
from webapp.domain.permissions import Can
from webapp.models.records import Record
from webapp.web import access
from webapp.web.access import allow
from webapp.web.page import show
from webapp.web.staff import paging
from webapp.web.staff.enrolment.blueprint import bp

WHY = {"unbound": _l("还没有绑定账号"), "missing": _l("名下没有专科学历"), "mismatch": _l("名下的专科学历对不上")}


@bp.get("/enrolment/prior")
@allow(Can.ENROL)
def prior() -> Response:
    page = asked.unchecked(access.actor().where(Can.ENROL), paging.place(Record))
    neighbours = paging.neighbours(page, "staff_enrolment.prior")
    return show("staff/enrolment/prior.html", page=page, why=asked.why(page.rows), words=WHY, neighbours=neighbours)
