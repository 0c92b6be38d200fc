"""Several codes at once for a visitor: pasted or as a CSV, after one captcha, with a table to read and to take away.

Not here: reading the codes and their verdicts (`domain/reports/many.py`), lists of organisations.
"""

import csv
import io

from flask import Response as File
from flask import session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response
from wtforms import TextAreaField

from webapp.domain import clock, drafts
from webapp.domain.identity import verification_codes
from webapp.domain.refused import Refused
from webapp.domain.reports import content, many
from webapp.domain.reports.many import Checked
from webapp.models.journal import Draft
from webapp.providers.sheet_copy import harmless
from webapp.web import captcha, language, visits, words
from webapp.web.access import public, takes
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.verify.blueprint import WHY, bp, host
from webapp.web.verify.words import SHORT

MOST = 20
"""Codes that a visitor checks at once."""

BYTES = 64 * 1024
"""What a file of so few codes may weigh."""

DRAFT = "codes"
"""The answers wait an hour for who asked, sealed."""

FIELDS = ("name", "unit_name", "level", "major", "status", "conclusion")
"""What is told of a valid report in one line."""

COLUMNS = (_l("在线验证码"), _l("结果"), _l("姓名"), _l("学校"), _l("层次"), _l("专业"), _l("状态"), _l("有效期至"))
"""Of the file; the last but one holds 学籍状态, or how it ended."""


class ManyForm(captcha.CaptchaFields, Form):
    codes = TextAreaField(_l("在线验证码，一行一个"))
    file = FileField(_l("或者选一个 CSV 文件"))

    def typed(self) -> list[str]:
        """The codes of the file, if one was chosen, else those of the box. Raises Refused as `many.read`."""
        data = self.file.data.read() if isinstance(self.file.data, FileStorage) else b""
        return many.read(data or self.codes.data.encode(), MOST)


@bp.get("/verify/many")
@public(WHY)
def several() -> Response:
    return _ask(ManyForm())


@bp.post("/verify/many", endpoint="check_several")
@public(WHY)
@takes(2 * BYTES)
def check() -> Response:
    form = ManyForm()
    if form.validate():
        try:
            codes = form.typed()
            if captcha.check(form):
                _keep([_line(one) for one in many.check(codes, "many", visits.network())])
                return go(url_for("verify.answers"))
        except Refused as refused:
            form.refuse(refused, "file" if form.file.data else "codes")
    return _ask(form, 422)


def _ask(form: ManyForm, status: int = 200) -> Response:
    return show("verify/many.html", status, form=form, most=MOST)


@bp.get("/verify/many/answers")
@public("the answers are found by the visit's own cookie")
def answers() -> Response:
    found = _found()
    if found is None:
        return go(url_for("verify.several"))
    lines, at = found
    return show("verify/answers.html", lines=lines, at=at, pills=SHORT, host=host())


@bp.get("/verify/many/answers.csv")
@public("the answers are found by the visit's own cookie")
def sheet() -> Response:
    """The same as a file that Excel opens as it is; no cell becomes a formula."""
    found = _found()
    if found is None:
        return go(url_for("verify.several"))
    lines, at = found
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("查询时间"), f"{clock.shown(at):%Y-%m-%d %H:%M:%S}", host()])
    writer.writerow([str(head) for head in COLUMNS])
    for line in lines:
        writer.writerow([harmless(cell) for cell in (line["code"], line["said"], *line["told"], line["ends"])])
    answer = File("\ufeff" + out.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="codes.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _line(one: Checked) -> dict[str, object]:
    """An answer as it is kept: the code as it was written, the verdict in words, and of a valid report its few fields."""
    kind = str(SHORT[one.verdict][1])
    code = one.typed if one.refused else verification_codes.grouped(verification_codes.clean(one.typed))
    line = {"code": code[:60], "verdict": one.verdict, "said": words.say(one.refused) if one.refused else kind}
    if one.verdict != "valid":
        return {**line, "told": ["", "", "", "", ""], "ends": ""}
    told = {field: value for field, _label, value in content.rows(one.found, language.chosen(), "", one.found.english)}
    name, unit, level, major, status, conclusion = (told.get(field, "") for field in FIELDS)
    return {**line, "told": [name, unit, level, major, status or conclusion], "ends": one.found.report_ends.isoformat()}


def _keep(lines: list[dict[str, object]]) -> None:
    draft = drafts.begin(DRAFT)
    draft.token, token = drafts.new_token()
    drafts.keep(draft, lines=lines, at=clock.seconds(clock.now()))
    session.permanent = True
    session["codes"] = token


def _found() -> tuple[list[dict], object] | None:
    """The lines of the last list that this visit asked for, and when; None where there is none (any more)."""
    draft: Draft | None = drafts.find(DRAFT, session.get("codes"))
    told = drafts.answers(draft) if draft else None
    return (told["lines"], clock.moment(told["at"])) if told else None
