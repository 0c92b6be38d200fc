"""咨询: what a question needs, when it is due, who answers, when it is over, and what of it is seen by whom."""

from datetime import datetime, timedelta

import pytest

from tests.desk import Desk
from tests.people import School, make_account, make_school
from tests.world import World
from webapp.domain import clock, notices, sessions
from webapp.domain.permissions import student
from webapp.domain.refused import Refused
from webapp.domain.tickets import answering, asking, listing
from webapp.domain.tickets.asking import Question
from webapp.jobs import tickets as job
from webapp.models.accounts import Account
from webapp.models.journal import Event
from webapp.models.photos import Upload
from webapp.models.staff import Grant, Staff
from webapp.models.tickets import Attachment, Post, Ticket

TEXT = "登录页一直说密码不对，已经改过两次了"
RECORDS = Question("records", TEXT)


@pytest.fixture
def xi(world: World, school: School) -> Account:
    record = school.record("林晓溪")
    account = make_account(record, "13800000001")
    record.account = account
    record.save()
    return account


@pytest.fixture
def visitors() -> Question:
    return Question("account", TEXT, username="13800000001", contact="Xi@example.edu.cn")


def picture(world: World, school: School) -> Upload:
    return Desk(world, school).files.keep(b"\xff\xd8\xff", "ticket_file", expires=clock.now() + asking.UNNAMED)


def colleague(school: School, login: str = "ni") -> tuple:
    staff = school.staff(login)
    return sessions.staff_actor(staff), staff


def refusal(asked: Question, files: int = 0, account: Account | None = None) -> str:
    with pytest.raises(Refused) as refused:
        asking.look_over(asked, files, account)
    return refused.value.code


@pytest.mark.req("MSG-03")
def test_a_question_has_ten_to_a_thousand_characters_and_five_pictures_at_most(xi: Account) -> None:
    for text, code in (("", "ticket_text"), ("密" * 9, "ticket_short"), ("密" * 1001, "ticket_long")):
        assert refusal(Question("records", text), account=xi) == code
    assert refusal(RECORDS, files=6, account=xi) == "ticket_files"
    assert refusal(Question("nothing", TEXT), account=xi) == "ticket_category"
    for text in ("密" * 10, "密" * 1000):
        asking.look_over(Question("records", text), 5, xi)


@pytest.mark.req("MSG-04")
def test_a_request_for_support_names_what_it_lacks(xi: Account, visitors: Question) -> None:
    assert refusal(Question("account", TEXT, contact="xi@example.edu.cn"), 1) == "ticket_username"
    assert refusal(visitors, 0) == "ticket_screenshot"
    assert refusal(Question("site", TEXT), 0, xi) == "ticket_screenshot"
    assert refusal(Question("records", TEXT, contact="nobody"), 0) == "email_format"
    asking.look_over(visitors, 1, None)


@pytest.mark.req("MSG-05")
def test_it_is_due_after_three_working_days_and_asking_on_begins_them_anew(world: World, school: School, xi: Account) -> None:
    ticket = asking.ask(RECORDS, (), xi)
    assert ticket.due == datetime(2026, 11, 19, 15, 59, 59)  # Monday the 16th: until Thursday night in China
    world.wait(days=1)
    asking.follow(ticket, "补充一句：换了浏览器也一样", ())
    assert Ticket.by_key(ticket.key).due == ticket.due
    actor, staff = colleague(school)
    answering.answer(answering.take(ticket, actor, staff), actor, staff, "已经看过，今晚恢复")
    world.wait(days=1)
    asking.follow(Ticket.by_key(ticket.key), "还是不行，又试了一次", ())
    assert Ticket.by_key(ticket.key).due == datetime(2026, 11, 23, 15, 59, 59)


