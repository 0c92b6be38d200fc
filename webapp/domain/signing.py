"""签名密钥: the authority of this instance, the keys that sign reports now, the site's and agencies', and those before them
(R-RPT-05, R-CRT-48, SECURITY T26).

Not here: certificates themselves (`certificates.py`), nor the signature in a PDF (`providers/pdf_child.py`).
"""

from base64 import urlsafe_b64encode
from datetime import datetime, timedelta

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from peewee import IntegrityError

from webapp.domain import certificates, clock, defaults, journal
from webapp.domain.certificates import Pair, Revoked
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import SYSTEM, Actor
from webapp.domain.ports import Signing
from webapp.domain.refused import Refused
from webapp.models.base import transaction
from webapp.models.certification import Agency
from webapp.models.signing import SigningKey

YEARS = {"root": timedelta(days=20 * 365), "signer": timedelta(days=2 * 365)}
"""How long a certificate is good."""

LEFT = {"root": timedelta(days=3 * 365), "signer": timedelta(days=200)}
"""A key with less left is followed by a fresh one: a signer outlives the longest report, six months, and a root its signer."""

BEFORE = timedelta(days=1)
"""A certificate is good from the day before, for readers whose clock is behind."""

LISTED = timedelta(days=30)
"""For how long a list of revoked certificates may be kept by who fetched it."""

KEY = Lifecycle(
    SigningKey,
    Move("retire", ("current",), "retired"),
    Move("revoke", ("current", "retired"), "revoked"),
)
"""在用, 已停用, 已吊销. A key that signs no more is destroyed; its certificate stays."""


def signer(agency: Agency | None = None) -> Signing:
    """The key that signs now, with its certificates: the agency's own, where it has one; else the site's, which is made at
    first need, with the authority above it."""
    key = (agency and _fresh("signer", agency)) or _fresh("signer")
    return Signing(key.kid, key.private, key.certificate, (_above(key).certificate,))


def current(agency: Agency | None = None) -> SigningKey | None:
    """The site's key, or the agency's own, that signs now; None without one."""
    return _current("signer", agency)


def authority() -> SigningKey | None:
    """The root of this instance, None before anything was signed. Every key that is made now is under it."""
    return _current("root")


def rotate(agency: Agency | None = None, actor: Actor = SYSTEM) -> SigningKey:
    """密钥轮换: another key signs from now on; what the one before signed stays good. An agency's first one is made so too, and
    its certificate has the name that the agency has now."""
    with transaction():
        agency = agency and agency.locked()
        return _followed("signer", _current("signer", agency), agency, actor)


def revoke(kid: str, reason: str, actor: Actor = SYSTEM) -> SigningKey:
    """吊销: nothing that this key signed is good any more, whatever day it tells; another signs from now on. For an agency that
    `ended` its own, that other one is the site's.

    Without the word of a third party nobody can tell when a stolen key signed, so there is no "before". The reports that it
    signed are signed anew by a job (`jobs/reports.py`). Raises Refused: signing_key_unknown, signing_reason, moved_on.
    """
    if reason not in certificates.REASONS:
        raise Refused("signing_reason", reason=reason, reasons=", ".join(certificates.REASONS))
    key = find(kid)
    if key is None or key.part != "signer":
        raise Refused("signing_key_unknown", kid=kid)
    with transaction():
        agency = owner(key)
        in_use = key.locked().state == "current"
        told = {"kid": key.kid, "reason": reason}
        key = KEY.move(key, "revoke", actor, detail=told, stopped=clock.now(), reason=reason, private=None)
        if in_use and agency is not None and reason == "ended":
            Agency.update(signing=None).where(Agency.id == agency.id).execute()
        elif in_use:
            _made("signer", agency, actor)
    return key


def find(kid: str) -> SigningKey | None:
    """A key by its id, or by its whole fingerprint."""
    named = SigningKey.fingerprint.startswith(kid) if len(kid) == 16 else SigningKey.fingerprint == kid
    return SigningKey.get_or_none(named)


def signers() -> list[SigningKey]:
    """Every key that ever signed papers, the site's and agencies', newest first."""
    return _every("signer")


def of(agency: Agency) -> list[SigningKey]:
    """Every key that an agency ever had, newest first."""
    return [key for key in signers() if key.owner == agency.key]


def owner(key: SigningKey) -> Agency | None:
    """The agency whose key it is, None for the site's."""
    return Agency.by_key(key.owner) if key.owner else None


