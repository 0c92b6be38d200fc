"""Sealed files: evidence, photos and rosters are on the storage only in this form (R-SYS-05).

It is not the storage, which knows opaque bytes, nor the keyring, which seals the small key that each file has.
"""

import os
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from webapp.domain.ports import Damaged, Storage
from webapp.models.keys import CannotOpen

PURPOSE = "files"
MAGIC = b"XF1"
NONCE = 12


class Keyring(Protocol):
    """What the vault needs of `webapp.models.keys`."""

    def seal_bytes(self, purpose: str, data: bytes, aad: str) -> str: ...

    def open_bytes(self, purpose: str, text: str, aad: str) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Stored:
    """What the row of a file must remember. `size` in bytes and `digest` (SHA-256, hex) are of the readable file."""

    name: str
    wrapped_key: str
    size: int
    digest: str


class Vault:
    """Seals each file with a key of its own (AES-256-GCM), and that key with the keyring.

    `aad` names the row, as in ``uploads|<key>``: neither the bytes nor the key open for another row.
    """

    def __init__(self, storage: Storage, keyring: Keyring) -> None:
        self.storage, self.keyring = storage, keyring

    def put(self, data: bytes, aad: str) -> Stored:
        """Seal and keep. Call it before the row is written; a file whose row never comes is an orphan for the sweep."""
        name, key, nonce = secrets.token_hex(16), AESGCM.generate_key(256), os.urandom(NONCE)
        self.storage.put(name, MAGIC + nonce + AESGCM(key).encrypt(nonce, data, MAGIC + aad.encode()))
        return Stored(name, self.keyring.seal_bytes(PURPOSE, key, aad), len(data), sha256(data).hexdigest())

    def get(self, name: str, wrapped_key: str, aad: str) -> bytes:
        """The readable file. Raises `Missing`, or `Damaged` for a changed byte, another row or an unknown key."""
        sealed = self.storage.get(name)
        nonce, body = sealed[len(MAGIC) : len(MAGIC) + NONCE], sealed[len(MAGIC) + NONCE :]
        try:
            if not sealed.startswith(MAGIC):
                raise Damaged(name)
            key = self.keyring.open_bytes(PURPOSE, wrapped_key, aad)
            return AESGCM(key).decrypt(nonce, body, MAGIC + aad.encode())
        except (InvalidTag, CannotOpen, ValueError):
            raise Damaged(name) from None

    def shred(self, name: str) -> None:
        """Delete the bytes. The caller forgets `wrapped_key` in the same move: without it no copy in a backup opens."""
        self.storage.delete(name)
