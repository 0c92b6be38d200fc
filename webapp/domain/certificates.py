"""X.509 of the instance's own authority: EC P-256 keys, their certificates, the list of revoked ones (RFC 5280).

Pure functions of what they are given. Not here: which keys there are and what becomes of them (`signing.py`).
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ORGANISATION = 64
"""The most characters that X.509 allows in a name."""

COMMON = 64
"""The most bytes of a common name that our library signs; X.509 counts characters there too."""

ROOT_SUFFIX = " Root CA"

REASONS = {
    "compromise": x509.ReasonFlags.key_compromise,
    "superseded": x509.ReasonFlags.superseded,
    "ended": x509.ReasonFlags.cessation_of_operation,
}
"""Why a key was revoked, as the list says it."""

_USAGE = dict.fromkeys(
    (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    ),
    False,
)


class Pair(NamedTuple):
    """A private key (PKCS#8) and its certificate, both PEM."""

    private: str
    certificate: str


class Revoked(NamedTuple):
    """A certificate that is good no more, since when (naive UTC), and one of REASONS."""

    certificate: str
    at: datetime
    reason: str


def root(name: str, starts: datetime, ends: datetime) -> Pair:
    """A new authority that signs itself; `name` is who runs the site."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _subject(name, f"{_cut(name, COMMON - len(ROOT_SUFFIX))}{ROOT_SUFFIX}")
    usage = x509.KeyUsage(**_USAGE | {"key_cert_sign": True, "crl_sign": True})
    built = _builder(subject, subject, key.public_key(), starts, ends)
    built = built.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return _pair(key, built.add_extension(usage, critical=True).sign(key, hashes.SHA256()))


def signer(name: str, authority: Pair, starts: datetime, ends: datetime) -> Pair:
    """A new key that signs papers and answers under `authority`, and no certificates."""
    key = ec.generate_private_key(ec.SECP256R1())
    above = load(authority.certificate)
    usage = x509.KeyUsage(**_USAGE | {"digital_signature": True, "content_commitment": True})
    built = _builder(_subject(name, _cut(name, COMMON)), above.subject, key.public_key(), starts, ends)
    built = built.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    built = built.add_extension(usage, critical=True)
    above_id = above.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    issuer = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(above_id)
    return _pair(key, built.add_extension(issuer, critical=False).sign(private(authority.private), hashes.SHA256()))


def revoked_list(authority: Pair, revoked: Iterable[Revoked], at: datetime, until: datetime) -> bytes:
    """The CRL as DER: made `at`, to be fetched again by `until`. Its number is the moment, so that a later one is higher."""
    above = load(authority.certificate)
    built = x509.CertificateRevocationListBuilder().issuer_name(above.subject)
    built = built.last_update(_utc(at)).next_update(_utc(until))
    built = built.add_extension(x509.CRLNumber(int(_utc(at).timestamp())), critical=False)
    above_id = above.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    issuer = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(above_id)
    built = built.add_extension(issuer, critical=False)
    for one in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(load(one.certificate).serial_number)
        entry = entry.revocation_date(_utc(one.at)).add_extension(x509.CRLReason(REASONS[one.reason]), critical=False)
        built = built.add_revoked_certificate(entry.build())
    return built.sign(private(authority.private), hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def load(certificate: str) -> x509.Certificate:
    return x509.load_pem_x509_certificate(certificate.encode())


def private(pem: str) -> ec.EllipticCurvePrivateKey:
    """The key of a Pair, ready to sign."""
    return serialization.load_pem_private_key(pem.encode(), None)


def issued(authority: str, certificate: str) -> bool:
    """Did this authority issue the certificate? By the id of its key in both."""
    above = load(authority).extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    told = load(certificate).extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
    return told.key_identifier == above.digest


def named(certificate: str) -> str:
    """Whom it names."""
    return load(certificate).subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)[0].value


def fingerprint(certificate: str) -> str:
    """SHA-256 of the certificate, 64 hex characters."""
    return load(certificate).fingerprint(hashes.SHA256()).hex()


def _cut(name: str, most: int) -> str:
    """As much of a name as fits into so many bytes; the whole of it is the organisation's."""
    return name.encode()[:most].decode(errors="ignore")


def _subject(organisation: str, common: str) -> x509.Name:
    pairs = ((NameOID.ORGANIZATION_NAME, organisation[:ORGANISATION]), (NameOID.COMMON_NAME, common))
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in pairs])


def _builder(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, starts: datetime, ends: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(_utc(starts))
        .not_valid_after(_utc(ends))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _pair(key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> Pair:
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return Pair(key.private_bytes(*form).decode(), certificate.public_bytes(serialization.Encoding.PEM).decode())


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)
