"""操作记录: the history for the auditor, searched by person, object, deed and day."""

from flask import request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField

from webapp.domain import audit as history
from webapp.domain import clock
from webapp.domain.permissions import Can
from webapp.models.journal import Event
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import show
from webapp.web.staff import bp
from webapp.web.staff.event_words import ACTIONS
from webapp.web.staff.fields import Day


class Search(Form):
    who = StringField(_l("谁做的"))
    what = StringField(_l("对谁、对什么"))
    action = SelectField(_l("做了什么"), choices=choices([("", _l("全部")), *ACTIONS.items()]), default="")
    since = Day(_l("从哪天"))
    until = Day(_l("到哪天"))

    class Meta(Form.Meta):
        csrf = False


@bp.get("/audit")
@allow(Can.AUDIT)
def audit() -> Response:
    form = Search(request.args)
    if not form.validate():
        return show("staff/audit.html", 422, form=form, events=[], after=None, raised=0)
    question = history.Question(
        **{name: form[name].data or "" for name in ("who", "what", "action")}, since=form.since.data, until=form.until.data
    )
    found = history.find(question, request.args.get("before", type=int))
    shown, more = found[: history.PAGE], len(found) > history.PAGE
    names = history.logins(shown)
    kept = {name: value for name, value in request.args.items() if name in form.data and value}
    after = url_for("staff.audit", **kept, before=shown[-1].seq) if more else None
    return show(
        "staff/audit.html",
        form=form,
        events=[_line(event, names) for event in shown],
        after=after,
        raised=0 if kept else history.raised(),
        raised_as=history.RAISED,
    )


def _line(event: Event, names: dict[str, str]) -> dict:
    return {
        "seq": event.seq,
        "at": clock.shown(event.at).strftime("%Y-%m-%d %H:%M:%S"),
        "who": names.get(event.actor, event.actor),
        "action": ACTIONS.get(event.action, event.action),
        "what": names.get(event.object, event.object),
        "detail": "" if event.detail == "{}" else event.detail,
    }
