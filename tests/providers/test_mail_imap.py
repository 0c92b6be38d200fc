"""The support address's mail box on a real Dovecot. Collected with `--dovecot` alone."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.dovecot import USER, Dovecot
from tests.letters import PHOTO, SUPPORT, letter, raw, with_photo
from webapp.domain.ports import Incoming, Unavailable
from webapp.providers import mail_imap
from webapp.providers.mail_imap import ImapInbox

LOGIN = "support%40example.edu.cn:p%40ss%2F%3Aword"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-made certificate for 127.0.0.1 and its key, in one file."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    built = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    built = built.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = built.add_extension(names, critical=False).sign(key, hashes.SHA256())
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    path.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain) + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture(scope="module")
def server(certificate: Path) -> Iterator[Dovecot]:
    with TemporaryDirectory(prefix="xuedang-dovecot-") as folder:
        Path(folder).chmod(0o755)
        with Dovecot(Path(folder), certificate) as started:
            yield started


@pytest.fixture
def box(server: Dovecot) -> Dovecot:
    server.empty()
    return server


def collect(inbox: ImapInbox, taken: bool = True, most: int = 20) -> list[Incoming]:
    found: list[Incoming] = []
    inbox.collect(lambda mail: found.append(mail) or taken, most)
    return found


def at(box: Dovecot, scheme: str = "imap", context: ssl.SSLContext | None = None, **more: str) -> ImapInbox:
    port = box.tls if scheme == "imaps" else box.port
    return ImapInbox(f"{scheme}://{more.get('login', LOGIN)}@127.0.0.1:{port}{more.get('path', '')}", (SUPPORT,), context)


@pytest.mark.req("MSG-06")
def test_what_was_taken_is_gone_from_the_box_and_what_was_not_is_read(box: Dovecot) -> None:
    box.deliver(with_photo(letter("登录不了，提示密码不对")))
    assert [(mail.sender, mail.text, mail.pictures) for mail in collect(at(box))] == [
        ("lin@example.edu.cn", "登录不了，提示密码不对", (PHOTO,))
    ]
    assert box.left() == []
    box.deliver(letter("第二封"))
    collect(at(box), taken=False)
    assert [r"\Seen" in flags for flags in box.left()] == [True]
    assert collect(at(box)) == []


def test_a_fault_in_the_middle_leaves_the_mail_new(box: Dovecot) -> None:
    box.deliver(letter())

    def full_disk(mail: Incoming) -> bool:
        raise RuntimeError("no space left")

    with pytest.raises(RuntimeError):
        at(box).collect(full_disk, 20)
    assert [r"\Seen" in flags for flags in box.left()] == [False]
    assert len(collect(at(box))) == 1


def test_a_round_has_an_end_and_the_next_goes_on(box: Dovecot) -> None:
    for n in range(5):
        box.deliver(letter(f"第 {n} 封"))
    assert [mail.text for mail in collect(at(box), most=3)] == ["第 0 封", "第 1 封", "第 2 封"]
    assert [mail.text for mail in collect(at(box), most=3)] == ["第 3 封", "第 4 封"]


def test_mails_in_gbk_and_in_html_come_through(box: Dovecot) -> None:
    box.deliver(raw("王𬱖登录不了".encode("gb18030"), "Content-Type: text/plain; charset=gb2312"))
    box.deliver(raw("<p>登录不了</p>".encode("gbk"), "Content-Type: text/html; charset=GBK"))
    assert [mail.text for mail in collect(at(box))] == ["王𬱖登录不了", "登录不了"]


def test_of_a_huge_mail_only_the_head_is_fetched(box: Dovecot) -> None:
    box.deliver(raw(b"x" * (mail_imap.LARGEST + 1), "Subject: =?utf-8?b?5b6I5aSn?="))
    (mail,) = collect(at(box))
    assert (mail.subject, mail.text, mail.cut) == ("很大", "", True)
    assert box.left() == []


@pytest.mark.parametrize("scheme", ["imaps", "imap+starttls"])
def test_the_way_there_is_encrypted_and_the_certificate_is_checked(box: Dovecot, certificate: Path, scheme: str) -> None:
    box.deliver(letter())
    with pytest.raises(Unavailable, match="network"):
        collect(at(box, scheme))
    assert len(collect(at(box, scheme, ssl.create_default_context(cafile=certificate)))) == 1


def test_a_wrong_password_a_missing_folder_and_a_silent_port_are_told_apart(box: Dovecot) -> None:
    for inbox in (at(box, login="support:wrong"), at(box, path="/Nowhere")):
        with pytest.raises(Unavailable, match="setup") as fault:
            collect(inbox)
        assert not fault.value.retry
        assert "wrong" not in str(fault.value)
    with pytest.raises(Unavailable, match="network") as fault:
        collect(ImapInbox(f"imap://{LOGIN}@127.0.0.1:9"))
    assert fault.value.retry


def test_a_password_never_travels_in_clear_to_another_machine() -> None:
    for url in (f"imap://{LOGIN}@mail.example.edu.cn", "imaps://mail.example.edu.cn", "https://a@b", ""):
        with pytest.raises(ValueError, match="inbox_url"):
            ImapInbox(url)
    assert USER == SUPPORT
