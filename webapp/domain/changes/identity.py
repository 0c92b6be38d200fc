"""姓名 and 证件: corrected with the password until a record is bound, afterwards only when a person has looked (R-ACC-45).

Not here: correcting the school's record, which an account's change never does.
"""

import json
from datetime import timedelta

from peewee import IntegrityError

from webapp.domain import accounts, clock, glyphs, journal, limits, matching, messages, sessions
from webapp.domain.accounts import Identity
from webapp.domain.changes import requests
from webapp.domain.duplicates import cases
from webapp.domain.identity import names
from webapp.domain.permissions import Actor, student
from webapp.domain.refused import Refused
from webapp.domain.standing import ACCOUNT
from webapp.models import keys
from webapp.models.accounts import Account, Session
from webapp.models.base import new_key, transaction
from webapp.models.changes import Amendment, Former
from webapp.models.duplicates import CLOSED
from webapp.models.journal import Draft
from webapp.models.records import Record

WIZARD = "identity"
LIFE = timedelta(minutes=30)
ALONE = 3
"""How often name and number may be corrected with the password alone (R-ACC-45)."""

PASSPORT = "A"


def stage(account: Account, identity: Identity) -> None:
    """Keep what was typed until the holder has seen what it does. Raises identity_same, change_pending, and what
    `Identity.check` raises."""
    identity.check()
    requests.may(account)
    if _as_json(identity) == _as_json(of(account)):
        raise Refused("identity_same")
    if requests.pending(account, "identity") is not None:
        raise Refused("change_pending")
    at = clock.now()
    with transaction():
        Draft.delete().where(_mine(account)).execute()
        token = keys.blind("draft", new_key())
        answers = json.dumps(_as_json(identity), ensure_ascii=False)
        Draft.create(wizard=WIZARD, token=token, account=account.id, answers=answers, updated=at, expires=at + LIFE)


def staged(account: Account) -> Identity | None:
    draft = Draft.get_or_none(_mine(account) & (Draft.expires > clock.now()))
    return _read(json.loads(draft.answers)) if draft else None


def of(account: Account) -> Identity:
    """Who the account says its holder is."""
    return Identity(account.name, account.document_kind, account.country, account.document)


def alone(account: Account) -> int:
    """How often the holder may still change it without anybody: 0 once a record is bound."""
    if account.identity_confirmed is not None or Record.select().where(Record.account == account).exists():
        return 0
    mine = (Amendment.account == account) & (Amendment.kind == "identity") & (Amendment.how == "password")
    return max(0, ALONE - Amendment.select().where(mine).count())


def loses(account: Account, identity: Identity) -> list[Record]:
    """The bound records that no longer fit, to be told before anything is saved."""
    return [record for record in Record.select().where(Record.account == account) if not _fits(account, record, identity)]


def _fits(account: Account, record: Record, identity: Identity) -> bool:
    if record.name_compare != names.compare(identity.name):
        return False
    renewed = is_renewal(of(account), identity) and record.identity_index == account.identity_index
    return record.identity_index in (None, identity.index) or renewed


def is_renewal(before: Identity, after: Identity) -> bool:
    """A passport of the same country with another number is the same person's (R-ACC-56)."""
    return before.kind == after.kind == PASSPORT and before.country == after.country and before.number != after.number


def correct(account: Account, session: Session) -> str:
    """Make the staged correction with the password alone; every session ends. Returns the cookie of a new one.

    Whose number is somebody's already, comes into state duplicate and to the case about it. Raises change_over, alone_used,
    account_frozen.
    """
    identity = staged(account)
    if identity is None:
        raise Refused("change_over")
    try:
        with transaction():
            account = account.locked()
            requests.may(account)
            if not alone(account):
                raise Refused("alone_used")
            limits.spend("identity:phone", account.key)
            taken = _is_taken(account, identity)
            requests.made_by_password(account, "identity", _as_json(identity))
            _write(account, identity, student(account.key), doubted=taken)
            return sessions.begin(account, session.device, session.network)
    except IntegrityError:
        raise Refused("identity_taken") from None


def _is_taken(account: Account, identity: Identity) -> bool:
    owner = accounts.owner(identity)
    return owner is not None and owner.id != account.id


def ask(account: Account) -> Amendment:
    """Ask a person for the staged change. Raises change_over, and what `requests.ask` raises."""
    identity = staged(account)
    if identity is None:
        raise Refused("change_over")
    with transaction():
        Draft.delete().where(_mine(account)).execute()
        return requests.ask(account, "identity", _as_json(identity))


def make(change: Amendment, actor: Actor) -> None:
    """What a person approved. Raises identity_taken."""
    account, identity = change.account.locked(), wanted(change)
    if _is_taken(account, identity):
        raise Refused("identity_taken")
    if is_renewal(of(account), identity):
        _keep_former(account)
    _write(account, identity, actor, seen=True)


def wanted(change: Amendment) -> Identity:
    return _read(requests.wanted(change))


def _keep_former(account: Account) -> None:
    row = {"account": account, "document_kind": account.document_kind, "country": account.country}
    same = (Former.account == account) & (Former.identity_index == account.identity_index)
    if not Former.select().where(same).exists():
        index = account.identity_index
        Former.create(**row, document=account.document, identity_index=index, ended=clock.now())
        held = (Record.account == account) & (Record.identity_index == index)
        Record.update(bound_how="former").where(held).execute()


def _write(account: Account, identity: Identity, actor: Actor, doubted: bool = False, seen: bool = False) -> None:
    lost = [record.id for record in loses(account, identity)]
    Record.update(account=None, bound=None, bound_how="").where(Record.id.in_(lost)).execute()
    changed = _columns(identity)
    if seen and names.compare(identity.name) != account.name_compare:
        matching.remember(account, "name", account.name)
    if not seen:  # what was proved before, was proved of another name or number
        changed |= {"person_proved": None, "person_proved_by": "", "school_proved": None}
    account = _with(account, changed, actor, doubted)
    glyphs.want(account.name)
    Draft.delete().where(_mine(account)).execute()
    sessions.end_all(account)
    messages.tell(account, "identity_changed")
    journal.record("account.identity", actor.name, account, unbound=len(lost), doubted=doubted)


def _with(account: Account, changed: dict[str, object], actor: Actor, doubted: bool) -> Account:
    """The account with its new columns. Doubt goes with the number: it comes with somebody's, and ends with a free one."""
    was_doubted = account.state == "duplicate"
    party = cases.of(account) if was_doubted else None
    if party is not None and party.claim.state not in CLOSED:
        cases.withdraw(account)
    if doubted and account.state == "active":
        account = ACCOUNT.move(account, "doubt", actor)
    for column, value in changed.items():
        setattr(account, column, value)
    account.save()
    if doubted:
        cases.open_or_join(account)
    elif was_doubted:
        account = ACCOUNT.move(account, "prove", actor, detail={"how": "corrected"})
    return account


def _columns(identity: Identity) -> dict[str, object]:
    return {
        "name": identity.name,
        "name_compare": names.compare(identity.name),
        "name_fallback": False,
        "document_kind": identity.kind,
        "country": identity.country,
        "document": identity.number,
        "identity_index": identity.index,
        "identity_confirmed": None,
    }


def _as_json(identity: Identity) -> dict[str, str]:
    return {"name": identity.name, "kind": identity.kind, "country": identity.country, "number": identity.number}


def _read(told: dict[str, str]) -> Identity:
    return Identity(told["name"], told["kind"], told["country"], told["number"])


def _mine(account: Account):
    return (Draft.account == account.id) & (Draft.wizard == WIZARD)
