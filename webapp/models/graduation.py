"""学历注册: a school's graduates of a year, what still stands against each, and how far certificates are numbered.

Not here: the checks and moves (`domain/graduation/`); the qualification itself is a `Record`.
"""

from peewee import SQL, CharField, DateField, ForeignKeyField, IntegerField

from webapp.models.base import KeyedRow, Moment, Row
from webapp.models.records import Record
from webapp.models.school import Unit


class Graduation(KeyedRow):
    """毕业届: the graduates of one school and year. `day` and `president` are those of most certificates.

    `publish_on` is the day of 公布. `state`: open, asked (one officer wants to publish), agreed (its day comes), published.
    `working` names the pass that runs (check, register, publish), `done` of `total` people; `touched` is its last sign of
    life.
    """

    unit = ForeignKeyField(Unit, backref="graduations", index=False)
    year = IntegerField()
    day = DateField()
    president = CharField(max_length=40)
    publish_on = DateField()
    state = CharField(max_length=10, default="open")
    asked_by = CharField(max_length=30, default="")
    asked = Moment(null=True)
    agreed_by = CharField(max_length=30, default="")
    agreed = Moment(null=True)
    published = Moment(null=True)
    working = CharField(max_length=8, default="")
    done = IntegerField(default=0)
    total = IntegerField(default=0)
    touched = Moment(null=True)
    created = Moment()

    class Meta:
        indexes = ((("unit", "year"), True), (("state", "publish_on"), False))


class Graduate(KeyedRow):
    """One student on the list of a year. `state`: waiting 待注册, registered 已注册, published 已公布, corrected 已勘误.

    `record` is the enrolment, `qualification` what was registered from it. A `certificate` number that was given stays.
    `prior_school` and `prior` are 前置学历 on paper: where a 专升本 student graduated before, and that certificate's number.
    """

    graduation = ForeignKeyField(Graduation, backref="graduates", index=False)
    unit = ForeignKeyField(Unit, backref="+", index=False)
    record = ForeignKeyField(Record, unique=True, backref="graduates")
    qualification = ForeignKeyField(Record, null=True, backref="+", index=False)
    state = CharField(max_length=10, default="waiting")
    conclusion = CharField(max_length=12)
    day = DateField()
    president = CharField(max_length=40)
    certificate = CharField(max_length=40, default="")
    prior_school = CharField(max_length=60, default="")
    prior = CharField(max_length=40, default="")
    checked = Moment(null=True)
    registered = Moment(null=True)
    created = Moment()

    class Meta:
        indexes = ((("graduation", "state", "id"), False), (("unit", "state", "created"), False))


Graduate.add_index(Graduate.certificate, unique=True, where=Graduate.certificate != SQL("''"), name="graduate_certificate")
Graduate.add_index(
    Graduate.qualification, unique=True, where=Graduate.qualification.is_null(False), name="graduate_qualification"
)


class GraduateFault(Row):
    """What stands against a graduate's registration: a code of `domain/graduation/faults.py`, as the last check found it."""

    graduation = ForeignKeyField(Graduation, backref="+", index=False)
    graduate = ForeignKeyField(Graduate, backref="faults")
    code = CharField(max_length=24)

    class Meta:
        indexes = ((("graduation", "code", "graduate"), True),)


class CertificateCounter(Row):
    """The last serial that was given out for a school, year, kind (sixth digit) and level (eleventh and twelfth)."""

    unit = ForeignKeyField(Unit, backref="+", index=False)
    year = IntegerField()
    kind = CharField(max_length=1)
    level = CharField(max_length=2)
    last = IntegerField(default=0)

    class Meta:
        indexes = ((("unit", "year", "kind", "level"), True),)
