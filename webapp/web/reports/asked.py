"""The holder answers who asks to see an expired report: open for seven days, or not (R-RPT-28).

Not here: asking (`web/verify/`).
"""

from collections.abc import Callable

from flask import abort, url_for
from werkzeug.wrappers import Response

from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.domain.reports import requests
from webapp.models.report_requests import OpenRequest
from webapp.web import access
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import go
from webapp.web.reports.blueprint import bp, own
from webapp.web.reports.report import screen


@bp.post("/reports/<key>/requests/<asked>/open")
@allow(Can.OWN_RECORD)
def open_for(key: str, asked: str) -> Response:
    return _answer(key, asked, requests.open)


@bp.post("/reports/<key>/requests/<asked>/decline")
@allow(Can.OWN_RECORD)
def decline(key: str, asked: str) -> Response:
    return _answer(key, asked, requests.decline)


def _answer(key: str, asked: str, move: Callable[[OpenRequest, Actor], OpenRequest]) -> Response:
    report, form = own(key), Form()
    request = requests.find(report, asked) or abort(404)
    try:
        if form.validate():
            move(request, access.actor())
            return go(url_for("reports.report", key=key))
    except Refused as refused:
        form.refuse(refused)
    return screen(own(key), form, 409)
