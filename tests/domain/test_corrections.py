"""更正申请: who may ask for what when, on what evidence, who decides in turn, and what the record says afterwards."""

import threading
from datetime import date, timedelta

import pytest

from tests.correcting import Case, make_case, picture
from tests.people import id_number
from webapp.domain import checks, clock, defaults, permissions, standing
from webapp.domain.corrections import asking, deadlines, deciding, grounds, lifecycle, listing
from webapp.domain.corrections.lifecycle import CORRECTION
from webapp.domain.corrections.rules import Rules, next_open
from webapp.domain.enrolment import editing
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.jobs import corrections, retention
from webapp.models.accounts import Account
from webapp.models.base import database
from webapp.models.checks import Check
from webapp.models.corrections import Correction, Evidence
from webapp.models.enrolment import Kept
from webapp.models.journal import Event
from webapp.models.messages import Notice
from webapp.models.photos import Upload
from webapp.models.records import Record


@pytest.fixture
def case(world, school) -> Case:
    return make_case(world, school)


def refusal(verb, *args, **more) -> str:
    with pytest.raises(Refused) as refused:
        verb(*args, **more)
    return refused.value.code


def fresh(correction: Correction) -> Correction:
    return Correction.get_by_id(correction.id)


def province(**told: object) -> None:
    defaults.change("cor.provinces", {"33": told}, SYSTEM)


@pytest.mark.req("COR-01", "COR-04", "COR-05", "COR-13", "COR-15", "SCH-25", "CHK-15")
def test_a_name_goes_from_college_to_school_to_two_of_the_province_and_into_the_record(case):
    check = Check.get(Check.record == case.record)
    checks.confirm(check, case.student)
    sent = case.sent()
    assert (sent.state, sent.before, sent.wanted) == ("college", "林晓溪", "林晓曦")
    assert sent.due > clock.now() + timedelta(days=10)
    at_school = case.yes(sent, "xinxi")
    at_province = case.yes(at_school, "ni")
    agreed = case.yes(at_province, "zheng", "浙教学〔2026〕77号")
    assert [one.state for one in (at_school, at_province, agreed)] == ["school", "province", "second"]
    assert Record.by_key(case.record.key).name == "林晓溪"
    assert refusal(deciding.take, agreed, case.officer("zheng")) == "second_person"
    assert case.yes(agreed, "qian").state == "done"
    record = Record.by_key(case.record.key)
    kept = Kept.get(Kept.record == record)
    assert (record.name, kept.before, kept.after) == ("林晓曦", "林晓溪", "林晓曦")
    assert (kept.paper, kept.source, kept.who) == ("浙教学〔2026〕77号", "correction", case.officer("qian").name)
    assert record.account_id is None  # the account still has the old name: it is its holder's no more
    assert Check.get_by_id(check.id).state == "again"
    told = {one.template for one in Notice.select().where(Notice.account == case.account)}
    assert {"correction_received", "correction_moved", "correction_decided", "record_left"} <= told


@pytest.mark.req("COR-04", "SCH-20")
def test_what_the_school_manages_ends_with_the_school(case):
    sent = case.sent("major", "school_major", "软件工程")
    assert lifecycle.decider(sent) == "school"
    done = case.yes(case.yes(sent, "xinxi"), "ni")
    assert (done.state, Record.by_key(case.record.key).major) == ("done", "软件工程")


@pytest.mark.req("COR-04")
def test_a_province_may_leave_identity_to_the_school(case):
    defaults.change("cor.identity_decider", "school", SYSTEM)
    assert case.at_province("sex", "sex_typed", "男").state == "done"
    assert refusal(defaults.change, "cor.identity_decider", "nobody", SYSTEM) == "setting_option"


@pytest.mark.req("COR-02")
def test_only_the_student_whom_somebody_has_seen_asks(case):
    other = permissions.student("somebody else")
    sent = case.draft()
    assert refusal(asking.send, sent, other) == "not_allowed"
    assert refusal(asking.send, sent, case.officer("ni")) == "not_allowed"
    Account.update(person_proved=None).where(Account.id == case.account.id).execute()
    unseen = Account.get_by_id(case.account.id)
    assert standing.level(unseen) == 2
    assert refusal(asking.begin, unseen, case.student, case.record, "sex", "sex_typed") == "correction_level"


