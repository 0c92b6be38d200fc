"""What a hostile walk through corrections, enrolments, photos and their lists found, tried again at the same doors.

Not here: what is tried at every door alike (`test_matrix.py`, `test_doors.py`, `test_inputs.py`).
"""

import threading

import pytest

from tests.correcting import Case, make_case, picture
from tests.desk import Desk, roster, student
from tests.graduating import one_listed, photographed
from tests.graduation import named, packed, photo
from tests.people import School, make_account, make_school
from tests.person import Person
from tests.world import World
from webapp.domain import clock, permissions
from webapp.domain.corrections import asking, deciding, lifecycle
from webapp.domain.enrolment import approvals, registering
from webapp.domain.imports import batches
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.base import database
from webapp.models.corrections import Correction, Evidence
from webapp.models.enrolment import Approval
from webapp.models.imports import Finding
from webapp.models.records import Record, View


@pytest.fixture
def case(world: World, school: School) -> Case:
    return make_case(world, school)


@pytest.fixture
def desk(world: World, school: School) -> Desk:
    return Desk(world, school)


@pytest.fixture
def officer(person, world: World, school: School) -> Person:
    return world.log_in(person(), school.staff("ni"))


def refusal(verb, *args, **more) -> str:
    with pytest.raises(Refused) as refused:
        verb(*args, **more)
    return refused.value.code


def publish(record: Record) -> None:
    Record.update(published=clock.now()).where(Record.id == record.id).execute()


def fresh(row):
    return type(row).get_by_id(row.id)


@pytest.mark.req("COR-07", "SCH-15")
def test_a_roster_changes_nothing_of_a_published_record(desk):
    desk.bring(roster(student(1), student(2), student(3)))
    first, later, other = Record.select().where(Record.student_number.startswith("002026")).order_by(Record.id)
    publish(first)
    said = {"姓名": "假名", "联系电话": "13800009999"}
    batch = desk.upload(roster(*(student(n, **said) for n in (1, 2, 3))))
    assert {group: batches.counts(batch)[group] for group in ("frozen", "changed")} == {"frozen": 1, "changed": 2}
    publish(later)
    desk.confirm(batch, "换了一份名册")
    assert [fresh(one).name for one in (first, later, other)] == [first.name, later.name, "假名"]
    assert [fresh(one).phone for one in (first, later, other)] == [first.phone, later.phone, "13800009999"]


@pytest.mark.req("SCH-24", "COR-07")
def test_taking_an_import_back_leaves_whom_somebody_works_with(desk, world):
    batch = desk.bring(roster(*(student(n) for n in range(1, 5))))
    listed, asked, public, free = Record.select().where(Record.batch == batch).order_by(Record.id)
    one_listed(desk.actor, listed)
    publish(public)
    holder = make_account(asked, "13800008801", person_proved=clock.now(), person_proved_by="desk")
    Record.update(account=holder, bound_how="auto").where(Record.id == asked.id).execute()
    asking.begin(holder, permissions.student(holder.key), fresh(asked), "major", "school_major")
    assert desk.undo(batch).state == "undone"
    left = {one.id for one in Record.select().where(Record.student_number.startswith("002026"))}
    assert left == {listed.id, asked.id, public.id} and free.id not in left


@pytest.mark.req("COR-07", "IMG-16")
def test_no_set_of_photos_changes_the_admission_photo_of_a_published_record(desk, school):
    first, later, other = school.records[:3]
    publish(first)
    batch = desk.upload(
        packed({named(one): photo(one.id) for one in (first, later, other)}), name="录取照片.zip", kind="photos"
    )
    assert [one.code for one in Finding.select().where(Finding.group == "wrong")] == ["photo_published"]
    publish(later)
    desk.confirm(batch)
    assert [fresh(one).photo is None for one in (first, later, other)] == [True, True, False]


@pytest.mark.req("SCH-07")
def test_two_officers_who_register_a_double_in_one_second_are_told_the_same(desk, school):
    make_school("99998", "山海大学")
    Record.update(status="N0").where(Record.id == school.records[0].id).execute()
    record, told, both = fresh(school.records[0]), [], threading.Barrier(2)

    def press() -> None:
        both.wait()
        told.append(refusal(registering.admit, desk.actor, record, "register"))
        database.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == ["double_open", "double_open"] and Approval.select().count() == 1


