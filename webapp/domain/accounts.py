"""学档账号: making one, out of a proved phone, a name with its document, and a password (R-ACC-01 to R-ACC-34).

Not here: logging in (`login.py`), and what the holder changes later (`profile.py`).
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from peewee import IntegrityError

from webapp.domain import clock, defaults, drafts, glyphs, journal, limits, messages, passwords, reservations, seen, slips
from webapp.domain.duplicates import cases
from webapp.domain.identity import countries, documents, names, phones
from webapp.domain.identity import passwords as rules
from webapp.domain.permissions import student
from webapp.domain.refused import Refused
from webapp.models import keys
from webapp.models.accounts import ALIVE, Account, Consent
from webapp.models.base import transaction
from webapp.models.changes import Former
from webapp.models.in_person import Meeting
from webapp.models.journal import Draft
from webapp.models.slips import Slip

TEXTS = {"terms": "2026-11", "privacy": "2026-11"}
"""The versions of 《用户协议》 and 《隐私政策》 that a person agrees to (`templates/texts/`)."""

AFTERWARDS = timedelta(minutes=10)
"""How long the draft of a finished registration answers the second of two taps."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody says to be, in the form that is stored: name, document type, issuing country and number."""

    name: str
    kind: str
    country: str
    number: str

    @classmethod
    def read(cls, name: str, kind: str, country: str, number: str) -> Self:
        """As typed → cleaned; a resident identity card is always China's (R-ACC-61)."""
        mended, _ = names.mend_private_use(names.clean(name))
        return cls(mended, kind, countries.DEFAULT if kind == "1" else country, documents.clean(number))

    def check(self) -> None:
        """Raises what `names.check` and `documents.check` raise."""
        self.check_name()
        documents.check(self.kind, self.number, self.country)

    def check_name(self) -> None:
        """Raises what `names.check` raises; how long a name may be is a setting."""
        names.check(self.name, defaults.value("acc.name_min"), defaults.value("acc.name_max"))

    @property
    def index(self) -> str:
        """The blind index under which 15 and 18 digits are one person (R-ACC-20)."""
        return keys.blind("identity", documents.canonical(self.kind, self.number, self.country))


def new(identity: Identity, phone: str, password_hash: str, **more: object) -> Account:
    """An account as it begins, with the phone proved now; nothing is checked and nothing written."""
    at = clock.now()
    return Account(
        phone=phones.clean(phone),
        phone_proved=at,
        name=identity.name,
        name_compare=names.compare(identity.name),
        document_kind=identity.kind,
        country=identity.country,
        document=identity.number,
        identity_index=identity.index,
        password_hash=password_hash,
        password_changed=at,
        created=at,
        **more,
    )


def holder(phone: str) -> Account | None:
    """The account that holds a phone, if one does."""
    return Account.get_or_none((Account.phone_index == Account.phone_index.of(phone)) & Account.state.in_(ALIVE))


def check_free(identity: Identity, phone: str) -> None:
    """May this identity be registered? Asked only of who proved `phone`; three numbers a day (T12 of the threats).

    The holder of an account with it is told, once a day. Raises identity_taken, identity_tries (until).
    """
    with transaction():
        limits.spend("identity:phone", phone)
        found = owner(identity)
        if found is None:
            return
        if found.phone is not None and not limits.used_up("identity:told", found.key):
            limits.spend("identity:told", found.key)
            messages.sms(found.phone, "identity_tried", found)
    raise Refused("identity_taken")


def owner(identity: Identity) -> Account | None:
    """The account for which an identity counts as registered, by its document or by one that its holder had (R-ACC-56)."""
    had = Former.select(Former.account).where(Former.identity_index == identity.index)
    formerly = Account.id.in_(had) & Account.state.in_(ALIVE)
    return Account.get_or_none(Account.registered(identity.index)) or Account.get_or_none(formerly)


def register(draft: Draft, password: str, language: str, network: str) -> Account:
    """Make the account that a draft describes; everything is checked again. Call it outside a transaction.

    An identity that is somebody's already is claimed where the draft says `anew` (我要重新注册, R-ACC-22): the account is in
    doubt until that is settled. A slip, or two officers who saw the person, stand for the code to the phone. A second call
    with the same draft and password returns the same account. Raises: phone_unproved, slip_differs, seen_differs,
    seen_over, consent_missing, phone_taken, phone_reserved, identity_taken, password_*, busy, and `Identity.check`'s.
    """
    told = drafts.answers(draft)
    stand_in = slips.live(told.get("slip")) or seen.live(told.get("seen"))
    if draft.phone is None and stand_in is None and draft.account is None:
        raise Refused("phone_unproved")
    if told.get("consent") != TEXTS:
        raise Refused("consent_missing")
    identity = Identity.read(told.get("name", ""), told.get("kind", ""), told.get("country", ""), told.get("number", ""))
    identity.check()
    phone = _phone(draft)
    rules.check(password, (identity.name, identity.number, phone))
    hashed = passwords.hash(password)
    try:
        with transaction():
            draft = draft.locked()
            if draft.account is None:
                return _create(draft, identity, hashed, language, network, stand_in)
    except IntegrityError:  # PostgreSQL lets two come this far at once; SQLite does not
        _refuse_taken(phone, identity)
        raise
    return _made_before(draft, password)


def _phone(draft: Draft) -> str:
    """The phone that a code proved; with a slip the one that was told, if any was."""
    return draft.phone or drafts.answers(draft).get("phone") or ""


def _create(
    draft: Draft, identity: Identity, hashed: str, language: str, network: str, stand_in: Slip | Meeting | None
) -> Account:
    at, told, phone = clock.now(), drafts.answers(draft), _phone(draft)
    taken = _refuse_taken(phone, identity, bool(told.get("anew")))
    state = "duplicate" if taken else "active"
    account = new(identity, phone, hashed, language=language, state=state)
    account.name_fallback = bool(told.get("fallback"))
    if not phone:
        account.phone = account.phone_proved = None
    account.save(force_insert=True)
    if draft.phone is None and isinstance(stand_in, Slip):
        slips.use(stand_in, account)
    elif draft.phone is None:
        seen.use(stand_in, identity, account)
    for kind, version in TEXTS.items():
        Consent.create(account=account, kind=kind, version=version, at=at, network=network)
    if phone:
        reservations.use(account)
    glyphs.want(account.name)
    drafts.finish(draft, account.id, AFTERWARDS)
    journal.record("account.register", student(account.key).name, account, fallback=account.name_fallback, state=state)
    if state == "duplicate":
        cases.open_or_join(account)
    return account


def _refuse_taken(phone: str, identity: Identity, anew: bool = False) -> bool:
    """Is the identity somebody's whom `anew` claims it from? Asked once: between two questions somebody may have taken it."""
    if phone and holder(phone) is not None:
        raise Refused("phone_taken")
    if phone:
        reservations.check(phone, identity.index)
    taken = owner(identity) is not None
    if taken and not anew:
        raise Refused("identity_taken")
    return taken


def _made_before(draft: Draft, password: str) -> Account:
    account = Account.get_by_id(draft.account)
    if not passwords.verify(account.password_hash, password):
        raise Refused("phone_taken")
    return account
