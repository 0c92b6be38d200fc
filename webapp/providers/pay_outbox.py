"""The local stand-in for both vendors of money: its page takes none and says that it was paid (R-SYS-01).

It is not a vendor: whoever opens the page may press the button, so `xuedang serve` refuses it unless told so by name.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Self

from webapp.domain.pay_port import Forged, Order, Told
from webapp.providers.outbox import NAME, write


class OutboxPay:
    """Fits `Payments`; writes `PAY <way> <number> <fen>`, and what is given back, into the outbox."""

    ready = True
    way: ClassVar[str]

    def __init__(self, path: Path, url: str) -> None:
        self.path, self.url = path, url.rstrip("/")

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Uses `data_dir` and `url`."""
        return cls(settings.data_dir / NAME, settings.url)

    def start(self, order: Order) -> str:
        """See `pay_port.Payments`: the stand-in's own page (`web/outbox.py`)."""
        write(self.path, f"PAY {self.way} {order.number} {order.fen} fen")
        return f"{self.url}/outbox/pay/{self.way}/{order.number}"

    def read(self, headers: Mapping[str, str], body: bytes) -> Told:
        """Nobody signs here."""
        raise Forged("nobody")

    def query(self, number: str) -> Told:
        """See `pay_port.Payments`: what its page took was told at once."""
        return Told("waiting", number)

    def close(self, number: str) -> None:
        """See `pay_port.Payments`."""

    def refund(self, number: str, refund: str, fen: int, total: int) -> bool:
        """See `pay_port.Payments`."""
        write(self.path, f"REFUND {self.way} {refund} {fen} fen")
        return True

    def receipt(self, taken: bool) -> tuple[str, int]:
        """See `pay_port.Payments`."""
        return "", 404


class OutboxWechat(OutboxPay):
    way = "wechat"


class OutboxAlipay(OutboxPay):
    way = "alipay"
