"""The institution: units with colleges and classes, whom to ask, and the campaigns in which records are checked."""

from peewee import BooleanField, CharField, DateField, ForeignKeyField, IntegerField, TextField

from webapp.models.base import KeyedRow, Moment


class Unit(KeyedRow):
    """学校: a school. `code` is its five-digit 院校代码; `seal` the one character of its mark."""

    name = CharField(max_length=60)
    english = CharField(max_length=120, default="")
    short = CharField(max_length=20)
    seal = CharField(max_length=2)
    code = CharField(max_length=5, unique=True)
    province = CharField(max_length=2)
    created = Moment()


class College(KeyedRow):
    """学院 / 分院."""

    unit = ForeignKeyField(Unit, backref="colleges")
    name = CharField(max_length=60)

    class Meta:
        indexes = ((("unit", "name"), True),)


class Class(KeyedRow):
    """班级. A roster names it; it belongs to one college."""

    unit = ForeignKeyField(Unit, backref="classes")
    college = ForeignKeyField(College, backref="classes")
    name = CharField(max_length=60)

    class Meta:
        indexes = ((("unit", "college", "name"), True),)


class Contact(KeyedRow):
    """Whom to ask about a topic: the one place that every page takes a phone or a room from (R-MSG-16)."""

    unit = ForeignKeyField(Unit, backref="contacts")
    topic = CharField(max_length=24, default="records")
    title = CharField(max_length=60)
    phone = CharField(max_length=40, default="")
    room = CharField(max_length=80, default="")
    hours = CharField(max_length=80, default="")
    email = CharField(max_length=254, default="")

    class Meta:
        indexes = ((("unit", "topic"), True),)


class Campaign(KeyedRow):
    """自查窗口 or 图像校对窗口: who is to check the record or the photo, and from when until when (R-CHK-01, R-IMG-22).

    `scope` is JSON: grades (years of entry), levels, majors, classes or student_numbers; an empty list does not restrict.
    `also` names students who join besides.
    `starts` and `ends` are dates in China, both included; without `ends` a cohort reads 后续通知. `kind`: check, photo.
    A window of photos has its 届 (`year`, and `season`: spring, summer, autumn, winter) and the last day on which
    corrections are taken.
    """

    unit = ForeignKeyField(Unit, backref="campaigns")
    title = CharField(max_length=60)
    scope = TextField(default="{}")
    starts = DateField(null=True)
    ends = DateField(null=True)
    notice = TextField(default="")
    contact = ForeignKeyField(Contact, null=True)
    closed = BooleanField(default=False)
    created = Moment()
    kind = CharField(max_length=8, default="check")
    year = IntegerField(null=True)
    season = CharField(max_length=8, default="")
    corrections_until = DateField(null=True)
