"""核验回执: asked for on an answer's page, signed, and checked by its own code in the same box."""

import hashlib
from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.person import Person
from tests.reporting import Holder
from tests.world import World
from webapp.domain import defaults, records
from webapp.domain.identity import verification_codes
from webapp.domain.permissions import SYSTEM
from webapp.domain.reports import issuing, receipts
from webapp.domain.reports.verifying import Answer
from webapp.jobs import retention
from webapp.models import report_by_code
from webapp.models.reports import Look
from webapp.models.verifications import CheckReceipt

Visitors = Callable[..., Person]


def taken(world: World, who: Person, code: str) -> CheckReceipt:
    who.visit(f"/verify/{code}").follow("下载核验回执").press("再查一次，生成回执")
    world.work()
    return CheckReceipt.select().order_by(CheckReceipt.id.desc()).get()


@pytest.mark.req("RPT-27")
def test_who_has_checked_takes_a_signed_receipt_and_the_holder_sees_it(world: World, hers: Holder, person: Visitors) -> None:
    report = hers.issue()
    who = person()
    made = taken(world, who, report.code)
    assert who.path == f"/verify/receipts/{made.code}"
    who.visit(who.path).sees(verification_codes.grouped(made.code), "有效", verification_codes.grouped(report.code))
    who.sees_not(hers.record.name)
    answer = who.client.get(f"{who.path}/file")
    told = PdfReader(BytesIO(answer.data))
    words = "".join(page.extract_text() for page in told.pages).replace(" ", "").replace("\n", "")
    assert answer.mimetype == "application/pdf" and b"/ByteRange" in answer.data
    for part in (made.code, report.code, made.shown, "云溪职业技术学院学籍在线验证报告", "127.0.0.1:8000"):
        assert part in words
    assert hers.record.name not in words
    assert hashlib.sha256(answer.data).hexdigest() == made.digest
    assert Look.select().where((Look.report == report) & (Look.way == "receipt")).count() == 1
    records.pass_gate(hers.account, hers.record.unit.name)
    holders = world.log_in(person(), hers.account).visit(f"/reports/{report.key}")
    holders.sees("开出 1 份核验回执", "核验回执")


@pytest.mark.req("RPT-27")
def test_its_code_typed_in_the_same_box_answers_what_it_says(world: World, hers: Holder, person: Visitors) -> None:
    report = hers.issue()
    made = taken(world, person(), report.code)
    issuing.close(report, hers.actor)
    other = person().visit("/verify").fill("请输入在线验证码", verification_codes.grouped(made.code)).press("查询")
    assert (other.path, other.heading) == (f"/verify/receipts/{made.code}", "核验回执")
    other.sees("当时的结果", "有效").follow("查这份报告现在是否有效").sees("该报告已由权属人关闭")
    assert person().visit(f"/verify/receipts/{verification_codes.make('V')}").status == 404
    assert person().visit("/verify/receipts/AP7K").status == 404


@pytest.mark.req("RPT-27")
def test_what_was_shown_is_put_down_as_a_hash(world: World, hers: Holder, visitor: Visitors) -> None:
    report = hers.issue()
    made = taken(world, visitor(), report.code)
    found = report_by_code.by_code(report.code)
    assert made.shown == receipts.digest(Answer("valid", found, 0))
    assert made.shown != receipts.digest(Answer("closed", found, 0))


def test_of_a_closed_report_a_receipt_says_just_that(world: World, hers: Holder, visitor: Visitors) -> None:
    report = hers.issue()
    issuing.close(report, hers.actor)
    made = taken(world, visitor(), report.code)
    assert (made.verdict, made.pdf) == ("closed", "ready")


def test_a_pin_comes_before_a_receipt(world: World, hers: Holder, visitor: Visitors) -> None:
    report = hers.issue(pin="4821")
    who = visitor().visit(f"/verify/{report.code}/receipt").press("再查一次，生成回执")
    assert (who.status, who.errors()) == (422, ["先在结果页输入查看密码，再下载回执"])
    assert CheckReceipt.select().count() == 0
    assert [(look.way, look.verdict) for look in Look] == [("receipt", "pin")]
    who.visit(f"/verify/{report.code}").fill("查看密码", "4821").press("查看")
    assert taken(world, who, report.code).verdict == "valid"


def test_a_network_that_takes_many_solves_a_captcha_for_each(world: World, hers: Holder, visitor: Visitors) -> None:
    defaults.change("rpt.receipts_day_ip", 1, SYSTEM)
    report = hers.issue()
    who = visitor()
    taken(world, who, report.code)
    who.visit(f"/verify/{report.code}/receipt").press("再查一次，生成回执")
    assert who.status == 422 and CheckReceipt.select().count() == 1
    who.fill("图片验证码", world.captcha()).press("再查一次，生成回执")
    assert CheckReceipt.select().count() == 2


def test_a_mistyped_code_gets_no_receipt_and_no_look(hers: Holder, visitor: Visitors) -> None:
    who = visitor().visit("/verify/AP7K/receipt")
    assert who.status == 422 and Look.select().count() == 0


def test_after_its_time_the_file_goes_and_the_receipt_answers_on(world: World, hers: Holder, visitor: Visitors) -> None:
    made = taken(world, visitor(), hers.issue().code)
    world.wait(days=181)
    retention.purge(world.worker.outside)
    who = visitor().visit(f"/verify/receipts/{made.code}").sees("文件已过保存期")
    assert who.client.get(f"/verify/receipts/{made.code}/file").status_code == 404
