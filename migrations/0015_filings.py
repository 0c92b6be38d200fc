"""Who of support handed something in for somebody, and out of which question."""

from peewee import BigAutoField, ForeignKeyField, Model


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Submission(Frozen):
    """Made by an earlier migration."""


class Ticket(Frozen):
    """Made by an earlier migration."""


class Staff(Frozen):
    """Made by an earlier migration."""


class Filing(Frozen):
    id = BigAutoField()
    submission = ForeignKeyField(Submission, unique=True, backref="+")
    ticket = ForeignKeyField(Ticket, backref="+")
    staff = ForeignKeyField(Staff, backref="+")


TABLES = (Filing, Submission, Ticket, Staff)


def up(migrator, db):
    db.bind(TABLES)
    db.create_tables((Filing,))


def down(migrator, db):
    db.bind(TABLES)
    db.drop_tables((Filing,))