@pytest.mark.req("COR-03")
def test_every_paper_of_the_table_must_be_there_and_originals_seen(case):
    draft = case.draft(papers=False)
    assert lifecycle.missing(draft) == ["id_card", "household"]
    asking.attach(draft, "id_card", case.files.keep(picture(), "correction_file"))
    spoilt = case.files.keep(b"\xff\xd8\xffno picture at all", "correction_file")
    asking.attach(draft, "household", spoilt)
    case.world.work()
    with pytest.raises(Refused) as refused:
        asking.send(draft, case.student)
    assert (refused.value.code, refused.value.facts["kinds"]) == ("evidence_missing", ["household"])
    assert refusal(asking.attach, draft, "roster", spoilt) == "evidence_kind"
    asking.attach(draft, "household", case.files.keep(picture(), "correction_file"))
    held = deciding.take(case.yes(asking.send(draft, case.student), "xinxi"), case.officer("ni"))
    assert refusal(deciding.agree, held, case.officer("ni")) == "originals_unseen"
    seen = deciding.saw_original(held, case.officer("ni"), "household", "行政楼 2002 室")
    assert (seen.seen_by.login, seen.seen_at, seen.seen_where) == ("ni", clock.now(), "行政楼 2002 室")
    assert deciding.agree(held, case.officer("ni")).state == "province"


@pytest.mark.req("COR-03", "COR-12")
def test_the_table_of_evidence_is_the_provinces(case):
    province(evidence={"name_typed": ["id_card"]}, originals=[])
    assert lifecycle.needs(case.draft()) == ("id_card",)
    for nonsense in (
        {"evidence": {"name_typed": ["moon"]}},
        {"windows": [[[13, 1], [13, 2]]]},
        {"moon": True},
        {"first_year": 3},
    ):
        assert refusal(province, **nonsense) == "setting_fits"


@pytest.mark.req("COR-12")
def test_freezes_and_windows_are_told_with_the_next_day(case):
    record = case.record

    def told(field: str = "name", code: str = "name_typed") -> tuple:
        try:
            asking.begin(case.account, case.student, record, field, code)
        except Refused as refused:
            return refused.code, refused.facts.get("next")
        return ()

    province(windows=[[[3, 1], [3, 31]], [[9, 1], [9, 30]]])
    assert told() == ("correction_window", "2027-03-01")
    assert told("name", "name_rare") == told("klass", "school_class") == ()
    province(first_year=True, windows=[[[3, 1], [3, 31]], [[9, 1], [9, 30]]])
    assert told("sex", "sex_typed") == ("correction_first_year", "2027-09-03")
    province(last_semester=True)
    record.expected_on = clock.today() + timedelta(days=100)
    assert told("sex", "sex_typed") == ("correction_last_semester", None)
    province(top_up_not=True)
    record.level = "top_up"
    assert told("sex", "sex_typed") == ("correction_top_up", None)


@pytest.mark.req("COR-12")
def test_name_and_number_do_not_go_together(case):
    case.sent()
    assert refusal(case.draft, "document", "number_typed", case.record.document) == "correction_together"
    province(not_together=False)
    assert refusal(case.draft, "document", "number_typed", case.record.document) == "correction_same"


@pytest.mark.req("COR-14")
def test_after_the_schools_last_day_nothing_is_taken(case, school):
    deadlines.state(case.officer("ni"), school.unit, clock.today() - timedelta(days=1), "逾期不再办理")
    with pytest.raises(Refused) as refused:
        case.draft()
    assert refused.value.code == "correction_late"
    assert refused.value.facts["consequence"] == "逾期不再办理"
    assert refusal(deadlines.state, case.officer("xinxi"), school.unit, None, "") == "not_allowed"


@pytest.mark.req("COR-09")
def test_a_rare_character_is_the_schools_alone_and_short(world, school):
    Record.update(name="王??", name_compare="王??").where(Record.id == school.record("王𬱖").id).execute()
    case = make_case(world, school, "吴䶮")
    Record.update(name="吴?").where(Record.id == case.record.id).execute()
    sent = case.sent("name", "name_rare", "吴䶮")
    assert (sent.state, lifecycle.decider(sent)) == ("school", "school")
    assert case.yes(sent, "ni").state == "done"
    assert Record.by_key(case.record.key).name == "吴䶮"


@pytest.mark.parametrize(
    ("before", "after", "rare"),
    [
        ("王??", "王𬱖", True),
        ("王?", "王𬱖", True),
        ("王龑", "王䶮", True),
        ("王严", "王燕", False),
        ("王?", "李𬱖", False),
        ("王?", "王𬱖兰", False),
    ],
)
@pytest.mark.req("COR-09")
def test_only_a_character_that_could_not_be_typed_takes_the_short_path(before, after, rare):
    assert lifecycle.rare_fix(before, after) is rare


@pytest.mark.req("COR-10")
def test_fifteen_and_eighteen_digits_are_no_correction(case):
    number = id_number("19870512", 22)
    case.record.document, case.record.birth_date = number[:6] + number[8:17], date(1987, 5, 12)
    case.record.save()
    assert refusal(case.draft, "document", "number_typed", number) == "correction_same_number"


