"""The last way back: two officers see who it is, and the browser whose number they typed sets the new password (R-DUP-30).

With it comes a new phone where the old one is lost. Not here: the meeting itself (`in_person.py`). The page tells nobody
whether there is such an account.
"""

from webapp.domain import clock, codes, drafts, in_person, seen
from webapp.domain.accounts import Identity
from webapp.domain.changes import phone as changing
from webapp.domain.changes import requests
from webapp.domain.identity import countries, documents, names, phones
from webapp.domain.in_person_effects import holder
from webapp.domain.recovery import cases, resetting
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.in_person import Meeting
from webapp.models.journal import Draft

SHORTEST = 6
"""Characters of a document number that the officers can compare the end of."""


def begin(name: str, number: str) -> Meeting:
    """Show numbers to this browser, for whoever says to be that person. Raises meeting_who."""
    who = said(name, number)
    found = holder(who.name, who.number)
    return in_person.begin_unknown("phone", who, requests.unit_of(found) if found else requests.only_unit())


def said(name: str, number: str) -> Identity:
    """Whom somebody says to be, with the kind of document that the account of that person has. Raises meeting_who."""
    name, number = names.clean(name), documents.clean(number)
    if not name or len(number) < SHORTEST:
        raise Refused("meeting_who")
    found = holder(name, number)
    kind, country = (found.document_kind, found.country) if found else ("1", countries.DEFAULT)
    return Identity(name, kind, country, number)


def take_up(meeting: Meeting) -> Account | None:
    """The account that both officers gave back, once; None where they did not, or too long ago."""
    with transaction():
        meeting = meeting.locked()
        if meeting.purpose != "phone" or not seen.is_fresh(meeting):
            return None
        meeting.used = clock.now()
        meeting.save()
    return holder(*in_person.named(meeting))


def account_of(draft: Draft) -> Account | None:
    """Whose account this browser was given back by people or by a face, until the new password is set or the wait is over."""
    case, given = resetting.waits(draft), resetting.proof(draft)
    if case is not None:
        return case.account if case.way in cases.SEEN else None
    return given.account if given is not None and given.way in cases.SEEN else None


def way_of(draft: Draft) -> str:
    """Who saw the person: desk, face."""
    told = drafts.answers(draft).get("proved")
    return told[1] if told else ""


def asked_of(draft: Draft) -> str | None:
    """The new number whose code is to be typed."""
    return drafts.answers(draft).get("asked_phone")


def send_code(draft: Draft, typed: str, network: str, language: str) -> None:
    """A code to the phone that shall take the lost one's place. Raises recovery_over, phone_*, and what `codes.request`
    raises."""
    phone = _checked(draft, typed)
    codes.request(phone, "phone_new", network, language=language)
    _keep(draft, asked_phone=phone)


def prove_code(draft: Draft, typed: str) -> None:
    """The new phone is in the person's hand: it becomes the account's with the new password. Raises phone_unproved,
    phone_taken, phone_reserved, and what `codes.prove` raises."""
    phone = asked_of(draft)
    if phone is None:
        raise Refused("phone_unproved")
    codes.prove(phone, "phone_new", typed)
    changing.check_free(account_of(draft), phone)
    _keep(draft, asked_phone=None, new_phone=phone)


def tell(draft: Draft, typed: str) -> None:
    """Where no SMS is sent: the number as it was told, before the eyes of the office and of no camera. Raises phone_unproved,
    recovery_over, phone_*."""
    if way_of(draft) != "desk":
        raise Refused("phone_unproved")
    phone = _checked(draft, typed)
    changing.check_free(account_of(draft), phone)
    _keep(draft, new_phone=phone)


def _checked(draft: Draft, typed: str) -> str:
    account, phone = account_of(draft), phones.clean(typed)
    if account is None:
        raise Refused("recovery_over")
    phones.check(phone)
    if phone == account.phone:
        raise Refused("phone_same")
    return phone


def _keep(draft: Draft, **told: object) -> None:
    """Beside what the draft holds; a case that has to ripen keeps its time."""
    until = draft.expires
    drafts.keep(draft, **told)
    if until > draft.expires:
        draft.expires = until
        draft.save()
