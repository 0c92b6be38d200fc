"""核查: what an agency asks of a school or a province about a certificate, and the answer (R-CRT-35, R-CRT-49).

Not here: who may ask and answer (`domain/certification/checking.py`).
"""

from peewee import SQL, CharField, ForeignKeyField

from webapp.models.base import KeyedRow, Moment, Sealed
from webapp.models.certification import Agency, ApplicationItem
from webapp.models.photos import Upload
from webapp.models.school import Unit
from webapp.models.staff import Staff


class Checking(KeyedRow):
    """One question about an item. `way`: school and province, which answer on this site, letter to a school outside.

    `unit` is the school and `province` the code of GB/T 2260 that is asked; a letter has a `number` of its agency, and the
    `name` and `address` that it goes to. `state`: open, answered, recalled. `answer`: same 一致, differs 不一致, unknown
    查无此人, with a `note`; `by` gave it, or filed the letter's reply, of which `upload` is the picture. `due` is when it
    should be there.
    """

    item = ForeignKeyField(ApplicationItem, backref="checkings")
    agency = ForeignKeyField(Agency, backref="+", index=False)
    way = CharField(max_length=8)
    unit = ForeignKeyField(Unit, null=True, backref="+", index=False)
    province = CharField(max_length=2, default="")
    name = CharField(max_length=60, default="")
    address = CharField(max_length=120, default="")
    number = CharField(max_length=12, null=True)
    question = Sealed(null=True)
    state = CharField(max_length=8, default="open")
    asked = Moment()
    due = Moment()
    staff = ForeignKeyField(Staff, backref="+", index=False)
    answer = CharField(max_length=8, default="")
    note = Sealed(null=True)
    answered = Moment(null=True)
    by = ForeignKeyField(Staff, null=True, backref="+", index=False)
    upload = ForeignKeyField(Upload, null=True, backref="+", index=False)

    class Meta:
        indexes = (
            (("agency", "number"), True),
            (("agency", "state", "due", "id"), False),
            (("unit", "state", "due", "id"), False),
            (("province", "state", "due", "id"), False),
        )


Checking.add_index(Checking.item, unique=True, where=Checking.state == SQL("'open'"), name="checking_one_open")