@pytest.mark.req("SCH-09", "SYS-09")
def test_a_province_opens_nobody_whom_the_school_has_not_sent_up(case, world, person):
    found = approvals.flag(case.record, "special", "hmt")
    zheng = world.log_in(person(), case.school.staff("zheng"))
    assert zheng.visit(f"/staff/approvals/{found.key}").status == 404
    approvals.send(case.officer("ni"), found, "云院〔2026〕1号")
    assert zheng.visit(f"/staff/approvals/{found.key}").status == 200


@pytest.mark.req("COR-07")
def test_nobody_of_the_school_makes_a_published_student_a_special_one(desk, school):
    record = school.records[0]
    publish(record)
    assert refusal(approvals.name_special, desk.actor, fresh(record), "hmt", "云院〔2027〕1号") == "published"
    assert not fresh(record).special


@pytest.mark.req("IMG-14", "IMG-19")
@pytest.mark.parametrize("state", ["doubtful", "failing", "returned"])
def test_a_picture_that_may_be_somebody_elses_is_kept_from_the_holder(case, desk, world, person, state):
    photographed(desk, case.record, state)
    me = world.log_in(person(), case.account)
    assert me.visit(f"/records/{case.record.key}/graduation.jpg").status == 404


@pytest.mark.req("COR-08", "SCH-14")
def test_two_certificates_never_get_one_number_by_an_erratum(case):
    mine, other = (
        Record.create(
            unit=case.record.unit, kind="qualification", natural=number, certificate=number, name=case.record.name,
            name_compare=case.record.name_compare, name_sort=case.record.name_sort, level="bachelor", updated=clock.now(),
            account=account, bound_how=how, published=clock.now(), status="B1", graduated_on=clock.today(),
        )
        for number, account, how in (("999991202605000001", case.account, "manual"), ("999991202605000002", None, ""))
    )  # fmt: skip
    case.record = mine
    sent = case.sent("certificate", "e_certificate", other.certificate)
    ni = case.officer("ni")
    upload = case.files.keep(picture(), "correction_file", unit=mine.unit)
    deciding.bring(deciding.take(sent, ni), ni, upload)
    agreed = case.yes(case.yes(fresh(sent), "ni"), "zheng", "浙教学〔2027〕7号")
    assert refusal(case.yes, agreed, "qian") == "number_taken"
    assert (fresh(mine).certificate, fresh(agreed).state) == (mine.certificate, "second")


@pytest.mark.req("COR-02", "BND-12")
def test_a_request_about_a_record_that_is_anothers_by_now_goes_nowhere(case, world, person, school):
    sent, draft = case.sent(), case.draft("major", "school_major", "软件工程")
    me = world.log_in(person(), case.account)
    assert me.visit(f"/corrections/{draft.key}/value").status == 200
    holder = make_account(school.record("何苗"), "13800008802")
    Record.update(account=holder).where(Record.id == case.record.id).execute()
    assert refusal(case.yes, sent, "xinxi") == "correction_left"
    assert refusal(asking.send, fresh(draft), case.student) == "correction_left"
    assert me.visit(f"/corrections/{draft.key}/value").status == 404


@pytest.mark.req("COR-02", "DUP-10")
def test_nothing_is_changed_for_an_account_that_is_frozen(case):
    sent = case.sent()
    Account.update(state="frozen").where(Account.id == case.account.id).execute()
    assert refusal(case.yes, sent, "xinxi") == "correction_left"
    assert fresh(sent).state == "college"


@pytest.mark.req("COR-03")
def test_nothing_comes_to_or_goes_from_a_request_while_it_is_being_sent(case):
    draft = case.draft()
    stale = Correction.get_by_id(draft.id)
    paper = Evidence.select().where(Evidence.correction == draft).first()
    asking.send(draft, case.student)
    kept = case.files.keep(picture(), "correction_file", account=case.account)
    assert refusal(asking.attach, stale, lifecycle.needs(stale)[0], kept) == "moved_on"
    assert refusal(asking.detach, stale, paper.key) == "moved_on"
    assert len(lifecycle.evidence(draft)) == len(lifecycle.needs(draft))


@pytest.mark.req("BND-22", "SYS-09")
@pytest.mark.parametrize("page", ["enrolment", "edit", "history", "moves/new"])
def test_each_page_of_an_enrolment_is_a_look_at_it(officer, school, page):
    record = school.records[0]
    assert officer.visit(f"/staff/records/{record.key}/{page}").status == 200
    assert View.select().where((View.object == record.key) & (View.source == "staff")).count() == 1
