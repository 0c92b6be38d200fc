"""The mail box of the support address over IMAP (RFC 3501), with the standard library.

It is not what decides about a mail. A mail that was stored is deleted from the box: its pictures are evidence from then on.
"""

import imaplib
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from webapp.domain.ports import Incoming, Unavailable
from webapp.providers import mail_reading
from webapp.providers.gateway import is_loopback

PORTS = {"imap": 143, "imap+starttls": 143, "imaps": 993}
TIMEOUT = 15
"""Seconds for each exchange with the server."""

LARGEST = 25 * 1024 * 1024
"""Bytes of a mail that is fetched whole; of a larger one only the head is read."""

_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class ImapInbox:
    """Fits `Inbox`. The scheme of the address says how: `imaps://`, `imap+starttls://`, or `imap://` to this machine."""

    def __init__(self, url: str, own: tuple[str, ...] = (), context: ssl.SSLContext | None = None) -> None:
        """`url`: `imaps://user:password@host:port/INBOX`, percent-encoded; `own`: addresses of the site itself.

        `context` trusts other certificates than the system's. ValueError where the password would travel in clear.
        """
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname or not parts.username:
            raise ValueError("inbox_url is imaps:// or imap+starttls:// with a user and a host")
        if parts.scheme == "imap" and not is_loopback(parts.hostname):
            raise ValueError("inbox_url would send the password in clear: use imaps:// or imap+starttls://")
        self.scheme, self.host, self.port = parts.scheme, parts.hostname, parts.port or PORTS[parts.scheme]
        self.user, self._password = unquote(parts.username), unquote(parts.password or "")
        self.folder = unquote(parts.path.strip("/")) or "INBOX"
        self.own = {address.lower() for address in own}
        self.context = context or ssl.create_default_context()

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Uses inbox_url, inbox_address and mail_from."""
        written = re.findall(r"[^\s<>]+@[^\s<>]+", f"{settings.inbox_address} {settings.mail_from}")
        return cls(settings.inbox_url, tuple(written))

    def collect(self, take: Callable[[Incoming], bool], most: int) -> int:
        """See `ports.Inbox`."""
        try:
            with self._box() as box:
                numbers = _answer(box.uid("SEARCH", None, "UNSEEN"))[0].split()[:most]
                for number in numbers:
                    self._hand_over(box, number.decode(), take)
                return len(numbers)
        except imaplib.IMAP4.abort:
            raise Unavailable("network", retry=True) from None
        except imaplib.IMAP4.error as fault:
            raise Unavailable("setup", retry=False, detail=str(fault)[:80]) from None
        except OSError as fault:
            reason = "timeout" if isinstance(fault, TimeoutError) else "network"
            raise Unavailable(reason, retry=True) from None

    def _hand_over(self, box: imaplib.IMAP4, number: str, take: Callable[[Incoming], bool]) -> None:
        facts = _answer(box.uid("FETCH", number, "(RFC822.SIZE)"))
        if not facts or facts[0] is None:  # somebody deleted it meanwhile
            return
        whole = int(_SIZE.search(facts[0])[1]) <= LARGEST
        fetched = _answer(box.uid("FETCH", number, "(BODY.PEEK[])" if whole else "(BODY.PEEK[HEADER])"))
        data = next(part[1] for part in fetched if isinstance(part, tuple))
        if take(mail_reading.read(data, self.own, cut=not whole)):
            box.uid("STORE", number, "+FLAGS.SILENT", r"(\Seen \Deleted)")
            if "UIDPLUS" in box.capabilities:
                box.uid("EXPUNGE", number)
            else:
                box.expunge()
        else:
            box.uid("STORE", number, "+FLAGS.SILENT", r"(\Seen)")

    @contextmanager
    def _box(self) -> Iterator[imaplib.IMAP4]:
        box = self._connect()
        try:
            box.login(self.user, self._password)
            _answer(box.select(f'"{self.folder}"'))
            yield box
        finally:
            with suppress(OSError, imaplib.IMAP4.error):
                box.logout()

    def _connect(self) -> imaplib.IMAP4:
        if self.scheme == "imaps":
            return imaplib.IMAP4_SSL(self.host, self.port, ssl_context=self.context, timeout=TIMEOUT)
        box = imaplib.IMAP4(self.host, self.port, timeout=TIMEOUT)
        if self.scheme == "imap+starttls":
            try:
                box.starttls(self.context)
            except BaseException:
                box.shutdown()
                raise
        return box


def _answer(told: tuple[str, list]) -> list:
    kind, data = told
    if kind != "OK":
        raise imaplib.IMAP4.error(str(data[0])[:80])
    return data
