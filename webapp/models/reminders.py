"""提醒: who was, or is to be, reminded of a self-check, at most once a day.

Not here: whom it is for and what it says (`domain/reminders/`), nor whether it left (`messages.py`).
"""

from peewee import CharField, DateField, ForeignKeyField

from webapp.models.base import Moment, Row
from webapp.models.checks import Check
from webapp.models.records import Record
from webapp.models.staff import Staff


class Reminder(Row):
    """One student on one day (in China). `kind`: hand (somebody pressed), soon (the end is near), opened (the window is).

    The row is the promise: `told` is when it was kept, `ways` by what: site, sms, mail, none where there was no way.
    `staff` is who pressed.
    """

    check_row = ForeignKeyField(Check, backref="reminders", column_name="check_id", on_delete="CASCADE")
    record = ForeignKeyField(Record, backref="reminders", index=False)
    day = DateField()
    kind = CharField(max_length=8)
    staff = ForeignKeyField(Staff, null=True, index=False)
    made = Moment()
    told = Moment(null=True)
    ways = CharField(max_length=16, default="")

    class Meta:
        indexes = ((("record", "day"), True),)


Reminder.add_index(Reminder.id, where=Reminder.told.is_null(), name="reminder_untold")
