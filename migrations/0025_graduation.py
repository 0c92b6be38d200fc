"""学历注册: a school's graduates of a year, what stands against each, and the counters of certificate numbers."""

from peewee import SQL, BigAutoField, CharField, DateField, DateTimeField, ForeignKeyField, IntegerField, Model


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Record(Frozen):
    """Made by an earlier migration."""


class Unit(Frozen):
    """Made by an earlier migration."""


class Graduation(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    unit = ForeignKeyField(Unit, backref="+", index=False)
    year = IntegerField()
    day = DateField()
    president = CharField(max_length=40)
    publish_on = DateField()
    state = CharField(max_length=10)
    asked_by = CharField(max_length=30)
    asked = DateTimeField(null=True)
    agreed_by = CharField(max_length=30)
    agreed = DateTimeField(null=True)
    published = DateTimeField(null=True)
    working = CharField(max_length=8)
    done = IntegerField()
    total = IntegerField()
    touched = DateTimeField(null=True)
    created = DateTimeField()

    class Meta:
        indexes = ((("unit", "year"), True), (("state", "publish_on"), False))


class Graduate(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    graduation = ForeignKeyField(Graduation, backref="+", index=False)
    unit = ForeignKeyField(Unit, backref="+", index=False)
    record = ForeignKeyField(Record, unique=True, backref="+")
    qualification = ForeignKeyField(Record, null=True, backref="+", index=False)
    state = CharField(max_length=10)
    conclusion = CharField(max_length=12)
    day = DateField()
    president = CharField(max_length=40)
    certificate = CharField(max_length=40)
    prior_school = CharField(max_length=60)
    prior = CharField(max_length=40)
    checked = DateTimeField(null=True)
    registered = DateTimeField(null=True)
    created = DateTimeField()

    class Meta:
        indexes = ((("graduation", "state", "id"), False), (("unit", "state", "created"), False))


Graduate.add_index(Graduate.certificate, unique=True, where=Graduate.certificate != SQL("''"), name="graduate_certificate")
Graduate.add_index(
    Graduate.qualification, unique=True, where=Graduate.qualification.is_null(False), name="graduate_qualification"
)


class GraduateFault(Frozen):
    graduation = ForeignKeyField(Graduation, backref="+", index=False)
    graduate = ForeignKeyField(Graduate, backref="+")
    code = CharField(max_length=24)

    class Meta:
        indexes = ((("graduation", "code", "graduate"), True),)


class CertificateCounter(Frozen):
    unit = ForeignKeyField(Unit, backref="+", index=False)
    year = IntegerField()
    kind = CharField(max_length=1)
    level = CharField(max_length=2)
    last = IntegerField()

    class Meta:
        indexes = ((("unit", "year", "kind", "level"), True),)


TABLES = (Graduation, Graduate, GraduateFault, CertificateCounter)


def up(migrator, db):
    db.bind((*TABLES, Record, Unit))
    db.create_tables(TABLES)


def down(migrator, db):
    db.bind((*TABLES, Record, Unit))
    db.drop_tables(TABLES)
