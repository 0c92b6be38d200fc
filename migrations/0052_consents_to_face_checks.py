"""同意记录: which face check a consent is about."""

from peewee import CharField


def up(migrator, db):
    migrator.migrate(migrator.add_column("consent", "subject", CharField(max_length=22, default="")))


def down(migrator, db):
    db.execute_sql("DELETE FROM consent WHERE kind = 'face'")
    migrator.migrate(migrator.drop_column("consent", "subject"))
