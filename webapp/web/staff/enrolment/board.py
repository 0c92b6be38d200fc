"""学籍注册: the one page from which everything around enrolments is reached, with what waits in each."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.domain.enrolment import desk
from webapp.domain.permissions import Can
from webapp.web import access
from webapp.web.access import allow
from webapp.web.page import show
from webapp.web.staff.enrolment.blueprint import bp


@bp.get("/enrolment")
@allow(Can.ENROL)
def index() -> Response:
    found = desk.of(access.actor().where(Can.ENROL))
    left = found.due - found.done
    tasks = (
        ("new", _("新生注册"), _("注册学籍、保留、放弃或取消入学资格"), found.new),
        ("year", _("学年注册"), _("%(year)s 学年，已注册 %(done)s 人", year=found.year, done=found.done), left),
        ("moves", _("学籍异动"), _("等生效日的，在每个学生的学籍页录入"), found.moves),
        ("approvals", _("报省审核"), _("特殊类别和疑似双学籍，%(n)s 件已报", n=found.sent), found.flagged),
        ("prior", _("前置学历未核验"), _("专升本学生还没有绑定专科学历"), found.prior),
        ("admissions", _("录取信息核对"), _("学籍和录取信息不一样，要写原因"), found.differing),
    )
    return show(
        "staff/enrolment/index.html",
        tasks=[
            (url_for(f"staff_enrolment.{name}"), title, text, "warn" if count else "ok", _("%(n)s 件", n=count))
            for name, title, text, count in tasks
        ],
    )
