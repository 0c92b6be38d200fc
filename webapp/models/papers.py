"""Papers that somebody asked for: what is to stand in one until it is drawn, then the file, for a day."""

from peewee import CharField, ForeignKeyField

from webapp.models.accounts import Account
from webapp.models.base import KeyedRow, Moment, Sealed
from webapp.models.photos import Upload
from webapp.models.staff import Staff


class Paper(KeyedRow):
    """A PDF. `state`: waiting, ready, failed. `account` or `staff` asked, and nobody else gets it.

    `template` is its layout and `data` the JSON that fills it, gone once it is drawn; `digest` is that of the data without
    the moment, so that the same paper asked for twice is one. `name` is the file's (ASCII), `title` is told while it is made,
    `back` the address of the page that it was asked for on.
    """

    template = CharField(max_length=24)
    title = CharField(max_length=120)
    name = CharField(max_length=60)
    back = CharField(max_length=200)
    data = Sealed(null=True)
    digest = CharField(max_length=43)
    state = CharField(max_length=8, default="waiting")
    account = ForeignKeyField(Account, null=True)
    staff = ForeignKeyField(Staff, null=True)
    upload = ForeignKeyField(Upload, null=True, index=False)
    created = Moment()
    expires = Moment(index=True)