def roots() -> list[SigningKey]:
    """Every authority that there was, newest first."""
    return _every("root")


def revoked_list(above: SigningKey) -> bytes:
    """The CRL of this authority as DER, signed now."""
    gone = [Revoked(key.certificate, key.stopped, key.reason) for key in signers() if key.state == "revoked"]
    at = clock.now()
    return certificates.revoked_list(Pair(above.private, above.certificate), gone, at, at + LISTED)


def sign_json(payload: dict[str, object]) -> str:
    """A JWS of the payload in its compact form (RFC 7515, ES256); its head names the key: `kid`, as on the page of keys."""
    told = signer()
    head = {"alg": "ES256", "kid": told.kid, "typ": "JWT"}
    signed = b".".join(_url_safe(journal.canonical(part).encode()) for part in (head, payload))
    r, s = decode_dss_signature(certificates.private(told.private).sign(signed, ec.ECDSA(hashes.SHA256())))
    return b".".join((signed, _url_safe(r.to_bytes(32) + s.to_bytes(32)))).decode()


def published() -> dict[str, list[dict[str, object]]]:
    """The site's keys that are good, as a JWK set (RFC 7517): with these, who got a signed answer checks it."""
    return {"keys": [_jwk(key) for key in signers() if key.state != "revoked" and not key.owner]}


def _jwk(key: SigningKey) -> dict[str, object]:
    point = certificates.load(key.certificate).public_key().public_numbers()
    x, y = (_url_safe(part.to_bytes(32)).decode() for part in (point.x, point.y))
    return {"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": key.kid, "x": x, "y": y}


def _current(part: str, agency: Agency | None = None) -> SigningKey | None:
    if agency is not None:
        return SigningKey.select().join(Agency, on=(Agency.signing == SigningKey.id)).where(Agency.id == agency.id).first()
    return SigningKey.get_or_none((SigningKey.part == part) & (SigningKey.state == "current") & (SigningKey.owner == ""))


def _above(key: SigningKey) -> SigningKey:
    """The authority that issued its certificate: not always the one of now, which an agency's key may be the first under."""
    return next(root for root in roots() if certificates.issued(root.certificate, key.certificate))


def _every(part: str) -> list[SigningKey]:
    query = SigningKey.select().where(SigningKey.part == part)
    return list(query.order_by(SigningKey.made.desc(), SigningKey.id.desc()))


def _fresh(part: str, agency: Agency | None = None) -> SigningKey | None:
    """The current key of a part, or the one that follows it, or the first; an agency's first is made by hand alone."""
    key = _current(part, agency)
    if key is None and agency is not None:
        return None
    if key is not None and key.ends - clock.now() >= LEFT[part]:
        return key
    try:
        return _followed(part, key, agency)
    except (IntegrityError, Refused):  # another thread made it meanwhile
        return _current(part, agency)


def _followed(part: str, key: SigningKey | None, agency: Agency | None = None, actor: Actor = SYSTEM) -> SigningKey:
    with transaction():
        if key is not None:
            KEY.move(key, "retire", actor, detail={"kid": key.kid}, stopped=clock.now(), private=None)
        return _made(part, agency, actor)


def _made(part: str, agency: Agency | None = None, actor: Actor = SYSTEM) -> SigningKey:
    at = clock.now()
    ends = at + YEARS[part]
    with transaction():
        name, owner = (agency.name, agency.key) if agency else (defaults.site("zh")["name"], "")
        pair = _pair(part, name, at - BEFORE, ends)
        key = SigningKey(part=part, certificate=pair.certificate, made=at, ends=ends, owner=owner)
        key.private, key.fingerprint = pair.private, certificates.fingerprint(pair.certificate)
        key.save(force_insert=True)
        if agency is not None:
            Agency.update(signing=key).where(Agency.id == agency.id).execute()
        told = {"agency": owner} if owner else {}
        journal.record("signing_key.make", actor.name, key, part=part, kid=key.kid, **told)
    return key


def _pair(part: str, name: str, starts: datetime, ends: datetime) -> Pair:
    if part == "root":
        return certificates.root(name, starts, ends)
    above = _fresh("root")
    return certificates.signer(name, Pair(above.private, above.certificate), starts, ends)


def _url_safe(data: bytes) -> bytes:
    return urlsafe_b64encode(data).rstrip(b"=")
