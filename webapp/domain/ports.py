"""What the product needs of the outside world, as Protocols with exact contracts.

It is not where anything is done: `webapp/providers/` fits a vendor to each port, `make(port, settings)` chooses one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


class Unavailable(Exception):
    """The outside did not do it.

    `retry`: the same call may work in a minute (it never will otherwise, until somebody changes a setting).
    `unknown`: the request had left when the answer failed to come, so the deed may have been done (at most one
    further try, which is logged). `reason` is one word of a closed list: network, timeout, fault (5xx or an answer that
    makes no sense), busy (throttled by the vendor), resting (the breaker is open, nothing was sent), limited (too many
    to this receiver), receiver (this number or address cannot be reached), setup (keys, balance, signature, template).
    `detail` is the vendor's own code for staff and logs; it never holds a number, an address or a text.
    """

    def __init__(self, reason: str, *, retry: bool, unknown: bool = False, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}".strip())
        self.reason, self.retry, self.unknown, self.detail = reason, retry, unknown, detail


class Missing(LookupError):
    """The storage holds nothing under this name."""


class Damaged(Exception):
    """The bytes are there but are not what was put: altered, cut, moved to another row, or sealed with another key."""


class Sms(Protocol):
    """A gateway for short messages to phones in mainland China."""

    def send(self, phone: str, text: str, *, template: str, params: dict[str, str], reference: str) -> str:
        """Hand one message to the gateway and return the gateway's id for it.

        `phone` is eleven digits. `text` is the whole sentence, for gateways that take text; the others fill their
        approved `template` (our name for it) with `params`, in their order. `reference` is the job's key, which names
        nobody. Raises `Unavailable`.
        """


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file beside a mail: its name in ASCII, its media type, its bytes."""

    name: str
    media: str
    data: bytes


class Mail(Protocol):
    """A way for plain-text mail."""

    def send(self, to: str, subject: str, text: str, reference: str, files: Sequence[Attachment] = ()) -> None:
        """Hand one mail to the server. `to` is one address; line ends in `to` are refused, in `subject` become spaces.

        The same `reference` gives the same Message-ID, so a mail sent twice shows once. Raises `Unavailable`.
        """


class Storage(Protocol):
    """Opaque bytes under names of 32 lower-case hexadecimal digits. It knows nothing of keys, rows or kinds of file.

    Any other name raises ValueError. A name whose `put` has returned survives a loss of power. A store that is not there at
    all raises `Unavailable`: it has lost nothing.
    """

    def put(self, name: str, data: bytes) -> None:
        """Keep the bytes; all of them are there under the name, or nothing is."""

    def get(self, name: str) -> bytes:
        """The bytes, or `Missing`."""

    def delete(self, name: str) -> None:
        """Forget the bytes; a name that is not there is no error."""

    def names(self, before: datetime | None = None) -> Iterator[str]:
        """Every name, in no order; with `before` (naive UTC) only those put before that moment."""

    def sweep(self, before: datetime) -> int:
        """Throw away what interrupted `put`s left before that moment (naive UTC); how many there were."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A mail as a person meant it: decoded, without mark-up and without what it quotes.

    `digest` is the same for the same mail, 64 hex characters. `sender` is one address in lower case, or empty. `pictures` are
    bytes that begin as a photo does, not looked at any further. `cut`: there was more than is kept. `automatic`: no person
    wrote it (an answer of a machine, a list, a bounce, or the site itself), so nobody may be answered.
    """

    digest: str
    sender: str
    subject: str
    text: str
    pictures: tuple[bytes, ...] = ()
    cut: bool = False
    automatic: bool = False


