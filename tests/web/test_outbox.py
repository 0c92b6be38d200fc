"""The demo's outbox shows what would have gone out, and only the demo has one."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.person import Person
from tests.world import World
from webapp import create_app
from webapp.providers import outbox
from webapp.settings import Settings


@pytest.mark.req("SYS-01")
def test_messages_stand_as_text_one_line_each_newest_last(person: Callable[..., Person], world: World) -> None:
    path = world.settings.data_dir / outbox.NAME
    outbox.write(path, "SMS 138 0000 5678 <b>学档</b> 408213")
    outbox.captcha(path, "4821")
    page = person().visit("/outbox").page
    assert page.find("pre").get_text().split("\n")[:2] == ["SMS 138 0000 5678 <b>学档</b> 408213", "captcha: 4821"]


@pytest.mark.req("SYS-01")
def test_an_empty_outbox_says_what_will_stand_there(visitor: Callable[..., Person]) -> None:
    assert "还没有短信和邮件" in visitor().visit("/outbox").page.get_text()


def test_the_second_factors_of_the_demo_stand_there_without_a_run_of_six_digits(settings: Settings) -> None:
    app = create_app(settings)
    app.extensions["demo_codes"] = lambda: [("ni", "408213")]
    page = app.test_client().get("/outbox").text
    assert "ni <b>408 213</b>" in page


def test_a_real_site_has_no_outbox_page(settings: Settings) -> None:
    app = create_app(replace(settings, demo=False, allow_local_outbox=True))
    assert app.test_client().get("/outbox").status_code == 404
    assert "/outbox" not in app.test_client().get("/").text


def test_every_page_of_the_demo_leads_to_the_outbox(visitor: Callable[..., Person]) -> None:
    assert visitor().visit("/register").page.find("footer").find("a", href="/outbox") is not None
