"""A report from its issue to its correction, between its holder and a stranger, in Chromium: plain in Chinese, htmx in English.

The PDF is read by poppler's pdfsig on the way, by the page that checks files, and once more with a byte flipped.
"""

from pathlib import Path

import pytest
import segno

from tests.browser.site import Site, until
from tests.browser.test_glyphs import NAME as RARE
from tests.browser.test_glyphs import is_drawn
from tests.browser.test_journeys import WAYS
from tests.browser.visitor import DESK, Visitor
from tests.correcting import picture
from tests.people import School, make_account
from tests.providers.test_pdf_poppler import says
from webapp.domain import clock, records
from webapp.domain.enrolment import editing
from webapp.domain.permissions import SYSTEM, student
from webapp.domain.reports import issuing
from webapp.domain.reports.issuing import Wish
from webapp.models.corrections import Correction
from webapp.models.glyphs import Glyph
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.reports import OnlineReport

NAME = "林晓溪"


class Stranger:
    """Who was given a report, with nothing but the address in its QR."""

    def __init__(self, site: Site, language: str, scripts: bool, address: str) -> None:
        self.site, self.address = site, address
        self.browser = site.visitor(language=language, scripts=scripts)

    def looks(self) -> Visitor:
        return self.browser.visit(self.address)

    def row(self, words: str) -> str:
        """What stands beside these words of the site, or of the report in its own language."""
        label = self.browser.page.get_by_text(self.browser.say(words), exact=True).or_(
            self.browser.page.get_by_text(words, exact=True)
        )
        return label.first.locator("+ dd").inner_text()

    def checks(self, pdf: bytes) -> Visitor:
        self.browser.visit("/verify/file").attach("收到的 PDF", "report.pdf", pdf)
        return self.browser.pass_captcha(self.site.captcha()).press("核对这个文件")

    def knows(self, words: str) -> bool:
        return words in self.browser.page.locator("#main").inner_text()


def issue(me: Visitor) -> OnlineReport:
    """Three taps, and the PDF follows."""
    me.visit("/reports").follow("申请报告").sees("申请在线验证报告").press("申请")
    until(lambda: OnlineReport.get().pdf == "ready")
    return OnlineReport.get()


def in_the_qr(me: Visitor, address: str) -> bool:
    """Is the square on the page the one of this address?"""
    drawn = me.page.locator(".qr path").last.get_attribute("d")
    return drawn in segno.make(address, error="m", micro=False).svg_inline(scale=4, border=4, light="#fff")


def fetched(me: Visitor, report: OnlineReport) -> bytes:
    return me.page.request.get(f"{me.home}/reports/{report.key}/pdf").body()


def answers(they: Stranger, report: OnlineReport) -> None:
    """By the QR and by the box of the front page, in whatever case one types."""
    they.looks().sees("有效", "本站网址，以本页为准：")
    assert they.knows(NAME) and they.row("查询时间") and they.row("层次") == "本科"
    they.browser.visit("/").fill("请输入在线验证码", report.code.lower()).press("查询").sees("有效")
    assert they.knows(NAME)


def is_extended(me: Visitor, they: Stranger) -> None:
    before = they.row("有效期至")
    me.open("延长验证有效期")
    me.page.locator("[name=months][value='3']").check()
    me.press("延长")
    they.looks()
    assert they.row("有效期至") != before


def is_closed_and_opened(me: Visitor, they: Stranger) -> None:
    """The very next look says so."""
    me.open("不想让别人再查").press("关闭这份报告").sees("你关闭了这份报告，别人查不到内容。")
    they.looks().sees("该报告已由权属人关闭")
    assert not they.knows(NAME)
    me.press("重新开启")
    they.looks().sees("有效")
    assert they.knows(NAME)


