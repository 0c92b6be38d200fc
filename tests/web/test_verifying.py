"""Who was given a code checks it through the door: every verdict, what its page shows and hides, and what slows one down."""

import json
import re
from collections.abc import Callable

import altcha
import pytest

from tests.pages import counted
from tests.people import School
from tests.person import Person
from tests.reporting import Holder
from tests.world import World
from webapp.domain import defaults
from webapp.domain.identity import verification_codes
from webapp.domain.permissions import SYSTEM
from webapp.domain.reports import issuing
from webapp.models.accounts import Account
from webapp.models.records import Record
from webapp.models.reports import Look, OnlineReport
from webapp.providers.files import Files

Visitors = Callable[..., Person]


def typed(who: Person, code: str) -> Person:
    return who.visit("/verify").fill("请输入在线验证码", code).press("查询")


@pytest.mark.req("RPT-07", "RPT-08", "RPT-18")
def test_the_box_of_the_front_page_leads_to_what_the_record_says_now(world: World, hers: Holder, person: Visitors) -> None:
    report = hers.issue()
    who = person().visit("/").sees("请输入在线验证码", "如何申请", "报告特点")
    who.fill("请输入在线验证码", verification_codes.grouped(report.code).lower().replace(" ", "-")).press("查询")
    assert (who.status, who.path, who.heading) == (200, f"/verify/{report.code}", "有效")
    who.sees(
        "林晓溪", "云溪职业技术学院", "计算机应用技术", "2026 年 12 月 16 日", "2026 年 11 月 16 日 10:00", "127.0.0.1:8000"
    )
    who.sees_not(hers.record.document, hers.record.student_number)
    Record.update(major="数据科学").where(Record.id == hers.record.id).execute()
    world.wait(minutes=2)
    who.visit(f"/verify/{report.code}").sees("数据科学", "2026 年 11 月 16 日 10:02")


@pytest.mark.req("RPT-07")
def test_the_address_in_a_qr_opens_the_same_page(hers: Holder, visitor: Visitors) -> None:
    report = hers.issue()
    by_token = visitor().visit(f"/v/{report.token}")
    by_code = visitor().visit(f"/verify/{report.code}")
    assert by_token.text == by_code.text
    assert [look.way for look in Look.select().order_by(Look.id)] == ["scanned", "typed"]


def test_nothing_of_a_look_is_kept_or_told_to_others(hers: Holder, visitor: Visitors) -> None:
    who = visitor().visit(f"/verify/{hers.issue().code}")
    headers = who.answer.headers
    assert (headers["Cache-Control"], headers["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    assert headers["Referrer-Policy"] == "same-origin"
    assert "林晓溪" not in who.title


@pytest.mark.req("RPT-06")
@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "填写在线验证码"),
        ("AP7K D3MX W9QT", "12 位的是别的网站以前的验证码"),
        ("AP7K D3MX", "应为 16 位，填了 8 位"),
        ("AX7KD3MXW9QTE52T", "只有字母和数字"),
        ("AP7KD3MXW9QTE52X", "输错了"),
    ],
)
def test_a_mistyped_code_comes_back_without_a_look_up(hers: Holder, person: Visitors, code: str, said: str) -> None:
    who = typed(person(), code)
    assert (who.status, who.value("请输入在线验证码")) == (422, code)
    assert said in who.errors()[0]
    assert Look.select().count() == 0
    if code:
        who = person().visit(f"/verify/{code}")
        assert who.status == 422
        assert said in who.errors()[0]
        assert Look.select().count() == 0


@pytest.mark.req("RPT-06")
def test_letters_that_look_like_digits_are_read_as_these(school: School, hers: Holder, visitor: Visitors) -> None:
    report = hers.issue()
    code = "AP0110000000000"
    report.code = code + verification_codes.check_character(code)
    report.save()
    who = typed(visitor(), report.code.replace("0", "o").replace("1", "I"))
    assert (who.path, who.heading) == (f"/verify/{report.code}", "有效")


