"""What else a checker may do: many codes at once, a request to open an expired report, a certificate compared."""

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest

from tests.people import School
from tests.person import Person
from tests.reporting import Holder, holder
from tests.web.test_records import diploma
from tests.world import World
from webapp.domain import defaults
from webapp.domain.identity import verification_codes
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.domain.reports import comparing, issuing, many, requests
from webapp.domain.reports.issuing import Wish
from webapp.jobs.accounts import forget_what_accounts_left
from webapp.models.journal import Draft, Event
from webapp.models.messages import Message
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.report_requests import OpenRequest
from webapp.models.reports import Look, OnlineReport
from webapp.providers.files import Files

Visitors = Callable[..., Person]
NUMBER = "999995202606000001"


@pytest.fixture
def certified(world: World, school: School, hers: Holder) -> OnlineReport:
    """A report of her 学历."""
    upload: Upload = Files(world.worker.outside.storage).keep(b"\xff\xd8", "graduation_photo", state="clean")
    record = diploma(school, hers.record, account=hers.account, bound_how="auto", photo=upload)
    return issuing.issue(hers.account, hers.actor, record, Wish())


def test_twenty_codes_are_checked_at_once(world: World, hers: Holder, person: Visitors) -> None:
    valid, closed = hers.issue(), issuing.close(hers.issue(), hers.actor)
    locked = hers.issue(pin="4821")
    who = person().visit("/verify").follow("一次查多个")
    codes = [valid.code.lower(), closed.code, verification_codes.make("P"), locked.code, "AP7KD3MXW9QTE52X", "=1+1"]
    who.fill("在线验证码", "\n".join(codes)).fill("图片验证码", world.captcha()).press("全部查询")
    assert (who.path, who.heading) == ("/verify/many/answers", "查了 6 个验证码")
    pills = [pill.get_text() for pill in who.page.select("dl .pill")]
    assert pills == ["有效", "已关闭", "未查询到", "要查看密码", "输错了", "输错了"]
    who.sees("有效 林晓溪 云溪职业技术学院 · 本科 · 计算机应用技术 · 在籍（注册学籍） 有效期至 2026-12-16")
    assert [look.way for look in Look.select()] == ["many"] * 4
    sheet = list(csv.reader(io.StringIO(who.visit("/verify/many/answers.csv").answer.data.decode("utf-8-sig"))))
    assert sheet[2][:3] == [verification_codes.grouped(valid.code), "有效", "林晓溪"]
    assert sheet[-1][0] == "'=1+1"
    assert "林晓溪" not in str([row.__data__ for row in Draft.select()])
    world.wait(hours=2)
    assert who.visit("/verify/many/answers").path == "/verify/many"


def test_a_list_is_taken_as_a_file_too_and_refused_where_it_is_none(world: World, hers: Holder, person: Visitors) -> None:
    who = person().visit("/verify/many")
    who.fill("图片验证码", world.captcha()).press("全部查询")
    assert who.errors() == ["没有找到在线验证码，一行写一个"]
    who.fill("在线验证码", "\n".join(["AP7KD3MXW9QTE52T"] * 21)).fill("图片验证码", world.captcha()).press("全部查询")
    assert who.errors() == ["一次最多查 20 个，这里有 21 个"]
    who.attach("或者选一个", "codes.csv", b"\xff\xfe\x00\x01").fill("图片验证码", world.captcha()).press("全部查询")
    assert who.errors() == ["打不开这个文件，存成 CSV 再上传"]
    sheet = f"姓名;在线验证码\n林晓溪;{hers.issue().code}\n".encode("gb18030")
    who.attach("或者选一个", "codes.csv", sheet).fill("图片验证码", world.captcha()).press("全部查询")
    assert who.sees("查了 1 个验证码").heading == "查了 1 个验证码"
    assert person().visit("/verify/many/answers").path == "/verify/many"


def test_five_thousand_codes_get_their_answers_in_order(hers: Holder) -> None:
    known = [hers.issue().code for _ in range(3)]
    made = [known[n % 3] if n % 50 == 0 else verification_codes.make("P") for n in range(4_999)]
    data = (
        "在线验证码,备注\r\n"
        + "".join(f"{verification_codes.grouped(code)},{n}\r\n" for n, code in enumerate(made))
        + "x,-\r\n"
    )
    codes = many.read(data.encode("utf-8-sig"), 5_000)
    checked = list(many.check(codes, "many", "192.0.2.0/24"))
    assert [one.typed.replace(" ", "") for one in checked] == [*made, "x"]
    assert [one.verdict for one in checked].count("valid") == 100
    assert checked[-1].verdict == "mistyped"
    assert Look.select().count() == 4_999
    with pytest.raises(Refused, match="codes_many"):
        many.read(data.encode(), 4_999)


