"""What a site set its own way: settings, and the texts of messages; their defaults are `domain/defaults.py` and
`templates/messages/`.
"""

from peewee import CharField, ForeignKeyField, TextField

from webapp.models.base import KeyedRow, Moment, Row
from webapp.models.staff import Staff


class Setting(Row):
    """One changed setting, its value as JSON. The row ``version`` counts changes, so that processes notice."""

    name = CharField(max_length=64, unique=True)
    value = TextField()
    changed = Moment()


class MessageText(KeyedRow):
    """消息模板: what the site says instead of `templates/messages/<channel>/<language>/<name>.txt` (R-MSG-15)."""

    channel = CharField(max_length=8)
    language = CharField(max_length=2)
    name = CharField(max_length=32)
    text = TextField()
    staff = ForeignKeyField(Staff, null=True, backref="+", index=False)
    changed = Moment()

    class Meta:
        indexes = ((("channel", "language", "name"), True),)
