"""One student's way through the years of a school, by hand, in Chromium: the offices with htmx, the student plain in English.

A roster, a self-check with an error, a graduation photo that its holder refuses, the certificate, and what is shut then.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.site import Site, until
from tests.browser.test_journeys import log_in, settled
from tests.browser.visitor import DESK, Visitor
from tests.desk import roster, student
from tests.graduation import named, packed, photo
from tests.people import School, make_account, make_colleague
from webapp.domain import clock
from webapp.models.checks import Check
from webapp.models.records import Record
from webapp.models.staff import Staff

LOCKED = "学历注册并提供网上查询后，学校不得变更证书内容及注册信息"
STUDENTS = 3


@dataclass
class Year:
    """The class that leaves today, who walks with it at the office (ni), and the student with a phone."""

    site: Site
    school: School
    today: date
    ni: Visitor

    def staff(self, login: str) -> Visitor:
        """A colleague at a desk, logged in."""
        return self.site.visitor(Staff.get(Staff.login == login), size=DESK).visit("/staff")

    def phone(self) -> Visitor:
        """The student, who has an account and has not seen the record."""
        account = make_account(self.record, "13800005678", language="en")
        return self.site.visitor(account, language="en", scripts=False)

    @property
    def record(self) -> Record:
        return self.records[0]

    @property
    def records(self) -> list[Record]:
        return list(Record.select().where(Record.expected_on == self.leaves).order_by(Record.id))

    @property
    def leaves(self) -> date:
        return date(self.today.year, 6, 30)

    def rows(self) -> bytes:
        """The roster of the class: in the fourth year, to leave this summer."""
        came = str(self.today.year - 4)
        days = {"入学日期": f"{came}-09-03", "预计毕业日期": str(self.leaves)}
        return roster(*(student(n, 学号=f"00{came}{n:06}", 班级=f"计应 {came} 班", **days) for n in range(1, STUDENTS + 1)))


def brought(ni: Visitor, what: str, name: str, data: bytes, confirm: str, count: int) -> Visitor:
    """Send a file, read what came of the check, confirm."""
    ni.visit("/staff/import").follow(what)
    if what == "导入名册":
        ni.tick("学籍名册（在校生、新生）")
    return written(ni.attach("文件", name, data).press("上传并检查"), confirm, count)


def written(ni: Visitor, confirm: str, count: int) -> Visitor:
    settled(ni, "等你确认").press(confirm, num=count)
    return settled(ni, "已导入")


def windows(year: Year) -> None:
    """The office asks the class to check its data, and its photos."""
    ni, first, last = year.ni, year.today, year.today + timedelta(days=14)
    ni.visit("/staff/campaigns").follow("安排一次自查").fill("名称", "毕业班学籍自查").fill("开始", str(first))
    ni.fill("截止", str(last)).fill("年级", str(year.today.year - 4)).press("安排自查").sees("正在进行")
    until(lambda: Check.get_or_none(Check.record == year.record))
    ni.visit("/staff/campaigns").follow("安排图像校对").fill("名称", "毕业班图像校对").fill("届", str(year.today.year))
    ni.fill("开始", str(first)).fill("截止", str(last)).press("安排图像校对").sees("%(num)s 人", num=STUDENTS)


def checked(year: Year, me: Visitor) -> None:
    """The student says that the class is wrong, the office mends it, the student confirms."""
    me.visit("/records").fill("院校名称", year.school.unit.name).press("核验，继续")
    me.page.locator(".menu a", has_text="计算机应用技术").click()
    row = me.page.locator(".flagged", has=me.page.locator("[value=klass]"))
    row.locator("[type=checkbox]").check()
    row.locator("input:not([type=checkbox])").fill("计应 2602 班")
    me.press("提交勾选的问题").sees("已反馈，学校处理中")
    ni = year.ni.visit("/staff/reports").follow(year.record.name)
    report = ni.path
    ni.follow("其他信息直接修改").fill("班级", "计应 2602 班").fill("原因", "分班名单登记错了").press("保存")
    ni.visit(report).sees("计应 2602 班").tick("已更正").fill("答复学生", "已经改成 2602 班").press("答复学生")
    me.visit(f"/records/{year.record.key}").sees("已更正，再核对一遍", "已经改成 2602 班", "计应 2602 班")
    me.press("全部正确，确认")
    assert me.path.endswith("/receipt")


def photographed(year: Year, me: Visitor) -> None:
    """The photos come in; the student refuses the own, the college hands it on, the office brings another, and it is right."""
    files = {named(one): photo(n) for n, one in enumerate(year.records, start=1)}
    brought(year.ni, "导入学历照片", "毕业照.zip", packed(files), "确认，写入 %(num)s 张照片", STUDENTS)
    me.visit("/").follow("学历电子注册图像校对").press("确定，开始校对").press("学籍信息正确")
    me.follow("毕业照片有误").tick("背景或尺寸不符").press("毕业照片有误").press("提交").sees("已报有误，学校处理中")
    college = year.staff("xinxi").follow("照片校对有误").sees(year.record.name).press("汇总上报 %(num)s 人", num=1)
    college.sees("已上报")
    ni = year.ni.visit("/staff/photos").follow("学院已汇总").follow(year.record.name)
    ni.sees("背景或尺寸不符").follow("换一张照片").attach("照片", "新拍的.jpg", photo(9)).press("上传并检查")
    written(ni, "确认，写入 %(num)s 张照片", 1)
    me.visit("/photo").press("确定，开始校对").press("学籍信息正确").press("毕业照片正确").press("确定")
    me.sees("校对完成，信息和照片都正确")
    assert college.faults == []


def registered(year: Year) -> None:
    """The class comes on the list; who confirmed the photo is registered and gets the first number."""
    ni = year.ni.visit("/staff/graduation").follow("开始一届").fill("哪一届", str(year.today.year))
    ni.fill("毕业日期", str(year.today)).fill("公布日期", str(year.today)).fill("校（院）长姓名", "沈知远").press("开始")
    ni.follow("从学籍里加学生").sees("找到 %(num)s 人。", num=STUDENTS).press("全部列入名单").press("注册通过的学生")
    passed(ni).sees("学生还没有确认学历照片正确").page.locator("[href$='state=registered']").click()
    ni.sees(year.record.name, f"999991{year.today.year}05000001")


def passed(officer: Visitor) -> Visitor:
    """Wait for a pass over the list to end."""
    expect(officer.page.locator("#progress")).to_have_count(0, timeout=20_000)
    return officer


def published(year: Year, me: Visitor) -> None:
    """Two officers agree, and the qualification is the student's."""
    make_colleague(year.school.unit, "he", "R")
    year.ni.follow("公布学历").fill("公布多少人", "1").press("申请公布")
    year.ni.sees("%(name)s申请公布，等另一位老师同意。", name="倪老师")
    expect(year.ni.button("同意公布")).to_have_count(0)
    other = year.staff("he").visit("/staff/graduation").follow(str(year.today.year)).follow("公布学历").press("同意公布")
    passed(other)
    me.visit("/messages").page.locator("li button").first.click()
    me.follow("去看看").sees(f"999991{year.today.year}05000001", "沈知远")
    assert other.faults == []


