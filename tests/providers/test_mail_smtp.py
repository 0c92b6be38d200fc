"""Mail against a real SMTP server on the loopback."""

import asyncio
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from webapp.domain.ports import Attachment, Unavailable
from webapp.providers.mail_smtp import SmtpMail

SENDER = "学档账号 <no-reply@example.edu.cn>"
MAIL = ("lin@example.edu.cn", "确认邮箱", "打开链接，按「确认」。\n.\n一个点不结束邮件\n" + "长" * 900, "job-1")


class Box:
    """Keeps what comes; `answers` says what to reply to RCPT and DATA."""

    def __init__(self):
        self.mails, self.answers = [], {}

    async def handle_RCPT(self, server, session, envelope, address, options):
        if "RCPT" not in self.answers:
            envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 OK")

    async def handle_QUIT(self, server, session, envelope):
        return self.answers.get("QUIT", "221 Bye")

    async def handle_DATA(self, server, session, envelope):
        if self.answers.get("DATA") == "drop":
            server.transport.abort()
        elif "DATA" not in self.answers:
            self.mails.append((envelope, message_from_bytes(envelope.content, policy=policy.default), session))
        return self.answers.get("DATA", "250 OK")


def authenticated(server, session, envelope, mechanism, data):
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"user", b"p@ss/:")
    return AuthResult(success=right, handled=False)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A self-made certificate for 127.0.0.1: the file, and the two sides' contexts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    plain = serialization.NoEncryption()
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + made.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(path)
    return server, ssl.create_default_context(cafile=path)


