"""An organisation applies to become a member: who it is, whom to reach there, what it checks reports for (R-RPT-24).

Not here: the decision (`keeping.py`).
"""

from dataclasses import dataclass
from datetime import timedelta

from peewee import IntegrityError

from webapp.domain import clock, journal
from webapp.domain.identity import credit_codes, emails, names
from webapp.domain.permissions import VISITOR
from webapp.domain.refused import Refused
from webapp.models.base import transaction
from webapp.models.organisations import Organisation

REFUSED = timedelta(days=180)
"""How long a refused application is kept, with the person whom it names."""

NAME, PERSON, PHONE, PURPOSE = 100, names.LONGEST, 30, 200
"""Characters that each answer may have."""


@dataclass(frozen=True, slots=True)
class Application:
    """What was typed. `phone` may be a switchboard's, so it is kept as it stands."""

    name: str
    credit_code: str
    contact: str
    email: str
    phone: str
    purpose: str


def apply(told: Application) -> Organisation:
    """A new application. One organisation has one at a time; after a refusal it may apply again.

    Raises Refused: credit_code_format, credit_code_digit, email_format, organisation_empty, organisation_long (most),
    organisation_known.
    """
    credit_code, email = credit_codes.clean(told.credit_code), emails.clean(told.email)
    for field, text, most in (
        ("name", told.name, NAME),
        ("contact", told.contact, PERSON),
        ("phone", told.phone, PHONE),
        ("purpose", told.purpose, PURPOSE),
    ):
        if not text.strip():
            raise Refused("organisation_empty", field=field)
        if len(text.strip()) > most:
            raise Refused("organisation_long", field=field, most=most)
    credit_codes.check(credit_code)
    emails.check(email)
    made = Organisation(name=told.name.strip(), credit_code=credit_code, purpose=told.purpose.strip(), applied=clock.now())
    made.contact, made.email, made.phone = told.contact.strip(), email, told.phone.strip()
    try:
        with transaction():
            made.save(force_insert=True)
            journal.record("organisation.apply", VISITOR.name, made)
    except IntegrityError:
        raise Refused("organisation_known", field="credit_code") from None
    return made


def sweep() -> int:
    """Forget applications that were refused long ago. Returns how many."""
    old = (Organisation.state == "refused") & (Organisation.decided < clock.now() - REFUSED)
    return Organisation.delete().where(old).execute()
