"""Files that people bring: the sealed bytes in the store and their row, kept and shredded together.

Not here: what a file may be used for (`domain/`), nor making a picture harmless (`images_pillow.py`).
"""

from datetime import datetime

from webapp.domain import clock
from webapp.domain.ports import Storage
from webapp.domain.resealing import Place
from webapp.models import keys
from webapp.models.accounts import Account
from webapp.models.base import new_key
from webapp.models.photos import Upload
from webapp.models.school import Unit
from webapp.providers.vault import PURPOSE, Vault


class Files:
    """One way in and out for every stored file; each is sealed with a key of its own, bound to its row."""

    def __init__(self, storage: Storage) -> None:
        self.vault = Vault(storage, keys)

    def keep(
        self,
        data: bytes,
        purpose: str,
        *,
        state: str = "raw",
        media: str = "application/octet-stream",
        account: Account | None = None,
        unit: Unit | None = None,
        expires: datetime | None = None,
    ) -> Upload:
        """Store the bytes, then write the row. Without `expires` the file stays until something shreds it."""
        upload = self.stored(data, purpose, state=state, media=media, account=account, unit=unit, expires=expires)
        upload.save(force_insert=True)
        return upload

    def stored(
        self,
        data: bytes,
        purpose: str,
        *,
        state: str = "raw",
        media: str = "application/octet-stream",
        account: Account | None = None,
        unit: Unit | None = None,
        expires: datetime | None = None,
    ) -> Upload:
        """Store the bytes; the row is for the caller to save. One that never comes leaves an orphan for the sweep."""
        key = new_key()
        stored = self.vault.put(data, _aad(key))
        return Upload(
            key=key,
            purpose=purpose,
            state=state,
            name=stored.name,
            wrapped_key=stored.wrapped_key,
            size=stored.size,
            digest=stored.digest,
            media=media,
            account=account,
            unit=unit,
            created=clock.now(),
            expires=expires,
        )

    def read(self, upload: Upload) -> bytes:
        """The bytes. Raises ports.Missing when it was shredded, ports.Damaged when it is not what was stored."""
        return self.vault.get(upload.name, upload.wrapped_key, _aad(upload.key))

    def replace(self, upload: Upload, data: bytes, state: str, media: str) -> None:
        """Put other bytes in place of these: the cleaned picture for the raw one, which is shredded."""
        before = upload.name
        stored = self.vault.put(data, _aad(upload.key))
        upload.name, upload.wrapped_key = stored.name, stored.wrapped_key
        upload.size, upload.digest = stored.size, stored.digest
        upload.state, upload.media = state, media
        upload.save()
        self.vault.shred(before)

    def shred(self, upload: Upload, state: str = "shredded") -> None:
        """Forget the key, then the bytes: no copy in a backup opens any more."""
        before = upload.name
        upload.name, upload.wrapped_key, upload.state = None, None, state
        upload.save()
        if before:
            self.vault.shred(before)


def _aad(key: str) -> str:
    return f"upload|{key}"


SEALED_HERE = Place(Upload.wrapped_key, PURPOSE, (Upload.key,), _aad)
"""For who seals everything again under a new root: the small key of each file, never its bytes."""
