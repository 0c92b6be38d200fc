"""学历注册: every check in one list, numbers without gaps or doubles, 公布 that locks, and 学历勘误 afterwards."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from tests.correcting import make_case, picture
from tests.desk import Desk
from tests.graduating import TOLD, begun, one_of, photographed, published, run, to_the_day
from tests.people import make_account, make_colleague, make_school
from webapp.domain import clock, defaults, notices, records, sessions
from webapp.domain.corrections import deciding
from webapp.domain.corrections.lifecycle import unseen_originals
from webapp.domain.enrolment import approvals, editing
from webapp.domain.graduation import numbers, passes, preparing, publishing, registering, years
from webapp.domain.permissions import SYSTEM
from webapp.domain.photos import deciding as of_photos
from webapp.domain.refused import Refused
from webapp.models.base import database, transaction
from webapp.models.corrections import Correction
from webapp.models.enrolment import Kept
from webapp.models.graduation import CertificateCounter, Graduate, GraduateFault, Graduation
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.journal import Event
from webapp.models.records import Record


@pytest.fixture
def desk(world, school) -> Desk:
    return Desk(world, school)


def refusal(call, *given, **more) -> str:
    with pytest.raises(Refused) as refused:
        call(*given, **more)
    return refused.value.code


def put(record: Record, **columns: object) -> Record:
    Record.update(columns).where(Record.id == record.id).execute()
    return Record.get_by_id(record.id)


def faults(record: Record) -> list[str]:
    return preparing.faults(one_of(record))


@pytest.mark.req("SCH-13", "IMG-18")
def test_every_failure_of_everybody_is_in_one_list_and_gone_once_it_is_put_right(desk):
    one, two, three, four, five, six, seven, *_, last = desk.school.records
    graduation = begun(desk)
    put(one, major="", sex="")
    put(two, level="top_up")
    put(three, status="A2")
    put(four, category="open")
    GraduationPhoto.update(state="waiting").where(GraduationPhoto.record == five).execute()
    GraduationPhoto.update(state="doubtful").where(GraduationPhoto.record == six).execute()
    approvals.flag(seven, "double")
    graduation = run(desk, graduation, "check")
    assert (graduation.working, graduation.done, graduation.total) == ("", 12, 12)
    wanted = {one: ["field_sex", "field_major"], two: ["prior_missing"], three: ["status"], four: ["number_codes"]}
    wanted |= {five: ["photo_unchecked"], six: ["photo_failing"], seven: ["double"], last: ["photo_missing"]}
    assert {record: faults(record) for record in wanted} == wanted
    assert sum(years.counts(graduation).faults.values()) == 9
    preparing.change(desk.actor, one_of(two), {"prior": "999981202406000001", "prior_school": "白沙学院"})
    photographed(desk, last)
    defaults.change("img.confirmed_first", False, SYSTEM)
    run(desk, graduation, "check")
    assert (faults(two), faults(last), faults(five)) == ([], [], [])
    preparing.change(desk.actor, one_of(two), {"prior": "999981202405000001"})
    run(desk, graduation, "check")
    assert faults(two) == ["prior_format"]


@pytest.mark.req("SCH-13")
def test_a_number_of_the_schools_own_has_its_structure_and_nobody_else_has_it(desk):
    one, two, three, *_ = desk.school.records
    graduation = begun(desk)
    number = "999991202705000777"
    for wrong, code in (
        ("99999120270500077", "certificate_format"),
        ("999991202605000777", "certificate_year"),
        ("999995202705000777", "certificate_type"),
        ("999991202706000777", "certificate_level"),
        ("888881202705000777", "certificate_school"),
    ):
        assert refusal(preparing.change, desk.actor, one_of(one), {"certificate": wrong}) == code
    lines = [f"{one.student_number} {number}", f"{two.student_number}，{number} 结业", f"{three.student_number} 结业", "1 毕业"]
    assert preparing.change_listed(desk.actor, graduation, lines) == (2, [lines[1], lines[3]])
    run(desk, graduation, "register")
    assert one_of(one).certificate == number and one_of(three).conclusion == "completed"
    assert Record.get(Record.certificate == number).natural == number
    assert refusal(preparing.remove, desk.actor, one_of(one)) == "moved_on"
    registering.take_back(desk.actor, one_of(one))
    assert refusal(preparing.remove, desk.actor, one_of(one)) == "number_given"
    assert not Record.select().where(Record.certificate == number).exists()
    run(desk, graduation, "register")
    assert one_of(one).state == "registered" and one_of(one).certificate == number


@pytest.mark.req("SCH-14")
def test_numbers_taken_by_many_at_once_have_neither_gap_nor_double(desk):
    graduation = begun(desk)
    put(desk.school.records[0], level="vocational")
    ids = [one.id for one in Graduate.select().order_by(Graduate.id)]

    def register(some: list[int]) -> int:
        try:
            return registering.register(desk.actor, graduation, some)
        finally:
            database.close()

    def give_back(_: object) -> None:
        try:
            with transaction():
                numbers.give(graduation, list(Graduate.select(Graduate, Record).join(Record, on=Graduate.record).limit(3)))
                raise Refused("moved_on")
        except Refused:
            pass
        finally:
            database.close()

    with ThreadPoolExecutor(6) as pool:
        done = [pool.submit(register, some) for some in (ids, ids[::-1], ids[:6], ids[6:])]
        broken = [pool.submit(give_back, n) for n in range(4)]
        assert sum(one.result() for one in done) == 11 and not any(one.result() for one in broken)
    found = sorted(one.certificate for one in Graduate.select().where(Graduate.state == "registered"))
    assert found == [f"999991202705{n:06d}" for n in range(1, 11)] + ["999991202706000001"]
    assert sorted(one.last for one in CertificateCounter.select()) == [1, 10]


@pytest.mark.req("SCH-14")
def test_numbers_that_a_roster_brought_are_left_out_and_the_last_one_is_the_end(desk):
    graduation = begun(desk)
    taken = desk.school.records[0]
    told = {name: value for name, value in taken.__data__.items() if name != "id"}
    Record.insert({**told, "key": "x" * 22, "kind": "qualification", "natural": "999991202705000002"}).execute()
    run(desk, graduation, "register")
    serials = sorted(int(one.certificate[-6:]) for one in Graduate.select().where(Graduate.certificate != ""))
    assert serials == [1, *range(3, 13)]
    CertificateCounter.update(last=numbers.SERIALS).execute()
    photographed(desk, desk.school.records[-1])
    ids = [one_of(desk.school.records[-1]).id]
    assert refusal(registering.register, desk.actor, graduation, ids) == "number_out"
    assert one_of(desk.school.records[-1]).state == "waiting"


@pytest.mark.req("SCH-15", "COR-07", "IMG-16")
def test_what_is_published_is_the_students_and_the_school_changes_nothing_more(desk):
    record, last = desk.school.records[0], desk.school.records[-1]
    account = make_account(record, "13800000001")
    records.bind(account)
    graduation = run(desk, begun(desk), "register")
    assert [one.kind for one in records.bind(account)] == ["enrolment"]
    assert refusal(publishing.ask, desk.actor, graduation, "12") == "typed_wrong"
    graduation = publishing.agree(desk.actor, publishing.ask(desk.actor, graduation, "11"))
    assert refusal(registering.take_back, desk.actor, one_of(record)) == "graduation_asked"
    to_the_day(desk)
    graduation = Graduation.by_key(graduation.key)
    assert (graduation.state, years.counts(graduation).states) == ("published", {"waiting": 1, "published": 11})
    record, made = Record.get_by_id(record.id), one_of(record).qualification
    assert record.status == "B1" and record.left_on == TOLD.day and None not in (record.published, made.published)
    assert [one.id for one in records.mine(account)] == [made.id, record.id]
    assert (made.name, made.document, made.certificate) == (record.name, record.document, one_of(record).certificate)
    assert "学历" in notices.page(account).rows[0].title
    photo = GraduationPhoto.get(GraduationPhoto.record == record)
    assert photo.state == "locked" and made.photo_id == photo.upload_id
    assert refusal(editing.edit, desk.actor, record, {"department": "软件系"}, "改") == "published"
    assert refusal(of_photos.send_back, photo, desk.actor, "换") == "moved_on"
    assert {one.field for one in Kept.select().where(Kept.record == record)} == {"status", "left_on"}
    assert Record.get_by_id(last.id).published is None
    photographed(desk, last)
    graduation = run(desk, graduation, "register")
    publishing.agree(desk.actor, publishing.ask(desk.actor, graduation, "1"))
    desk.world.work()
    assert one_of(last).state == "published"


@pytest.mark.req("SCH-15", "SCH-25")
def test_two_officers_agree_where_there_are_two_and_who_was_changed_since_stays_behind(desk):
    colleague = sessions.staff_actor(make_colleague(desk.school.unit, "he", "R"))
    graduation = run(desk, begun(desk), "register")
    graduation = publishing.ask(desk.actor, graduation, "11")
    assert refusal(publishing.agree, desk.actor, graduation) == "graduation_second"
    graduation = publishing.withdraw(colleague, graduation)
    changed = desk.school.records[1]
    editing.change(changed, {"major": "数学"}, desk.actor, "转专业", "8 号")
    graduation = publishing.agree(colleague, publishing.ask(desk.actor, graduation, "11"))
    to_the_day(desk)
    assert (one_of(changed).state, faults(changed)) == ("registered", ["changed"])
    assert Graduate.select().where(Graduate.state == "published").count() == 10
    registering.take_back(desk.actor, one_of(changed))
    run(desk, graduation, "register")
    assert one_of(changed).qualification.major == "数学"
    assert Event.select().where(Event.action == "graduate.publish").count() == 10


@pytest.mark.req("COR-08", "COR-07")
def test_the_public_data_change_by_the_provinces_word_alone(desk):
    graduation, case = published(desk), make_case(desk.world, desk.school)
    made = one_of(case.record).qualification
    assert refusal(editing.change, made, {"major": "数学"}, desk.actor, "改") == "published"
    case.record, after = made, "999991202705000900"
    sent = case.sent("certificate", "e_certificate", after)
    held = deciding.take(sent, desk.actor)
    for kind in unseen_originals(held):
        deciding.saw_original(held, desk.actor, kind, "行政楼 2002 室")
    assert refusal(deciding.agree, held, desk.actor) == "school_evidence_missing"
    deciding.bring(held, desk.actor, desk.files.keep(picture(), "correction_file"))
    case.yes(deciding.agree(held, desk.actor), "zheng", "省 1 号")
    assert Record.get_by_id(made.id).certificate != after and one_of(desk.school.record("林晓溪")).state == "published"
    case.yes(Correction.get(), "qian")
    found = one_of(desk.school.record("林晓溪"))
    now = Record.get_by_id(made.id)
    assert (found.state, found.certificate, now.certificate, now.natural) == ("corrected", after, after, after)
    assert years.counts(graduation).states == {"waiting": 1, "published": 10, "corrected": 1}


@pytest.mark.req("SCH-13", "SYS-09")
def test_nobody_of_another_school_comes_on_the_list_and_nobody_comes_twice(desk):
    far = make_school("88888", "白沙学院")
    graduation = begun(desk)
    assert (preparing.add(desk.actor, graduation, preparing.Choice()), Graduate.select().count()) == (0, 12)
    other = sessions.staff_actor(far.staff("ni-88888"))
    for call in (
        lambda: preparing.add(other, graduation, preparing.Choice()),
        lambda: passes.begin(other, graduation, "register"),
        lambda: years.arrange(other, graduation, TOLD),
        lambda: publishing.ask(other, graduation, ""),
        lambda: preparing.remove(other, one_of(desk.school.records[0])),
    ):
        assert refusal(call) in ("not_allowed", "graduation_nobody")
    assert refusal(years.begin, desk.actor, desk.school.unit, 2027, TOLD) == "graduation_exists"
    assert refusal(years.begin, desk.actor, far.unit, 2027, TOLD) == "not_allowed"
    passes.begin(desk.actor, graduation, "check")
    assert refusal(passes.begin, desk.actor, graduation, "register") == "graduation_working"
    years.arrange(desk.actor, Graduation.by_key(graduation.key), TOLD._replace(day=date(2027, 6, 25)))
    assert {one.day for one in Graduate.select()} == {date(2027, 6, 25)}
    assert GraduateFault.select().count() == 0 and clock.today() < TOLD.publish_on
