"""One application: its state, who has each item and until when, what was filled in, 取消申请, the report (R-CRT-30, R-CRT-33).

Not here: 修改附件 and paying, which have pages of their own.
"""

from datetime import datetime

from flask import Response as File
from flask import abort, url_for
from werkzeug.wrappers import Response

from webapp.domain import clock
from webapp.domain.certification import following, prices, reconsidering, standing_still, steps
from webapp.domain.certification.following import Line
from webapp.domain.identity import phones
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.certification import ApplicationItem
from webapp.web import access, stored, told
from webapp.web import certification_words as every
from webapp.web.access import allow
from webapp.web.applications import words as own_words
from webapp.web.applications.blueprint import bp, own, own_item
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.told import label


@bp.get("/<key>")
@allow(Can.APPLY)
def application(key: str) -> Response:
    return _screen(own(key), Form())


@bp.post("/<key>/cancel")
@allow(Can.APPLY)
def cancel(key: str) -> Response:
    found, form = own(key), Form()
    try:
        if form.validate():
            following.cancel(found.application, access.actor())
            return go(url_for("applications.application", key=key))
    except Refused as refused:
        form.refuse(refused)
    return _screen(own(key), form, 409)


@bp.post("/<key>/go-on")
@allow(Can.APPLY)
def go_on(key: str) -> Response:
    found = own(key)
    if Form().validate():
        following.go_on(found.application, access.actor())
    return go(url_for("applications.application", key=key))


@bp.get("/<key>/<item>/report.pdf")
@allow(Can.APPLY)
def report(key: str, item: str) -> File:
    """The signed report, for as long as it stands."""
    found = own_item(key, item)
    if found.state != "issued" or found.pdf != "ready":
        abort(404)
    return stored.pdf(found.upload, f"certification-{found.report}")


def _screen(found: Line, form: Form, status: int = 200) -> Response:
    one = found.application
    ends = standing_still.until(one)
    return show(
        "applications/application.html",
        status,
        form=form,
        found=one,
        pill=own_words.state(one),
        order=own_words.order(found),
        fresh=following.may_cancel(found),
        items=[_item(item) for item in found.items],
        deeds=[deed for deed in own_words.deeds(found) if "#" not in deed[0]],
        asked=[item for item in found.items if item.state == "supplement"],
        facts=_facts(found),
        prices=_prices(found.items),
        total=told.yuan(one.total or prices.total(one)),
        day=_day,
        ends=_day(ends) if ends else "",
    )


def _facts(found: Line) -> list[tuple[str, str]]:
    """What was filled in, as R-CRT-33 lists it. The holder's document number is not among it."""
    one, words = found.application, own_words.FACTS
    purpose = [str(every.PURPOSES[one.purpose])] if one.purpose else []
    told_of = {
        "number": one.number,
        "nature": str(every.NATURES[one.nature]) if one.nature else "",
        "applicant": one.applicant or one.unit_name,
        "holder": one.holder_name if one.nature == "unit" else "",
        "place": label("provinces", one.place),
        "phone": phones.grouped(one.phone) if phones.well_formed(one.phone or "") else one.phone,
        "email": one.email,
        "purpose": " · ".join([*purpose, *([str(every.DETAILS[one.detail])] if one.detail else [])]),
        "agency": one.agency.name if one.agency else "",
        "remark": one.remark,
        "order": own_words.order(found),
        "paid": told.moment(one.paid) if one.paid else "",
        "proved": told.moment(one.proved) if one.proved else "",
    }
    return [(str(words[name]), value) for name, value in told_of.items() if value]


def _item(item: ApplicationItem) -> dict[str, object]:
    """An item with its way and who has it now; the last dot is what goes on."""
    made = steps.told(item)
    line = [("done", own_words.step(step), own_words.said(step), _when(step.at)) for step in made]
    if item.state in following.HAS:
        line.append(("now", str(own_words.NEXT[item.state]), own_words.has(item), None))
    return {
        "key": item.key,
        "kind": own_words.kind(item),
        "summary": item.summary,
        "pill": own_words.item_state(item),
        "line": line,
        "report": item.report if item.state == "issued" else "",
        "pdf": item.pdf,
        "url": url_for("applications.report", key=item.application.key, item=item.key),
        "conclusion": own_words.conclusion(item),
        "until": _day(reconsidering.until(item)) if item.state == "refused" else "",
        "reconsiders": reconsidering.is_open(item),
    }


def _prices(items: list[ApplicationItem]) -> list[tuple[str, str, str, int, str]]:
    """项目, language, 单价, 份数, 小计: a line for each language that was ordered."""
    rows = []
    for item in items:
        for language, words in every.LANGUAGES.items():
            fen, many = getattr(item, f"{language}_fen"), getattr(item, language)
            if many:
                rows.append((own_words.kind(item), str(words), told.yuan(fen), many, told.yuan(fen * many)))
    return rows


def _day(moment: datetime) -> str:
    return told.day(clock.shown(moment).date())


def _when(moment: datetime) -> tuple[str, str]:
    return clock.shown(moment).isoformat(), told.moment(moment)