@pytest.mark.req("RPT-28")
def test_an_expired_report_is_opened_for_who_asked_and_for_nobody_else(world: World, hers: Holder, person: Visitors) -> None:
    report = hers.issue()
    world.wait(days=40)
    who = person().visit(f"/verify/{report.code}").follow("申请查看一次")
    who.fill("你的姓名或单位", "海川公司人事部").fill("为什么要查看", "办理入职")
    who.fill("图片验证码", world.captcha()).press("提交申请")
    assert who.heading == "等权属人答复"
    place, asked = who.path, OpenRequest.get()
    assert "海川公司" not in str(asked.__data__) and "海川公司" not in str([row.__data__ for row in Message.select()])
    requests.open(asked, hers.actor)
    who.visit(place).sees("有效", "林晓溪", "权属人同意了你的申请")
    assert Look.select().order_by(Look.id.desc()).get().way == "asked"
    assert person().visit(f"/verify/{report.code}").heading == "该报告已过验证有效期，联系权属人延长"
    world.wait(days=7)
    assert who.visit(place).heading == "开放的时间过了"
    assert {"open_request.ask", "open_request.open"} <= {event.action for event in Event.select()}


@pytest.mark.req("RPT-28")
def test_a_holder_declines_and_strangers_do_not_decide(world: World, school: School, hers: Holder, person: Visitors) -> None:
    report, other = hers.issue(pin="4821"), holder(school, "何苗", "13800000002")
    world.wait(days=40)
    who = person().visit(f"/verify/{report.code}/request")
    assert who.fill("图片验证码", world.captcha()).press("提交申请").errors() == ["写上姓名或单位名称，最多 60 个字"]
    who.fill("你的姓名或单位", "海川公司").fill("为什么要查看", "入职").fill("图片验证码", world.captcha()).press("提交申请")
    asked = OpenRequest.get()
    with pytest.raises(Refused, match="not_allowed"):
        requests.open(asked, other.actor)
    requests.decline(asked, hers.actor)
    assert who.visit(who.path).heading == "权属人没有同意"
    requests.open(OpenRequest.get(), hers.actor)
    assert who.visit(who.path).heading == "这份报告要输查看密码"
    assert who.fill("查看密码", "4821").press("查看").sees("林晓溪").status == 200


@pytest.mark.req("RPT-28")
def test_a_code_takes_three_requests_a_day_and_none_while_it_is_valid(world: World, hers: Holder, visitor: Visitors) -> None:
    report, who = hers.issue(), visitor()

    def ask() -> Person:
        who.visit(f"/verify/{report.code}/request").fill("你的姓名或单位", "海川公司").fill("为什么要查看", "入职")
        return who.fill("图片验证码", world.captcha()).press("提交申请")

    assert ask().heading == "有效"
    world.wait(days=40)
    assert [ask().heading for _ in range(3)] == ["等权属人答复"] * 3
    assert ask().errors()[0].startswith("这份报告今天收到的查看申请太多了")
    assert OpenRequest.select().count() == 3


@pytest.mark.req("RPT-28")
def test_requests_are_forgotten_after_their_time(world: World, hers: Holder) -> None:
    report = hers.issue()
    OpenRequest.create(report=report, name="海川公司", reason="入职", at=report.issued)
    world.wait(days=181)
    forget_what_accounts_left(world.worker.outside)
    assert OpenRequest.select().count() == 0


@pytest.mark.req("RPT-23")
def test_a_certificate_is_compared_only_where_school_and_holder_allow_it(
    world: World, hers: Holder, certified: OnlineReport, person: Visitors
) -> None:
    who = person()
    assert who.visit("/verify/certificate").status == 404
    defaults.change("rpt.scattered", True, SYSTEM)

    def ask(number: str, name: str) -> str:
        who.visit("/verify/certificate").fill("证书编号", number).fill("姓名", name)
        who.fill("图片验证码", world.captcha()).press("查询")
        return who.page.find(class_="note").find("strong").get_text() if who.status == 200 else who.errors()[0]

    assert ask(NUMBER, "林晓溪") == "不一致"
    comparing.allow(certified, hers.actor, True)
    assert ask(NUMBER, "林晓溪") == "一致"
    who.sees_not("计算机应用技术")
    assert (ask(NUMBER, "何苗"), ask("999995202606000002", "林晓溪")) == ("不一致", "不一致")
    assert (ask("", "林晓溪"), ask(NUMBER, "")) == ("填写证书编号", "填写姓名")
    assert [(look.report_id, look.verdict) for look in Look.select().order_by(Look.id)] == [
        (None, "differs"), (certified.id, "same"), (certified.id, "differs"), (None, "differs"),
    ]  # fmt: skip
    issuing.close(OnlineReport.get_by_id(certified.id), hers.actor)
    assert ask(NUMBER, "林晓溪") == "不一致"


@pytest.mark.req("RPT-23")
def test_only_the_holder_of_a_qualification_allows_it(school: School, hers: Holder, certified: OnlineReport) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        comparing.allow(certified, holder(school, "何苗", "13800000002").actor, True)
    with pytest.raises(Refused, match="not_allowed"):
        comparing.allow(hers.issue(), hers.actor, True)
    assert comparing.allow(certified, hers.actor, True).comparable
    assert not comparing.allow(certified, hers.actor, False).comparable
    assert Record.get_by_id(certified.record_id).graduated_on == date(2026, 7, 1)
