"""The home of the workbench: what waits, within the roles of whoever looks."""

from datetime import datetime

from flask import current_app, url_for
from flask_babel import gettext as _
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
        (found.reports, _("信息有误"), _("学生说记录里有错，等学校核对"), "staff_reports.index"),
        (found.no_records, _("查不到学籍"), _("学生没有找到自己的学籍"), "staff_reports.index"),
        (found.imports, _("名册导入"), _("还没有完成的导入"), "staff_imports.index"),
    )
    return show(
        "staff/home.html",
        queues=[(queue, title, text, _address(endpoint)) for queue, title, text, endpoint in queues if queue is not None],
        campaigns=found.campaigns,
        progress=_address("staff_progress.index"),
        days=_days,
    )


def _address(endpoint: str) -> str | None:
    return url_for(endpoint) if endpoint in current_app.view_functions else None


def _days(moment: datetime) -> str:
    """How long something waits, in whole days of the calendar in China."""
    waited = (clock.today() - clock.shown(moment).date()).days
    return _("最早的今天来的") if waited == 0 else _("最早的等了 %(n)s 天", n=waited)
