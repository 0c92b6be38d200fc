"""The agency's desk: who takes what, what is decided, by whom and until when."""

import threading
from datetime import timedelta

import pytest

from tests.certifying import Office, filed
from tests.certifying import office as make_office
from tests.reporting import Holder
from webapp.domain import clock, workdays
from webapp.domain.certification import comparing, deciding, desk, steps
from webapp.domain.certification.lifecycle import ITEM
from webapp.domain.identity import report_numbers
from webapp.domain.refused import Refused
from webapp.jobs import certification_desk
from webapp.models.base import database
from webapp.models.certification import Application, ApplicationItem, ItemStep
from webapp.models.journal import Event, Job
from webapp.models.messages import Message, Notice
from webapp.models.records import Record
from webapp.models.staff import Staff


@pytest.fixture
def item(hers: Holder, office: Office) -> ApplicationItem:
    return filed(hers, office.agency)


def taken(item: ApplicationItem, office: Office, who: str = "certifier") -> ApplicationItem:
    return desk.take(ApplicationItem.get_by_id(item.id), office.actor(who))


def accepted(item: ApplicationItem, office: Office) -> ApplicationItem:
    return deciding.accept(taken(item, office), office.actor())


def refused(item: ApplicationItem, office: Office) -> ApplicationItem:
    wanted = deciding.want_refusal(accepted(item, office), office.actor(), "not_found", "学校回函查无此人")
    return deciding.confirm(wanted, office.actor("lead"))


def reconsidered(item: ApplicationItem, office: Office, hers: Holder) -> ApplicationItem:
    at = clock.now()
    return ITEM.move(refused(item, office), "reconsider", hers.actor, since=at, due=workdays.due(at, 20))


def told() -> list[str]:
    return [one.template for one in Notice.select().where(Notice.template.startswith("certification")).order_by(Notice.id)]


def test_of_two_certifiers_at_once_one_takes_an_item(item: ApplicationItem, office: Office):
    ready, won, lost = threading.Barrier(2), [], []

    def take(who: str) -> None:
        ready.wait()
        try:
            won.append(taken(item, office, who).holder.name)
        except Refused as refusal:
            lost.append(refusal.code)
        database.close()

    threads = [threading.Thread(target=take, args=(who,)) for who in ("certifier", "other")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), lost) == (1, ["item_held"])


@pytest.mark.req("CRT-32")
def test_the_queue_hands_out_the_oldest_due_and_a_lease_runs_out(hers: Holder, office: Office, world):
    first, second = filed(hers, office.agency), filed(hers, office.agency)
    ApplicationItem.update(due=clock.now() + timedelta(days=9)).where(ApplicationItem.id == first.id).execute()
    actor, other = office.actor(), office.actor("other")
    assert desk.next_item(actor).id == second.id
    assert desk.next_item(actor).id == second.id  # a second tap takes no second item
    assert desk.next_item(other).id == first.id
    assert desk.next_item(office.actor("lead")) is None
    world.wait(minutes=16)
    late = taken(second, office)  # whoever had it may take it again
    with pytest.raises(Refused, match="item_held"):
        taken(second, office, "other")
    world.wait(minutes=16)
    deciding.accept(late, actor)  # nobody else took it: the decision still counts
    world.wait(minutes=16)
    taken(second, office, "other")
    with pytest.raises(Refused, match="not_held"):
        deciding.ask(second, actor, ("unclear",))
    with pytest.raises(Refused, match="not_held"):
        desk.put_back(second, actor)
    assert desk.put_back(second, other).holder is None
    assert desk.counts(actor) == {"todo": 2, "second": 0, "away": 0, "late": 0}


@pytest.mark.req("CRT-48")
def test_another_agency_sees_nothing_of_it(item: ApplicationItem, office: Office):
    stranger = make_office("别省学历认证中心", "2").actor()
    assert desk.find(stranger, item.key) is None
    assert desk.by_number(stranger, item.application.number) is None
    assert desk.page(stranger, "todo").rows == []
    assert desk.next_item(stranger) is None
    with pytest.raises(Refused, match="not_allowed"):
        desk.take(item, stranger)
    assert desk.by_number(office.actor(), item.application.number) == item


