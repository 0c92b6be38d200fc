"""The instance's own authority, its signing keys one after the other, and what they sign besides papers."""

import json
from base64 import urlsafe_b64decode
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from tests.people import School
from tests.world import World
from webapp.domain import certificates, clock, journal, signing
from webapp.domain.refused import Refused
from webapp.models.base import database
from webapp.models.signing import SigningKey


def opened(part: str) -> dict[str, object]:
    return json.loads(urlsafe_b64decode(part + "=="))


def checks(token: str, published: dict) -> bool:
    """What who got a signed answer does: find the key by its id, and check with that alone."""
    head, body, signature = token.split(".")
    found = [key for key in published["keys"] if key["kid"] == opened(head)["kid"]]
    if not found:
        return False
    x, y = (int.from_bytes(urlsafe_b64decode(found[0][name] + "=")) for name in ("x", "y"))
    raw = urlsafe_b64decode(signature + "==")
    told = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    try:
        ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key().verify(
            told, f"{head}.{body}".encode(), ec.ECDSA(hashes.SHA256())
        )
    except InvalidSignature:
        return False
    return True


@pytest.mark.req("RPT-05")
def test_the_first_need_makes_an_authority_and_a_signer_under_it(school: School) -> None:
    first, again = signing.signer(), signing.signer()
    assert (first.kid, first.private) == (again.kid, again.private)
    authority, signer = certificates.load(first.chain[0]), certificates.load(first.certificate)
    signer.verify_directly_issued_by(authority)
    authority.verify_directly_issued_by(authority)
    assert authority.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert not signer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert signer.not_valid_after_utc - signer.not_valid_before_utc == timedelta(days=731)
    assert SigningKey.select().count() == 2


def test_a_private_key_lies_sealed_and_is_gone_once_the_key_signs_no_more(school: School) -> None:
    kid = signing.signer().kid
    (raw,) = database.execute_sql("SELECT private FROM signing_key WHERE part = 'signer'").fetchone()
    assert raw.startswith("v1:")
    signing.rotate()
    before = signing.find(kid)
    assert (before.state, before.private, before.stopped) == ("retired", None, clock.now())


def test_a_signer_is_followed_before_the_longest_report_outlives_it(world: World, school: School) -> None:
    first = signing.signer().kid
    world.wait(days=2 * 365 - 200)
    assert signing.signer().kid == first
    world.wait(days=1)
    assert signing.signer().kid != first
    assert [key.state for key in signing.signers()] == ["current", "retired"]


def test_an_authority_is_followed_before_a_signer_outlives_it(world: World, school: School) -> None:
    signing.signer()
    first = signing.authority()
    world.wait(days=17 * 365 + 1)
    told = signing.signer()
    assert signing.authority().kid != first.kid
    certificates.load(told.certificate).verify_directly_issued_by(certificates.load(told.chain[0]))
    assert [root.state for root in signing.roots()] == ["current", "retired"]


@pytest.mark.req("RPT-26")
def test_a_signed_answer_is_checked_with_the_published_keys_until_its_key_is_revoked(school: School) -> None:
    token = signing.sign_json({"verdict": "valid", "name": "林晓溪"})
    assert opened(token.split(".")[1]) == {"verdict": "valid", "name": "林晓溪"}
    assert checks(token, signing.published())
    signing.rotate()
    assert checks(token, signing.published())
    head, _body, signature = token.split(".")
    other = signing.sign_json({"verdict": "valid", "name": "何苗"}).split(".")[1]
    assert not checks(".".join((head, other, signature)), signing.published())
    signing.revoke(opened(head)["kid"], "compromise")
    assert not checks(token, signing.published())


def test_a_revocation_is_listed_with_its_reason_and_another_key_signs_at_once(world: World, school: School) -> None:
    told = signing.signer()
    world.wait(hours=1)
    signing.revoke(told.kid, "compromise")
    assert signing.signer().kid != told.kid
    revoked = x509.load_der_x509_crl(signing.revoked_list(signing.authority()))
    assert revoked.is_signature_valid(certificates.load(told.chain[0]).public_key())
    (entry,) = revoked
    assert entry.serial_number == certificates.load(told.certificate).serial_number
    assert entry.extensions.get_extension_for_class(x509.CRLReason).value.reason == x509.ReasonFlags.key_compromise
    *broken, _read = journal.verify()
    assert not broken


def test_a_key_is_revoked_once_for_a_known_reason_and_the_authority_never(school: School) -> None:
    kid = signing.signer().kid
    with pytest.raises(Refused, match="signing_reason"):
        signing.revoke(kid, "because")
    for unknown in ("0" * 16, signing.authority().kid, "%"):
        with pytest.raises(Refused, match="signing_key_unknown"):
            signing.revoke(unknown, "ended")
    signing.revoke(kid, "ended")
    with pytest.raises(Refused, match="moved_on"):
        signing.revoke(kid, "ended")
