"""Files that people bring, always sealed: photos, evidence, rosters. The row holds the key, the store only bytes."""

from peewee import BigIntegerField, CharField, ForeignKeyField, IntegerField, TextField

from webapp.models.accounts import Account
from webapp.models.base import KeyedRow, Moment, Row
from webapp.models.school import Unit


class Upload(KeyedRow):
    """A stored file. `state`: raw (nobody looks), clean (re-encoded), refused, shredded. `name` is the store's, 32 hex.

    `purpose`: admission_photo, graduation_photo, report_file, roster, photo_archive, annotated, claim_photo, ticket_file,
    paper, correction_file, transcript_page, transcript, report_pdf, agency_seal, material, checking_reply, certification,
    news_file, official_qr, face_shot, holder_photo, invoice.
    `expires` is when the sweep shreds it.
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


Upload.add_index(Upload.purpose, Upload.created, where=Upload.name.is_null(False), name="upload_kept")


class PhotoMark(Row):
    """What a photo of a claim looks like, so that the same picture is found when another account uses it (SECURITY T06).

    `pixels` is a keyed hash, the same for the same picture alone. `turns` are difference hashes of 64 bits, 16 hex characters
    each: the picture as it is, then turned and mirrored; `band0` to `band3` are the first one in parts, for the search.
    """

    BANDS = ("band0", "band1", "band2", "band3")

    upload = ForeignKeyField(Upload, unique=True, backref="+")
    pixels = CharField(max_length=43, index=True)
    turns = CharField(max_length=135, default="")
    band0 = IntegerField(null=True, index=True)
    band1 = IntegerField(null=True, index=True)
    band2 = IntegerField(null=True, index=True)
    band3 = IntegerField(null=True, index=True)
    at = Moment(index=True)
