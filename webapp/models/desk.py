"""What the office's desk keeps: lists that were taken away, and how each campaign stood of an evening.

Not here: the lists themselves, nor the board of each class (`checks.Snapshot`).
"""

from peewee import CharField, DateField, ForeignKeyField, IntegerField

from webapp.models.base import KeyedRow, Moment, Row
from webapp.models.school import Campaign, Unit
from webapp.models.staff import Staff


class Export(KeyedRow):
    """导出: a list that somebody took away (R-CHK-10). The first characters of the key are the number in the file's mark.

    `place` names the college or class that it is about, empty for the whole school; `rows` stays empty where the file was
    not finished.
    """

    unit = ForeignKeyField(Unit, backref="exports", index=False)
    staff = ForeignKeyField(Staff, backref="exports", index=False)
    kind = CharField(max_length=16)
    reason = CharField(max_length=16)
    place = CharField(max_length=130, default="")
    rows = IntegerField(null=True)
    at = Moment()

    class Meta:
        indexes = ((("unit", "at", "id"), False), (("at", "id"), False))


class Evening(Row):
    """A campaign at the end of a day, whole, so that a province reads its schools without counting their students."""

    campaign = ForeignKeyField(Campaign, backref="evenings", index=False)
    day = DateField()
    due = IntegerField()
    done = IntegerField()
    wrong = IntegerField()
    held = IntegerField()
    registered = IntegerField()

    class Meta:
        indexes = ((("campaign", "day"), True),)
