"""What the product needs of a vendor who takes money, as a Protocol with an exact contract; beside `ports.py`.

Not here: vendors (`webapp/providers/pay_*.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Order:
    """What a vendor is to ask money for: `fen` in CNY until `until` (naive UTC), under our `number` for it.

    `phone`: who pays holds the phone that shows the page. `notify` is where the vendor tells what came of it, `back` where it
    sends the payer, `address` the payer's IP address. `subject` names nobody.
    """

    number: str
    fen: int
    subject: str
    until: datetime
    notify: str
    back: str
    address: str
    phone: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a vendor says of one of our orders, and its signature was right.

    `kind`: paid, refunded, stuck (a refund that did not arrive), closed, waiting, other. `number` is ours, `transaction` the
    vendor's for the payment, `event` its id of this message (empty in an answer), `refund` our number of a refund. `fen` is
    what the order was for. `ours`: it was paid to the merchant and the application that are set up here.
    """

    kind: str
    number: str
    transaction: str = ""
    event: str = ""
    fen: int = 0
    currency: str = "CNY"
    ours: bool = True
    refund: str = ""


class Forged(Exception):
    """A notice that no vendor signed, or that is too old or too new.

    `reason`: time, key, signature, unreadable, nobody (no vendor is set up who could have signed it).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Payments(Protocol):
    """A vendor who takes money and gives it back. Safe to call from several threads; calls raise `Unavailable`."""

    ready: bool
    """Is it set up? Where not, no other call makes sense."""

    def start(self, order: Order) -> str:
        """The address that the payer opens (on a phone), or that stands in a QR. The same order may be started again."""

    def read(self, headers: Mapping[str, str], body: bytes) -> Told:
        """A notice as it came, checked over its raw bytes. Raises `Forged`."""

    def query(self, number: str) -> Told:
        """What became of an order: paid, closed, waiting (the vendor may not know it yet), refunded."""

    def close(self, number: str) -> None:
        """Take no more money for it; one that is closed already, or that nobody opened, is no error."""

    def refund(self, number: str, refund: str, fen: int, total: int) -> bool:
        """Give back `fen` of the `total` of an order, as `refund`; True when it is done, False when it is under way.

        Asked again under the same `refund` it gives nothing twice.
        """

    def receipt(self, taken: bool) -> tuple[str, int]:
        """What the vendor reads as an answer to a notice, and its status: that was taken, or tell me again."""
