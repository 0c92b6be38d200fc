"""核对文件: a PDF that one was sent is compared with what was issued, and not kept. Its answer says nothing of the person.

Not here: what a file is (`domain/reports/files.py`).
"""

from hashlib import sha256

from flask import current_app, session, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.wrappers import Response

from webapp.domain.ports import Unavailable
from webapp.domain.refused import Refused
from webapp.domain.reports import files, verifying
from webapp.domain.reports.files import Answer
from webapp.models import report_by_code
from webapp.models.certification import ApplicationItem
from webapp.models.report_by_code import FoundReport
from webapp.models.transfers import Transcript
from webapp.models.verifications import CheckReceipt
from webapp.web import captcha, language, visits
from webapp.web.access import public, takes
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.verify import passes
from webapp.web.verify.blueprint import WHY, bp, host
from webapp.web.verify.words import FILES, SHORT

BYTES = 5 * 1024 * 1024
"""The heaviest file that is looked at; ours weigh a twentieth."""


class FileForm(captcha.CaptchaFields, Form):
    file = FileField(_l("收到的 PDF"))


@bp.get("/verify/file")
@public(WHY)
def file() -> Response:
    return _ask(FileForm())


@bp.post("/verify/file", endpoint="check_file")
@public(WHY)
@takes(BYTES + 64 * 1024)
def check() -> Response:
    """The file is read once and forgotten; what came of it goes into the visit's own cookie."""
    form = FileForm()
    if form.validate():
        try:
            data = _brought(form)
            if captcha.check(form):
                told = files.check(sha256(data).hexdigest(), lambda: _seals().read(data), visits.network())
                session["file"] = list(told)
                return go(url_for("verify.file_answer"))
        except Refused as refused:
            form.refuse(refused, "file")
        except Unavailable:
            form.refuse(Refused("file_check_later"), "file")
    return _ask(form, 422)


@bp.get("/verify/file/answer")
@public("the answer is found by the visit's own cookie")
def file_answer() -> Response:
    """What the last file was, and how its report is now; nothing of the report itself, which is behind its code."""
    if "file" not in session:
        return go(url_for("verify.file"))
    told = Answer(*session["file"])
    facts = {"kind": told.kind, "words": FILES[told.kind], "host": host()}
    if told.kind == "receipt" and (receipt := CheckReceipt.by_key(told.key)):
        facts["code"] = receipt.code
    elif told.kind == "transcript" and (transcript := Transcript.by_key(told.key)):
        facts["transcript"] = transcript.token
    elif told.kind == "certification" and (item := ApplicationItem.by_key(told.key)):
        facts["certified"] = item.token
    elif told.key and (found := report_by_code.by_key(told.key)):
        facts |= _now(found, told.kind)
    return show("verify/file_answer.html", **facts)


def _now(found: FoundReport, kind: str) -> dict[str, object]:
    verdict = verifying.judge(found, proved=passes.proved())
    changed = files.changed(found, language.chosen()) if kind == "same" and verdict == "valid" else []
    return {"code": found.code, "pill": SHORT[verdict], "changed": changed}


def _brought(form: FileForm) -> bytes:
    """The bytes of the file. Raises Refused: file_check_none, file_check_heavy (most, in MB)."""
    data = form.file.data.read(BYTES + 1) if form.file.data else b""
    if not data:
        raise Refused("file_check_none")
    if len(data) > BYTES:
        raise Refused("file_check_heavy", most=BYTES // 1024**2)
    return data


def _seals():
    return current_app.extensions["worker"].outside.seals


def _ask(form: FileForm, status: int = 200) -> Response:
    return show("verify/file.html", status, form=form, most=BYTES // 1024**2, host=host())
