"""A name that a phone cannot write is drawn with the font that the page brings, in Chromium."""

import pytest

from tests.browser.site import Site, until
from tests.browser.visitor import DESK, Visitor
from tests.people import School, make_account
from webapp.domain import glyphs, permissions, records
from webapp.domain.reports import issuing
from webapp.domain.reports.issuing import Wish
from webapp.jobs.glyphs import draw
from webapp.models.accounts import Account
from webapp.models.records import Record

NAME = "王𬱖"

AS_A_PHONE = """() => {
    const families = getComputedStyle(document.body).fontFamily.split(", ")
    document.body.style.fontFamily = '"DejaVu Sans", ' + families.at(-1)
    return Promise.all([...document.fonts].map(one => one.load())).then(
        () => [...document.fonts].map(one => one.family + " " + one.status))
}"""
"""Leaves of the page's fonts the last alone, behind one without Chinese; returns those that the page brought."""


@pytest.fixture
def holder(site: Site, school: School) -> Account:
    account = make_account(school.record(NAME), "13800000001")
    records.bind(account)
    glyphs.look()
    draw(site.worker.outside)
    return account


def is_drawn(me: Visitor) -> bool:
    """Does the name's rare character come from the font that the page brought, its common one from the machine's?"""
    until(lambda: me.page.evaluate("document.fonts.size"))  # asked from here: without scripts no timer of the page fires
    told = me.page.evaluate(AS_A_PHONE)
    me.page.locator("#main").get_by_text(NAME, exact=True).first.evaluate("node => node.id = 'named'")
    chromium = me.page.context.new_cdp_session(me.page)
    for domain in ("DOM", "CSS"):
        chromium.send(f"{domain}.enable")
    page = chromium.send("DOM.getDocument")["root"]["nodeId"]
    node = chromium.send("DOM.querySelector", {"nodeId": page, "selector": "#named"})["nodeId"]
    fonts = chromium.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return told == ["rare loaded"] and {(one["isCustomFont"], one["glyphCount"]) for one in fonts} == {(True, 1), (False, 1)}


@pytest.mark.req("ACC-15")
@pytest.mark.parametrize("scripts", [False, True], ids=["plain", "htmx"])
def test_the_holder_sees_a_rare_name_as_it_is_written(site: Site, school: School, holder: Account, scripts: bool) -> None:
    me = site.visitor(holder, scripts=scripts).visit("/records")
    me.fill("院校名称", school.unit.name).press("核验，继续")
    me.page.locator(".menu a", has_text="计算机应用技术").click()
    me.sees("核对学籍信息", NAME)
    assert is_drawn(me) and me.faults == []


@pytest.mark.req("ACC-15")
def test_staff_see_it_too(site: Site, school: School, holder: Account) -> None:
    officer = site.visitor(school.staff("ni"), size=DESK).visit("/staff/records").follow(NAME)
    assert is_drawn(officer) and officer.faults == []


@pytest.mark.req("ACC-15", "RPT-08")
def test_whoever_checks_a_report_sees_it_too(site: Site, holder: Account) -> None:
    report = issuing.issue(holder, permissions.student(holder.key), Record.get(Record.account == holder), Wish())
    they = site.visitor().visit(f"/v/{report.token}").sees("有效", NAME)
    assert is_drawn(they) and they.faults == []
