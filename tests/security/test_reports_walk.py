"""What a hostile walk through reports, receipts, organisations and what goes abroad found, tried again at the same doors.

Not here: what is tried at every door alike (`test_matrix.py`, `test_doors.py`, `test_inputs.py`).
"""

import re
import threading

import pytest
from flask import Flask

from tests.desk import Desk, roster, student
from tests.members import CONSENT, Member
from tests.people import School, make_account
from tests.reporting import Holder, holder
from tests.tables import csv_bytes
from tests.world import World
from webapp.domain import journal, limits, permissions, records, sessions, signing, translations
from webapp.domain.organisations import api_keys, keeping
from webapp.domain.reports import english
from webapp.domain.reports.issuing import Wish
from webapp.domain.transfers import courses, receivers, sending, transcripts
from webapp.domain.translations import Row
from webapp.jobs import reports as report_jobs
from webapp.jobs import transfers as transfer_jobs
from webapp.models.accounts import Account
from webapp.models.base import database, transaction
from webapp.models.organisations import Organisation
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.reports import Look, OnlineReport
from webapp.models.school import Unit
from webapp.models.transfers import Transcript, Transfer
from webapp.models.verifications import MemberLook

PIN = "4821"


@pytest.fixture
def hers(school: School) -> Holder:
    made = holder(school)
    records.pass_gate(made.account, school.unit.name)
    return made


class Program:
    """A program of the organisation, with its key."""

    def __init__(self, app: Flask, hr: Member) -> None:
        self.client = app.test_client()
        _row, self.text = api_keys.make(hr.actor, hr.organisation, "人事系统")

    def ask(self, code: str, pin: str = "", consent: str = CONSENT) -> tuple[int, str]:
        """Status, and the verdict or what was refused."""
        headers = {"Authorization": f"Bearer {self.text}", "X-Consent": consent, "X-Pin": pin}
        answer = self.client.get(f"/api/verify/{code}", headers=headers)
        told = answer.get_json()
        return answer.status_code, told.get("verdict") or told["code"]


def fresh(row):
    return type(row).get_by_id(row.id)


def told_to_her(world: World) -> list[str]:
    """What left the site for the holder's number and address."""
    return [line for line in world.outbox() if line.startswith(("SMS 138 0000 0001 ", "MAIL lin@example.com "))]


def given_away(record: Record, school: School) -> Account:
    """The record turns out to be somebody else's."""
    other = make_account(school.record("何苗"), "13800000002")
    Record.update(account=other).where(Record.id == record.id).execute()
    return other


def confirmed(hers: Holder) -> Transcript:
    made = transcripts.begin(hers.account, hers.actor, hers.record)
    transcripts.add(made, courses.line(name="高等数学", english="Mathematics", credit="4", mark="92", kind="required"))
    Transcript.update(state="confirmed", source="original", decided=made.created).where(Transcript.id == made.id).execute()
    return fresh(made)


@pytest.mark.req("RPT-05", "RPT-19")
def test_no_file_is_made_or_handed_out_of_a_record_that_is_anothers_by_now(world: World, school: School, hers: Holder, person):
    report, late = hers.issue(), hers.issue()
    OnlineReport.update(pdf="gone").where(OnlineReport.id == late.id).execute()
    world.work()
    me = world.log_in(person(), hers.account)
    assert me.client.get(f"/reports/{report.key}/pdf").status_code == 200
    before, file = fresh(report).digest, fresh(report).upload
    given_away(hers.record, school)
    signing.revoke(signing.signer().kid, "compromise")
    me.visit(f"/reports/{late.key}").post(f"/reports/{late.key}/extend", {"months": "2"})
    report_jobs.draw_again(world.worker.outside)
    world.work()
    assert (fresh(report).pdf, fresh(report).digest, fresh(late).pdf) == ("gone", before, "gone")
    assert (fresh(report).upload, fresh(file).name) == (None, None)
    for one in (report, late):
        assert me.client.get(f"/reports/{one.key}/pdf").status_code == 404
        me.visit(f"/reports/{one.key}").sees("待核实").sees_not("下载 PDF")


