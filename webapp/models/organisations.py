"""会员单位: organisations whose people may check many reports, who acts for each, and the keys of their programs.

Not here: what they looked up (`verifications.py`), nor what may happen to one (`domain/organisations/`).
"""

from peewee import SQL, CharField, DateField, ForeignKeyField, IntegerField

from webapp.models.base import KeyedRow, Moment, Row, Sealed
from webapp.models.staff import Staff


class Organisation(KeyedRow):
    """会员单位: an employer or another body that checks reports under a contract (R-RPT-24).

    `state`: applied, approved, refused, suspended. `credit_code` is the 统一社会信用代码, canonical. `contract` is the day on
    which the contract was signed, None before. `quota` is how many look-ups it has on a day; None: as the setting says.
    `reason` is what it was told when it was refused or suspended.
    """

    name = CharField(max_length=100)
    credit_code = CharField(max_length=18)
    contact = Sealed()
    email = Sealed()
    phone = Sealed()
    purpose = CharField(max_length=200)
    state = CharField(max_length=10, default="applied")
    contract = DateField(null=True)
    quota = IntegerField(null=True)
    reason = CharField(max_length=200, default="")
    applied = Moment(index=True)
    decided = Moment(null=True)


Organisation.add_index(
    Organisation.credit_code, unique=True, where=Organisation.state != SQL("'refused'"), name="organisation_once"
)


class Member(Row):
    """Who acts for an organisation: a work account with the role E, which acts for no other."""

    staff = ForeignKeyField(Staff, unique=True, backref="+")
    organisation = ForeignKeyField(Organisation, backref="members")


class ApiKey(KeyedRow):
    """A key with which a program of the organisation asks. `digest` is its SHA-256, `tail` its last four characters.

    `used` is the day of its last use in China; `ended` when somebody revoked it.
    """

    organisation = ForeignKeyField(Organisation, backref="api_keys")
    name = CharField(max_length=60)
    digest = CharField(max_length=64, unique=True)
    tail = CharField(max_length=4)
    created = Moment()
    used = DateField(null=True)
    ended = Moment(null=True)
