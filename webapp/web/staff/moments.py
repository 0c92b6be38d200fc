"""Moments as a list tells them: today and yesterday by name, other days by date."""

from datetime import datetime

from flask_babel import gettext as _

from webapp.domain import clock
from webapp.web import told


def lately(moment: datetime | None) -> str:
    """今天 08:42, 昨天 21:10, 11 月 3 日; a dash for never."""
    if moment is None:
        return "—"
    there = clock.shown(moment)
    days = (clock.today() - there.date()).days
    if days == 0:
        return _("今天 %(time)s", time=f"{there:%H:%M}")
    if days == 1:
        return _("昨天 %(time)s", time=f"{there:%H:%M}")
    return told.short_day(there.date())
