"""Keys at rest: one root opens everything, every column and purpose derives its own key from it (R-SYS-05).

Not here: what is sealed (the fields in `base.py`), nor passwords. The key file lies outside the database and its backup.
"""

import hmac
import json
import logging
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import b2a_base64
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from operator import add
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12

log = logging.getLogger("xuedang.keys")


class CannotOpen(Exception):
    """A sealed value was changed, moved to another row or column, or its key is gone. There is no plain fall-back."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """Roots by id (32 bytes each): the `current` one seals, all of them open. `index` keys never change with them."""

    roots: dict[str, bytes] = field(repr=False)
    current: str
    index: bytes = field(repr=False)

    @classmethod
    def fresh(cls) -> "Keyring":
        return cls({"k1": secrets.token_bytes(32)}, "k1", secrets.token_bytes(32))

    @classmethod
    def load(cls, path: Path) -> "Keyring":
        """Read a key file. ValueError when it is not one, PermissionError when others may read it."""
        if path.stat().st_mode & 0o077:
            raise PermissionError(f"{path} can be read by others: chmod 600")
        try:
            told = json.loads(path.read_text())
            roots = {kid: urlsafe_b64decode(root) for kid, root in told["roots"].items()}
            ring = cls(roots, told["current"], urlsafe_b64decode(told["index"]))
        except (KeyError, TypeError, ValueError) as fault:
            raise ValueError(f"{path} is not a key file") from fault
        if ring.current not in roots or any(len(key) != 32 for key in [*roots.values(), ring.index]):
            raise ValueError(f"{path} holds a key that is missing or too short")
        return ring

    def save(self, path: Path) -> None:
        """Write a new key file, readable by its owner alone. FileExistsError rather than overwrite one."""
        told = {
            "roots": {kid: urlsafe_b64encode(root).decode() for kid, root in self.roots.items()},
            "current": self.current,
            "index": urlsafe_b64encode(self.index).decode(),
        }
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(told, file, indent=1)
            file.flush()
            os.fsync(file.fileno())

    def replace(self, path: Path) -> None:
        """Write over a key file, whole or not at all. It stays its owner's, whoever runs the command."""
        owner, fresh = path.stat(), path.with_name(f"{path.name}.new")
        fresh.unlink(missing_ok=True)
        self.save(fresh)
        os.chown(fresh, owner.st_uid, owner.st_gid)
        fresh.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def renewed(self) -> "Keyring":
        """The same with one root more, which seals from now on."""
        kid = f"k{1 + max(int(known[1:]) for known in self.roots)}"
        return Keyring({**self.roots, kid: secrets.token_bytes(32)}, kid, self.index)

    def newest_alone(self) -> "Keyring":
        """The same without the roots that no longer seal: what they sealed never opens again."""
        return Keyring({self.current: self.roots[self.current]}, self.current, self.index)


_ring: Keyring | None = None
_file: Path | None = None
_written = 0


def use(roots: Keyring, file: Path | None = None) -> None:
    """Make these the keys that this process seals and opens with; where their `file` is told, a new one there is taken up."""
    global _ring, _file, _written
    _ring, _file, _written = roots, file, file.stat().st_mtime_ns if file else 0
    _cipher.cache_clear()
    secret.cache_clear()


def ring() -> Keyring:
    """The ring, read anew where its file was written since: a server that runs seals with a new root from then on."""
    if _ring is None:
        raise RuntimeError("no keys are loaded")
    try:
        if _file is not None and _file.stat().st_mtime_ns != _written:
            use(Keyring.load(_file), _file)
    except (OSError, ValueError) as fault:
        log.warning("the key file cannot be read again: %s", type(fault).__name__)
    return _ring


def prefix() -> str:
    """How every value begins that the newest root seals."""
    return f"v1:{ring().current}:"


