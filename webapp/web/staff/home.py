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
from webapp.web.page import go, show
from webapp.web.staff import bp, queues


@bp.get("")
@allow(Can.STAFF_HOME)
def home() -> Response:
    """What waits; a member of an organisation has no desk here and goes on to check."""
    if access.actor().may(Can.VERIFY):
        return go(url_for("staff_verify.index"))
    found = desk.of(access.actor())
    return show(
        "staff/home.html",
        has_queues=bool(found.queues),
        waiting=[_task(queue) for queue in found.waiting],
        mine=sum(queue.mine for queue in found.queues),
        today=sum(queue.today for queue in found.queues),
        late=sum(queue.late for queue in found.queues),
        campaigns=found.campaigns,
    )


def _task(queue: desk.Queue) -> tuple[str, str, str, str, str]:
    endpoint, title, text = queues.WORDS[queue.name]
    facts = [
        _("%(what)s，%(since)s", what=text, since=_days(queue.oldest)),
        _("过期 %(n)s 件", n=queue.late) if queue.late else "",
        _("今天到期 %(n)s 件", n=queue.today) if queue.today else "",
        _("你手上 %(n)s 件", n=queue.mine) if queue.mine else "",
    ]
    kind = "bad" if queue.late else "warn"
    return url_for(endpoint), str(title), _("；").join(filter(None, facts)), kind, _("%(n)s 件", n=queue.waiting)


def _days(moment: datetime) -> str:
    """How long something waits, in whole days of the calendar in China."""
    waited = (clock.today() - clock.shown(moment).date()).days
    return _("最早的今天来的") if waited == 0 else ngettext("最早的等了 %(num)s 天", "最早的等了 %(num)s 天", waited)
