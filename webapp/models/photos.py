"""Files that people bring, always sealed: photos, evidence, rosters. The row holds the key, the store only bytes."""

from peewee import BigIntegerField, CharField, ForeignKeyField, TextField

from webapp.models.accounts import Account
from webapp.models.base import KeyedRow, Moment
from webapp.models.school import Unit


class Upload(KeyedRow):
    """A stored file. `state`: raw (nobody looks), clean (re-encoded), refused, shredded. `name` is the store's, 32 hex.

    `purpose`: admission_photo, report_file, roster, photo_archive, annotated. `expires` is when the sweep shreds it.
    """

    purpose = CharField(max_length=16)
    state = CharField(max_length=8, default="raw")
    name = CharField(max_length=32, null=True)
    wrapped_key = TextField(null=True)
    size = BigIntegerField(default=0)
    digest = CharField(max_length=64, default="")
    media = CharField(max_length=80, default="application/octet-stream")
    reason = CharField(max_length=32, default="")
    account = ForeignKeyField(Account, null=True)
    unit = ForeignKeyField(Unit, null=True)
    created = Moment()
    expires = Moment(null=True)
