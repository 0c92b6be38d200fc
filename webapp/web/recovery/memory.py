"""By 密保问题 or 恢复码: what is remembered, and what was printed. The same form for everybody."""

from flask import abort, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField

from webapp.domain.recovery import memory, resetting
from webapp.domain.refused import Refused
from webapp.models.journal import Draft
from webapp.web.access import public
from webapp.web.accounts.question_fields import QuestionFields, chosen
from webapp.web.forms import Form
from webapp.web.line import hashes
from webapp.web.page import go, show
from webapp.web.recovery.blueprint import WHY, begun, bp, open_ways


class Answers(QuestionFields, Form):
    pass


class TypePaper(Form):
    BESIDE = dict.fromkeys(("paper_wrong", "recovery_tries"), "code")

    code = StringField(_l("恢复码"))


@bp.get("/questions")
@public(WHY)
@begun
def questions(mine: Draft) -> Response:
    return _show_questions(Answers())


@bp.post("/questions")
@public(WHY)
@hashes
@begun
def answer(mine: Draft) -> Response:
    form = Answers()
    if form.validate():
        try:
            resetting.keep(mine, memory.prove_answers(mine, chosen(form)), "questions")
            return go(url_for("recovery.new"))
        except Refused as refusal:
            form.refuse(refusal)
    return _show_questions(form, 422)


def _show_questions(form: Answers, status: int = 200) -> Response:
    if "questions" not in open_ways():
        abort(404)
    return show("recovery/questions.html", status, form=form)


@bp.get("/paper")
@public(WHY)
@begun
def paper(mine: Draft) -> Response:
    return show("recovery/paper.html", form=TypePaper())


@bp.post("/paper")
@public(WHY)
@begun
def use_paper(mine: Draft) -> Response:
    form = TypePaper()
    if form.validate():
        try:
            resetting.keep(mine, memory.prove_paper(mine, form.code.data or ""), "paper")
            return go(url_for("recovery.new"))
        except Refused as refusal:
            form.refuse(refusal)
    return show("recovery/paper.html", 422, form=form)
