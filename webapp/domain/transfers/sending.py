"""A holder sends documents abroad: what may go, to whom, with which consent; sends again, withdraws (R-INT-01 to 05).

Not here: the mail (`delivering.py`), the receiver's side (`receiving.py`). Bound to `int.link_days`.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from webapp.domain import clock, journal, limits
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.domain.transfers import catalogue, receivers
from webapp.domain.transfers.lifecycle import TRANSFER
from webapp.domain.transfers.receivers import Receiver
from webapp.models import keys
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.records import Record
from webapp.models.reports import OnlineReport
from webapp.models.school import Unit
from webapp.models.transfers import Transcript, Transfer, TransferItem, TransferLook

VERSION = "2026-11"
"""Of the consent's text (`web/transfers/consent.py`); a changed text gets another."""

DOCUMENTS = 10
"""Documents of one transfer."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the holder chose: the receiver, the address, the reference number, and the keys of reports and transcripts."""

    receiver: Receiver
    email: str
    reference: str
    documents: tuple[str, ...]


def documents(account: Account) -> tuple[list[OnlineReport], list[Transcript]]:
    """What the holder may send today: valid reports and confirmed transcripts of what is still the own record."""
    return _reports(account), _transcripts(account)


def _reports(account: Account) -> list[OnlineReport]:
    valid = (OnlineReport.account == account) & (OnlineReport.state == "active") & (OnlineReport.ends >= clock.today())
    query = OnlineReport.select(OnlineReport, Record, Unit).join(Record).join(Unit)
    return list(query.where(valid & (Record.account == account)).order_by(OnlineReport.id.desc()))


def _transcripts(account: Account) -> list[Transcript]:
    confirmed = (Transcript.account == account) & (Transcript.state == "confirmed")
    query = Transcript.select(Transcript, Record, Unit).join(Record).join(Unit)
    return list(query.where(confirmed & (Record.account == account)).order_by(Transcript.id.desc()))


def chosen(account: Account, wanted: Collection[str]) -> tuple[list[OnlineReport], list[Transcript]]:
    """Those of the own documents that were ticked. Raises Refused: transfer_nothing, transfer_most (most), document_gone."""
    if not wanted:
        raise Refused("transfer_nothing", field="documents")
    if len(set(wanted)) > DOCUMENTS:
        raise Refused("transfer_most", field="documents", most=DOCUMENTS)
    reports, transcripts = ([one for one in some if one.key in wanted] for some in documents(account))
    if len(reports) + len(transcripts) != len(set(wanted)):
        raise Refused("document_gone", field="documents")
    return reports, transcripts


def offer(service: str) -> None:
    """Refuse what ended in 2019, with its day (R-INT-10): service_stopped (since). Anything else passes."""
    if service in catalogue.STOPPED:
        raise Refused("service_stopped", since=catalogue.STOPPED[service].stopped.isoformat())


def send(account: Account, actor: Actor, wish: Wish, consent: str, agreed: bool, network: str) -> Transfer:
    """Everything is there and the holder agrees: promise the mail. `consent` is the text as it was shown (R-INT-03),
    `network` whence it was agreed to.

    Raises Refused: not_allowed, transfer_consent, transfer_limit (until), and what `receivers` and `chosen` raise.
    """
    actor.require(Can.OWN_RECORD)
    receiver = receivers.find(account, wish.receiver.code)
    email, reference = receivers.address(receiver, wish.email), receivers.number(receiver, wish.reference)
    reports, transcripts = chosen(account, wish.documents)
    if not agreed:
        raise Refused("transfer_consent", field="agree")
    with transaction():
        limits.spend("transfer:account", account.key)
        told = {"receiver": called(receiver, email), "version": VERSION, "network": network}
        transfer = Transfer(account=account, code=receiver.code, **told)
        transfer.email, transfer.reference, transfer.consent = email, reference or None, consent
        transfer.agreed = clock.now()
        transfer.link = hashed(token(transfer))
        transfer.save(force_insert=True)
        for report in reports:
            TransferItem.create(transfer=transfer, report=report)
        for transcript in transcripts:
            TransferItem.create(transfer=transfer, transcript=transcript)
        journal.promise("transfers.send", key=transfer.key)
        journal.record("transfer.ask", actor.name, transfer, to=receiver.code, documents=len(reports) + len(transcripts))
    return transfer


def again(transfer: Transfer, actor: Actor, typed: str, consent: str, agreed: bool, network: str) -> Transfer:
    """After a failure, or when the link ended: to this address, with a link of its own; the old one is dead (R-INT-05).

    `consent` is what the holder agrees to now; it is kept below what was agreed to before. Raises as `send`, and moved_on.
    """
    receiver = receivers.find(transfer.account, transfer.code)
    email = receivers.address(receiver, typed)
    if not agreed:
        raise Refused("transfer_consent", field="agree")
    with transaction():
        limits.spend("transfer:account", transfer.account.key)
        fresh = transfer.locked()
        fresh.round += 1
        changes = {"round": fresh.round, "link": hashed(token(fresh)), "email": email, "receiver": called(receiver, email)}
        changes |= {"consent": f"{fresh.consent}\n\n{consent}", "agreed": clock.now(), "network": network}
        return TRANSFER.move(transfer, "again", actor, **changes, tries=0, fault="", asked=None, wrong=0, ends=None)


def withdraw(transfer: Transfer, actor: Actor) -> Transfer:
    """撤回: the link is dead from now on. Raises not_allowed, moved_on where the receiver has taken something."""
    return TRANSFER.move(transfer, "withdraw", actor, ends=clock.now())


def mine(account: Account) -> list[Transfer]:
    """The holder's transfers, newest first."""
    return list(Transfer.select().where(Transfer.account == account).order_by(Transfer.agreed.desc(), Transfer.id.desc()))


def find(account: Account, key: str) -> Transfer | None:
    return Transfer.get_or_none((Transfer.key == key) & (Transfer.account == account))


def items(transfer: Transfer) -> list[TransferItem]:
    """Its documents in the order in which they were chosen."""
    return list(TransferItem.select().where(TransferItem.transfer == transfer).order_by(TransferItem.id))


def looks(transfer: Transfer) -> list[TransferLook]:
    """What the receiver did, newest first (R-INT-04)."""
    return list(TransferLook.select().where(TransferLook.transfer == transfer).order_by(TransferLook.id.desc()).limit(200))


def called(receiver: Receiver, email: str) -> str:
    """The receiver's name as the transfer keeps it; of a typed address the address is all that is known."""
    return receiver.english if receiver.code else email


def token(transfer: Transfer) -> str:
    """What the link holds: 256 bits that follow from the row and its round, so that a mail sent twice has the same link."""
    return keys.blind("transfer_link", f"{transfer.key}|{transfer.round}")


def hashed(token: str) -> str:
    """How a link's token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()
