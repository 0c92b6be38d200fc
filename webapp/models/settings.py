"""Settings that a school changed; the defaults and their limits are `domain/defaults.py`."""

from peewee import CharField, TextField

from webapp.models.base import Moment, Row


class Setting(Row):
    """One changed setting, its value as JSON. The row ``version`` counts changes, so that processes notice."""

    name = CharField(max_length=64, unique=True)
    value = TextField()
    changed = Moment()
