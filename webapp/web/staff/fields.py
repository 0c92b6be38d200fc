"""A day as staff type it, wherever a form of the workbench asks for one."""

from flask_babel import gettext as _
from wtforms import DateField

from webapp.domain import dates
from webapp.domain.refused import Refused


class Day(DateField):
    """A date typed in any common way (2026-11-16, 2026/11/16, 20261116); shown as 2026-11-16."""

    def process_formdata(self, values: list[str]) -> None:
        if not values or not values[0].strip():
            return
        try:
            self.data, unsure = dates.read(values[0])
        except Refused:
            unsure = "unread"
        if unsure:
            self.data = None
            raise ValueError(_("日期写成 2026-11-16 这样"))