@pytest.mark.req("INT-09", "RPT-19")
def test_no_transcript_is_made_handed_out_or_sent_of_a_record_that_is_anothers_by_now(world, school, hers, person):
    made, report = confirmed(hers), hers.issue()
    Transcript.update(pdf="waiting").where(Transcript.id == made.id).execute()
    with transaction():
        journal.promise("transfers.draw_transcript", key=made.key)
    world.work()
    me = world.log_in(person(), hers.account)
    assert me.client.get(f"/transfers/transcripts/{made.key}/pdf").status_code == 200
    file = fresh(made).upload
    given_away(hers.record, school)
    assert me.client.get(f"/transfers/transcripts/{made.key}/pdf").status_code == 404
    signing.revoke(signing.signer().kid, "compromise")
    transfer_jobs.draw_transcripts_again(world.worker.outside)
    world.work()
    assert (fresh(made).pdf, fresh(made).upload, Upload.get_by_id(file.id).name) == ("failed", None, None)
    me.visit("/transfers/receiver")
    assert report.key not in me.visit("/transfers/documents").html


@pytest.mark.req("INT-05")
def test_who_taps_send_more_than_once_sends_once(world: World, hers: Holder, person):
    hers.issue()
    me = (
        world.log_in(person(), hers.account)
        .visit("/transfers/receiver")
        .fill("接收方", "其他机构，我来填它的邮箱")
        .press("继续")
    )
    me.fill("对方的邮箱", "office@example.org").press("继续").tick("云溪职业技术学院 学籍在线验证报告（中文）").press("继续")
    sent = {"csrf_token": me.token(), "agree": "y", "shown": me.page.find("input", attrs={"name": "shown"})["value"]}
    cookies = [(one.key, one.value) for name in ("xd_session", "xd_visit") if (one := me.client.get_cookie(name))]
    start, came = threading.Barrier(4), []

    def tap() -> None:
        browser = world.app.test_client()
        for name, value in cookies:
            browser.set_cookie(name, value)
        start.wait()
        came.append(browser.post("/transfers/consent", data=sent, headers=me.headers).status_code)
        database.close()

    taps = [threading.Thread(target=tap) for _ in range(4)]
    for one in taps:
        one.start()
    for one in taps:
        one.join()
    assert (Transfer.select().count(), came.count(500)) == (1, 0)


@pytest.mark.req("INT-05")
def test_nothing_goes_abroad_in_the_name_of_an_account_that_was_put_away(world: World, hers: Holder):
    wish = sending.Wish(receivers.OTHER, "office@example.org", "", (hers.issue().key,))
    sending.send(hers.account, hers.actor, wish, "同意", True, "192.0.2.0/24")
    Account.update(state="archived").where(Account.id == hers.account.id).execute()
    assert not [line for line in world.outbox() if line.startswith("MAIL office@example.org ")]


@pytest.mark.req("INT-07", "SCH-24")
def test_taking_an_import_back_leaves_whose_transcript_there_is(world: World, school: School):
    desk = Desk(world, school)
    batch = desk.bring(roster(student(1), student(2)))
    hers, free = Record.select().where(Record.batch == batch).order_by(Record.id)
    account = make_account(hers, "13800008801")
    Record.update(account=account, bound_how="auto").where(Record.id == hers.id).execute()
    transcripts.begin(account, permissions.student(account.key), fresh(hers))
    assert desk.undo(batch).state == "undone"
    assert {one.id for one in Record.select().where(Record.id.in_((hers.id, free.id)))} == {hers.id}


@pytest.mark.req("RPT-24", "RPT-26")
def test_an_organisation_that_may_not_ask_tries_no_pin_either(app: Flask, hers: Holder, hr: Member):
    report, program = hers.issue(pin=PIN), Program(app, hr)
    keeping.set_quota(sessions.staff_actor(hr.keeper), hr.organisation, 0)
    assert {program.ask(report.code, pin) for pin in ("0000", PIN)} == {(429, "member_quota")}
    keeping.suspend(sessions.staff_actor(hr.keeper), Organisation.get_by_id(hr.organisation.id), "合同到期")
    assert {program.ask(report.code, pin) for pin in ("0000", PIN)} == {(403, "member_suspended")}
    assert (Look.select().count(), limits.left("report:pin", report.key)) == (0, 5)


