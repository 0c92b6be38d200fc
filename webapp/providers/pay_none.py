"""No vendor who takes money: what the ports of payments are given where the operator has set up none.

Not a stand-in for one: the page then offers only what the agency takes by hand.
"""

from collections.abc import Mapping
from typing import Any, Self

from webapp.domain.pay_port import Forged, Order, Told
from webapp.domain.ports import Unavailable


class NoPayments:
    """Fits `Payments`; nothing can be asked of it, and no notice is anybody's."""

    ready = False

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Nothing is needed of the settings."""
        return cls()

    def start(self, order: Order) -> str:
        raise _nobody()

    def read(self, headers: Mapping[str, str], body: bytes) -> Told:
        raise Forged("nobody")

    def query(self, number: str) -> Told:
        raise _nobody()

    def close(self, number: str) -> None:
        raise _nobody()

    def refund(self, number: str, refund: str, fen: int, total: int) -> bool:
        raise _nobody()

    def receipt(self, taken: bool) -> tuple[str, int]:
        return "", 404


def _nobody() -> Unavailable:
    return Unavailable("setup", retry=False, detail="none")
