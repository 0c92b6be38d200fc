"""导出记录: which lists left, who took them and what for, found again by the number in a file (R-CHK-10)."""

from flask import Blueprint, request
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField

from webapp.domain import clock, exports
from webapp.domain.permissions import Can
from webapp.models.desk import Export
from webapp.models.keyset import FIRST
from webapp.web import access
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import show
from webapp.web.staff import export_words, paging

bp = Blueprint("staff_exports", __name__, url_prefix="/staff/exports")


class Search(Form):
    number = StringField(_l("文件里的编号"), filters=[lambda text: (text or "").strip()])

    class Meta(Form.Meta):
        csrf = False


@bp.get("")
@allow(Can.EXPORT_LOG)
def index() -> Response:
    form, grants = Search(request.args), access.actor().where(Can.EXPORT_LOG)
    number = form.number.data
    page = exports.log(grants, number, FIRST if number else paging.place(Export))
    return show(
        "staff/exports/index.html",
        form=form,
        lines=[_line(one) for one in page.rows],
        schools=len({one.unit_id for one in page.rows}) > 1,
        neighbours=(None, None) if number else paging.neighbours(page, "staff_exports.index"),
    )


def _line(one: Export) -> dict[str, object]:
    return {
        "at": clock.shown(one.at).strftime("%Y-%m-%d %H:%M"),
        "who": one.staff.name,
        "login": one.staff.login,
        "school": one.unit.short,
        "list": export_words.LISTS.get(one.kind, one.kind),
        "place": one.place,
        "reason": export_words.REASONS.get(one.reason, one.reason),
        "rows": one.rows,
        "number": one.key[: exports.NUMBER],
    }