def is_signed(they: Stranger, pdf: bytes, folder: Path) -> None:
    """As poppler says, and the site; with a byte flipped both refuse it."""
    flipped = bytearray(pdf)
    flipped[len(pdf) // 2] ^= 1
    for data, valid, told in ((pdf, True, "与签发的文件一致"), (bytes(flipped), False, "不能采信：文件改过")):
        (folder / "report.pdf").write_bytes(data)
        assert ("Signature is Valid" in says(folder, "pdfsig", "report.pdf").stdout) == valid
        they.checks(data).sees(told)


def is_corrected(they: Stranger, report: OnlineReport, pdf: bytes) -> None:
    """The old code shows nothing but the new one, and so does the old paper."""
    record = Record.get_by_id(report.record_id)
    editing.change(record, {"level": "vocational"}, SYSTEM, "登记错了", source="correction")
    they.looks().sees("该报告已更正")
    assert not they.knows(NAME) and not they.knows("本科")
    they.browser.page.locator("#main p > a.link").first.click()
    they.browser.sees("有效", NAME)
    assert they.row("层次") == "专科(高职)"
    they.checks(pdf).sees("与签发的文件一致", "已更正")


@pytest.mark.req("RPT-03", "RPT-05", "RPT-07", "RPT-08", "RPT-09", "RPT-11", "RPT-14")
@pytest.mark.parametrize(("language", "scripts"), WAYS)
def test_a_report_is_issued_checked_extended_closed_and_corrected(
    site: Site, school: School, language: str, scripts: bool, tmp_path: Path
) -> None:
    account = make_account(school.record(NAME), "13800000001", language=language)
    records.bind(account)
    records.pass_gate(account, school.unit.name)
    me = site.visitor(account, language=language, scripts=scripts)
    report = issue(me)
    page, address = f"/reports/{report.key}", f"{site.url}/v/{report.token}"
    assert in_the_qr(me.visit(page), address)
    pdf, they = fetched(me, report), Stranger(site, language, scripts, address)
    answers(they, report)
    is_extended(me, they)
    is_closed_and_opened(me, they)
    is_signed(they, pdf, tmp_path)
    is_corrected(they, report, pdf)
    me.visit(page).sees("学籍更正以后，这份报告不再有效。").follow("看代替它的报告").sees("有效")
    me.visit(page).sees("谁查过", "扫码", "只看到已关闭", "只看到已更正")
    assert me.faults == they.browser.faults == []


@pytest.mark.req("RPT-03", "RPT-05", "COR-09", "ACC-15")
def test_the_character_that_a_correction_brings_stands_in_the_next_report(site: Site, school: School) -> None:
    """王页 is 王𬱖 on the identity card; the old code leads to a report with the name as it is written, on page and paper."""
    record = school.record(RARE)
    account = make_account(record, "13800000001", person_proved=clock.now(), person_proved_by="desk")
    Record.update(name="王页", name_compare="王页", account=account, bound_how="manual").where(Record.id == record.id).execute()
    old = issuing.issue(account, student(account.key), Record.get_by_id(record.id), Wish())
    records.pass_gate(account, school.unit.name)

    me = site.visitor(account).visit(f"/corrections/new/{record.key}/name").tick("生僻字当时打不出来")
    me.fill("应该是", RARE).fill("理由", "身份证上是𬱖").press("继续")
    asked = Correction.get(Correction.account == account)
    me.visit(f"/corrections/{asked.key}/papers/id_card").attach("从相册选", "card.jpg", picture()).press("上传")
    until(lambda: Upload.select().where((Upload.purpose == "correction_file") & (Upload.state == "clean")).exists())
    me.visit(f"/corrections/{asked.key}/check").press("提交申请")
    officer = site.visitor(school.staff("ni"), size=DESK).visit(f"/staff/corrections/{asked.key}").press("接手")
    officer.press("同意更改，马上生效")

    they = site.visitor().visit(f"/v/{old.token}").sees("该报告已更正")
    they.page.locator("#main p > a.link").first.click()
    they.sees("有效", RARE)
    new = OnlineReport.get(OnlineReport.id != old.id)
    until(lambda: OnlineReport.get_by_id(new.id).pdf == "ready")
    until(lambda: Glyph.get(Glyph.character == RARE[1]).font)
    they.visit(f"/v/{new.token}")
    assert is_drawn(they) and they.faults == officer.faults == me.faults == []
