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

from tests.certifying import Office
from tests.members import keeper
from tests.people import School
from tests.world import World
from webapp.domain import certificates, clock, defaults, journal, sessions, signing
from webapp.domain.certification import signatures
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.models.base import database
from webapp.models.certification import Agency
from webapp.models.journal import Event
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


@pytest.mark.req("CRT-48")
def test_an_agency_has_a_key_whose_certificate_names_it_under_the_sites_authority(office: Office) -> None:
    assert signing.signer(office.agency).kid == signing.signer().kid
    made = signing.rotate(office.agency)
    told = signing.signer(office.agency)
    assert told.kid == made.kid != signing.signer().kid
    assert certificates.named(told.certificate) == office.agency.name
    authority = certificates.load(signing.authority().certificate)
    certificates.load(told.certificate).verify_directly_issued_by(authority)
    (raw,) = database.execute_sql(f"SELECT private FROM signing_key WHERE owner = '{office.agency.key}'").fetchone()
    assert raw.startswith("v1:")
    assert [key["kid"] for key in signing.published()["keys"]] == [signing.signer().kid]


@pytest.mark.req("CRT-48", "RPT-05")
@pytest.mark.parametrize("name", ["溪" * 60, "A" * 60, "青溪省教育厅高等学校学历学位认证与就业服务指导中心"])
def test_a_certificate_has_the_whole_of_a_long_name(office: Office, name: str) -> None:
    defaults.change("site.name", name, SYSTEM)
    Agency.update(name=name).execute()
    signing.rotate(office.agency)
    for told in (signing.signer(), signing.signer(office.agency)):
        assert certificates.named(told.certificate) == certificates.named(told.chain[0]) == name


@pytest.mark.req("CRT-48")
def test_the_key_of_an_agency_is_followed_as_the_sites_is_and_takes_its_new_name(world: World, office: Office) -> None:
    first = signing.rotate(office.agency).kid
    Agency.update(name="青溪省教育认证中心").execute()
    agency = Agency.get()
    world.wait(days=2 * 365 - 200)
    assert signing.signer(agency).kid == first
    world.wait(days=1)
    after = signing.signer(agency)
    assert (after.kid != first, certificates.named(after.certificate)) == (True, "青溪省教育认证中心")
    assert [(key.state, key.private is None) for key in signing.of(agency)] == [("current", False), ("retired", True)]
    assert signing.current() is None, "nobody made one for the site"


@pytest.mark.req("CRT-48")
def test_a_key_is_handed_out_with_the_authority_that_issued_it(world: World, office: Office) -> None:
    site, before = signing.signer(), signing.authority().kid
    world.wait(days=400)
    signing.rotate()
    world.wait(days=16 * 365 - 300)
    site = signing.signer()
    world.wait(days=366)
    signing.rotate(office.agency)
    assert signing.authority().kid != before
    for told in (signing.signer(office.agency), signing.signer(), site):
        certificates.load(told.certificate).verify_directly_issued_by(certificates.load(told.chain[0]))


@pytest.mark.req("CRT-48")
@pytest.mark.parametrize(("reason", "own"), [("compromise", True), ("superseded", True), ("ended", False)])
def test_a_revoked_key_of_an_agency_is_followed_unless_the_agency_ended_it(office: Office, reason: str, own: bool) -> None:
    gone = signing.rotate(office.agency)
    signing.revoke(gone.kid, reason)
    now = signing.current(office.agency)
    assert (now is not None, signing.signer(office.agency).kid == signing.signer().kid) == (own, not own)
    (entry,) = x509.load_der_x509_crl(signing.revoked_list(signing.authority()))
    assert entry.serial_number == certificates.load(gone.certificate).serial_number
    again = signing.rotate(office.agency)
    assert signing.signer(office.agency).kid == again.kid


@pytest.mark.req("CRT-48")
def test_keys_of_an_agency_are_made_once_by_who_keeps_the_site_and_an_event_tells_who(office: Office) -> None:
    boss, agency = sessions.staff_actor(keeper()), office.agency
    first = signatures.make(boss, agency, "")
    site = signing.signer().kid
    for verb, code in (
        (lambda: signatures.make(boss, agency, ""), "moved_on"),
        (lambda: signatures.make(office.actor("lead"), agency, first.kid), "not_allowed"),
        (lambda: signatures.revoke(office.actor("lead"), agency, first.kid, "ended"), "not_allowed"),
        (lambda: signatures.revoke(boss, agency, site, "ended"), "signing_key_unknown"),
        (lambda: signatures.revoke(boss, agency, first.kid, "because"), "signing_reason"),
    ):
        with pytest.raises(Refused, match=code):
            verb()
    second = signatures.make(boss, agency, first.kid)
    signatures.revoke(boss, agency, first.kid, "superseded")
    assert signing.current(agency).kid == second.kid
    events = Event.select().where(Event.action.startswith("signing_key."), Event.actor == boss.name).order_by(Event.seq)
    assert [event.action.partition(".")[2] for event in events] == ["make", "retire", "make", "revoke"]
    *broken, _read = journal.verify()
    assert not broken