@pytest.mark.req("MSG-01", "MSG-03")
def test_question_answer_and_more_stay_in_one_thread_and_each_change_is_told(world: World, school: School, xi: Account) -> None:
    ticket = asking.ask(RECORDS, [picture(world, school)], xi)
    actor, staff = colleague(school)
    answering.answer(answering.take(ticket, actor, staff), actor, staff, "已经看过，今晚恢复")
    asking.follow(Ticket.by_key(ticket.key), "还是不行，又试了一次", ())
    answering.close(Ticket.by_key(ticket.key), actor, staff, "转到线下办理")
    assert [post.text for post in listing.posts(ticket)] == [TEXT, "已经看过，今晚恢复", "还是不行，又试了一次", "转到线下办理"]
    titles = [one.title for one in notices.page(xi).rows]
    assert titles == ["你的咨询关闭了", "你的咨询有答复了", "你的咨询收到了"]
    assert {one.link for one in notices.page(xi).rows} == {f"/ask/{ticket.key}"}
    assert any(line.startswith("SMS") and "有答复了" in line for line in world.outbox())
    with pytest.raises(Refused, match="ticket_over"):
        asking.follow(Ticket.by_key(ticket.key), "还有一个问题要问", ())


def test_a_form_sent_twice_makes_one_question(world: World, xi: Account) -> None:
    assert asking.ask(RECORDS, (), xi) == asking.ask(RECORDS, (), xi)
    world.wait(minutes=11)
    asking.ask(RECORDS, (), xi)
    assert Ticket.select().count() == 2


def test_who_asks_all_day_is_told_when_to_go_on(xi: Account, visitors: Question) -> None:
    for n in range(10):
        asking.ask(Question("records", f"{TEXT}{n}"), (), xi)
    with pytest.raises(Refused, match="ask_limit"):
        asking.ask(Question("records", "第十一个问题，还是登录不了"), (), xi)


@pytest.mark.req("MSG-05")
def test_one_colleague_answers_and_another_has_it_handed_over(school: School, xi: Account) -> None:
    ticket = asking.ask(RECORDS, (), xi)
    (ni, staff), mate = colleague(school), add_support(school, "hu")
    with pytest.raises(Refused, match="ticket_held"):
        answering.answer(ticket, ni, staff, "没有接手就答复")
    ticket = answering.take(ticket, ni, staff)
    other = sessions.staff_actor(mate)
    with pytest.raises(Refused, match="ticket_held"):
        answering.take(ticket, other, mate)
    ticket = answering.hand_over(ticket, ni, mate)
    with pytest.raises(Refused, match="ticket_held"):
        answering.answer(ticket, ni, staff, "转出去以后还想答复")
    assert answering.answer(ticket, other, mate, "由我来答复").state == "answered"
    assert {one.login for one in listing.colleagues(ticket)} == {"ni", "hu"}


def test_a_student_moves_nobodys_question_as_the_office(school: School, xi: Account) -> None:
    ticket = asking.ask(RECORDS, (), xi)
    for verb in (answering.take, answering.hand_over):
        with pytest.raises(Refused, match="not_allowed"):
            verb(ticket, student(xi.key), school.staff("ni"))


@pytest.mark.req("MSG-05")
def test_a_late_question_is_history_and_its_leads_are_told_once_a_day(world: World, school: School, xi: Account) -> None:
    admin = school.staff("admin")
    admin.email = "admin@example.edu.cn"
    admin.save()
    for n in range(2):
        asking.ask(Question("records", f"{TEXT}{n}"), (), xi)
    job.watch_due_times(world.worker.outside)
    assert Event.select().where(Event.action == "ticket.escalate").count() == 0
    world.wait(days=5)
    job.watch_due_times(world.worker.outside)
    job.watch_due_times(world.worker.outside)
    assert Event.select().where(Event.action == "ticket.escalate").count() == 2
    assert sum("过了答复期限" in line for line in world.outbox()) == 1
    assert listing.counts(colleague(school)[0].grants) == {"waiting": 2, "late": 2}


