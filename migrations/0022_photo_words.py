"""What a student says is wrong with the data beside the photo of a qualification."""

from peewee import TextField

COLUMNS = {
    "wrong_fields": TextField(default="[]"),
    "record_note": TextField(null=True),
}


def up(migrator, db):
    for name, field in COLUMNS.items():
        migrator.migrate(migrator.add_column("graduation_photo", name, field))


def down(migrator, db):
    for name in reversed(COLUMNS):
        migrator.migrate(migrator.drop_column("graduation_photo", name))
