"""One code with the consent of its holder, and the answer (R-RPT-24). Nobody is found by name or number (SECURITY T36)."""

from flask import abort, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired, Optional

from webapp.domain import clock
from webapp.domain.identity import verification_codes
from webapp.domain.organisations import asking, keeping
from webapp.domain.organisations.asking import Asker
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.domain.reports import content
from webapp.models.report_by_code import FoundReport
from webapp.web import visits
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.staff.checking.blueprint import bp, mine, tabs
from webapp.web.verify.words import VERDICTS


class CheckForm(Form):
    BESIDE = {
        **{f"report_code_{what}": "code" for what in ("empty", "legacy", "length", "format", "digit")},
        "report_pin_limit": "pin",
    }

    code = StringField(_l("在线验证码"), [InputRequired(_l("填写在线验证码"))])
    reference = StringField(_l("授权书编号"), [InputRequired(_l("填写本人签署的授权书编号"))])
    pin = StringField(_l("查看密码"), [Optional()])


@bp.get("")
@allow(Can.VERIFY)
def index() -> Response:
    return _index(CheckForm())


@bp.post("")
@allow(Can.VERIFY)
def check() -> Response:
    form, member = CheckForm(), mine()
    if form.validate_on_submit():
        try:
            asker = Asker(member, "member", visits.network(), staff=current_user.staff)
            checked = asking.check(asker, form.code.data, form.reference.data, form.pin.data.strip())
            return go(url_for("staff_verify.look", key=checked.look.key))
        except Refused as refusal:
            form.refuse(refusal)
    return _index(form, 422)


@bp.get("/looks/<key>")
@allow(Can.VERIFY)
def look(key: str) -> Response:
    """The answer to an own look-up; read again, it is what holds then, and after an hour the verdict alone."""
    found = asking.find(mine(), key) or abort(404)
    verdict, report = asking.shown(found, clock.now())
    facts = _shown(report) if report else {}
    return show("staff/verify/look.html", look=found, words=VERDICTS[verdict], **facts)


def _index(form: CheckForm, status: int = 200) -> Response:
    member = mine()
    left, most = max(0, asking.remaining(member)), keeping.quota(member)
    return show("staff/verify/index.html", status, form=form, member=member, left=left, most=most, tabs=tabs("index"))


def _shown(found: FoundReport) -> dict[str, object]:
    told = found.report_language
    return {
        "told": "en" if told == "en" else "zh-CN",
        "name": content.title(found, told),
        "grouped": verification_codes.grouped(found.code),
        "rows": content.rows(found, told, found.report_shows, found.english),
        "ends": found.report_ends,
        "at": clock.now(),
    }
