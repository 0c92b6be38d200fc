"""学校满意度: how a school's students like it, as votes, and who has answered.

Not here: an answer. None is kept, so that nobody can read whose it was.
"""

from peewee import ForeignKeyField, IntegerField, TextField

from webapp.models.accounts import Account
from webapp.models.base import Row
from webapp.models.school import Unit


class Survey(Row):
    """The votes of one school in one school year, named by the year in which it began.

    `votes` is JSON: question → how often each score was given, 1 first. `shown` is the same as the office may see it: how the
    votes stood at the last full ten of `answers`.
    """

    unit = ForeignKeyField(Unit, backref="+", index=False)
    year = IntegerField()
    answers = IntegerField(default=0)
    votes = TextField(default="{}")
    shown = TextField(default="{}")

    class Meta:
        indexes = ((("unit", "year"), True),)


class Answered(Row):
    """That somebody answered, without when and what: one answer a year. Forgotten once the next year's votes begin."""

    survey = ForeignKeyField(Survey, backref="+", index=False)
    account = ForeignKeyField(Account, backref="+")

    class Meta:
        indexes = ((("survey", "account"), True),)