@pytest.mark.req("COR-01")
def test_a_number_with_another_birthday_asks_for_its_own_ground_and_changes_both(case):
    number = id_number("20080513", 822)
    assert refusal(case.draft, "document", "number_typed", number) == "correction_birth"
    done = case.yes(case.yes(case.at_province("document", "number_birth", number), "zheng", "77号"), "qian")
    record = Record.by_key(case.record.key)
    assert (done.state, record.document, record.birth_date) == ("done", number, date(2008, 5, 13))


@pytest.mark.req("COR-06", "COR-11")
def test_a_suspicion_is_final_told_with_its_reason_and_listed_for_the_province(case):
    held = deciding.take(case.yes(case.sent(), "xinxi"), case.officer("ni"))
    assert refusal(deciding.say_no, held, case.officer("ni"), "reject", ("forged",)) == "note_missing"
    assert refusal(deciding.say_no, held, case.officer("ni"), "reject", ("unclear",), "章是画的") == "reason_missing"
    rejected = deciding.say_no(held, case.officer("ni"), "reject", ("forged",), "章是画的")
    assert (rejected.state, rejected.reasons, rejected.note) == ("rejected", "forged", "章是画的")
    assert [one.id for one in listing.page(case.officer("zheng"), "fraud").rows] == [rejected.id]
    assert refusal(asking.withdraw, rejected, case.student) == "moved_on"
    assert all(upload.expires is not None for upload in Upload.select().where(Upload.purpose == "correction_file"))


@pytest.mark.req("COR-11")
def test_what_came_back_returns_to_who_sent_it_back_or_is_closed_after_thirty_days(case):
    held = deciding.take(case.at_province(), case.officer("zheng"))
    returned = deciding.say_no(held, case.officer("zheng"), "ask", ("unclear",), "第二页看不清")
    assert returned.due == clock.now() + timedelta(days=30)
    assert refusal(asking.withdraw, returned, case.student) == "correction_decided"
    assert asking.send(returned, case.student).state == "province"
    again = deciding.take(fresh(held), case.officer("qian"))
    deciding.say_no(again, case.officer("qian"), "ask", ("unclear",))
    case.world.wait(days=29)
    corrections.close_overdue(case.world.worker.outside)
    assert fresh(held).state == "returned"
    case.world.wait(days=2)
    corrections.close_overdue(case.world.worker.outside)
    assert fresh(held).state == "closed"
    assert case.sent().state == "college"


@pytest.mark.req("COR-11")
def test_a_request_is_withdrawn_until_the_school_decided_and_no_decision_follows(case):
    sent = case.yes(case.sent(), "xinxi")
    held = deciding.take(sent, case.officer("ni"))
    assert asking.withdraw(fresh(sent), case.student).state == "withdrawn"
    assert refusal(deciding.say_no, held, case.officer("ni"), "refuse", ("unproved",)) == "moved_on"
    passed = case.at_province()
    assert refusal(asking.withdraw, passed, case.student) == "moved_on"
    Correction.update(state="withdrawn").where(Correction.id == passed.id).execute()
    assert refusal(deciding.take, passed, case.officer("zheng")) == "moved_on"


@pytest.mark.req("COR-15")
def test_of_two_officers_at_once_one_has_the_request(case):
    sent, start, came = case.yes(case.sent(), "xinxi"), threading.Barrier(2), []
    officers = [case.officer("ni"), case.officer("ni")]
    officers[1] = permissions.staff(case.officer("zheng").key, case.officer("ni").grants, clock.now())

    def run(actor) -> None:
        start.wait()
        try:
            came.append(deciding.take(sent, actor).holder.login)
        except Refused as refused:
            came.append(refused.code)
        finally:
            database.close()

    threads = [threading.Thread(target=run, args=(actor,)) for actor in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came)[0] == "correction_held"
    loser = next(actor for actor in officers if not deciding.holds(fresh(sent), actor))
    assert refusal(deciding.agree, fresh(sent), loser) == "not_held"
    case.world.wait(minutes=16)
    assert deciding.holds(deciding.take(fresh(sent), loser), loser)


@pytest.mark.req("COR-15")
def test_a_record_changed_meanwhile_is_looked_at_again(case):
    held = deciding.take(case.yes(case.sent("major", "school_major", "软件工程"), "xinxi"), case.officer("ni"))
    editing.change(case.record, {"major": "数据科学"}, case.officer("ni"), "名册")
    for kind in lifecycle.unseen_originals(held):
        deciding.saw_original(held, case.officer("ni"), kind, "窗口")
    assert refusal(deciding.agree, held, case.officer("ni")) == "correction_moved"
    assert Record.by_key(case.record.key).major == "数据科学"
    assert deciding.agree(deciding.take(fresh(held), case.officer("ni")), case.officer("ni")).state == "done"
    assert Record.by_key(case.record.key).major == "软件工程"