def test_nobody_certifies_for_themselves(item: ApplicationItem, office: Office):
    Staff.update(name=item.application.holder_name).where(Staff.id == office.certifier.id).execute()
    with pytest.raises(Refused, match="own_case"):
        taken(item, office)
    assert desk.next_item(office.actor()) is None


@pytest.mark.req("CRT-34")
def test_twenty_working_days_begin_when_it_is_accepted_and_end_in_a_delay_with_a_reason(
    item: ApplicationItem, office: Office, world
):
    found = accepted(item, office)
    assert found.due == workdays.due(found.accepted, 20)
    assert Message.select().where(Message.template == "sms/certification_accepted").exists()
    world.wait(days=45)
    certification_desk.run_over(world.worker.outside)
    certification_desk.run_over(world.worker.outside)  # twice is once
    late = ApplicationItem.get_by_id(item.id)
    assert (late.state, deciding.lacks_reason(late)) == ("delayed", True)
    assert late.due == workdays.due(clock.now(), 20)
    with pytest.raises(Refused, match="reason_missing"):
        deciding.delay(taken(item, office), office.actor(), "")
    deciding.delay(late, office.actor(), "no_answer", "学校放假")
    with pytest.raises(Refused, match="moved_on"):
        deciding.delay(late, office.actor(), "no_answer")
    assert [(step.move, step.reasons) for step in steps.told(late)][-2:] == [("overrun", ""), ("explain", "no_answer")]
    assert told()[-2:] == ["certification_delayed"] * 2


@pytest.mark.req("CRT-19", "CRT-32")
def test_what_lacks_is_asked_for_in_words_and_the_item_closes_without_it(item: ApplicationItem, office: Office, world):
    with pytest.raises(Refused, match="reason_missing"):
        deciding.ask(taken(item, office), office.actor(), ())
    asked = deciding.ask(item, office.actor(), ("degree_certificate",), "上传毕业证书的正面")
    assert (asked.state, asked.holder, asked.due) == ("supplement", None, clock.now() + timedelta(days=30))
    assert told()[-1] == "certification_asked"
    assert Message.select().where(Message.template == "sms/certification_asked").exists()
    certification_desk.run_over(world.worker.outside)
    assert ApplicationItem.get_by_id(item.id).state == "supplement"
    world.wait(days=31)
    certification_desk.run_over(world.worker.outside)
    assert ApplicationItem.get_by_id(item.id).state == "closed"


@pytest.mark.req("CRT-36")
def test_a_report_has_a_number_of_fifteen_digits_a_token_and_a_job(item: ApplicationItem, office: Office, hers: Holder):
    found = deciding.issue(accepted(item, office), office.actor())
    assert found.state == "issued" and found.token and found.pdf == "waiting"
    assert report_numbers.is_right(found.report) and found.report.startswith(f"{clock.today():%Y%m%d}")
    assert not report_numbers.is_right(found.report[:-1] + str((int(found.report[-1]) + 1) % 10))
    job = Job.select().where(Job.name == "certification.draw").get()
    assert found.key in job.args
    with pytest.raises(Refused, match="moved_on"):
        deciding.issue(found, office.actor())


@pytest.mark.req("CRT-38")
def test_a_refusal_needs_another_person_and_is_told_when_that_one_agrees(item: ApplicationItem, office: Office):
    with pytest.raises(Refused, match="note_missing"):
        deciding.want_refusal(taken(item, office, "lead"), office.actor("lead"), "unrecognised", " ")
    wanted = deciding.want_refusal(item, office.actor("lead"), "unrecognised", "专修班结业证")
    assert (wanted.state, told()) == ("second", ["certification_filed"])
    for who, why in (("lead", "second_person"), ("other", "not_allowed")):
        with pytest.raises(Refused, match=why):
            deciding.confirm(wanted, office.actor(who))
    assert "want_refusal" not in [step.move for step in steps.told(wanted)]


