"""The school's catalogue of English names: majors, colleges, departments, classes, presidents, as an English report says them.

Not here: the school's own English name (`models/school.Unit`), and what is a code (`identity/tables.py`).
"""

from peewee import CharField, ForeignKeyField

from webapp.models.base import KeyedRow, Moment
from webapp.models.school import Unit


class Translation(KeyedRow):
    """英文名称: `zh` as the school's records write it, `en` as the records office says it. `kind` is a field of a record."""

    unit = ForeignKeyField(Unit, backref="translations", index=False)
    kind = CharField(max_length=10)
    zh = CharField(max_length=60)
    en = CharField(max_length=120)
    who = CharField(max_length=30)
    at = Moment()

    class Meta:
        indexes = ((("unit", "kind", "zh"), True),)
