"""Several pictures chosen at once, with scripts: one by one, over a lost connection, and the page says which was not taken."""

from io import BytesIO

import pytest
from PIL import Image

from tests.browser.site import Site
from tests.certifying import begun, office
from tests.people import School
from tests.reporting import holder
from webapp.models.certification import Material


def small(shade: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (240, 210), (200, shade, 90)).save(out, "JPEG")
    return out.getvalue()


@pytest.mark.req("CRT-18")
def test_pictures_go_one_by_one_and_again_after_the_connection_was_lost(site: Site, school: School):
    me = holder(school)
    application = begun(me, office().agency)
    browser = site.visitor(me.account).visit(f"/apply/{application.key}/files/{application.items[0].key}/other")
    chosen = [small(0), b"%PDF-1.7 no picture", small(60), small(120)]
    browser.page.context.set_offline(True)
    browser.page.locator("#album").set_input_files(
        [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": data} for n, data in enumerate(chosen)]
    )
    browser.page.get_by_text("正在传第 1 张，共 4 张").wait_for()
    assert Material.select().count() == 0
    browser.page.context.set_offline(False)
    browser.page.locator("ol.pictures").wait_for()
    browser.sees("第 2 张：仅限jpg/png格式")
    assert Material.select().count() == 3