@pytest.mark.req("COR-07", "COR-08", "SCH-15")
def test_what_is_published_changes_by_the_province_alone_and_with_the_schools_papers(case):
    waiting = case.yes(case.sent("major", "school_major", "软件工程"), "xinxi")
    Record.update(published=clock.now()).where(Record.id == case.record.id).execute()
    assert lifecycle.decider(fresh(waiting)) == "province"
    assert case.yes(fresh(waiting), "ni").state == "province"
    erratum = case.sent("name", "e_name", "林晓曦")
    assert (erratum.erratum, erratum.state) == (True, "school")
    held = deciding.take(erratum, case.officer("ni"))
    for kind in lifecycle.unseen_originals(held):
        deciding.saw_original(held, case.officer("ni"), kind, "窗口")
    assert refusal(deciding.agree, held, case.officer("ni")) == "school_evidence_missing"
    deciding.bring(held, case.officer("ni"), case.files.keep(picture(), "correction_file", unit=case.school.unit))
    passed = deciding.agree(held, case.officer("ni"))
    assert Record.by_key(case.record.key).name == "林晓溪"
    assert case.yes(case.yes(passed, "zheng", "77号"), "qian").state == "done"
    assert Record.by_key(case.record.key).name == "林晓曦"
    assert refusal(editing.change, case.record, {"major": "数学"}, case.officer("ni"), "改") == "published"


@pytest.mark.req("SYS-09", "COR-15")
def test_every_desk_sees_its_own_requests_and_may_do_its_own_step(case):
    sent = case.sent()
    assert [one.id for one in listing.page(case.officer("xinxi"), "mine").rows] == [sent.id]
    assert listing.counts(case.officer("ni")) == {"mine": 0, "late": 0, "away": 1, "fraud": 0}
    assert refusal(deciding.take, sent, case.officer("ni")) == "not_allowed"
    assert refusal(deciding.pull, sent, case.officer("xinxi")) == "not_allowed"
    pulled = deciding.pull(sent, case.officer("ni"))
    assert pulled.state == "school"
    assert refusal(deciding.take, pulled, case.officer("xinxi")) == "not_allowed"
    assert deciding.find(case.officer("luo"), sent.key) is None
    case.world.wait(days=30)
    assert listing.counts(case.officer("ni"))["late"] == 1


@pytest.mark.req("COR-05")
def test_each_look_at_the_papers_is_an_event_and_only_for_who_holds_the_request(case):
    sent = case.sent()
    paper = Evidence.get(Evidence.correction == sent)
    assert refusal(deciding.see_picture, sent, case.officer("xinxi"), paper.key) == "not_held"
    held = deciding.take(sent, case.officer("xinxi"))
    assert deciding.see_picture(held, case.officer("xinxi"), paper.key).key == paper.upload.key
    assert Event.select().where((Event.action == "evidence.look") & (Event.object == f"evidence:{paper.key}")).count() == 1


@pytest.mark.req("COR-11")
def test_a_draft_is_forgotten_after_thirty_days_with_its_pictures(case):
    draft = case.draft()
    case.world.wait(days=31)
    corrections.close_overdue(case.world.worker.outside)
    assert not Correction.select().where(Correction.id == draft.id).exists()
    case.world.wait(minutes=1)
    retention.purge(case.world.worker.outside)
    assert {upload.state for upload in Upload.select().where(Upload.purpose == "correction_file")} == {"shredded"}


def test_every_state_is_reached_and_every_ground_has_a_field():
    assert CORRECTION.states == {
        "draft", "college", "school", "province", "second", "returned", "done", "refused", "rejected", "withdrawn", "closed",
    }  # fmt: skip
    assert {one.field for one in grounds.GROUNDS} == set(grounds.IDENTITY) | set(grounds.SCHOOL)
    assert all(len(code) <= 16 for code in grounds.BY_CODE)


@pytest.mark.req("COR-12")
def test_the_next_window_is_found_across_the_year():
    rules = Rules(windows=(((3, 1), (3, 31)), ((12, 1), (12, 31))))
    found = [next_open(day, rules) for day in (date(2026, 2, 1), date(2026, 3, 9), date(2026, 4, 1), date(2026, 12, 31))]
    assert found == [date(2026, 3, 1), date(2026, 3, 9), date(2026, 12, 1), date(2026, 12, 31)]