@pytest.fixture
def serve():
    """Start a server; gives its box and port."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    running = []

    def start(ssl_context=None, **options):
        box = Box()
        opening = loop.create_server(
            lambda: SMTP(box, hostname="localhost", loop=loop, **options), "127.0.0.1", 0, ssl=ssl_context
        )
        running.append(asyncio.run_coroutine_threadsafe(opening, loop).result())
        return box, running[-1].sockets[0].getsockname()[1]

    yield start
    for server in running:
        loop.call_soon_threadsafe(server.close)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def test_a_mail_arrives_as_it_was_written(serve):
    box, port = serve()
    SmtpMail(f"smtp://127.0.0.1:{port}", SENDER).send(*MAIL)
    ((envelope, mail, _),) = box.mails
    assert (envelope.mail_from, envelope.rcpt_tos) == ("no-reply@example.edu.cn", ["lin@example.edu.cn"])
    assert mail["From"].addresses[0].display_name == "学档账号"
    assert (mail["To"], mail["Subject"]) == ("lin@example.edu.cn", "确认邮箱")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime.tzinfo is not None
    assert mail.get_content().replace("\r\n", "\n").rstrip("\n") == MAIL[2]
    assert max(len(line) for line in envelope.content.split(b"\r\n")) <= 998


@pytest.mark.req("RPT-22")
def test_a_file_travels_beside_the_text(serve):
    box, port = serve()
    SmtpMail(f"smtp://127.0.0.1:{port}", SENDER).send(*MAIL, [Attachment("report-1.pdf", "application/pdf", b"%PDF-\x00\xff")])
    ((_, mail, _),) = box.mails
    (beside,) = mail.iter_attachments()
    assert (beside.get_filename(), beside.get_content_type(), beside.get_content()) == (
        "report-1.pdf",
        "application/pdf",
        b"%PDF-\x00\xff",
    )
    assert mail.get_body().get_content().replace("\r\n", "\n").rstrip("\n") == MAIL[2]


def test_the_same_job_gives_the_same_message_id_and_does_not_show_itself(serve):
    box, port = serve()
    smtp = SmtpMail(f"smtp://127.0.0.1:{port}", SENDER)
    for reference in ("job-1", "job-1", "job-2"):
        smtp.send(*MAIL[:3], reference)
    first, again, other = [mail["Message-ID"] for _, mail, _ in box.mails]
    assert first == again != other
    assert "job-1" not in first


def test_a_subject_cannot_add_a_header(serve):
    box, port = serve()
    SmtpMail(f"smtp://127.0.0.1:{port}", SENDER).send(MAIL[0], "你好\r\nBcc: all@example.edu.cn", "text", "job-1")
    ((envelope, mail, _),) = box.mails
    assert envelope.rcpt_tos == ["lin@example.edu.cn"]
    assert mail["Bcc"] is None
    assert mail["Subject"] == "你好 Bcc: all@example.edu.cn"


@pytest.mark.parametrize(
    "to",
    [
        "lin@example.edu.cn\r\nBcc: all@example.edu.cn",
        "lin@example.edu.cn, all@example.edu.cn",
        "lin@example.edu.cn>\r\nRCPT TO:<all@example.edu.cn",
        "林 <lin@example.edu.cn>",
        "lin",
        "@example.edu.cn",
        "",
    ],
)
def test_what_is_not_one_address_gets_nothing(serve, to):
    box, port = serve()
    with pytest.raises(Unavailable) as no:
        SmtpMail(f"smtp://127.0.0.1:{port}", SENDER).send(to, *MAIL[1:])
    assert (no.value.reason, no.value.retry, box.mails) == ("receiver", False, [])


def test_a_chinese_domain_travels_as_idna(serve):
    box, port = serve()
    SmtpMail(f"smtp://127.0.0.1:{port}", SENDER).send("lin@例子.example", *MAIL[1:])
    assert box.mails[0][0].rcpt_tos == ["lin@xn--fsqu00a.example"]


@pytest.mark.parametrize(
    ("step", "answer", "reason", "retry", "unknown"),
    [
        ("RCPT", "450 mailbox busy", "receiver", True, False),
        ("RCPT", "550 no such user", "receiver", False, False),
        ("DATA", "451 try later", "fault", True, False),
        ("DATA", "554 refused", "fault", False, False),
        ("DATA", "drop", "network", True, True),
    ],
)
def test_each_answer_says_whether_to_try_again(serve, step, answer, reason, retry, unknown):
    box, port = serve()
    box.answers[step] = answer
    with pytest.raises(Unavailable) as no:
        SmtpMail(f"smtp://127.0.0.1:{port}", SENDER).send(*MAIL)
    assert (no.value.reason, no.value.retry, no.value.unknown) == (reason, retry, unknown)
    assert "lin@" not in str(no.value)


def test_a_mail_that_was_taken_is_sent_whatever_follows(serve):
    box, port = serve()
    box.answers["QUIT"] = "451 no"
    SmtpMail(f"smtp://127.0.0.1:{port}", SENDER).send(*MAIL)
    assert len(box.mails) == 1


def test_a_server_that_is_down_may_be_up_later():
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        smtp = SmtpMail(f"smtp://127.0.0.1:{nobody.getsockname()[1]}", SENDER)
        with pytest.raises(Unavailable) as no:
            smtp.send(*MAIL)
    assert (no.value.reason, no.value.retry, no.value.unknown) == ("network", True, False)


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_password_and_mail_travel_over_tls(serve, certificate, scheme):
    server, client = certificate
    tls = {"ssl_context": server} if scheme == "smtps" else {"tls_context": server, "require_starttls": True}
    login = {"authenticator": authenticated, "auth_require_tls": scheme != "smtps"}
    box, port = serve(**tls, **login)
    SmtpMail(f"{scheme}://user:p%40ss%2F%3A@localhost:{port}", SENDER, client).send(*MAIL)
    assert [session.authenticated for _, _, session in box.mails] == [True]

    with pytest.raises(Unavailable) as no:
        SmtpMail(f"{scheme}://user:wrong@localhost:{port}", SENDER, client).send(*MAIL)
    assert (no.value.reason, no.value.retry) == ("setup", False)

    with pytest.raises(Unavailable) as no:
        SmtpMail(f"{scheme}://user:p%40ss%2F%3A@localhost:{port}", SENDER).send(*MAIL)
    assert (no.value.reason, no.value.detail) == ("network", "tls"), "a certificate that nobody vouches for"


def test_a_server_without_starttls_does_not_get_the_password(serve):
    box, port = serve()
    with pytest.raises(Unavailable) as no:
        SmtpMail(f"smtp+starttls://user:pass@127.0.0.1:{port}", SENDER).send(*MAIL)
    assert (no.value.reason, no.value.retry, box.mails) == ("setup", False, [])


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("smtp://user:pass@mail.example.edu.cn", SENDER),
        ("smtps://user:%E5%AD%97@mail.example.edu.cn", SENDER),
        ("http://mail.example.edu.cn", SENDER),
        ("smtps://", SENDER),
        ("smtps://mail.example.edu.cn", "学档"),
        ("smtps://mail.example.edu.cn", ""),
    ],
)
def test_a_wrong_setup_does_not_start(url, sender):
    with pytest.raises(ValueError):
        SmtpMail(url, sender)
