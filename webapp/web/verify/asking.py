"""Where a code is typed: the large box of `/verify`, to which the home page's leads too, and how to tell the real site.

Not here: what a code answers (`result.py`).
"""

from flask import url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField

from webapp.domain import defaults
from webapp.domain.identity import verification_codes
from webapp.domain.refused import Refused
from webapp.web.access import public
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.verify.blueprint import WHY, bp, host


class CodeForm(Form):
    code = StringField(_l("请输入在线验证码"))


@bp.get("/verify")
@public(WHY)
def ask() -> Response:
    return box(CodeForm())


@bp.post("/verify", endpoint="ask_code")
@public(WHY)
def look_up() -> Response:
    """A mistyped code comes back with what is wrong in it, before any look-up (R-RPT-06)."""
    form = CodeForm()
    if form.validate():
        try:
            return go(url_for("verify.code", code=verification_codes.read(form.code.data)))
        except Refused as refused:
            form.refuse(refused, "code")
    return box(form, 422)


def box(form: CodeForm, status: int = 200) -> Response:
    return show("verify/ask.html", status, form=form, host=host(), scattered=defaults.value("rpt.scattered"))


def mistyped(code: str, refused: Refused) -> Response:
    """The box again, with the code of the address in it and what is wrong with it."""
    form = CodeForm(formdata=None, code=code)
    form.refuse(refused, "code")
    return box(form, 422)


@bp.get("/verify/safety")
@public(WHY)
def safety() -> Response:
    """How to tell the real site: its address, what it never asks, and what a screenshot is worth (R-RPT-18)."""
    return show("verify/safety.html", host=host())
