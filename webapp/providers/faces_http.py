"""A face check by a vendor: one signed JSON request with the frames, one answer (R-RPV-12).

It is not bound to a vendor: who sells another protocol is put behind a small gateway that speaks this one
(`docs/self-hosting.md`).
"""

import hmac
import json
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Self
from urllib.parse import urlsplit

from webapp.domain import clock
from webapp.domain.face_port import FAULTS, Shots, Verdict, Wanted
from webapp.domain.ports import Unavailable
from webapp.providers.gateway import Gateway


def signature(secret: str, moment: str, body: bytes) -> str:
    """HMAC-SHA256 over the moment (seconds since 1970), a line end and the SHA-256 of the body, 64 hex characters."""
    return hmac.digest(secret.encode(), f"{moment}\n{sha256(body).hexdigest()}".encode(), "sha256").hex()


class HttpFaces:
    """Fits `Faces`. `url` is where requests are posted; `key` names the school there, `secret` signs."""

    def __init__(self, url: str, key: str, secret: str) -> None:
        """ValueError where one is missing, or the address is not https (http to this machine)."""
        if not (url and key and secret):
            raise ValueError("http needs faces_url, faces_key and faces_secret")
        parts = urlsplit(url)
        self.gateway, self.path = Gateway(f"{parts.scheme}://{parts.netloc}"), parts.path or "/"
        self.key, self._secret = key, secret

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Uses faces_url, faces_key, faces_secret."""
        return cls(settings.faces_url, settings.faces_key, settings.faces_secret)

    def online(self) -> bool:
        """See `face_port.Faces`."""
        return True

    def name(self) -> str:
        """See `face_port.Faces`."""
        return "http"

    def judge(self, shots: Sequence[Shots], wanted: Wanted, reference: str) -> Verdict:
        """See `face_port.Faces`. An answer about another request than this one counts as none."""
        body = json.dumps(_request(shots, wanted, reference)).encode()
        moment = str(clock.seconds(clock.now()))
        headers = {
            "Content-Type": "application/json",
            "X-Key": self.key,
            "X-Timestamp": moment,
            "X-Signature": signature(self._secret, moment, body),
        }
        return _verdict(self.gateway.post(self.path, headers, body), reference)

    def close(self) -> None:
        """There is nothing to end."""


def _request(shots: Sequence[Shots], wanted: Wanted, reference: str) -> dict[str, Any]:
    return {
        "reference": reference,
        "name": wanted.name,
        "document": wanted.document,
        "country": wanted.country,
        "picture": b64encode(wanted.picture).decode(),
        "frames": [{"prompt": one.prompt, "jpegs": [b64encode(jpeg).decode() for jpeg in one.jpegs]} for one in shots],
    }


def _verdict(answer: dict[str, Any], reference: str) -> Verdict:
    """What the answer says. Raises Unavailable for an error, or where it makes no sense."""
    if "error" in answer:
        raise Unavailable("setup", retry=False, detail=str(answer["error"])[:80])
    passed, score, why = answer.get("passed"), answer.get("score"), answer.get("why", "")
    whole = isinstance(passed, bool) and type(score) in (int, float) and 0 <= score <= 100
    if not whole or answer.get("reference") != reference or (not passed and why not in FAULTS):
        raise Unavailable("fault", retry=True, detail="garbage")
    return Verdict(passed, round(score), "" if passed else why)
