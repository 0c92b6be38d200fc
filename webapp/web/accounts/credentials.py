"""The password and the security questions: each on its page, each ends all other sessions (R-ACC-46)."""

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import PasswordField

from webapp.domain import profile
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.web.access import account, allow
from webapp.web.accounts import by_code, entry
from webapp.web.accounts.blueprint import bp
from webapp.web.accounts.question_fields import QuestionFields, chosen
from webapp.web.forms import Form
from webapp.web.line import hashes
from webapp.web.page import go, show


class NewPassword(Form):
    new = PasswordField(_l("新密码"))
    again = PasswordField(_l("密码确认"))

    def filled(self) -> bool:
        if not self.new.data:
            self.refuse(Refused("password_empty"), "new")
        elif self.new.data != self.again.data:
            self.refuse(Refused("password_differs"), "again")
        return not self.errors


class ChangePassword(Form):
    password = PasswordField(_l("现在的密码"))
    new = PasswordField(_l("新密码"))
    again = PasswordField(_l("密码确认"))

    def filled(self) -> bool:
        if not self.password.data:
            self.refuse(Refused("password_empty"), "password")
        return NewPassword.filled(self)


class ChooseQuestions(QuestionFields, Form):
    pass


@bp.get("/me/password")
@allow(Can.OWN_ACCOUNT)
def password() -> Response:
    return _show(_password_form())


@bp.post("/me/password")
@allow(Can.OWN_ACCOUNT)
@hashes
def change_password() -> Response:
    form = _password_form()
    if form.validate() and form.filled():
        try:
            if isinstance(form, ChangePassword):
                entry.prove_again(form.password.data)
        except Refused as refusal:
            form.refuse(refusal, "password")
        else:
            if answer := _changed(form):
                return answer
    return _show(form, 422)


def _password_form() -> Form:
    """Without the password in use, where a code to the phone took its place (R-ACC-46)."""
    return NewPassword() if by_code.stands_for_password() else ChangePassword()


def _show(form: Form, status: int = 200) -> Response:
    offered = isinstance(form, ChangePassword) and by_code.is_offered()
    return show("accounts/me/password.html", status, form=form, by_code=offered)


@bp.get("/me/new-password")
@allow(Can.OWN_ACCOUNT)
def new_password() -> Response:
    """After 「不是我」, or when the school asks for it: nothing else opens before."""
    if not account().new_password_due:
        return go(url_for("accounts.password"))
    return show("accounts/me/new_password.html", form=NewPassword())


@bp.post("/me/new-password")
@allow(Can.OWN_ACCOUNT)
@hashes
@entry.sure
def set_new_password() -> Response:
    if not account().new_password_due:
        return go(url_for("accounts.password"))
    form = NewPassword()
    if form.validate() and form.filled() and (answer := _changed(form)):
        return answer
    return show("accounts/me/new_password.html", 422, form=form)


def _changed(form: Form) -> Response | None:
    try:
        token = profile.change_password(account(), form.new.data, current_user.session)
    except Refused as refusal:
        form.refuse(refusal, "new")
        return None
    return entry.again(token, url_for("accounts.me"))


@bp.get("/me/questions")
@allow(Can.OWN_ACCOUNT)
@entry.sure
def questions() -> Response:
    return show("accounts/me/questions.html", form=ChooseQuestions())


@bp.post("/me/questions")
@allow(Can.OWN_ACCOUNT)
@hashes
@entry.sure
def set_questions() -> Response:
    form = ChooseQuestions()
    if form.validate():
        pairs = chosen(form)
        for fault in profile.question_faults(pairs):
            form.refuse(fault)
        if not form.errors:
            return entry.again(profile.set_questions(account(), pairs, current_user.session), url_for("accounts.me"))
    return show("accounts/me/questions.html", 422, form=form)
