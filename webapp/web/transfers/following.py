"""我的国际合作申请: the list, where each one is and what the receiver did, sending again, taking it back (R-INT-04, 05, 10)."""

from flask import url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField, SelectField, StringField

from webapp.domain import clock
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.domain.transfers import catalogue, receivers, sending
from webapp.models.transfers import Transfer, TransferItem
from webapp.web import access, language, told, visits
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.transfers import consent
from webapp.web.transfers import words as own_words
from webapp.web.transfers.blueprint import bp, own

AGAIN = ("failed", "expired")
WITHDRAW = ("waiting", "sent", "failed")


class AgainForm(Form):
    email = StringField(_l("对方的邮箱"))
    agree = BooleanField(_l("我同意把这些文件发到这个邮箱"))


class ServiceForm(Form):
    service = SelectField(_l("要办什么"), validate_choice=False)


@bp.get("")
@allow(Can.OWN_RECORD)
def index() -> Response:
    return show("transfers/index.html", rows=[_row(one) for one in sending.mine(access.account())])


def _row(one: Transfer) -> tuple[str, str, str, str, str]:
    kind, state = own_words.STATES[one.state]
    return url_for("transfers.transfer", key=one.key), one.receiver, told.day(clock.shown(one.agreed).date()), kind, str(state)


@bp.get("/services")
@allow(Can.OWN_RECORD)
def services() -> Response:
    """What can be had here, and what ended in 2019, with its day (R-INT-10)."""
    return _services(_service_form())


@bp.post("/services")
@allow(Can.OWN_RECORD)
def choose_service() -> Response:
    form = _service_form()
    try:
        if form.validate():
            sending.offer(form.service.data)
            return go(url_for("transfers.all_transcripts" if form.service.data == "transcript" else "transfers.receiver"))
    except Refused as refused:
        form.refuse(refused, "service")
    return _services(form, 422)


def _service_form() -> ServiceForm:
    form = ServiceForm()
    ours = [("report", _l("学籍、学历的在线验证报告")), ("transcript", _l("大学成绩单"))]
    form.service.choices = choices([*ours, *((one.code, _called(one)) for one in catalogue.STOPPED)])
    return form


def _called(service: catalogue.Service) -> str:
    return service.en if language.chosen() == "en" else service.zh


def _services(form: ServiceForm, status: int = 200) -> Response:
    stopped = [(_called(one), told.day(one.stopped)) for one in catalogue.STOPPED]
    return show("transfers/services.html", status, form=form, stopped=stopped)


@bp.get("/<key>")
@allow(Can.OWN_RECORD)
def transfer(key: str) -> Response:
    found = own(key)
    return _screen(found, AgainForm(data={"email": found.email}))


@bp.post("/<key>/withdraw")
@allow(Can.OWN_RECORD)
def withdraw(key: str) -> Response:
    found, form = own(key), AgainForm()
    try:
        if form.validate():
            sending.withdraw(found, access.actor())
            return go(url_for("transfers.transfer", key=key))
    except Refused as refused:
        form.refuse(refused)
    return _screen(own(key), form, 409)


@bp.post("/<key>/again")
@allow(Can.OWN_RECORD)
def again(key: str) -> Response:
    """Out once more, to the address that stands in the form and with a consent that names it."""
    found, form = own(key), AgainForm()
    try:
        if form.validate():
            receiver = receivers.find(access.account(), found.code)
            email = receivers.address(receiver, form.email.data)
            text = consent.again_text(receiver, email)
            sending.again(found, access.actor(), email, text, form.agree.data, visits.network())
            return go(url_for("transfers.transfer", key=key))
    except Refused as refused:
        form.refuse(refused)
    return _screen(own(key), form, 422)


def _screen(found: Transfer, form: AgainForm, status: int = 200) -> Response:
    kind, state = own_words.STATES[found.state]
    items = sending.items(found)
    names = {one.id: name(one) for one in items}
    return show(
        "transfers/transfer.html",
        status,
        form=form,
        found=found,
        kind=kind,
        state=state,
        documents=list(names.values()),
        looks=[(names.get(one.item_id), told.moment(one.at), one.network) for one in sending.looks(found)],
        fault=own_words.FAULTS.get(found.fault, ""),
        again=found.state in AGAIN,
        withdraws=found.state in WITHDRAW,
        moment=told.moment,
    )


def name(item: TransferItem) -> str:
    """What a document is called on screen."""
    return consent.report_name(item.report) if item.report else consent.transcript_name(item.transcript)
