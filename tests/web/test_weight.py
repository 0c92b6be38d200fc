"""What a phone fetches: the first page whole, and each step after it, as bytes packed with gzip and as requests."""

import gzip
from collections.abc import Callable

import pytest
from flask import Flask

from tests.pages import weighed
from tests.people import School, make_account
from tests.person import Person
from tests.world import World

FIRST = 25 * 1024
LATER = 5 * 1024
REQUESTS = 6
PACKED = {"Accept-Encoding": "gzip, br"}

XI = "林晓溪"


@pytest.mark.parametrize("path", ["/", "/register", "/login", "/help"])
def test_a_first_page_is_small_with_all_that_it_needs(app: Flask, school: School, path: str) -> None:
    client = app.test_client()
    path = client.get(path, follow_redirects=True).request.path
    weight = weighed(client, path)
    assert weight.whole <= FIRST, weight
    assert weight.requests <= REQUESTS, weight


def test_later_steps_are_a_few_kilobytes(world: World, school: School, person: Callable[[], Person]) -> None:
    record = school.record(XI)
    me = world.log_in(person(), make_account(record, "13800000001"))
    me.visit("/records").fill("院校名称", "云溪职业技术学院").press("核验")
    for path in ("/menu", "/records", f"/records/{record.key}", "/me", "/me/log"):
        for headers in ({}, {"HX-Request": "true"}):
            weight = weighed(me.client, path, **headers)
            assert weight.page <= LATER, (path, headers, weight)


def test_what_is_packed_is_the_same_page(app: Flask, school: School) -> None:
    client = app.test_client()
    plain, packed = client.get("/privacy"), client.get("/privacy", headers=PACKED)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_a_style_is_packed_and_known_again(app: Flask) -> None:
    client = app.test_client()
    packed = client.get("/static/app-1.css", headers=PACKED)
    assert len(packed.data) < len(client.get("/static/app-1.css").data) / 3
    assert packed.headers["ETag"].startswith("W/")
    again = client.get("/static/app-1.css", headers={**PACKED, "If-None-Match": packed.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_piece_of_a_file_is_not_packed(app: Flask) -> None:
    piece = app.test_client().get("/static/app-1.css", headers={**PACKED, "Range": "bytes=0-1999"})
    assert (piece.status_code, len(piece.data)) == (206, 2000)
    assert "Content-Encoding" not in piece.headers
