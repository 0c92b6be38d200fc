"""A mail's bytes become what its writer meant (RFC 5322, 2045–2049): text in any charset, pictures, whether a machine wrote it.

It is not where a picture is decoded, nor where a mail comes from.
"""

import logging
import re
from collections.abc import Collection, Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import Header, decode_header
from email.message import Message
from email.utils import parseaddr
from hashlib import sha256
from html.parser import HTMLParser

from webapp.domain.ports import Incoming

log = logging.getLogger("xuedang.providers")

CHARACTERS = 8000
"""Of a text that are looked at."""

PICTURES = 5
PICTURE_BYTES = 15 * 1024 * 1024
PARTS = 100
"""Parts of a mail that are looked at."""

_PICTURE = re.compile(rb"\xff\xd8\xff|\x89PNG|RIFF....WEBP|....ftyp(?:hei[cxms]|he[vc]|mif1|msf1)", re.DOTALL).match
_MACHINES = re.compile(r"(?:no-?reply|mailer-daemon|postmaster|bounces?)\b", re.IGNORECASE).match
_QUOTED = re.compile(
    r"^[ \t>]*(?:-{2,}[ ]*(?:原始邮件|转发邮件|Original Message|Forwarded message)|发件人\s?[:：]|From: .{1,200}@"
    r"|On .{5,200} wrote:|.{0,200}写道[:：]\s*$|_{20,}\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
_CHINESE = ("gb2312", "gbk", "gb18030", "cp936", "x-gbk", "ms936", "gb_2312-80", "euc-cn")


def read(data: bytes, own: Collection[str], cut: bool = False) -> Incoming:
    """The mail; `own` are the site's addresses, `cut` says that the bytes are not all of it. Never raises for what is in it."""
    digest = sha256(data.split(b"\r\n\r\n", 1)[0]).hexdigest()
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        sender = parseaddr(_header(message, "From"))[1].strip().lower()
        parts = list(_leaves(message))
        text, longer = _text(parts)
        pictures, more = _pictures(parts)
        subject = " ".join(_header(message, "Subject").split())[:200]
        automatic = sender in own or _by_machine(message, sender)
    except Exception:  # the parser bears a lot, but not everything
        log.info("a mail of %s bytes could not be read", len(data))
        return Incoming(digest, "", "", "", cut=True, automatic=True)
    return Incoming(digest, sender, subject, text, pictures, cut or longer or more, automatic)


def _by_machine(message: Message, sender: str) -> bool:
    """RFC 3834 and what mail programs did before it; a bounce has no sender."""
    submitted = _header(message, "Auto-Submitted").strip().lower()
    if submitted and submitted != "no":
        return True
    if _header(message, "Precedence").strip().lower() in ("bulk", "junk", "list", "auto_reply"):
        return True
    if any(message.get(name) for name in ("List-Id", "List-Unsubscribe", "X-Autoreply", "X-Autorespond", "Feedback-ID")):
        return True
    bounced = _header(message, "Return-Path").strip() == "<>"
    return bounced or message.get_content_type() == "multipart/report" or bool(_MACHINES(sender))


def _header(message: Message, name: str) -> str:
    """A header as it reads, whatever it is encoded in."""
    value = message.get(name)
    if value is None:
        return ""
    try:
        pieces = decode_header(value if isinstance(value, Header) else str(value))
    except (ValueError, MessageError):
        return str(value)
    return "".join(decoded(piece, charset) if isinstance(piece, bytes) else piece for piece, charset in pieces)


def decoded(data: bytes, charset: str | None) -> str:
    """Bytes in the charset that is told; Chinese mails say gb2312 of what is GB 18030, and some say nothing."""
    named = (charset or "").lower().strip("'\" ")
    for one in ("gb18030" if named in _CHINESE else named, "utf-8", "gb18030"):
        try:
            return data.decode(one)
        except (LookupError, ValueError):
            continue
    return data.decode("utf-8", "replace")


def _leaves(message: Message) -> Iterator[Message]:
    for number, part in enumerate(message.walk()):
        if number >= PARTS:
            return
        if not part.is_multipart():
            yield part


def _text(parts: list[Message]) -> tuple[str, bool]:
    """What was written, plain where the mail has that, else out of its HTML; whether there was more."""
    shown = [part for part in parts if part.get_content_disposition() != "attachment"]
    for kind in ("text/plain", "text/html"):
        found = [part for part in shown if part.get_content_type() == kind]
        text = "\n".join(decoded(part.get_payload(decode=True) or b"", part.get_content_charset()) for part in found)
        text = _without_marks(text) if kind == "text/html" else text
        if text.strip():
            kept = _unquoted(text[:CHARACTERS])
            return kept, len(text) > CHARACTERS
    return "", False


def _unquoted(text: str) -> str:
    """Without the mail that it answers; all of it where nothing else is left."""
    text = re.sub(r"[^\S\n]+\n", "\n", text.replace("\r\n", "\n").replace("\x00", ""))
    own = text[: found.start()] if (found := _QUOTED.search(text)) else text
    own = "\n".join(line for line in own.split("\n") if not line.startswith(">"))
    return re.sub(r"\n{3,}", "\n\n", own).strip() or text.strip()


def _pictures(parts: list[Message]) -> tuple[tuple[bytes, ...], bool]:
    """Pictures by their first bytes; whether other files, or more of them, came too."""
    found, more = [], False
    for part in parts:
        if part.get_content_maintype() == "text" and part.get_content_disposition() != "attachment":
            continue
        data = part.get_payload(decode=True) or b""
        if _PICTURE(data) and len(data) <= PICTURE_BYTES and len(found) < PICTURES:
            found.append(data)
        else:
            more = more or bool(data)
    return tuple(found), more


class _Words(HTMLParser):
    """The words of an HTML mail, a line for each block."""

    BLOCKS = ("p", "div", "br", "tr", "li", "h1", "h2", "h3", "blockquote", "table")
    SILENT = ("script", "style", "head", "title")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attributes: list) -> None:
        self._silent += tag in self.SILENT
        if tag in self.BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in self.SILENT))
        if tag in self.BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(" ".join(data.split()) if data.strip() else " ")


def _without_marks(html: str) -> str:
    words = _Words()
    words.feed(html[: CHARACTERS * 40])
    words.close()
    return re.sub(r"[ \t]+", " ", "".join(words.words))
