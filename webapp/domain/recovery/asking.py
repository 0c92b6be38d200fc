"""What somebody who cannot log in asks for by phone, and the code that comes. Everybody is answered alike (R-REC-04 to 06).

A request only keeps what was typed and promises a job: whether it fits an account is found out there, where nobody
waits for the answer. Not here: links by mail (`mailing.py`) and the user name (`naming.py`).
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Self

from webapp.domain import clock, codes, defaults, drafts, journal, limits, login
from webapp.domain.identity import characters, documents, names, phones
from webapp.domain.refused import Refused
from webapp.models import entrance, keys
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.journal import Draft

WIZARD = "recover"
PURPOSE = "recover"
COLUMNS = {"phone": "phone_index", "email": "email_index", "document": "identity_index"}
"""Where the account keeps the blind index of each kind of user name."""


@dataclass(frozen=True, slots=True)
class Person:
    """Name, document number and phone as somebody typed them, cleaned."""

    name: str
    number: str
    phone: str

    @classmethod
    def read(cls, name: str, number: str, phone: str) -> Self:
        return cls(names.clean(name), documents.clean(number), phones.clean(phone))


def typed(draft: Draft) -> str:
    """The user name with which this recovery began."""
    return str(drafts.answers(draft)["typed"])


def ask_code(draft: Draft, person: Person, network: str, language: str) -> None:
    """Send a code to the phone if all of it is what the account holds: name, document, phone, user name (R-REC-06).

    Raises sms_too_soon (seconds) and recovery_tries (until), which count what was typed and not the phone.
    """
    with transaction():
        limits.spend("recovery:sms", "|".join((typed(draft), *asdict(person).values())))
        if seconds := wait(draft):
            raise Refused("sms_too_soon", seconds=seconds)
        limits.note("sms:network", network)
        drafts.keep(draft, person=asdict(person), asked=clock.seconds(clock.now()), language=language)
        journal.promise("recovery.send_code", key=draft.key)


def wait(draft: Draft) -> int:
    """Seconds until this browser may ask for another code."""
    asked = drafts.answers(draft).get("asked")
    return 0 if asked is None else max(0, asked + defaults.value("sms.resend_seconds") - clock.seconds(clock.now()))


def person_of(draft: Draft) -> Person | None:
    told = drafts.answers(draft).get("person")
    return Person(**told) if told else None


def waiting(key: str) -> Draft | None:
    """The draft that a job was promised for."""
    return Draft.get_or_none((Draft.key == key) & (Draft.wizard == WIZARD) & (Draft.expires > clock.now()))


def send_code(key: str) -> None:
    """Send the code that a draft asks for, or make one for nobody: typing that costs the same work and opens nothing.

    Raises sms_too_soon while the phone was sent something else just now, and what else `codes.request` raises.
    """
    draft = waiting(key)
    if draft is None:
        return
    phone = person_of(draft).phone
    if holder(draft) is None:
        codes.decoy(phone, PURPOSE)
    else:
        codes.request(phone, PURPOSE, language=drafts.answers(draft)["language"])


def holder(draft: Draft) -> Account | None:
    """The account that has the phone, the document, the name and the user name of a draft: found with the same work."""
    person, called = person_of(draft), called_by(typed(draft))
    name, numbers = names.compare(person.name), indexes(person.number)
    account = entrance.account("phone", [Account.phone_index.of(person.phone)])
    fits = account is not None and called(account) and account.identity_index in numbers and account.name_compare == name
    return account if fits else None


def called_by(name: str) -> Callable[[Account], bool]:
    """A function that says whether an account logs in by that name."""
    kind, _, known = login.read_name(name)

    def is_called(account: Account) -> bool:
        proved = kind != "email" or account.email_proved is not None
        return proved and getattr(account, COLUMNS[kind]) in known

    return is_called


def indexes(number: str) -> list[str]:
    """The blind indexes under which a document number may stand."""
    return [keys.blind("identity", reading) for reading in sorted(documents.readings(number))]


def prove_code(draft: Draft, code: str) -> Account:
    """The account, once the code that was sent to its phone is typed.

    Raises code_empty, code_length (need, found), and recovery_mismatch for all else that is not right.
    """
    code = characters.compact(code)
    if not code:
        raise Refused("code_empty")
    if len(code) != codes.digits_for(PURPOSE):
        raise Refused("code_length", need=codes.digits_for(PURPOSE), found=len(code))
    account, phone = holder(draft), person_of(draft).phone
    try:
        codes.prove(phone if account else codes.nobodys(phone), PURPOSE, code)
    except Refused:
        raise Refused("recovery_mismatch") from None
    if account is None:
        raise Refused("recovery_mismatch")
    return account
