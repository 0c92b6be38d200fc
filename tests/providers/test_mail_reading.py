"""What people write, in whatever their mail programs make of it; and what no person wrote."""

import random

import pytest

from tests.letters import PHOTO, SUPPORT, letter, raw, with_photo
from webapp.domain.ports import Incoming
from webapp.providers import mail_reading

TEXT = "我的名字是王𬱖，登录不了"


def read(mail: object) -> Incoming:
    return mail_reading.read(mail if isinstance(mail, bytes) else mail.as_bytes(), {SUPPORT})


@pytest.mark.req("MSG-06")
@pytest.mark.parametrize("charset", ["gb2312", "GBK", "gb18030", "utf-8", '"x-gbk"', "unknown-8bit", "no-such-charset", ""])
def test_a_text_reads_in_every_charset_that_chinese_mails_say(charset: str) -> None:
    coded = TEXT.encode("utf-8" if charset in ("utf-8", "unknown-8bit") else "gb18030")
    kind = f"Content-Type: text/plain; charset={charset}" if charset else "Content-Type: text/plain"
    assert read(raw(coded, kind)).text == TEXT


def test_a_subject_reads_encoded_and_raw() -> None:
    assert read(raw(b"x", "Subject: =?GB2312?B?tcfCvM7KzOI=?= =?utf-8?q?=EF=BC=81?=")).subject == "登录问题！"
    head = b"From: lin@example.edu.cn\r\nSubject: " + "登录问题".encode("gbk") + b"\r\n\r\nx"
    assert read(head).subject == "登录问题"


def test_html_alone_becomes_words() -> None:
    body = "<p>登录&nbsp;不了</p><div>第二行<script>x</script></div>&lt;b&gt;"
    html = f"<html><head><style>p{{}}</style></head><body>{body}</body></html>"
    mail = read(raw(html.encode(), "Content-Type: text/html; charset=utf-8"))
    assert [line.strip() for line in mail.text.split("\n") if line.strip()] == ["登录 不了", "第二行", "<b>"]


@pytest.mark.parametrize(
    "quoted",
    [
        "------------------ 原始邮件 ------------------\n发件人: 学籍科",
        "在2026年11月16日，学籍科写道：\n> 你好",
        "On Mon, 16 Nov 2026 at 10:00, Office wrote:\n> hello",
        "> 你好\n> 第二行",
        "发件人：学籍科\n发送时间：昨天",
    ],
)
def test_what_a_mail_quotes_is_left_out(quoted: str) -> None:
    assert read(letter(f"还是不行\n\n{quoted}")).text == "还是不行"


def test_a_mail_that_only_quotes_is_kept_whole() -> None:
    assert "转来的话" in read(letter("> 转来的话")).text


@pytest.mark.req("MSG-06")
def test_pictures_are_taken_out_and_other_files_are_only_named_as_cut() -> None:
    mail = read(with_photo(letter()))
    assert (mail.pictures, mail.cut) == ((PHOTO,), False)
    assert "photo" not in mail.text
    more = letter()
    for n in range(7):
        with_photo(more, PHOTO + bytes([n]))
    assert (len(read(more).pictures), read(more).cut) == (5, True)
    other = letter()
    other.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="a.jpg")
    assert (read(other).pictures, read(other).cut) == ((), True)


@pytest.mark.req("MSG-06")
@pytest.mark.parametrize(
    "mail",
    [
        letter(Auto_Submitted="auto-replied"),
        letter(Precedence="bulk"),
        letter(List_Id="<all.example.edu.cn>"),
        letter(Return_Path="<>"),
        letter(sender="no-reply@example.edu.cn"),
        letter(sender="MAILER-DAEMON@example.edu.cn"),
        letter(sender=SUPPORT),
        raw(b"x", "Content-Type: multipart/report; boundary=b"),
    ],
)
def test_what_a_machine_wrote_is_known(mail: object) -> None:
    assert read(mail).automatic


def test_a_person_who_says_no_machine_is_a_person() -> None:
    assert not read(letter(Auto_Submitted="no")).automatic
    assert not read(letter()).automatic


def test_a_mail_of_nested_parts_ends() -> None:
    body = b"".join(b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (n, n + 1) for n in range(2000))
    assert read(raw(body, "Content-Type: multipart/mixed; boundary=b0")).text == ""


def test_no_bytes_break_the_reading() -> None:
    draw, whole = random.Random(8), with_photo(letter(TEXT)).as_bytes()
    for _ in range(400):
        data = bytearray(whole[: draw.randrange(1, len(whole))])
        for _ in range(draw.randrange(20)):
            data[draw.randrange(len(data))] = draw.randrange(256)
        mail = read(bytes(data))
        assert len(mail.text) <= mail_reading.CHARACTERS
        assert "\x00" not in mail.text