@pytest.mark.req("RPT-14", "RPT-24")
def test_a_wrong_pin_of_an_organisation_is_a_look_under_its_name(app: Flask, world: World, hers: Holder, hr: Member, person):
    report, program = hers.issue(pin=PIN), Program(app, hr)
    assert program.ask(report.code, "0000") == (422, "report_pin_wrong")
    assert [(one.look.verdict, one.organisation) for one in MemberLook] == [("pin", hr.organisation)]
    world.log_in(person(), hers.account).visit(f"/reports/{report.key}").sees(hr.organisation.name, CONSENT)


@pytest.mark.req("RPT-14")
def test_a_pin_that_nobody_asked_for_makes_no_second_look(app: Flask, hers: Holder, hr: Member):
    program = Program(app, hr)
    assert program.ask(hers.issue().code, PIN) == (200, "valid")
    assert (Look.select().count(), MemberLook.select().count()) == (1, 1)


@pytest.mark.req("RPT-24")
@pytest.mark.parametrize("consent", ["%00", "%E2%80%8B", "%20%0D%0A", "-", "%EF%BF%BD"])
def test_a_consent_of_which_nothing_can_be_read_is_none(app: Flask, hers: Holder, hr: Member, consent: str):
    assert Program(app, hr).ask(hers.issue().code, consent=consent) == (400, "consent_empty")
    assert Look.select().count() == 0


@pytest.mark.req("ACC-34", "RPT-28")
def test_nothing_goes_out_to_the_number_of_an_account_that_was_put_away(world: World, school: School, hers: Holder, visitor):
    hers.account.email, hers.account.email_proved = "lin@example.com", hers.account.created
    hers.account.save()
    over, waits = hers.issue(), english.issue(hers.account, hers.actor, fresh(hers.record), Wish(months=6), "LIN Xiaoxi")
    world.wait(days=40)
    before = told_to_her(world)
    Account.update(state="archived").where(Account.id == hers.account.id).execute()
    lacking = [Row(kind, zh, "Said in English") for kind, zh in english.named(fresh(hers.record), ())]
    Unit.update(english="Yunxi College").where(Unit.id == school.unit.id).execute()
    translations.say(sessions.staff_actor(school.staff("ni")), fresh(school.unit), lacking)
    who = visitor().visit(f"/verify/{over.code}").follow("申请查看一次")
    who.fill("你的姓名或单位", "青禾").fill("为什么要查看", "入职").fill("图片验证码", world.captcha()).press("提交申请")
    assert fresh(waits).state == "active" and who.path.startswith("/verify/requests/")
    assert told_to_her(world) == before


@pytest.mark.req("RPT-14", "RPT-27")
def test_asking_for_a_receipt_without_the_pin_is_a_look(hers: Holder, visitor):
    report = hers.issue(pin=PIN)
    who = visitor().visit(f"/verify/{report.code}/receipt").post(f"/verify/{report.code}/receipt")
    assert who.status == 422
    assert [(look.report_id, look.way, look.verdict) for look in Look] == [(report.id, "receipt", "pin")]


@pytest.mark.req("RPT-24")
def test_a_list_with_its_columns_the_other_way_round_and_cells_that_lack_is_read(
    world: World, hers: Holder, hr: Member, visitor
):
    rows = [["授权书编号", "在线验证码"], [CONSENT, hers.issue().code], [CONSENT], [""]]
    guest = world.log_in(visitor(), hr.staff).visit("/staff/verify/lists")
    guest.attach("CSV 文件", "codes.csv", csv_bytes(rows)).press("上传并查验")
    assert guest.status == 200 and re.search(r"/staff/verify/lists/\w+", guest.path)
