"""What photos of claims look like, to find one that is used again; and an index of the files that are kept."""

from peewee import BigAutoField, CharField, DateTimeField, ForeignKeyField, IntegerField, Model


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Upload(Frozen):
    """Made by an earlier migration: what its index speaks of."""

    purpose = CharField(max_length=16)
    name = CharField(max_length=32, null=True)
    created = DateTimeField()


Upload.add_index(Upload.purpose, Upload.created, where=Upload.name.is_null(False), name="upload_kept")


class PhotoMark(Frozen):
    upload = ForeignKeyField(Upload, unique=True, backref="+")
    pixels = CharField(max_length=43, index=True)
    turns = CharField(max_length=135)
    band0 = IntegerField(null=True, index=True)
    band1 = IntegerField(null=True, index=True)
    band2 = IntegerField(null=True, index=True)
    band3 = IntegerField(null=True, index=True)
    at = DateTimeField(index=True)


def up(migrator, db):
    db.bind((Upload, PhotoMark))
    Upload._schema.create_indexes()
    db.create_tables((PhotoMark,))


def down(migrator, db):
    db.bind((Upload, PhotoMark))
    db.drop_tables((PhotoMark,))
    Upload._schema.drop_indexes()
