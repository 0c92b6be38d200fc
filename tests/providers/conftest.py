"""The vendors as they behave, on the loopback: they check signatures their own way and fail on demand."""

import hmac
import json
import socket
import threading
from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote, urlsplit

import pytest

from webapp.providers.images_pillow import PillowImages

KEY_ID, KEY_SECRET = "test-key-id", "test-key-secret"


def signature(secret: bytes, *steps: str) -> str:
    for step in steps[:-1]:
        secret = hmac.digest(secret, step.encode(), "sha256")
    return hmac.new(secret, steps[-1].encode(), sha256).hexdigest()


def told(authorization: str, separator: str) -> dict[str, str]:
    """The parts of an Authorization header, as the vendor reads them."""
    algorithm, _, rest = authorization.partition(" ")
    return {"algorithm": algorithm} | dict(part.split("=", 1) for part in rest.split(separator))


class Vendor(ThreadingHTTPServer):
    """Plays `mode`: ok, refuse (with `code` and `message`), 500, 429, slow, garbage, list, drop, redirect, endless."""

    daemon_threads = True

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.mode, self.code, self.message = "ok", "", ""
        self.received: list[dict] = []
        self.free = threading.Event()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Vendor

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        play = getattr(self, f"play_{self.server.mode}", None)
        if play:
            self.server.received.append({})
            return play()
        if not self.signed(body):
            return self.answer(400, self.refusal("SignatureDoesNotMatch", "what you signed is not what came"))
        message = self.message(body)
        self.server.received.append(message)
        if self.server.mode == "refuse":
            return self.answer(200, self.refusal(self.server.code, self.server.message))
        return self.answer(200, self.success(message))

    def answer(self, status: int, content: object) -> None:
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def play_500(self) -> None:
        self.answer(500, {"Code": "InternalError"})

    def play_429(self) -> None:
        self.answer(429, {})

    def play_slow(self) -> None:
        self.server.free.wait(30)

    def play_garbage(self) -> None:
        self.answer(200, b"<html>gateway</html>")

    def play_list(self) -> None:
        self.answer(200, [{"Code": "OK"}])

    def play_odd(self) -> None:
        self.answer(200, {"Response": {"SendStatusSet": []}, "Code": None})

    def play_endless(self) -> None:
        self.answer(200, b" " * 1_000_000 + b"{}")

    def play_drop(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)

    def play_redirect(self) -> None:
        self.send_response(302)
        self.send_header("Location", f"{self.server.endpoint}/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        self.server.received.append({"followed": self.path})
        self.answer(200, {"Code": "OK"})

    def log_message(self, *args: object) -> None:
        """Quiet."""


class Aliyun(Handler):
    """Checks ACS3-HMAC-SHA256 from what arrived, decoded and canonicalised anew."""

    def signed(self, body: bytes) -> bool:
        parts = told(self.headers["Authorization"], ",")
        url = urlsplit(self.path)
        query = "&".join(
            f"{quote(key, safe='')}={quote(value, safe='')}"
            for key, value in sorted(parse_qsl(url.query, keep_blank_values=True))
        )
        names = parts["SignedHeaders"].split(";")
        canonical = "\n".join(
            [
                self.command,
                url.path,
                query,
                "".join(f"{name}:{self.headers[name].strip()}\n" for name in names),
                parts["SignedHeaders"],
                sha256(body).hexdigest(),
            ]
        )
        due = {"host", "x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256"}
        text = f"ACS3-HMAC-SHA256\n{sha256(canonical.encode()).hexdigest()}"
        return (
            due <= set(names)
            and names == sorted(names)
            and self.headers["x-acs-content-sha256"] == sha256(body).hexdigest()
            and (self.headers["x-acs-action"], self.headers["x-acs-version"]) == ("SendSms", "2017-05-25")
            and parts["algorithm"] == "ACS3-HMAC-SHA256"
            and parts["Credential"] == KEY_ID
            and parts["Signature"] == signature(KEY_SECRET.encode(), text)
        )

    def message(self, body: bytes) -> dict:
        return dict(parse_qsl(urlsplit(self.path).query))

    def success(self, message: dict) -> dict:
        return {"Code": "OK", "Message": "OK", "BizId": "900619746936498440^0", "RequestId": "F655A8D5"}

    def refusal(self, code: str, message: str) -> dict:
        return {"Code": code, "Message": message, "RequestId": "F655A8D5"}


class Tencent(Handler):
    """Checks TC3-HMAC-SHA256 from what arrived."""

    def signed(self, body: bytes) -> bool:
        parts = told(self.headers["Authorization"], ", ")
        key_id, day, service, ending = parts["Credential"].split("/")
        names = parts["SignedHeaders"].split(";")
        lines = "".join(f"{name}:{self.headers[name].strip().lower()}\n" for name in names)
        canonical = "\n".join(["POST", self.path, "", lines, parts["SignedHeaders"], sha256(body).hexdigest()])
        text = "\n".join(
            [
                "TC3-HMAC-SHA256",
                self.headers["X-TC-Timestamp"],
                f"{day}/{service}/{ending}",
                sha256(canonical.encode()).hexdigest(),
            ]
        )
        return (
            {"content-type", "host"} <= set(names)
            and (self.headers["X-TC-Action"], self.headers["X-TC-Version"]) == ("SendSms", "2021-01-11")
            and bool(self.headers["X-TC-Region"])
            and (key_id, service, ending) == (KEY_ID, "sms", "tc3_request")
            and parts["Signature"] == signature(f"TC3{KEY_SECRET}".encode(), day, service, ending, text)
        )

    def message(self, body: bytes) -> dict:
        return json.loads(body)

    def success(self, message: dict) -> dict:
        status = {
            "SerialNo": "5000:1045710669157053657849499619",
            "PhoneNumber": message["PhoneNumberSet"][0],
            "Fee": 1,
            "SessionContext": message["SessionContext"],
            "Code": "Ok",
            "Message": "send success",
            "IsoCode": "CN",
        }
        return {"Response": {"SendStatusSet": [status], "RequestId": "a0aabda6"}}

    def refusal(self, code: str, message: str) -> dict:
        if code.startswith(("LimitExceeded.PhoneNumber", "FailedOperation")):
            status = {"SerialNo": "", "Fee": 0, "Code": code, "Message": message}
            return {"Response": {"SendStatusSet": [status], "RequestId": "a0aabda6"}}
        return {"Response": {"Error": {"Code": code, "Message": message}, "RequestId": "a0aabda6"}}


class FaceCheck(Handler):
    """A vendor of face checks who knows one school; `verdict` of the server is what it answers, as it stands."""

    def signed(self, body: bytes) -> bool:
        told = f"{self.headers['X-Timestamp']}\n{sha256(body).hexdigest()}"
        wanted = hmac.new(KEY_SECRET.encode(), told.encode(), sha256).hexdigest()
        return self.headers["X-Key"] == "school" and hmac.compare_digest(self.headers["X-Signature"], wanted)

    def message(self, body: bytes) -> dict:
        return json.loads(body)

    def refusal(self, code: str, message: str) -> dict:
        return {"error": code}

    def success(self, message: dict) -> dict:
        return {"reference": message["reference"], **self.server.verdict}


def running(handler: type[Handler]) -> Iterator[Vendor]:
    vendor = Vendor(handler)
    thread = threading.Thread(target=vendor.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield vendor
    vendor.free.set()
    vendor.shutdown()
    vendor.server_close()
    thread.join()


@pytest.fixture
def aliyun() -> Iterator[Vendor]:
    yield from running(Aliyun)


@pytest.fixture
def tencent() -> Iterator[Vendor]:
    yield from running(Tencent)


@pytest.fixture
def face_vendor() -> Iterator[Vendor]:
    for vendor in running(FaceCheck):
        vendor.verdict = {"passed": True, "score": 97.4}
        yield vendor


@pytest.fixture
def keys() -> tuple[str, str]:
    """The key id and the key secret that the vendors know."""
    return KEY_ID, KEY_SECRET


@pytest.fixture(scope="session")
def images() -> Iterator[PillowImages]:
    """The image child, kept for many tests as in the worker."""
    made = PillowImages()
    yield made
    made.close()