@pytest.mark.req("CRT-38")
def test_the_lead_confirms_or_sends_back(item: ApplicationItem, office: Office):
    wanted = deciding.want_refusal(accepted(item, office), office.actor(), "unproved", "缺登记表")
    back = deciding.send_back(wanted, office.actor("lead"), "登记表在第 3 张")
    assert (back.state, back.conclusion, back.note) == ("accepted", "", None)
    assert back.due == workdays.due(back.accepted, 20)
    again = deciding.want_refusal(taken(item, office), office.actor(), "not_found", "学校查无此人")
    final = deciding.confirm(again, office.actor("lead"))
    assert (final.state, final.conclusion, final.note) == ("refused", "not_found", "学校查无此人")
    assert told()[-1] == "certification_refused"
    assert ItemStep.select().where(ItemStep.move == "refuse").get().note == "学校查无此人"


@pytest.mark.req("CRT-38")
def test_what_is_reconsidered_is_decided_by_somebody_new_to_it(item: ApplicationItem, office: Office, hers: Holder):
    again = reconsidered(item, office, hers)
    for who in ("certifier", "lead"):
        with pytest.raises(Refused, match="second_person"):
            taken(again, office, who)
        ApplicationItem.update(holder=getattr(office, who)).where(ApplicationItem.id == item.id).execute()
        with pytest.raises(Refused, match="second_person"):
            deciding.issue(again, office.actor(who))
        with pytest.raises(Refused, match="second_person"):
            deciding.uphold(again, office.actor(who), "不变")
        ApplicationItem.update(holder=None).where(ApplicationItem.id == item.id).execute()
    upheld = deciding.uphold(taken(again, office, "other"), office.actor("other"), "重新核查，结论不变")
    assert (upheld.state, upheld.conclusion) == ("upheld", "not_found")
    assert told()[-1] == "certification_upheld"


@pytest.mark.req("CRT-38")
def test_a_reconsidered_item_may_end_in_a_report(item: ApplicationItem, office: Office, hers: Holder):
    again = taken(reconsidered(item, office, hers), office, "other")
    issued = deciding.issue(again, office.actor("other"))
    assert (issued.state, issued.conclusion, issued.note) == ("issued", "", None)


def test_a_decision_of_a_killed_worker_is_whole_or_not_there(item: ApplicationItem, office: Office):
    taken(item, office)
    with pytest.raises(KeyboardInterrupt), database.atomic():
        deciding.accept(item, office.actor())
        raise KeyboardInterrupt
    found = ApplicationItem.get_by_id(item.id)
    assert (found.state, found.accepted) == ("proof", None)
    assert not ItemStep.select().where(ItemStep.move == "accept").exists()
    assert not Message.select().where(Message.template == "sms/certification_accepted").exists()
    assert deciding.accept(found, office.actor()).state == "accepted"


@pytest.mark.req("CRT-42")
def test_the_record_of_the_certificate_lies_beside_it_field_by_field(item: ApplicationItem, office: Office, hers: Holder):
    Record.update(certificate="", major="别的专业").where(Record.id == hers.record.id).execute()
    match = next(one for one in comparing.matches(item) if one.record.id == hers.record.id)
    assert match.holders and not match.numbered and not match.whole
    assert {field.name for field in match.fields if not field.same} >= {"number", "major"}
    Record.update(certificate=comparing.details(item)["number"]).where(Record.id == hers.record.id).execute()
    best = comparing.matches(item)[0]
    assert best.record.id == hers.record.id and best.numbered
    Application.update(identity_index="").where(Application.id == item.application_id).execute()
    found = comparing.matches(ApplicationItem.get_by_id(item.id))
    assert [one.holders for one in found] == [False]


def test_only_who_has_it_in_hand_opens_a_picture_and_each_look_is_in_the_history(item: ApplicationItem, office: Office):
    with pytest.raises(Refused, match="not_held"):
        desk.see_picture(item, office.actor(), "nothing")
    with pytest.raises(Refused, match="not_held"):
        desk.look(item, office.actor())
    mine = taken(item, office)
    desk.look(mine, office.actor())
    assert Event.select().where(Event.action == "application_item.look").count() == 1