def shut(year: Year, begun: Visitor) -> None:
    """Neither the data nor the photo is the office's to change any more, nor an edit that it had begun to be saved."""
    begun.fill("班级", "计应 2601 班").fill("原因", "改回去").press("保存").sees(LOCKED)
    year.ni.visit(f"/staff/records/{year.record.key}").follow("看学历照片").sees("已对外公布，不得变更")
    year.ni.visit(f"/staff/records/{year.record.key}").follow("注册和异动").sees(LOCKED)
    assert (year.record.klass.name, begun.faults) == ("计应 2602 班", [])


@pytest.mark.req("SCH-02", "BND-01", "CHK-01", "CHK-05", "CHK-06", "SCH-16", "SCH-20", "IMG-03", "IMG-05", "IMG-07", "IMG-08")
@pytest.mark.req("IMG-22", "IMG-16", "SCH-13", "SCH-14", "SCH-15", "COR-07")
def test_a_students_years_from_the_roster_to_the_certificate(site: Site, school: School):
    ni = log_in(site, "zh", scripts=True)
    year = Year(site, school, clock.today(), ni)
    brought(ni, "导入名册", "毕业班.csv", year.rows(), "确认，写入 %(num)s 行", STUDENTS)
    windows(year)
    me = year.phone()
    checked(year, me)
    photographed(year, me)
    registered(year)
    begun = Visitor(ni.page.context.new_page(), site.url, "zh", scripts=True).visit(f"/staff/records/{year.record.key}/edit")
    published(year, me)
    shut(year, begun)
    assert (me.faults, ni.faults) == ([], [])