def test_a_week_after_the_answer_the_question_is_over_and_later_its_pictures_go(
    world: World, school: School, xi: Account
) -> None:
    ticket = asking.ask(RECORDS, [picture(world, school)], xi)
    assert Upload.get().expires is None
    actor, staff = colleague(school)
    answering.answer(answering.take(ticket, actor, staff), actor, staff, "已经看过，今晚恢复")
    world.wait(days=6)
    job.watch_due_times(world.worker.outside)
    assert Ticket.by_key(ticket.key).state == "answered"
    world.wait(days=2)
    job.watch_due_times(world.worker.outside)
    assert Ticket.by_key(ticket.key).state == "closed"
    assert Upload.get().expires == clock.now() + timedelta(days=90)
    assert notices.page(xi).rows[0].title == "你的咨询结束了"


def test_a_visitor_is_answered_by_mail_and_comes_back_by_its_link(world: World, school: School, visitors: Question) -> None:
    ticket = asking.ask(visitors, [picture(world, school)], None)
    token = world.link("xi@example.edu.cn").rpartition("/")[2]
    assert asking.by_token(token) == ticket
    assert asking.by_token(token[:-2] + ("A" if token[-2] != "A" else "B") + token[-1]) is None
    actor, staff = colleague(school)
    answering.answer(answering.take(ticket, actor, staff), actor, staff, "密码已经解锁，重新登录")
    assert any(line.startswith("MAIL xi@example.edu.cn") and "密码已经解锁" in line for line in world.outbox())


@pytest.mark.req("MSG-14")
def test_numbers_and_addresses_in_a_text_are_masked() -> None:
    said = "我是 110105200805120043，手机13800000001，写到 lin.xiaoxi@example.edu.cn，学号 20260101001 不变"
    assert listing.masked(said) == "我是 1*****3，手机138****0001，写到 l***@example.edu.cn，学号 20260101001 不变"


@pytest.mark.req("MSG-14")
def test_the_full_values_are_for_who_answers_with_a_reason_in_history(school: School, xi: Account) -> None:
    ticket = asking.ask(RECORDS, (), xi)
    actor, staff = colleague(school)
    for reason, code in (("curious", "ticket_reason"), ("call", "ticket_held")):
        with pytest.raises(Refused, match=code):
            answering.reveal(ticket, actor, reason)
    answering.reveal(answering.take(ticket, actor, staff), actor, "call")
    assert Event.select().order_by(Event.seq.desc()).first().action == "ticket.reveal"


def test_questions_of_another_school_are_not_there(world: World, school: School, xi: Account, visitors: Question) -> None:
    far = make_school("99998", "海川学院")
    hers, nobodys = asking.ask(RECORDS, (), xi), asking.ask(visitors, [picture(world, school)], None)
    assert (hers.unit, nobodys.unit) == (school.unit, None)
    grants = colleague(far, "ni-99998")[0].grants
    assert listing.reach(grants, hers.key) is None
    assert listing.reach(grants, nobodys.key) == nobodys
    assert [one.key for one in listing.queue(grants, ("waiting",)).rows] == [nobodys.key]
    assert listing.queue((), ("waiting",)).rows == []


def test_what_is_written_is_sealed(xi: Account, visitors: Question, world: World, school: School) -> None:
    ticket = asking.ask(visitors, [picture(world, school)], None)
    held = Ticket.by_key(ticket.key).__dict__["__data__"]
    assert "example" not in held["contact"]
    assert "138" not in held["username"][8:]
    assert TEXT not in Post.get().__dict__["__data__"]["text"]
    assert Attachment.select().count() == 1


def add_support(school: School, login: str) -> Staff:
    """A colleague who only supports (客服)."""
    at = clock.now()
    made = Staff.create(login=login, name="胡老师", password_hash="", created=at, used=at)
    Grant.create(staff=made, role="H", unit=school.unit, starts=at - timedelta(days=1))
    return made
