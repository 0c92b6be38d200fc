"""The last way back: two officers see who it is, and the browser whose number they typed sets the new password (R-DUP-30).

Not here: the meeting itself (`in_person.py`). The page tells nobody whether there is such an account.
"""

from datetime import timedelta

from webapp.domain import clock, in_person
from webapp.domain.accounts import Identity
from webapp.domain.changes import requests
from webapp.domain.identity import countries, documents, names
from webapp.domain.in_person_effects import holder
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.in_person import Meeting

TAKE_UP = timedelta(minutes=30)
"""How long after the second officer's yes the new password may be begun."""

SHORTEST = 6
"""Characters of a document number that the officers can compare the end of."""


def begin(name: str, number: str) -> Meeting:
    """Show numbers to this browser, for whoever says to be that person. Raises meeting_who."""
    name, number = names.clean(name), documents.clean(number)
    if not name or len(number) < SHORTEST:
        raise Refused("meeting_who")
    found = holder(name, number)
    if found is None:
        return in_person.begin_unknown("phone", Identity(name, "1", countries.DEFAULT, number), requests.only_unit())
    who = Identity(name, found.document_kind, found.country, number)
    return in_person.begin_unknown("phone", who, requests.unit_of(found))


def take_up(meeting: Meeting) -> Account | None:
    """The account that both officers gave back, once; None where they did not, or too long ago."""
    with transaction():
        meeting = meeting.locked()
        late = meeting.closed is None or meeting.closed + TAKE_UP <= clock.now()
        if meeting.purpose != "phone" or meeting.state != "done" or meeting.used is not None or late:
            return None
        meeting.used = clock.now()
        meeting.save()
    return holder(*in_person.named(meeting))
