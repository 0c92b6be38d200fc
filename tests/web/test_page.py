"""The frame of every page: errors that tell nothing they should not, headers, languages, foreign forms."""

import logging
from collections.abc import Callable
from io import StringIO

import pytest
from flask import Flask

from tests.people import School, make_account
from tests.person import Person
from tests.world import World
from webapp.domain import defaults
from webapp.domain.permissions import SYSTEM
from webapp.web.access import public

Visitor = Callable[..., Person]


@pytest.mark.req("SYS-17")
def test_an_unknown_address_says_where_to_go(visitor: Visitor) -> None:
    page = visitor().visit("/nowhere")
    assert page.status == 404
    page.sees("没有这个页面", "回到首页")


@pytest.mark.req("SYS-17")
def test_a_fault_of_ours_shows_a_reference_and_nothing_else(
    app: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, log = StringIO(), logging.getLogger("xuedang.web")
    monkeypatch.setattr(log, "handlers", [logging.StreamHandler(told)])  # whatever a server started elsewhere made of it
    monkeypatch.setattr(log, "disabled", False)

    @app.get("/broken")
    @public("only in this test")
    def broken() -> None:
        raise RuntimeError("a secret detail")

    page = visitor().visit("/broken")
    assert page.status == 500
    reference = page.answer.headers["X-Reference"]
    page.sees("是我们的问题", reference).sees_not("a secret detail", "Traceback")
    assert reference in told.getvalue()


def test_every_answer_carries_the_headers_that_protect_it(visitor: Visitor) -> None:
    for path in ("/", "/nowhere"):
        headers = visitor().visit(path).answer.headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"


@pytest.mark.req("ACC-59")
def test_the_header_greets_by_the_masked_name_and_ends_the_session(
    world: World, school: School, person: Callable[[], Person]
) -> None:
    me = world.log_in(person(), make_account(school.record("林晓溪"), "13800000001")).visit("/menu")
    header = me.page.find("header").get_text(" ", strip=True)
    assert header.endswith("您好, 林*溪 | 退出")
    me.press("退出")
    assert me.visit("/menu").path == "/login"


@pytest.mark.req("ACC-63")
def test_the_site_has_a_name_in_each_language(visitor: Visitor) -> None:
    defaults.change("site.name", "云溪职业技术学院", SYSTEM)
    assert visitor(language="en").visit("/").title.endswith(" - 云溪职业技术学院")
    defaults.change("site.name_en", "Yunxi Polytechnic", SYSTEM)
    assert visitor(language="en").visit("/").title.endswith(" - Yunxi Polytechnic")
    assert visitor().visit("/").title.endswith(" - 云溪职业技术学院")


@pytest.mark.req("ACC-53")
def test_a_browser_that_is_too_old_is_told_which_are_not(visitor: Visitor) -> None:
    page = visitor().visit("/")
    assert "这个浏览器太旧，页面可能显示不全。换新版的 Chrome、Edge、Firefox、Safari 或微信打开。" in page.answer.text
    assert "@supports (inset:0){.old{display:none}}" in page.visit("/static/app-1.css").answer.text


def test_static_files_are_kept_for_a_year(app: Flask) -> None:
    answer = app.test_client().get("/static/app-1.css")
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.req("ACC-63")
def test_the_language_follows_the_browser_until_the_visitor_chooses(visitor: Visitor) -> None:
    page = visitor(language="en-GB,en;q=0.9").visit("/")
    assert page.page.html["lang"] == "en"
    page.press("中文")
    assert page.page.html["lang"] == "zh-CN"
    assert page.visit("/").page.html["lang"] == "zh-CN"


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_choosing_a_language_never_leads_away_from_the_site(visitor: Visitor, place: str) -> None:
    page = visitor().visit("/")
    answer = page.client.post("/language", data={"lang": "en", "next": place, "csrf_token": page.token()})
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_a_form_from_another_site_is_refused(visitor: Visitor, headers: dict) -> None:
    assert visitor().visit("/").post("/language", {"lang": "en", "next": "/"}, **headers).status == 403


def test_a_form_without_its_token_is_refused_with_a_way_on(visitor: Visitor) -> None:
    page = visitor().visit("/").post("/language", {"lang": "en", "next": "/", "csrf_token": "wrong"})
    assert page.status == 400
    page.sees("这一页放得太久了", "重新打开这一页")
