"""The local stand-in for SMS, mail and captcha: what would have gone out, one line each, in `<data_dir>/outbox.txt`.

It is not a gateway: it holds codes in clear, so `xuedang serve` refuses it unless told so by name.
"""

import fcntl
import os
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from webapp.domain.identity import phones
from webapp.domain.ports import Attachment

NAME = "outbox.txt"


def write(path: Path, line: str) -> None:
    """Append one line; whole even when several threads and processes write at once. Line ends inside become spaces."""
    data = (" ".join(line.split()) + "\n").encode()
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        while data:
            data = data[os.write(file, data) :]
    finally:
        os.close(file)


def lines(path: Path, last: int = 200) -> list[str]:
    """The last lines, oldest first; none where nothing has been written yet."""
    try:
        with path.open(encoding="utf-8") as file:
            return [line.rstrip("\n") for line in deque(file, last)]
    except FileNotFoundError:
        return []


def captcha(path: Path, answer: str) -> None:
    """Write down the answer of an image captcha, so that a script can walk the demo."""
    write(path, f"captcha: {answer}")


class OutboxSms:
    """Fits `Sms`: writes `SMS 138 0000 5678 <text>`, so that no run of six digits but the code stands in the line."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Uses `data_dir`."""
        return cls(settings.data_dir / NAME)

    def send(self, phone: str, text: str, *, template: str, params: dict[str, str], reference: str) -> str:
        """See `ports.Sms`; never fails for a reason of the vendor's."""
        write(self.path, f"SMS {phones.grouped(phone)} {text}")
        return f"outbox-{reference}"


class OutboxMail:
    """Fits `Mail`: writes `MAIL <to> <subject> | <text>`, and the name and size of each file beside it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Uses `data_dir`."""
        return cls(settings.data_dir / NAME)

    def send(self, to: str, subject: str, text: str, reference: str, files: Sequence[Attachment] = ()) -> None:
        """See `ports.Mail`; never fails for a reason of the server's."""
        beside = "".join(f" [{one.name}, {len(one.data)} bytes]" for one in files)
        write(self.path, f"MAIL {to} {subject} | {text}{beside}")
