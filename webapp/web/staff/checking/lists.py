"""批量核验: a CSV of codes and consents is handed in, a job looks them up, the answers are a CSV for a day (R-RPT-24)."""

import csv
import io
import json

from flask import Response as File
from flask import abort, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response
from wtforms import FileField

from webapp.domain import defaults
from webapp.domain.organisations import asking, lists
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.domain.reports import content
from webapp.models.verifications import CodeList, ListedCode
from webapp.providers.sheet_copy import harmless
from webapp.web import access, language, visits, words
from webapp.web.access import allow, takes
from webapp.web.forms import Form
from webapp.web.page import go, leave, show, swap
from webapp.web.staff.checking.blueprint import bp, mine, tabs
from webapp.web.verify.words import SHORT

WEIGHS = 2 * 1024 * 1024
"""Bytes of a CSV: 5,000 lines have some 400 KB."""


class ListForm(Form):
    BESIDE = {"codes_file": "file"}

    file = FileField(_l("CSV 文件"))

    def brought(self) -> bytes:
        """The file's bytes; none where no file was sent."""
        return self.file.data.read() if isinstance(self.file.data, FileStorage) else b""


@bp.get("/lists", endpoint="lists")
@allow(Can.VERIFY)
def index() -> Response:
    return _index(ListForm())


@bp.post("/lists", endpoint="hand_in")
@allow(Can.VERIFY)
@takes(WEIGHS)
def hand_in() -> Response:
    form, member = ListForm(), mine()
    if form.validate_on_submit():
        try:
            rows = lists.read(form.brought())
            made = lists.hand_in(access.actor(), member, current_user.staff, rows, visits.network())
            return go(url_for("staff_verify.list", key=made.key))
        except Refused as refusal:
            form.refuse(refusal)
    return _index(form, 422)


@bp.get("/lists/<key>", endpoint="list")
@allow(Can.VERIFY)
def one(key: str) -> Response:
    found = _found(key)
    counts: dict[str, int] = {}
    for line in lists.lines(found) if found.state == "ready" else ():
        counts[line.verdict] = counts.get(line.verdict, 0) + 1
    return show("staff/verify/list.html", found=found, counts=[(*_said(one), many) for one, many in counts.items()])


@bp.get("/lists/<key>/progress", endpoint="list_progress")
@allow(Can.VERIFY)
def progress(key: str) -> Response:
    """The moving part while the job is at work."""
    found = _found(key)
    place = url_for("staff_verify.list", key=key)
    return swap("staff/verify/_progress.html", place, found=found) if found.state == "waiting" else leave(place)


@bp.get("/lists/<key>/file", endpoint="list_file")
@allow(Can.VERIFY)
def file(key: str) -> File:
    """The answers line by line; nothing in a cell becomes a formula."""
    found = _found(key)
    if found.state != "ready":
        abort(404)
    text = io.StringIO()
    sheet = csv.writer(text)
    names = [entry.zh if language.chosen() == "zh" else entry.en for entry in content.FIELDS]
    sheet.writerow([_("在线验证码"), _("授权书编号"), _("结果"), _("报告"), _("有效期至"), *names])
    for line in lists.lines(found):
        sheet.writerow([harmless(cell) for cell in _cells(line)])
    answer = File(text.getvalue().encode("utf-8-sig"), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="checks-{found.key[:8]}.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _index(form: ListForm, status: int = 200) -> Response:
    member = mine()
    return show(
        "staff/verify/lists.html",
        status,
        form=form,
        found=lists.mine(member),
        most=defaults.value("rpt.list_rows"),
        left=max(0, asking.remaining(member)),
        tabs=tabs("lists"),
    )


def _found(key: str) -> CodeList:
    return lists.find(mine(), key) or abort(404)


def _said(verdict: str) -> tuple[str, str]:
    """The pill of a line: a verdict, or 没有查 where it was refused before."""
    kind, text = SHORT.get(verdict, ("warn", _("没有查")))
    return kind, str(text)


def _cells(line: ListedCode) -> list[str]:
    told = json.loads(line.told) if line.told else {}
    said = _said(line.verdict)[1]
    if refusal := lists.refusal(line):
        said = f"{said}{_('：')}{words.say(refusal)}"
    columns = ("title", "ends", *(entry.code for entry in content.FIELDS))
    return [line.code, line.reference, said, *(told.get(column, "") for column in columns)]
