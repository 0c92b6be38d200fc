"""找回用户名: the same answer for everybody; the account's contacts hear of it, and who knows the browser sees them masked.

Five times an hour for a document number (R-REC-02, R-REC-03).
"""

from webapp.domain import drafts, journal, limits, login, messages
from webapp.domain.identity import documents, names
from webapp.domain.recovery import asking
from webapp.domain.refused import Refused
from webapp.models import entrance
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.journal import Draft


def ask(draft: Draft, name: str, number: str) -> None:
    """Raises name_empty, document_empty, recovery_tries (until)."""
    name, number = names.clean(name), documents.clean(number)
    for fact, field in ((name, "name"), (number, "number")):
        if not fact:
            raise Refused("name_empty" if field == "name" else "document_empty", field=field)
    with transaction():
        limits.spend("recovery:name", min(documents.readings(number), default=number))
        drafts.keep(draft, find={"name": name, "number": number})
        journal.promise("recovery.tell_name", key=draft.key)


def was_asked(draft: Draft) -> bool:
    return "find" in drafts.answers(draft)


def known(draft: Draft, mark: str) -> Account | None:
    """The account that was looked for, in a browser that it knows."""
    account = _found(draft)
    return account if login.knows(account, mark) else None


def tell(key: str) -> None:
    """Tell the contacts that somebody looks for the user name, once a day."""
    draft = asking.waiting(key)
    account = _found(draft) if draft is not None else None
    if account is None:
        return
    with transaction():
        if not limits.used_up("recovery:told", account.key):
            limits.spend("recovery:told", account.key)
            messages.tell(account, "name_asked")


def _found(draft: Draft) -> Account | None:
    told = drafts.answers(draft)["find"]
    name = names.compare(told["name"])
    account = entrance.account("document", asking.indexes(told["number"]))
    return account if account is not None and account.name_compare == name else None