@pytest.mark.req("RPT-11", "RPT-12", "RPT-16", "RPT-19")
def test_what_is_not_valid_shows_no_name(world: World, hers: Holder, person: Visitors) -> None:
    closed, doubted, report = hers.issue(), hers.issue(), hers.issue()
    issuing.close(closed, hers.actor)
    who = person()
    assert typed(who, closed.code).heading == "该报告已由权属人关闭"
    who.sees_not("林晓溪", "云溪学院的")
    assert typed(who, verification_codes.make("P")).heading == "未查询到该报告，核对在线验证码"
    assert who.status == 404
    Account.update(state="frozen").where(Account.id == hers.account.id).execute()
    assert typed(who, doubted.code).heading == "学籍信息待核实"
    who.sees_not("林晓溪", "计算机应用技术")
    Account.update(state="active").where(Account.id == hers.account.id).execute()
    world.wait(days=40)
    assert typed(who, report.code).heading == "该报告已过验证有效期，联系权属人延长"
    who.sees_not("林晓溪", "计算机应用技术")
    issuing.extend(report, hers.actor, 1)
    assert typed(who, report.code).heading == "有效"


def test_a_corrected_report_names_the_code_in_its_place_while_that_is_valid(hers: Holder, visitor: Visitors) -> None:
    old, between, new = hers.issue(), hers.issue(), hers.issue()
    for one, follower in ((old, between), (between, new)):
        OnlineReport.update(state="corrected", successor=follower).where(OnlineReport.id == one.id).execute()
    who = typed(visitor(), old.code).sees("该报告已更正", verification_codes.grouped(new.code))
    who.sees_not("林晓溪")
    assert who.follow(verification_codes.grouped(new.code)).heading == "有效"
    issuing.close(new, hers.actor)
    typed(who, old.code).sees("该报告已更正").sees_not(verification_codes.grouped(new.code))


def test_a_pin_is_asked_for_and_remembered_for_ten_minutes(world: World, hers: Holder, person: Visitors) -> None:
    report = hers.issue(pin="4821")
    who = person().visit(f"/v/{report.token}").sees("这份报告要输查看密码").sees_not("林晓溪")
    who.fill("查看密码", "4822").press("查看")
    assert (who.status, who.errors()) == (422, ["查看密码不对，还能再试 4 次"])
    assert who.fill("查看密码", "4821").press("查看").heading == "有效"
    assert who.visit(f"/verify/{report.code}").heading == "有效"
    assert person().visit(f"/verify/{report.code}").heading == "这份报告要输查看密码"
    world.wait(minutes=11)
    assert who.visit(f"/verify/{report.code}").heading == "这份报告要输查看密码"
    assert [look.verdict for look in Look.select().order_by(Look.id)] == ["pin", "pin", "valid", "valid", "pin", "pin"]


def test_five_wrong_pins_end_the_day(world: World, hers: Holder, visitor: Visitors) -> None:
    report = hers.issue(pin="4821")
    defaults.change("rpt.lookup_per_min", 100, SYSTEM)
    who = visitor().visit(f"/verify/{report.code}")
    for wrong in "12345":
        who.fill("查看密码", wrong * 4).press("查看")
    who.fill("查看密码", "4821").press("查看")
    assert who.status == 422
    assert "查看密码错了 5 次" in who.errors()[0]
    world.wait(hours=25)
    assert who.visit(f"/verify/{report.code}").fill("查看密码", "4821").press("查看").heading == "有效"


@pytest.mark.req("IMG-19")
def test_a_photo_is_shown_only_where_the_holder_added_it_and_the_report_is_valid(
    world: World, hers: Holder, visitor: Visitors
) -> None:
    files = Files(world.worker.outside.storage)
    upload = files.keep(b"\xff\xd8 a picture", "admission_photo", state="clean", media="image/jpeg")
    Record.update(photo=upload).where(Record.id == hers.record.id).execute()
    assert visitor().visit(f"/verify/{hers.issue().code}").page.find("img") is None
    report = hers.issue(shows=("photo",))
    who = visitor().visit(f"/verify/{report.code}")
    place = who.page.find("img")["src"]
    assert report.code not in place
    assert who.visit(place).answer.data == b"\xff\xd8 a picture"
    assert who.answer.headers["Cache-Control"] == "no-store"
    issuing.close(report, hers.actor)
    assert who.visit(place).status == 404
    issuing.reopen(OnlineReport.get_by_id(report.id), hers.actor)
    assert who.visit(place).status == 200
    world.wait(minutes=6)
    assert who.visit(place).status == 404
    assert who.visit("/verify/photo/made-up.jpg").status == 404


