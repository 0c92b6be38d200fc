"""签名密钥: the instance's own authority, and the keys that sign reports, the site's and agencies', one after the other.

Not here: making, following or revoking one (`domain/signing.py`), nor the signing of a PDF (`providers/pdf_child.py`).
"""

from peewee import SQL, CharField, TextField

from webapp.models.base import KeyedRow, Moment, Sealed


class SigningKey(KeyedRow):
    """An EC P-256 key with its certificate. `part`: root (signs certificates and the list of revoked ones), signer.

    `state`: current, retired (another followed; what it signed stays good), revoked (nothing that it signed is good any more).
    `fingerprint` is the SHA-256 of the certificate, 64 hex characters; the first 16 are the key's id. `private` is PKCS#8 as
    PEM and null once the key signs no more. `reason` of a revocation: compromise, superseded, ended. `owner` is the `key` of
    the agency that the certificate names, empty for the site's own.
    """

    part = CharField(max_length=6)
    state = CharField(max_length=8, default="current")
    fingerprint = CharField(max_length=64, unique=True)
    certificate = TextField()
    private = Sealed(null=True)
    made = Moment()
    ends = Moment()
    stopped = Moment(null=True)
    reason = CharField(max_length=10, default="")
    owner = CharField(max_length=22, default="")

    @property
    def kid(self) -> str:
        return self.fingerprint[:16]


IN_USE = SigningKey.state == SQL("'current'")
SigningKey.add_index(SigningKey.part, SigningKey.owner, unique=True, where=IN_USE, name="signing_key_current")
