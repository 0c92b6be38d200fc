"""Mail over SMTP (RFC 5321), plain text in UTF-8 with files beside it, one receiver at a time.

It is not a queue: a mail that cannot go now is the job's to send again.
"""

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from webapp.domain import clock
from webapp.domain.ports import Attachment, Unavailable
from webapp.providers.gateway import is_loopback

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
TIMEOUT = 10
"""Seconds for each exchange with the server."""


class SmtpMail:
    """Fits `Mail`. The scheme of the address says how: `smtp://` plain, `smtp+starttls://`, `smtps://`.

    A password goes over a plain connection to this machine only; elsewhere ValueError, so that `serve` does not start.
    """

    def __init__(self, url: str, sender: str, context: ssl.SSLContext | None = None) -> None:
        """`url`: `smtps://user:password@host:port`, percent-encoded; `sender`: `学档 <no-reply@example.edu.cn>`.

        `context` trusts other certificates than the system's.
        """
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError("mail_url is smtp://, smtp+starttls:// or smtps:// with a host")
        self.scheme, self.host, self.port = parts.scheme, parts.hostname, parts.port or PORTS[parts.scheme]
        self.user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        if self.user and self.scheme == "smtp" and not is_loopback(self.host):
            raise ValueError("mail_url would send the password in clear: use smtp+starttls:// or smtps://")
        if not (self.user + self._password).isascii():
            raise ValueError("smtplib logs in with an ASCII name and password only")
        name, address = parseaddr(sender)
        self.sender = _address(address, name)
        self.context = context or ssl.create_default_context()

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Uses mail_url and mail_from."""
        return cls(settings.mail_url, settings.mail_from)

    def send(self, to: str, subject: str, text: str, reference: str, files: Sequence[Attachment] = ()) -> None:
        """See `ports.Mail`. 4xx answers and a server that cannot be reached may be tried again, 5xx not."""
        message = self._message(to, subject, text, reference)
        for one in files:
            main, _, sub = one.media.partition("/")
            message.add_attachment(one.data, maintype=main, subtype=sub, filename=one.name)
        handed_over = False
        try:
            with self._session() as server:
                if self.user:
                    server.login(self.user, self._password)
                handed_over = True
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as fault:
            ((code, _),) = fault.recipients.values()
            raise Unavailable("receiver", retry=400 <= code < 500, detail=str(code)) from None
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError):
            raise Unavailable("setup", retry=False, detail="login or extension") from None
        except smtplib.SMTPServerDisconnected:
            raise Unavailable("network", retry=True, unknown=handed_over) from None
        except smtplib.SMTPResponseException as fault:
            code = fault.smtp_code
            raise Unavailable("fault", retry=not 500 <= code < 600, detail=str(code)) from None
        except ssl.SSLError:
            raise Unavailable("network", retry=True, detail="tls") from None
        except (OSError, smtplib.SMTPException) as fault:
            reason = "timeout" if isinstance(fault, TimeoutError) else "network"
            raise Unavailable(reason, retry=True, unknown=handed_over) from None

    def _message(self, to: str, subject: str, text: str, reference: str) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        try:
            message["To"] = _address(to)
        except ValueError:
            raise Unavailable("receiver", retry=False, detail="address") from None
        message["From"] = self.sender
        message["Subject"] = " ".join(subject.split())
        message["Date"] = format_datetime(clock.now().replace(tzinfo=UTC))
        # The same job gives the same id: a mail box shows a mail that was sent twice once.
        message["Message-ID"] = f"<{sha256(reference.encode()).hexdigest()[:32]}@{self.sender.domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        return message

    @contextmanager
    def _session(self) -> Iterator[smtplib.SMTP]:
        server = self._connect()
        try:
            yield server
        finally:
            # What goes wrong after the server took the mail is no reason to send it again.
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def _connect(self) -> smtplib.SMTP:
        if self.scheme == "smtps":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT, context=self.context)
        server = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT)
        if self.scheme == "smtp+starttls":
            try:
                server.starttls(context=self.context)
            except BaseException:
                server.close()
                raise
        return server


def _address(text: str, name: str = "") -> Address:
    """One address, its domain in the form of the wire (IDNA). ValueError for anything else, line ends included."""
    local, at, domain = text.rpartition("@")
    if not (local and at and domain) or not text.isprintable() or any(mark in text for mark in ' ,;:<>()[]"\\'):
        raise ValueError("not one address")
    try:
        return Address(name, local, domain.encode("idna").decode())
    except (UnicodeError, MessageError):
        raise ValueError("not one address") from None
