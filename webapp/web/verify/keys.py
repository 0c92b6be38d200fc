"""签名密钥: which keys sign what this site issues, and how to check a signature without the site (R-RPT-05, SECURITY T26).

Not here: making and revoking them (`domain/signing.py`, `xuedang signing`).
"""

from flask import Response as File
from flask import abort, jsonify
from werkzeug.wrappers import Response

from webapp.domain import certificates, signing
from webapp.web.access import public
from webapp.web.page import show
from webapp.web.verify.blueprint import bp, host
from webapp.web.verify.words import KEYS, REASONS

WHY = "public keys, for whoever checks a signature"
FOUR = 4


@bp.get("/verify/keys")
@public(WHY)
def keys() -> Response:
    signers = [(key, certificates.named(key.certificate)) for key in signing.signers()]
    facts = {"root": signing.authority(), "signers": signers, "pills": KEYS, "reasons": REASONS}
    return show("verify/keys.html", **facts, grouped=grouped, host=host())


@bp.get("/verify/keys.json")
@public(WHY)
def key_set() -> File:
    """A JWK set, for who checks the answers of the machine interface."""
    return jsonify(signing.published())


@bp.get("/verify/ca.pem")
@public(WHY)
def authority() -> File:
    """The certificates of the authority and of those before it; the ones under them lie in what they signed."""
    roots = signing.roots() or abort(404)
    return _file("".join(root.certificate for root in roots).encode(), "application/x-pem-file", "ca.pem")


@bp.get("/verify/ca.crl")
@public(WHY)
def revoked() -> File:
    return _file(signing.revoked_list(signing.authority() or abort(404)), "application/pkix-crl", "ca.crl")


def grouped(fingerprint: str) -> str:
    """In fours, as it is compared by eye."""
    return " ".join(fingerprint[at : at + FOUR] for at in range(0, len(fingerprint), FOUR)).upper()


def _file(data: bytes, kind: str, name: str) -> File:
    answer = File(data, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-cache"
    return answer
