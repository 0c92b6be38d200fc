"""更正申请: who may ask for what when, on what evidence, who decides in turn, and what the record says afterwards."""

import threading
from datetime import timedelta

import pytest

from tests.correcting import Case, make_case, picture
from webapp.domain import checks, clock, defaults, permissions, standing
from webapp.domain.corrections import asking, deciding, grounds, lifecycle, listing, wanted
from webapp.domain.corrections.lifecycle import CORRECTION
from webapp.domain.duplicates import cascade, effect
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
    assert standing.level(unseen) < standing.SEEN
    assert refusal(asking.begin, unseen, case.student, case.record, "sex", "sex_typed") == "correction_level"


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
    case.world.wait(minutes=1)
    returned = deciding.say_no(held, case.officer("zheng"), "ask", ("unclear",), "第二页看不清")
    assert returned.due == clock.now() + timedelta(days=30)
    assert refusal(asking.withdraw, returned, case.student) == "correction_decided"
    assert refusal(wanted.fill, returned, "林小溪", "改主意了") == "correction_value_stands"
    brought = lifecycle.evidence(returned)
    asking.detach(returned, brought[0].key)
    assert lifecycle.evidence(returned) == brought  # what a desk has seen stays
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


@pytest.mark.req("COR-07", "COR-08")
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


@pytest.mark.req("COR-02")
def test_what_an_archived_account_asked_for_ends_with_it(case):
    sent = case.at_province()
    draft = case.draft("major", "school_major", "软件工程")
    assert "corrections" in cascade.under_way([case.account])
    effect.archive(case.account, "impostor", SYSTEM)
    assert (fresh(sent).state, Correction.get_or_none(Correction.id == draft.id)) == ("withdrawn", None)
    assert refusal(deciding.take, fresh(sent), case.officer("zheng")) == "moved_on"


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