def _derive(root: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(root)


@lru_cache(maxsize=512)
def _cipher(kid: str, purpose: str) -> AESGCM:
    try:
        return AESGCM(_derive(ring().roots[kid], f"seal|{purpose}"))
    except KeyError:
        raise CannotOpen(f"key {kid} is not in the key file") from None


@lru_cache(maxsize=64)
def secret(purpose: str) -> bytes:
    """32 bytes that belong to one purpose of the whole instance: cookies, codes, the chain of events."""
    return _derive(ring().index, f"secret|{purpose}")


def seal_bytes(purpose: str, data: bytes, aad: str) -> str:
    """Encrypt under the purpose's key (AES-256-GCM). `aad` names the row, so that a value moved elsewhere cannot open."""
    kid = ring().current
    nonce = os.urandom(NONCE)
    sealed = _cipher(kid, purpose).encrypt(nonce, data, aad.encode())
    return f"v1:{kid}:{urlsafe_b64encode(nonce + sealed).decode()}"


def open_bytes(purpose: str, text: str, aad: str) -> bytes:
    """The inverse of `seal_bytes`. Raises CannotOpen for anything that is not exactly what was sealed there."""
    version, _, rest = text.partition(":")
    kid, _, body = rest.partition(":")
    if version != "v1" or not body:
        raise CannotOpen("not a sealed value")
    try:
        raw = urlsafe_b64decode(body)
        return _cipher(kid, purpose).decrypt(raw[:NONCE], raw[NONCE:], aad.encode())
    except (InvalidTag, ValueError):
        raise CannotOpen(f"a value of {purpose} does not open") from None


def seal(purpose: str, text: str, aad: str) -> str:
    return seal_bytes(purpose, text.encode(), aad)


def unseal(purpose: str, sealed: str, aad: str) -> str:
    return open_bytes(purpose, sealed, aad).decode()


def seal_all(purpose: str, texts: Sequence[str], aads: Iterable[str]) -> list[str]:
    """`seal` for thousands of values of one purpose, each with its own `aad`: a fourth of the work for each."""
    kid = ring().current
    nonces = randoms(NONCE, len(texts))
    sealed = map(_cipher(kid, purpose).encrypt, nonces, map(str.encode, texts), map(str.encode, aads))
    prefix = f"v1:{kid}:"
    return [prefix + text for text in as_texts(map(add, nonces, sealed))]


def randoms(size: int, count: int) -> list[bytes]:
    """`count` times `size` random bytes from the system's generator, drawn at once."""
    drawn = os.urandom(size * count)
    return [drawn[at : at + size] for at in range(0, len(drawn), size)]


def row_keys(count: int) -> list[str]:
    """Keys for rows that are added together, each as long as `base.new_key` makes one.

    They share their first two characters, so that they lie together in a table's index: a million random places there cost
    more than the rows do. 116 random bits are each row's own.
    """
    (shared,) = as_texts(randoms(2, 1))
    return [shared[:2] + text[2:22] for text in as_texts(randoms(16, count))]


_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def as_texts(values: Iterable[bytes]) -> list[str]:
    """`urlsafe_b64encode` of many values as text."""
    return b"".join(map(b2a_base64, values)).translate(_URL_SAFE).decode("ascii").split("\n")[:-1]


def blind(purpose: str, canonical: str) -> str:
    """Keyed hash of a canonical form, 43 characters: equal values meet, nobody without the key can try them all."""
    return urlsafe_b64encode(hmac.digest(secret(f"blind|{purpose}"), canonical.encode(), "sha256")).decode()[:43]


def blind_all(purpose: str, canonicals: Iterable[str]) -> list[str]:
    """`blind` for thousands of values of one purpose."""
    digest = _hmac(secret(f"blind|{purpose}"))
    return [text[:43] for text in as_texts(map(digest, map(str.encode, canonicals)))]


_INNER, _OUTER = (bytes(byte ^ pad for byte in range(256)) for pad in (0x36, 0x5C))


def _hmac(key: bytes) -> Callable[[bytes], bytes]:
    """HMAC-SHA-256 (RFC 2104) under a key of up to 64 bytes that is put in once: `hmac.digest` does so for every value."""
    padded = key.ljust(64, b"\0")
    inner, outer = sha256(padded.translate(_INNER)), sha256(padded.translate(_OUTER))

    def digest(message: bytes) -> bytes:
        hashed, whole = inner.copy(), outer.copy()
        hashed.update(message)
        whole.update(hashed.digest())
        return whole.digest()

    return digest
