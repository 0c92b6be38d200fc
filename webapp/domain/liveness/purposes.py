"""What a person is asked to be there for, and what a pass does: a line for each (R-RPV-03, R-RPV-08).

Not here: how it is found out.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from webapp.domain import clock, drafts, standing
from webapp.domain.accounts import Identity
from webapp.domain.certification import filing
from webapp.domain.changes import by_face as changing
from webapp.domain.duplicates import by_face
from webapp.domain.identity import names
from webapp.domain.liveness import agreed
from webapp.domain.permissions import HOLDERS, SYSTEM, Can
from webapp.domain.refused import Refused
from webapp.domain.signups import finishing, proof
from webapp.models.accounts import Account
from webapp.models.base import attempt, transaction
from webapp.models.certification import Application
from webapp.models.changes import Amendment
from webapp.models.duplicates import Party
from webapp.models.journal import Draft
from webapp.models.liveness import PersonCheck
from webapp.models.records import Record
from webapp.models.signups import Signup


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
    instead: Callable[[PersonCheck], str] = lambda check: ""
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
    return _named_by(check.account)


def _named_by(account: Account) -> Identity:
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
    """Nobody has seen the holder yet, and the account opens records and still names the one whose face is wanted."""
    account = check.account
    opens = Can.OWN_RECORD in HOLDERS.get(account.state, ())
    return opens and account.identity_index == check.identity_index and standing.level(account) < standing.SEEN


def _raise_level(check: PersonCheck, how: str) -> None:
    standing.proved(check.account.locked(), HOW[how], SYSTEM)


def _change_of(check: PersonCheck) -> Amendment:
    return Amendment.by_key(check.subject)


def _changing(check: PersonCheck) -> Identity:
    """Who the account names, whatever it shall name; nobody where the change was taken back or decided without this check."""
    return _account_holder(check) if check.state == "passed" or _change_of(check).state == "open" else NOBODY


def _change_waits(check: PersonCheck) -> bool:
    return check.account.identity_index == check.identity_index and changing.waits(_change_of(check))


def _approve_change(check: PersonCheck, how: str) -> None:
    changing.passed(_change_of(check))


def named_in(draft: Draft) -> Identity | None:
    """Whom a browser that cannot log in said to be, while that waits."""
    told = drafts.answers(draft).get("face")
    return Identity(**told) if told else None


def _named(check: PersonCheck) -> Identity:
    draft = Draft.by_key(check.subject)
    return NOBODY if draft is None or draft.expires <= clock.now() else named_in(draft) or NOBODY


def _named_still(check: PersonCheck) -> bool:
    who = _named(check)
    return who != NOBODY and who.index == check.identity_index


def _nothing(check: PersonCheck, how: str) -> None:
    """The browser takes the pass up itself."""


def _signup_of(check: PersonCheck) -> Signup | None:
    return Signup.by_key(check.subject)


def _newcomer(check: PersonCheck) -> Identity:
    """Whom the sign-up names; a finished one keeps no name, its account does."""
    signup = _signup_of(check)
    if signup is None:
        return NOBODY
    made = Account.get_or_none(Account.id == signup.account)
    return proof.identity_of(signup) or (_named_by(made) if made is not None else NOBODY)


def _newcomer_waits(check: PersonCheck) -> bool:
    signup = _signup_of(check)
    who = proof.identity_of(signup) if signup is not None and signup.state == "waiting" else None
    return who is not None and who.index == check.identity_index


def _let_in(check: PersonCheck, how: str) -> None:
    """The sign-up becomes an account, with the consent to this check. Where another got the number or the address meanwhile,
    or the school knows the number under another name, it waits for the office as before: a face tells nothing of a name."""
    record, called = record_of(check), _newcomer(check).name
    if record is not None and not (record.name_compare == names.compare(called) or names.stands_for(record.name, called)):
        return
    signup = _signup_of(check)
    with suppress(Refused), attempt():
        agreed.keep(finishing.approve(signup, SYSTEM, HOW[how]), check, signup.network)


def _after_signup(check: PersonCheck) -> str:
    if check.state != "passed":
        return ""
    return "/register/email/waiting" if _newcomer_waits(check) else "/register/email/done"


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
        instead=lambda check: "/duplicate/photos",
    ),
    "level": Purpose(
        who=_account_holder,
        waits=_level_waits,
        effect=_raise_level,
        page=lambda check: "/records/person",
        onward=lambda check: "/records" if check.state == "passed" else "",
    ),
    "change": Purpose(
        who=_changing,
        waits=_change_waits,
        effect=_approve_change,
        page=lambda check: f"/me/{_change_of(check).kind}/person",
        onward=lambda check: f"/me/{_change_of(check).kind}" if check.state == "passed" else "",
        instead=lambda check: f"/me/in-person/{_change_of(check).kind}",
    ),
    "recovery": Purpose(
        who=_named,
        waits=_named_still,
        effect=_nothing,
        page=lambda check: "/recover/face/check",
        onward=lambda check: "/recover/face/on" if check.state == "passed" else "",
        instead=lambda check: "/recover/in-person",
        blind=True,
    ),
    "overseas": Purpose(
        who=_newcomer,
        waits=_newcomer_waits,
        effect=_let_in,
        page=lambda check: "/register/email/person",
        onward=_after_signup,
        instead=lambda check: "/register/email/in-person",
        blind=True,
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
    return PURPOSES[check.purpose].instead(check)


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
