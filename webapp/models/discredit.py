"""失信行为名单: who brought false papers to an agency, on what evidence, until when, and the holder's appeal.

Not here: what may happen to an entry (`domain/certification/discredit.py`).
"""

from peewee import SQL, CharField, DateField, ForeignKeyField

from webapp.models.base import KeyedRow, Moment, Sealed
from webapp.models.certification import Agency, ApplicationItem
from webapp.models.staff import Staff


class Discredit(KeyedRow):
    """One entry (R-CRT-40, R-CRT-41), found by the holder's identity, whichever account applied.

    `state`: proposed 待确认, dropped 未列入, listed 生效中, appealed 申诉复核中, upheld 维持, lifted 已撤销, over 已到期.
    It holds from the day `starts` until before `ends`, days in China, both null before it was confirmed. `evidence` is what
    the proposer wrote, `appeal` what the holder answered, `answer` what the third person said to that.
    """

    item = ForeignKeyField(ApplicationItem, backref="+", index=False)
    agency = ForeignKeyField(Agency, backref="+", index=False)
    identity_index = CharField(max_length=43)
    state = CharField(max_length=8, default="proposed")
    evidence = Sealed()
    proposer = ForeignKeyField(Staff, backref="+", index=False)
    proposed = Moment()
    decider = ForeignKeyField(Staff, null=True, backref="+", index=False)
    decided = Moment(null=True)
    starts = DateField(null=True)
    ends = DateField(null=True)
    appeal = Sealed(null=True)
    appealed = Moment(null=True)
    reviewer = ForeignKeyField(Staff, null=True, backref="+", index=False)
    answer = Sealed(null=True)
    answered = Moment(null=True)

    class Meta:
        indexes = (
            (("identity_index", "ends"), False),
            (("agency", "state", "proposed", "id"), False),
            (("state", "ends"), False),
        )


Discredit.add_index(Discredit.item, unique=True, where=Discredit.state != SQL("'dropped'"), name="discredit_once")
