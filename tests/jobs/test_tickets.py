"""Mails to the support address: each becomes a question or goes on with one, its pictures evidence; nothing loops."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.letters import SUPPORT, letter, raw, with_photo
from tests.people import School
from tests.providers.pictures import drawing, file
from tests.world import World
from webapp.domain import sessions
from webapp.domain.tickets import answering, letters, listing
from webapp.jobs import tickets as job
from webapp.models.photos import Upload
from webapp.models.tickets import Letter, Post, Ticket
from webapp.providers.inbox_folder import FolderInbox


class Box:
    """The folder that stands in for the mail box: `put` a mail, `read` them all."""

    def __init__(self, world: World) -> None:
        self.world, self.folder = world, Path(world.settings.data_dir) / "inbox"
        self.folder.mkdir()
        self.outside = replace(world.worker.outside, inbox=FolderInbox(self.folder, (SUPPORT,)))
        self.sent = 0

    def put(self, mail: object) -> "Box":
        self.sent += 1
        (self.folder / f"{self.sent:03}.eml").write_bytes(mail if isinstance(mail, bytes) else mail.as_bytes())
        return self

    def read(self) -> list[str]:
        """What is left in the box afterwards."""
        job.collect_mails(self.outside)
        self.world.work()
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def box(world: World, school: School) -> Box:
    return Box(world)


def answered(school: School, text: str = "带证件来一趟") -> None:
    actor, staff = sessions.staff_actor(school.staff("ni")), school.staff("ni")
    answering.answer(answering.take(Ticket.get(), actor, staff), actor, staff, text)


@pytest.mark.req("MSG-06")
def test_a_mail_becomes_a_question_and_its_picture_sealed_evidence(box: Box) -> None:
    assert box.put(with_photo(letter("用户名：13800000001\n登录不了，提示密码不对"), file(drawing()))).read() == []
    ticket = Ticket.get()
    assert (ticket.source, ticket.contact, ticket.username) == ("mail", "lin@example.edu.cn", "13800000001")
    assert listing.posts(ticket)[0].text == "登录问题\n\n用户名：13800000001\n登录不了，提示密码不对"
    ((picture,),) = listing.files(ticket).values()
    assert (picture.state, picture.expires, picture.purpose) == ("clean", None, "ticket_file")
    mails = [line for line in box.world.outbox() if line.startswith("MAIL lin@example.edu.cn")]
    assert len(mails) == 1
    assert f"[#{ticket.code}]" in mails[0]
    assert "还缺" not in mails[0]


@pytest.mark.req("MSG-04", "MSG-06")
def test_the_answer_to_a_mail_says_what_it_lacks(box: Box) -> None:
    box.put(letter()).read()
    mail = next(line for line in box.world.outbox() if line.startswith("MAIL lin@example.edu.cn"))
    assert "还缺这些" in mail
    assert "· 用户名" in mail
    assert "· 问题页面截图" in mail


@pytest.mark.req("MSG-06")
@pytest.mark.parametrize(
    "line", ["回复邮箱：new@example.edu.cn", "联系邮箱 new@example.edu.cn。", "Reply to: New@example.edu.cn"]
)
def test_the_reply_goes_to_the_address_that_the_text_states(box: Box, line: str) -> None:
    box.put(letter(f"登录不了，提示密码不对\n{line}")).read()
    assert Ticket.get().contact == "new@example.edu.cn"


def test_an_address_in_the_text_that_nobody_asked_to_be_answered_at_is_none() -> None:
    assert letters.stated("我用 xi@example.edu.cn 登录不了") is None


@pytest.mark.req("MSG-03", "MSG-06")
def test_an_answer_by_mail_goes_on_with_its_thread_if_it_comes_from_whom_it_was_sent_to(box: Box, school: School) -> None:
    box.put(letter()).read()
    answered(school)
    code = Ticket.get().code
    box.put(letter("还是不行", f"回复：[#{code}] 你的咨询有答复了")).read()
    assert (Ticket.select().count(), Ticket.get().state, Post.select().count()) == (1, "waiting", 3)
    box.put(letter("我来看看别人的", f"Re: [#{code}]", sender="mallory@example.edu.cn")).read()
    assert (Ticket.select().count(), Post.select().where(Post.ticket == Ticket.get(Ticket.code == code)).count()) == (2, 3)


def test_an_answer_to_a_question_that_is_over_begins_another(box: Box, school: School) -> None:
    box.put(letter()).read()
    answered(school)
    answering.expire(Ticket.get())
    box.put(letter("还是不行", f"Re: [#{Ticket.get().code}]")).read()
    assert Ticket.select().count() == 2


@pytest.mark.req("MSG-06")
def test_what_machines_write_is_left_and_nobody_is_answered(box: Box) -> None:
    box.put(letter(Auto_Submitted="auto-replied")).put(letter(sender=SUPPORT)).put(raw(b"x", sender="<>"))
    assert box.read() == ["001.left", "002.left", "003.left"]
    assert (Ticket.select().count(), box.world.outbox()) == (0, [])


def test_a_mail_is_taken_once_even_if_the_box_still_has_it(box: Box) -> None:
    box.put(letter()).read()
    assert box.put(letter()).read() == []
    assert Ticket.select().count() == 1


def test_who_writes_all_day_is_left_for_a_person_to_look_at(box: Box) -> None:
    for n in range(6):
        box.put(letter(f"第 {n} 封，登录不了"))
    assert box.read() == ["006.left"]
    assert [one.why for one in Letter.select().order_by(Letter.id)] == ["taken"] * 5 + ["limit"]
    assert sum(line.startswith("MAIL lin@") for line in box.world.outbox()) == 3


def test_a_mail_that_nobody_can_read_stops_nothing(box: Box) -> None:
    box.put(b"\x00\xff" * 500).put(b"").put(letter())
    assert box.read() == ["001.left", "002.left"]
    assert Ticket.select().count() == 1


def test_an_english_mail_is_answered_in_english(box: Box) -> None:
    box.put(letter("I cannot sign in any more.", "Sign-in")).read()
    assert any("Your question arrived" in line for line in box.world.outbox())


def test_without_a_mail_box_nothing_is_asked(world: World) -> None:
    job.collect_mails(world.worker.outside)
    assert (Letter.select().count(), Upload.select().count()) == (0, 0)