@pytest.mark.req("RPT-15")
def test_an_eleventh_look_up_in_a_minute_asks_for_a_captcha_once(world: World, hers: Holder, person: Visitors) -> None:
    report = hers.issue()
    who = person()
    for _ in range(10):
        assert who.visit(f"/verify/{report.code}").heading == "有效"
    assert (who.visit(f"/verify/{report.code}").status, who.heading) == (429, "查询过于频繁，稍后再试")
    assert Look.select().count() == 10
    assert who.fill("图片验证码", "没有").press("接着查询").status == 422
    assert who.fill("图片验证码", world.captcha()).press("接着查询").heading == "有效"
    assert who.visit(f"/v/{report.token}").heading == "有效"
    assert person().visit(f"/verify/{report.code}").status == 429
    assert person(address="198.51.100.7").visit(f"/verify/{report.code}").status == 200
    world.wait(minutes=2)
    assert person().visit(f"/verify/{report.code}").status == 200


@pytest.mark.req("RPT-15")
def test_a_proof_of_work_stands_for_the_captcha_and_one_that_came_late_costs_nothing(
    world: World, hers: Holder, visitor: Visitors
) -> None:
    report = hers.issue(pin="4821")
    who = visitor()
    for _ in range(11):
        who.visit(f"/verify/{report.code}")
    late = visitor().visit(f"/verify/{report.code}")
    assert (who.status, late.status) == (429, 429)
    challenge = altcha.Challenge.from_dict(json.loads(who.page.find(attrs={"data-challenge": True})["data-challenge"]))
    who.post(who.path, {"altcha": altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_base64()})
    assert (who.status, who.heading) == (200, "这份报告要输查看密码")
    world.wait(minutes=2)
    late.fill("图片验证码", world.captcha()).press("接着查询")
    assert (late.status, late.heading) == (200, "这份报告要输查看密码")
    late.fill("查看密码", "1").press("查看").sees("还能再试 4 次")


@pytest.mark.req("RPT-15")
def test_past_a_thousand_a_day_every_code_asks_for_its_own(world: World, hers: Holder, visitor: Visitors) -> None:
    one, other = hers.issue(), hers.issue()
    for name, most in (("rpt.lookup_day_ip", 10), ("rpt.lookup_day_proof", 12)):
        defaults.change(name, most, SYSTEM)
    who = visitor()
    for _ in range(10):
        who.visit(f"/verify/{one.code}")
    world.wait(hours=1)
    assert who.visit(f"/verify/{one.code}").status == 429
    who.fill("图片验证码", world.captcha()).press("接着查询").visit(f"/verify/{other.code}")
    assert (who.status, Look.select().count()) == (200, 12)
    assert who.visit(f"/verify/{other.code}").status == 429
    assert who.fill("图片验证码", world.captcha()).press("接着查询").heading == "有效"
    assert who.visit(f"/verify/{other.code}").status == 200
    assert who.visit(f"/verify/{one.code}").status == 429


@pytest.mark.req("RPT-15")
def test_five_codes_in_a_row_that_nobody_has_ask_for_a_captcha(hers: Holder, visitor: Visitors) -> None:
    who = visitor()
    for _ in range(5):
        assert who.visit(f"/verify/{verification_codes.make('P')}").status == 404
    assert who.visit(f"/verify/{hers.issue().code}").status == 429


@pytest.mark.req("RPT-16")
@pytest.mark.parametrize("there", [True, False])
def test_a_look_costs_four_reads_and_one_write_at_most(hers: Holder, visitor: Visitors, there: bool) -> None:
    code = hers.issue().code if there else verification_codes.make("P")
    who = visitor()
    with counted() as cost:
        who.visit(f"/verify/{code}")
    assert (cost.reads, cost.transactions) == (2, 1)


@pytest.mark.req("RPT-18")
def test_the_page_about_the_real_site_shows_its_address_large(visitor: Visitors) -> None:
    who = visitor().visit("/verify").follow("怎样认出真的网站")
    assert who.page.find(class_="host").get_text() == "127.0.0.1:8000"
    who.sees("自己输入网址", "截图")


def test_an_english_report_reads_in_english_whatever_the_page_speaks(hers: Holder, visitor: Visitors) -> None:
    report = hers.issue(language="en", english='{"major": {"计算机应用技术": "Computer Applications"}}')
    who = visitor().visit(f"/verify/{report.code}").sees("Online Verification Report", "Computer Applications", "有效期至")
    assert who.page.find("dl", lang="en")
    assert re.search("[A-Z]", visitor(language="en").visit(f"/verify/{report.code}").heading)
