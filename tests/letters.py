"""Made-up mails of students, as bytes: in the charsets and shapes in which mail programs send them."""

from email.message import EmailMessage
from hashlib import sha256

SUPPORT = "support@example.edu.cn"
PHOTO = b"\xff\xd8\xff\xe0" + b"a photo of a card" * 20


def letter(
    text: str = "登录不了，提示密码不对", subject: str = "登录问题", sender: str = "lin@example.edu.cn", **headers: str
) -> EmailMessage:
    """A plain mail."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"林 <{sender}>", SUPPORT, subject
    digest = sha256((text + subject + sender).encode()).hexdigest()
    mail["Message-ID"] = f"<{digest[:20]}@example.edu.cn>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def with_photo(mail: EmailMessage, data: bytes = PHOTO, name: str = "身份证.jpg") -> EmailMessage:
    mail.add_attachment(data, maintype="image", subtype="jpeg", filename=name)
    return mail


def raw(body: bytes, *headers: str, sender: str = "lin@example.edu.cn") -> bytes:
    """A mail whose bytes are exactly these."""
    head = [f"From: {sender}", f"To: {SUPPORT}", *headers]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body
