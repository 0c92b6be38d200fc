"""The local stand-in for a mail box: each `.eml` file laid into `<data_dir>/inbox` is a mail that came in.

It is not a mail server.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from webapp.domain.ports import Incoming
from webapp.providers import mail_reading


class FolderInbox:
    """Fits `Inbox`: what was taken is deleted, what was not ends in `.left` from then on."""

    def __init__(self, folder: Path, own: tuple[str, ...] = ()) -> None:
        self.folder, self.own = folder, own

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Uses data_dir and inbox_address."""
        return cls(settings.data_dir / "inbox", tuple(filter(None, [settings.inbox_address.lower()])))

    def collect(self, take: Callable[[Incoming], bool], most: int) -> int:
        """See `ports.Inbox`."""
        new = sorted(self.folder.glob("*.eml"))[:most]
        for path in new:
            if take(mail_reading.read(path.read_bytes(), self.own)):
                path.unlink()
            else:
                path.rename(path.with_suffix(".left"))
        return len(new)


class NoInbox:
    """Fits `Inbox` where no mail box is set up: nothing ever comes."""

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Nothing is needed of the settings."""
        return cls()

    def collect(self, take: Callable[[Incoming], bool], most: int) -> int:
        """See `ports.Inbox`."""
        return 0
