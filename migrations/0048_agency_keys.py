"""签名密钥 of agencies: whose a key is; one of each part in use at a time for each of them."""

from peewee import SQL, BigAutoField, CharField, Model


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class SigningKey(Frozen):
    """Made by an earlier migration: what its new index speaks of."""

    part = CharField(max_length=6)
    state = CharField(max_length=8, default="current")
    owner = CharField(max_length=22, default="")


IN_USE = SigningKey.state == SQL("'current'")
CURRENT = SigningKey.index(SigningKey.part, SigningKey.owner, unique=True, where=IN_USE, name="signing_key_current")
BEFORE = SigningKey.index(SigningKey.part, unique=True, where=IN_USE, name="signing_key_current")


def up(migrator, db):
    db.bind((SigningKey,))
    db.execute_sql("DROP INDEX signing_key_current")
    migrator.migrate(migrator.add_column("signing_key", "owner", CharField(max_length=22, default="")))
    db.execute(CURRENT)


def down(migrator, db):
    """What agencies signed then is of a key that signs no more: it stays good, and the site's key signs what follows."""
    db.bind((SigningKey,))
    db.execute_sql("DROP INDEX signing_key_current")
    db.execute_sql("UPDATE agency SET signing_id = NULL")
    db.execute_sql("UPDATE signing_key SET state = 'retired', private = NULL WHERE owner <> '' AND state = 'current'")
    migrator.migrate(migrator.drop_column("signing_key", "owner"))
    db.execute(BEFORE)
