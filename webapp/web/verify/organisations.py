"""会员单位: what a member may do, and the form with which an organisation applies (R-RPT-24).

Not here: the decision (`web/staff/organisations.py`), nor what members look up (`web/staff/checking/`).
"""

from flask import Blueprint, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import InputRequired

from webapp.domain import defaults
from webapp.domain.organisations import applying
from webapp.domain.organisations.applying import Application
from webapp.domain.refused import Refused
from webapp.web import captcha
from webapp.web.access import public
from webapp.web.forms import Form
from webapp.web.page import go, show

bp = Blueprint("organisations", __name__, url_prefix="/verify/organisations")

WHY = "any organisation may apply"


class ApplyForm(captcha.CaptchaFields, Form):
    BESIDE = {"credit_code_format": "credit_code", "credit_code_digit": "credit_code", "email_format": "email"}

    name = StringField(_l("单位名称"), [InputRequired(_l("填写单位名称"))])
    credit_code = StringField(_l("统一社会信用代码"), [InputRequired(_l("填写统一社会信用代码"))])
    contact = StringField(_l("联系人姓名"), [InputRequired(_l("填写联系人姓名"))])
    email = StringField(_l("联系人邮箱"), [InputRequired(_l("填写联系人邮箱"))])
    phone = StringField(_l("联系电话"), [InputRequired(_l("填写联系电话"))])
    purpose = TextAreaField(_l("查验用途"), [InputRequired(_l("填写查验用途"))])
    agree = BooleanField(_l("每次查验前取得本人签署的授权书，并填写授权书编号"), [InputRequired(_l("勾选后才能申请"))])


@bp.get("")
@public(WHY)
def index() -> Response:
    return show("verify/organisations.html", many=defaults.value("rpt.member_day"), rows=defaults.value("rpt.list_rows"))


@bp.get("/apply")
@public(WHY)
def apply() -> Response:
    return show("verify/organisation_apply.html", form=ApplyForm())


@bp.post("/apply")
@public(WHY)
def hand_in() -> Response:
    form = ApplyForm()
    if form.validate() and captcha.check(form):
        asked = ("name", "credit_code", "contact", "email", "phone", "purpose")
        try:
            applying.apply(Application(**{name: form[name].data for name in asked}))
            return go(url_for("organisations.applied"))
        except Refused as refused:
            form.refuse(refused)
    return show("verify/organisation_apply.html", 422, form=form)


@bp.get("/applied")
@public(WHY)
def applied() -> Response:
    return show("verify/organisation_applied.html")
