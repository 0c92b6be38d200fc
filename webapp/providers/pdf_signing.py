"""The signature of a paper: PAdES B-B with pyHanko (ETSI EN 319 142-1), for the child that draws.

Loaded by `pdf_child.py` at the first paper to be signed, for pyHanko takes a second to start. Never imported by the site.
"""

from datetime import UTC, datetime
from functools import cache
from io import BytesIO

from asn1crypto import pem, x509
from pyhanko.keys import load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

FIELD = "Signature"
RESERVED = 10240
"""Kept free for the signature, in hex characters: it and two certificates take two fifths of them, and four fifths
where the names in both are as long as they may be."""


class Signer(signers.PdfSigner):
    """Signs at the moment that it is told, not at the machine's."""

    at: datetime

    def init_signing_session(self, *given: object, **named: object) -> PdfSigningSession:
        session = super().init_signing_session(*given, **named)
        session.system_time = self.at
        return session


@cache
def signer(private: str, certificate: str, chain: tuple[str, ...]) -> Signer:
    """Made once for each key: to read a key costs more than to sign with it."""
    own, *above = (x509.Certificate.load(pem.unarmor(one.encode())[2]) for one in (certificate, *chain))
    store = SimpleCertificateStore.from_certs([own, *above])
    key = load_private_key_from_pemder_data(private.encode(), None)
    simple = signers.SimpleSigner(signing_cert=own, signing_key=key, cert_registry=store, embed_roots=True)
    wanted = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    return Signer(wanted, signer=simple)


def signed(pdf: bytes, signing: dict, made: int) -> bytes:
    """The paper with a signature over all of it, the certificates inside; `made` in seconds since 1970."""
    by = signer(signing["private"], signing["certificate"], tuple(signing["chain"]))
    by.at = datetime.fromtimestamp(made, UTC)
    return by.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), bytes_reserved=RESERVED).getvalue()
