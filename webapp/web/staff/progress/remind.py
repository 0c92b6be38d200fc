"""发提醒: what a press would do, told before it: how many, by what, at what price, which words, and when (R-CHK-09).

Not here: who may be told by what (`domain/reminders/`), and the reminders that go out by themselves (`jobs/reminders.py`).
"""

from datetime import timedelta

from flask import current_app, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.domain import clock, defaults, filters, texts
from webapp.domain.filters import Choice
from webapp.domain.permissions import Can
from webapp.domain.progress import View
from webapp.domain.refused import Refused
from webapp.domain.reminders import choosing, timing
from webapp.web import access, language
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import go, here, show
from webapp.web.staff import filtering
from webapp.web.staff.moments import lately
from webapp.web.staff.progress import bp, finding
from webapp.web.staff.progress.board import LIST


@bp.get("/remind")
@allow(Can.REMIND)
def remind() -> Response:
    return _remind(_view(), Form())


@bp.post("/remind")
@allow(Can.REMIND)
def send() -> Response:
    """One press; the page then says how many were reminded today."""
    view, form = _view(), Form()
    if form.validate_on_submit():
        try:
            choosing.remind(access.actor(), current_user.staff, view, _which(), _only(view))
            return go(here())
        except Refused as refusal:
            form.refuse(refusal)
    return _remind(view, form, 422)


def _view() -> View:
    return finding.view(finding.campaigns(Can.REMIND, ("check",)), Can.REMIND)


def _which() -> str:
    return request.args.get("who") if request.args.get("who") in choosing.WHOM else choosing.WHOM[0]


def _only(view: View) -> list:
    """What the chase list is narrowed to; a class is shown whole."""
    chosen = filtering.bar(LIST, view.grants).choice if view.klass is None else Choice()
    return filters.within(view.grants, chosen)


def _remind(view: View, form: Form, status: int = 200) -> Response:
    settings = current_app.config["SETTINGS"]
    ways = [way for way in ("sms", "mail") if getattr(settings, way) != "none"]
    now = clock.now()
    when = timing.awake(now)
    return show(
        "staff/progress/remind.html",
        status,
        form=form,
        view=view,
        place=view.klass or view.college,
        back=finding.board(view),
        cast=choosing.forecast(view, _which(), ways, _only(view)),
        ways=ways,
        texts=_texts(view, ways) if view.campaign.ends else [],
        later=when > now,
        when=when,
        lately=lately,
        quiet=(defaults.value("msg.quiet_from"), defaults.value("msg.quiet_until")),
    )


def _texts(view: View, ways: list[str]) -> list[tuple[str, str]]:
    """What goes out, in the reader's language: the SMS, where there are none the mails, else what the site says."""
    settings, lang = current_app.config["SETTINGS"], language.chosen()
    facts = {"until": clock.day_bounds(view.campaign.ends)[1] - timedelta(seconds=1), "school": view.campaign.unit.name}
    site = {"sign": settings.sms_sign or defaults.value("site.name"), "url": settings.url.rstrip("/")}
    named = [("check_remind", _("注册了的"))]
    if ways:
        named.append(("check_invite", _("没有注册的，按学校登记的手机或邮箱")))
    return [(title, texts.fill(next(iter(ways), "inapp"), name, lang, facts, **site)) for name, title in named]