class Inbox(Protocol):
    """The mail box of the support address, which belongs to the site alone."""

    def collect(self, take: Callable[[Incoming], bool], most: int) -> int:
        """Hand at most `most` new mails to `take`, one after the other; returns how many.

        True means that it is stored: the mail is deleted from the box (its pictures are evidence now). False leaves it there as
        read. What `take` raises ends the round, and the mail is new again next time. Raises `Unavailable`.
        """


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A picture that holds nothing but its pixels: an RGB JPEG without metadata, upright.

    `facts` tell what came in: `kind` (JPEG, PNG, WEBP, HEIF, GIF), `width` and `height` in pixels as the person sees
    it (upright), `bytes`, `turned` (an orientation was applied). `noticed` are numbers for hints: `sharpness` (variance
    of the Laplacian), `blown` (share of white pixels), `light` (mean shade), `side` (pixels of the shorter side), `edited`.
    `likeness` finds the picture again: `pixels` (64 hex characters, the same for the same picture alone) and `turns`
    (eight of 16 hex characters: as it is, turned and mirrored; near ones differ in few bits).
    """

    jpeg: bytes
    width: int
    height: int
    facts: dict[str, object] = field(default_factory=dict)
    noticed: dict[str, float] = field(default_factory=dict)
    likeness: dict[str, object] = field(default_factory=dict)


class Images(Protocol):
    """Untrusted pictures made harmless, away from the keys (R-SYS-03)."""

    def clean(self, data: bytes, *, long_side: int, max_bytes: int | None = None, min_side: int = 1) -> Cleaned:
        """Decode, set upright, shrink so that the longer side is at most `long_side` pixels, strip, encode again.

        With `max_bytes` the quality is lowered, then the size, but never below `min_side` pixels on the shorter side.
        Raises `Refused`: ``image_unreadable`` (not a picture, broken, over 50 megapixels, or a file that is something
        else as well: R-SYS-04), ``image_small`` (width, height, least: the shorter side has fewer than `min_side`
        pixels), ``image_too_heavy`` (most: bytes; it cannot be reduced legibly). Raises `Unavailable` where this
        machine cannot start the work at all, which is not the picture's fault.
        """

    def turned(self, jpeg: bytes, quarters: int, max_bytes: int) -> bytes:
        """A cleaned JPEG turned to the right by `quarters` (1 to 3) of a circle, at most `max_bytes`.

        Raises `Refused` (``image_unreadable``, ``image_too_heavy``) and `Unavailable` as `clean` does.
        """

    def marked(self, jpeg: bytes, text: str) -> bytes:
        """A cleaned JPEG with `text` (ASCII: who looks, when) across it again and again, too often to be cut away.

        Raises `Refused` (``image_unreadable``) and `Unavailable` as `clean` does.
        """


@dataclass(frozen=True, slots=True)
class Signing:
    """What a paper is signed with: an EC P-256 key (PKCS#8), its certificate and those above it, all PEM; `kid` is its id."""

    kid: str
    private: str = field(repr=False)
    certificate: str
    chain: tuple[str, ...]


class Pdf(Protocol):
    """Papers: a layout of `templates/pdf/`, filled with data. Jobs draw them, never a page (`domain/papers.py`)."""

    def render(self, template: str, data: dict[str, Any], signing: Signing | None = None) -> bytes:
        """The layout `template` (a file's name without its ending) with `data`, as PDF/A with its fonts inside.

        `data` is what JSON can hold: texts (printed as they stand, nothing in them is a command), lists, and what the layout
        asks for; always `title`, `language` (zh or en) and `made` (ISO, naive UTC). The same data give the same bytes. With
        `signing` it is signed as a whole (PAdES B-B, no change allowed), at the moment `made`; then only what is drawn is the
        same. Raises `Unavailable`; without `retry` where it is the layout's or the data's fault: too long, too much memory, an
        error in it.
        """

    def undrawable(self, text: str) -> str:
        """Characters of `text` that no font of this machine holds, each once, in its order; in a paper each is an empty box."""


class Glyphs(Protocol):
    """Small fonts for pages: the drawing of one character out of the fonts that papers are drawn with."""

    def cut(self, character: str) -> bytes | None:
        """A WOFF2 font that holds this character alone, None where no font of this machine does.

        Raises `Unavailable` where the work cannot be done.
        """

    def close(self) -> None:
        """Give back the memory that the work takes; the next character takes it again."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What the signature of a PDF is by itself: `kind` unreadable (no PDF), unsigned, broken (changed afterwards), signed.

    A signed file is covered as a whole by one signature; `fingerprint` is the SHA-256 of the certificate that made it, 64 hex
    characters, which anybody may have made; `keyword` is the file's, at most 64 characters.
    """

    kind: str
    fingerprint: str = ""
    keyword: str = ""


class Seals(Protocol):
    """Signatures of PDFs that somebody was sent, read away from the keys. Safe to call from several threads."""

    def read(self, pdf: bytes) -> Seal:
        """Read the signature of a file. Raises `Unavailable` where this machine cannot start the work at all."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A 学历照片 in numbers, and encoded anew: a JPEG without metadata, upright, as large as it came, tagged 300 dpi.

    `told` holds `width`, `height`, `bits` (of a pixel), `bytes`, `dpi` (of the JFIF head, 0 without), `exif_dpi` (or None).
    Where width and height are the wanted ones (else `jpeg` is empty) also `sharpness` (variance of the Laplacian), `background`
    (percent of the margin in a wanted colour), `unlike` (mean difference from the admission photo in shades, None without one);
    and where faces are looked for: `faces`, with exactly one `eyes`, `hairline`, `face_width` (pixels, from the top where they
    are heights), `tilt` (degrees) and `likeness` (0 to 100, None where it cannot be told).
    """

    jpeg: bytes
    told: dict[str, float | None] = field(default_factory=dict)


class Portraits(Protocol):
    """学历照片 measured away from the keys. Safe to call from several threads."""

    def measure(self, photo: bytes, admission: bytes, *, pixels: tuple[int, int], grounds: tuple) -> Measured:
        """Measure a JPEG beside the cleaned `admission` photo (empty where there is none).

        `pixels` are the wanted width and height, `grounds` the colours (red, green, blue) that a background may have. Raises
        `Refused` (``image_unreadable``) and `Unavailable` as `Images.clean` does.
        """


class Scanner(Protocol):
    """A virus scanner of the operator's own, asked before anything of ours reads what somebody brought (R-SYS-03)."""

    def scan(self, data: bytes) -> None:
        """Return where nothing is found.

        Raises `Refused` (``file_infected``). Raises `Unavailable` where the scanner does not answer: nobody then reads the
        file, and the job that asked comes again.
        """


class Ocr(Protocol):
    """A machine that reads what stands on a photo; its word is a hint for people."""

    def read(self, jpeg: bytes) -> list[str] | None:
        """Lines of text on a cleaned picture, in no order; None where no machine reads on this site. Raises `Unavailable`."""
