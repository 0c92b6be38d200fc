"""公布学历: asked for with the number typed, agreed to by another officer, and the year's register as a sheet."""

from collections.abc import Iterator

from flask import Response, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse
from wtforms import StringField

from webapp.domain.graduation import lifecycle, listing, publishing, years
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.graduation import Graduation
from webapp.models.staff import Staff
from webapp.web import access, told
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.staff import sheets
from webapp.web.staff.graduation import words
from webapp.web.staff.graduation.blueprint import bp, found

HEADS = (
    (_l("证书编号"), 22), (_l("姓名"), 14), (_l("性别"), 6), (_l("出生日期"), 12), (_l("证件号码"), 20), (_l("学号"), 16),
    (_l("学院"), 20), (_l("班级"), 16), (_l("专业"), 20), (_l("层次"), 14), (_l("学制"), 6), (_l("入学日期"), 12),
    (_l("毕业日期"), 12), (_l("毕（结）业结论"), 10), (_l("校（院）长姓名"), 12), (_l("状态"), 10),
)  # fmt: skip


class AskForm(Form):
    typed = StringField(_l("公布多少人"))


@bp.get("/<key>/publish")
@allow(Can.ENROL)
def publication(key: str) -> AnyResponse:
    return _publication(found(key), AskForm())


@bp.post("/<key>/publish")
@allow(Can.ENROL)
def ask(key: str) -> AnyResponse:
    row, form = found(key), AskForm()
    if form.validate_on_submit():
        try:
            publishing.ask(access.actor(), row, form.typed.data)
            return go(url_for("staff_graduation.publication", key=key))
        except Refused as refused:
            form.refuse(refused)
    return _publication(row, form, 422)


@bp.post("/<key>/publish/<any(agree, withdraw):answer>")
@allow(Can.ENROL)
def decide(key: str, answer: str) -> AnyResponse:
    row, form = found(key), AskForm()
    if Form().validate():
        try:
            {"agree": publishing.agree, "withdraw": publishing.withdraw}[answer](access.actor(), row)
            return go(url_for("staff_graduation.publication", key=key))
        except Refused as refused:
            form.refuse(refused)
    return _publication(row, form, 422)


@bp.post("/<key>/register.xlsx")
@allow(Can.ENROL)
def register(key: str) -> Response:
    """学历注册名册."""
    row = found(key)
    begun = listing.take_away(access.actor(), row)
    return sheets.send(begun, HEADS, _lines(row), f"register-{row.year}")


def _lines(row: Graduation) -> Iterator[tuple[str, ...]]:
    for line in listing.register(row):
        record, one = line.record, line.graduate
        days = [value.isoformat() if value else "" for value in (record.birth_date, record.enrolled_on, one.day)]
        said = [told.label(*pair) for pair in (("sexes", record.sex), ("levels", record.level))]
        yield (
            one.certificate, record.name, said[0], days[0], line.document, record.student_number or record.exam_number,
            line.college, line.klass, record.major, said[1], record.length, days[1], days[2],
            told.label("conclusions", one.conclusion), one.president, str(words.STATES[one.state][1]),
        )  # fmt: skip


def _publication(row: Graduation, form: AskForm, code: int = 200) -> AnyResponse:
    actor = access.actor()
    return show(
        "staff/graduation/publish.html",
        code,
        row=row,
        form=form,
        count=lifecycle.registered(row),
        counts=years.counts(row),
        asker=Staff.by_key(row.asked_by.removeprefix("staff:")),
        mine=row.asked_by == actor.name,
        alone=lifecycle.officers(row) < 2,
        words=words,
        day=told.day,
    )
