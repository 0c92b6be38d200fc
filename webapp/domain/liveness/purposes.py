"""What a person is asked to be there for, and what a pass does: a line for each (R-RPV-03, R-RPV-08).

Not here: how it is found out.
"""

from collections.abc import Callable
from dataclasses import dataclass

from webapp.domain import standing
from webapp.domain.accounts import Identity
from webapp.domain.certification import filing
from webapp.domain.duplicates import by_face
from webapp.domain.permissions import SYSTEM
from webapp.models.base import transaction
from webapp.models.certification import Application
from webapp.models.duplicates import Party
from webapp.models.liveness import PersonCheck
from webapp.models.records import Record


@dataclass(frozen=True, slots=True)
class Purpose:
    """`who` is the holder, who alone can pass; `waits`: is the check still asked for, of this holder; `effect` of a pass.

    `page` is the address of its first page, `onward` where it goes on after the pass, empty while that did not count.
    `instead` is where the ways without a face are, where that is not the photo with the document of this check. `blind`:
    nobody is logged in, so nothing may tell whether there is a photo of the holder to compare with.
    """

    who: Callable[[PersonCheck], Identity]
    waits: Callable[[PersonCheck], bool]
    effect: Callable[[PersonCheck, str], None]
    page: Callable[[PersonCheck], str]
    onward: Callable[[PersonCheck], str]
    instead: str = ""
    blind: bool = False


NOBODY = Identity("", "Z", "", "")
"""Of what was forgotten in the meantime."""


def application_of(check: PersonCheck) -> Application | None:
    return Application.by_key(check.subject)


def holder_of(application: Application) -> Identity:
    """证书持有人 of an application."""
    country = application.holder_country
    return Identity(application.holder_name, application.holder_kind, country, application.holder_document)


def _application_waits(check: PersonCheck) -> bool:
    """It was handed in and names the same holder; who went back to change the answers hands it in again first."""
    application = application_of(check)
    return application is not None and application.state == "proving" and application.identity_index == check.identity_index


def _application_holder(check: PersonCheck) -> Identity:
    application = application_of(check)
    return NOBODY if application is None else holder_of(application)


def _prove_application(check: PersonCheck, how: str) -> None:
    filing.prove(application_of(check), how)


def _application_page(check: PersonCheck) -> str:
    return f"/applications/{check.subject}/person"


def _after_application(check: PersonCheck) -> str:
    application = application_of(check)
    return f"/apply/{check.subject}/confirm" if application is not None and application.state == "proved" else ""


def _account_holder(check: PersonCheck) -> Identity:
    account = check.account
    return Identity(account.name, account.document_kind, account.country, account.document)


def _party_of(check: PersonCheck) -> Party | None:
    return Party.by_key(check.subject)


def _claimant(check: PersonCheck) -> Identity:
    return NOBODY if _party_of(check) is None else _account_holder(check)


def _claim_waits(check: PersonCheck) -> bool:
    """The case is about the identity whose face is wanted, and a pass still says something there."""
    party = _party_of(check)
    return party is not None and party.account.identity_index == check.identity_index and by_face.waits(party)


def _settle_claim(check: PersonCheck, how: str) -> None:
    by_face.passed(_party_of(check))


def _level_waits(check: PersonCheck) -> bool:
    """Nobody has seen the holder yet, and the account still names the one whose face is wanted."""
    account = check.account
    return account.identity_index == check.identity_index and standing.level(account) < standing.SEEN


def _raise_level(check: PersonCheck, how: str) -> None:
    standing.proved(check.account.locked(), HOW[how], SYSTEM)


HOW = {"face": "face", "photo": "photos"}
"""How somebody was seen, as the account keeps it, by the method of a check."""

PURPOSES = {
    "application": Purpose(
        who=_application_holder,
        waits=_application_waits,
        effect=_prove_application,
        page=_application_page,
        onward=_after_application,
    ),
    "duplicate": Purpose(
        who=_claimant,
        waits=_claim_waits,
        effect=_settle_claim,
        page=lambda check: "/duplicate/person",
        onward=lambda check: "/duplicate/status" if check.state == "passed" else "",
        instead="/duplicate/photos",
    ),
    "level": Purpose(
        who=_account_holder,
        waits=_level_waits,
        effect=_raise_level,
        page=lambda check: "/records/person",
        onward=lambda check: "/records" if check.state == "passed" else "",
    ),
}


def who(check: PersonCheck) -> Identity:
    return PURPOSES[check.purpose].who(check)


def waits(check: PersonCheck) -> bool:
    return PURPOSES[check.purpose].waits(check)


def is_gone(check: PersonCheck) -> bool:
    """Was what the check is about forgotten in the meantime?"""
    return who(check) == NOBODY


def page(check: PersonCheck) -> str:
    return PURPOSES[check.purpose].page(check)


def onward(check: PersonCheck) -> str:
    return PURPOSES[check.purpose].onward(check)


def instead(check: PersonCheck) -> str:
    return PURPOSES[check.purpose].instead


def is_blind(check: PersonCheck) -> bool:
    return PURPOSES[check.purpose].blind


def take_effect(check: PersonCheck) -> None:
    """Do what the pass is for, where it is still waited for; a check that nobody waits for does nothing."""
    if waits(check):
        PURPOSES[check.purpose].effect(check, check.method)


def take_up(check: PersonCheck) -> None:
    """A pass that did nothing when it came (a case was decided for somebody else) counts once it is waited for again."""
    with transaction():
        check = check.locked()
        if check.state == "passed":
            take_effect(check)


def record_of(check: PersonCheck) -> Record | None:
    """The holder's newest record here, one with a photo first: what a face is compared with."""
    same = Record.identity_index == check.identity_index
    return Record.select().where(same).order_by(Record.photo.is_null(), Record.id.desc()).first()
