"""核查: an item's papers at a school or a province on this site, or at a school outside by letter."""

import threading

import pytest

from tests.certifying import Office, filed
from tests.certifying import office as make_office
from tests.people import make_colleague
from tests.reporting import Holder
from webapp.domain import clock, sessions
from webapp.domain.certification import checking, deciding, desk, steps
from webapp.domain.permissions import Actor
from webapp.domain.refused import Refused
from webapp.models.base import database
from webapp.models.certification import ApplicationItem
from webapp.models.checking import Checking
from webapp.models.messages import Notice
from webapp.models.school import Unit
from webapp.models.staff import Grant, Staff

WHERE = ("有没有这张证书", "北岭工学院", "北岭市学院路 3 号")


def in_hand(hers: Holder, office: Office) -> ApplicationItem:
    return deciding.accept(desk.take(filed(hers, office.agency), office.actor()), office.actor())


def province(code: str, login: str) -> Actor:
    at = clock.now()
    staff = Staff.create(login=login, name="省里人", password_hash="-", created=at, used=at)
    Grant.create(staff=staff, role="P", province=code, starts=at)
    return sessions.staff_actor(staff)


@pytest.mark.req("CRT-35")
def test_a_school_answers_for_itself_alone_and_the_applicant_reads_where_the_papers_went(hers: Holder, office: Office, school):
    item, unit = in_hand(hers, office), Unit.get_by_id(school.unit.id)
    mine = sessions.staff_actor(make_colleague(unit, "answers", "R"))
    other = Unit.create(name="远山大学", short="远山", seal="远", code="10999", province="41", created=clock.now())
    stranger = sessions.staff_actor(make_colleague(other, "elsewhere", "R"))
    assert [one.unit for one in checking.offices(item)] == [unit]
    with pytest.raises(Refused, match="office_missing"):
        checking.send(item, office.actor(), f"school:{other.key}", "对不对")
    with pytest.raises(Refused, match="question_missing"):
        checking.send(item, office.actor(), f"school:{unit.key}", " ")
    asked = checking.send(item, office.actor(), f"school:{unit.key}", "对不对")
    last = steps.told(item)[-1]
    assert (last.move, last.note, last.state) == ("check", unit.name, "checking")
    assert Notice.select().where(Notice.template == "certification_checking").exists()
    assert checking.asked(mine, asked.key) == asked and checking.asked(stranger, asked.key) is None
    assert checking.requests(stranger, "open").rows == []
    for actor, said, why in ((stranger, "same", "not_allowed"), (mine, "perhaps", "checking_answer")):
        with pytest.raises(Refused, match=why):
            checking.answer(asked, actor, said)
    with pytest.raises(Refused, match="not_allowed"):
        checking.file(asked, office.actor(), "same")  # what a school on this site says, it says itself
    done = checking.answer(asked, mine, "same")
    assert (done.state, done.by.login) == ("answered", "answers")
    assert ApplicationItem.get_by_id(item.id).state == "accepted"
    with pytest.raises(Refused, match="moved_on"):
        checking.answer(asked, mine, "differs")


@pytest.mark.req("CRT-35")
def test_a_province_answers_for_its_own_certificates(hers: Holder, office: Office):
    item, mine, stranger = in_hand(hers, office), province("33", "here"), province("41", "there")
    found = checking.send(item, office.actor(), "province:33", "有没有这所学校")
    assert checking.asked(stranger, found.key) is None
    assert [one.id for one in checking.requests(mine, "open").rows] == [found.id]
    assert checking.answer(found, mine, "unknown", "没有这所学校").answer == "unknown"


@pytest.mark.req("CRT-49")
def test_letters_of_an_agency_count_through_its_year_and_the_overdue_come_first(hers: Holder, office: Office, world):
    ready, items = threading.Barrier(3), [in_hand(hers, office) for _ in range(3)]

    def write(item: ApplicationItem) -> None:
        ready.wait()
        checking.write(item, office.actor(), *WHERE)
        database.close()

    threads = [threading.Thread(target=write, args=(item,)) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = sorted(one.number for one in Checking.select())
    assert numbers == [f"{clock.today():%Y}-{n:04d}" for n in (1, 2, 3)]
    late = Checking.get(Checking.number == numbers[1])
    Checking.update(due=clock.now()).where(Checking.id == late.id).execute()
    world.wait(minutes=1)
    assert checking.letters(office.actor()).rows[0].id == late.id
    stranger = make_office("别省学历认证中心", "2").actor()
    assert checking.letters(stranger).rows == []
    with pytest.raises(Refused, match="not_allowed"):
        checking.recall(late, stranger)
    assert checking.recall(late, office.actor()).state == "recalled"
    assert late.item.locked().state == "accepted"


def test_an_answer_that_comes_when_the_item_went_on_changes_nothing_but_itself(hers: Holder, office: Office):
    item = in_hand(hers, office)
    letter = checking.write(item, office.actor(), *WHERE)
    deciding.ask(desk.take(item, office.actor()), office.actor(), ("unclear",))
    assert checking.file(letter, office.actor(), "differs").state == "answered"
    assert item.locked().state == "supplement"
