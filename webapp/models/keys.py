"""Keys at rest: one root opens everything, every column and purpose derives its own key from it (R-SYS-05).

Not here: what is sealed (the fields in `base.py`), nor passwords. The key file lies outside the database and its backup.
"""

import hmac
import json
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import b2a_base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12


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


_ring: Keyring | None = None


def use(ring: Keyring) -> None:
    """Make `ring` the one that this process seals and opens with."""
    global _ring
    _ring = ring
    _cipher.cache_clear()
    secret.cache_clear()


def _current() -> Keyring:
    if _ring is None:
        raise RuntimeError("no keys are loaded")
    return _ring


def _derive(root: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(root)


@lru_cache(maxsize=512)
def _cipher(kid: str, purpose: str) -> AESGCM:
    try:
        return AESGCM(_derive(_current().roots[kid], f"seal|{purpose}"))
    except KeyError:
        raise CannotOpen(f"key {kid} is not in the key file") from None


@lru_cache(maxsize=64)
def secret(purpose: str) -> bytes:
    """32 bytes that belong to one purpose of the whole instance: cookies, codes, the chain of events."""
    return _derive(_current().index, f"secret|{purpose}")


def seal_bytes(purpose: str, data: bytes, aad: str) -> str:
    """Encrypt under the purpose's key (AES-256-GCM). `aad` names the row, so that a value moved elsewhere cannot open."""
    kid = _current().current
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


def sealer(purpose: str) -> Callable[[str, str], str]:
    """`seal` for a hundred thousand values of one purpose: key and prefix are found once, random bytes drawn in bulk.

    Not to be shared by threads, nor kept longer than one piece of work: it does not see a change of keys.
    """
    kid = _current().current
    encrypt, prefix, nonces = _cipher(kid, purpose).encrypt, f"v1:{kid}:", randoms(NONCE)

    def seal_one(text: str, aad: str) -> str:
        nonce = next(nonces)
        return prefix + as_text(nonce + encrypt(nonce, text.encode(), aad.encode()))

    return seal_one


def blinder(purpose: str) -> Callable[[str], str]:
    """`blind` for a hundred thousand values of one purpose."""
    key, digest = secret(f"blind|{purpose}"), hmac.digest

    def blind_one(canonical: str) -> str:
        return as_text(digest(key, canonical.encode(), "sha256"))[:43]

    return blind_one


def randoms(size: int) -> Iterator[bytes]:
    """Random bytes, `size` at a time, from the system's generator, drawn in bulk."""
    while drawn := os.urandom(size * 1024):
        for at in range(0, len(drawn), size):
            yield drawn[at : at + size]


_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def as_text(data: bytes) -> str:
    """`urlsafe_b64encode` as text, without its detours."""
    return b2a_base64(data, newline=False).translate(_URL_SAFE).decode("ascii")


def blind(purpose: str, canonical: str) -> str:
    """Keyed hash of a canonical form, 43 characters: equal values meet, nobody without the key can try them all."""
    return urlsafe_b64encode(hmac.digest(secret(f"blind|{purpose}"), canonical.encode(), "sha256")).decode()[:43]
