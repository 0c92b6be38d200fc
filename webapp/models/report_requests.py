"""查看申请: somebody who has an expired code asks its holder to open it once more (R-RPT-28).

Not here: what may happen to one (`domain/reports/requests.py`).
"""

from peewee import CharField, ForeignKeyField

from webapp.models.base import KeyedRow, Moment, Sealed
from webapp.models.reports import OnlineReport


class OpenRequest(KeyedRow):
    """`key` is the mark that the asker keeps: it is all by which the answer is found.

    `state`: asked, opened (the report answers under this mark until `until`), declined. `name` and `reason` are as typed.
    """

    report = ForeignKeyField(OnlineReport, backref="requests", index=False)
    state = CharField(max_length=8, default="asked")
    name = Sealed()
    reason = Sealed()
    at = Moment(index=True)
    decided = Moment(null=True)
    until = Moment(null=True)

    class Meta:
        indexes = ((("report", "at"), False),)
