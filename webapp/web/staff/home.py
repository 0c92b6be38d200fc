"""The home of the workbench: what waits, within the roles of whoever looks."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from webapp.domain import clock, desk
from webapp.domain.permissions import Can
from webapp.web import access
from webapp.web.access import allow
from webapp.web.page import show
from webapp.web.staff import bp


@bp.get("")
@allow(Can.STAFF_HOME)
def home() -> Response:
    found = desk.of(access.actor())
    queues = (
        (found.reports, "staff_reports.index", _("信息有误"), _("学生说记录里有错，等学校核对")),
        (found.no_records, "staff_reports.no_records", _("查不到学籍"), _("学生没有找到自己的学籍")),
        (found.claims, "staff_review.index", _("照片审核"), _("证件号码重复，等人看照片")),
        (found.tickets, "staff_tickets.index", _("咨询"), _("学生问的，等人答复")),
        (found.imports, "staff_imports.index", _("名册导入"), _("还没有完成的导入")),
    )
    return show(
        "staff/home.html",
        has_queues=any(queue is not None for queue, *words in queues),
        waiting=[_task(queue, *words) for queue, *words in queues if queue is not None and queue.waiting],
        campaigns=found.campaigns,
    )


def _task(queue: desk.Queue, endpoint: str, title: str, text: str) -> tuple[str, str, str, str, str]:
    since = _("%(what)s，%(since)s", what=text, since=_days(queue.oldest))
    return url_for(endpoint), title, since, "warn", _("%(n)s 件", n=queue.waiting)


def _days(moment: datetime) -> str:
    """How long something waits, in whole days of the calendar in China."""
    waited = (clock.today() - clock.shown(moment).date()).days
    return _("最早的今天来的") if waited == 0 else ngettext("最早的等了 %(num)s 天", "最早的等了 %(num)s 天", waited)
