"""T26, forged reports and fake sites: a code page shows what the register says now, whatever paper or PDF say.

The PDF's half is `test_t26_pdf.py`.
"""

from collections.abc import Callable

import pytest

from tests.person import Person
from tests.reporting import Holder
from tests.world import World
from webapp.domain.identity import verification_codes
from webapp.domain.reports import issuing
from webapp.models.records import Record
from webapp.models.reports import Look, OnlineReport

Visitors = Callable[..., Person]


@pytest.mark.req("RPT-11")
def test_a_closed_report_says_so_at_the_very_next_look(hers: Holder, visitor: Visitors) -> None:
    """Time stands still in a test: the next look comes within the same second, in the same browser."""
    report = hers.issue()
    who = visitor()
    assert who.visit(f"/verify/{report.code}").heading == "有效"
    assert who.answer.headers["Cache-Control"] == "no-store"
    assert not {"ETag", "Last-Modified", "Expires"} & set(who.answer.headers.keys())
    issuing.close(report, hers.actor)
    for place in (f"/verify/{report.code}", f"/v/{report.token}"):
        assert who.visit(place).heading == "该报告已由权属人关闭"


@pytest.mark.req("RPT-08")
def test_the_page_shows_the_register_and_not_what_the_paper_said(hers: Holder, visitor: Visitors) -> None:
    report = hers.issue()
    OnlineReport.update(digest="0" * 64, pdf="ready").where(OnlineReport.id == report.id).execute()
    Record.update(major="数据科学", status="B1").where(Record.id == hers.record.id).execute()
    visitor().visit(f"/verify/{report.code}").sees("数据科学").sees_not("计算机应用技术", "注册学籍")


@pytest.mark.req("RPT-18")
@pytest.mark.parametrize("kind", ["valid", "closed", "unknown", "mistyped"])
def test_every_answer_shows_the_address_of_the_real_site(hers: Holder, visitor: Visitors, world: World, kind: str) -> None:
    report = hers.issue()
    if kind == "closed":
        issuing.close(report, hers.actor)
    code = {"unknown": verification_codes.make("P"), "mistyped": "AP7KD3MXW9QTE52X"}.get(kind, report.code)
    who = visitor().visit(f"/verify/{code}").sees("127.0.0.1:8000")
    assert who.page.find("a", string="怎样认出真的网站") or "怎样认出真的网站" in who.text


def test_the_real_address_is_the_settings_own_whatever_the_request_says(hers: Holder, visitor: Visitors) -> None:
    who = visitor()
    who.headers["Host"] = "evil.example.com"
    who.visit(f"/verify/{hers.issue().code}").sees("127.0.0.1:8000").sees_not("evil.example.com")


def test_a_look_leaves_its_line_before_anything_is_shown(hers: Holder, visitor: Visitors) -> None:
    visitor().visit(f"/verify/{hers.issue().code}")
    look = Look.get()
    assert (look.way, look.verdict, look.network) == ("typed", "valid", "192.0.2.0/24")
