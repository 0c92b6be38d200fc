"""Sending abroad in four steps: to whom, which address and number, which documents, and the consent (R-INT-01 to 03).

The last step calls the one verb that checks everything again. Not here: the consent's text (`consent.py`).
"""

from functools import cached_property
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.widgets import CheckboxInput

from webapp.domain import drafts
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.domain.transfers import catalogue, receivers, sending
from webapp.domain.transfers.receivers import Receiver
from webapp.domain.transfers.sending import Wish
from webapp.models.base import transaction
from webapp.models.journal import Draft
from webapp.web import access, visits
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import go
from webapp.web.transfers import consent
from webapp.web.transfers.blueprint import bp
from webapp.web.wizard import Step, Wizard

ELSEWHERE = "other"
"""What the page calls the receiver that is only an address."""


class OwnWizard(Wizard):
    """A wizard of who is logged in: the draft of another account in the same browser is nobody's here."""

    def draft(self) -> Draft:
        found = super().draft()
        return found if drafts.answers(found).get("by") == access.account().key else drafts.begin(self.name)

    def keep(self, draft: Draft, **told: object) -> None:
        super().keep(draft, by=access.account().key, **told)


def chosen(answers: dict[str, Any]) -> Receiver:
    """The receiver of the answers. Raises receiver_gone."""
    code = answers.get("receiver", "?")
    return receivers.find(access.account(), "" if code == ELSEWHERE else code)


class StepForm(Form):
    """A form that knows the answers so far, as its template does."""

    def __init__(self, *args: Any, data: dict[str, Any] | None = None, **more: Any) -> None:
        super().__init__(*args, data=data, **more)
        self.known = data or {}

    @cached_property
    def to(self) -> Receiver:
        return chosen(self.known)

    @cached_property
    def to_name(self) -> str:
        return consent.receiver_name(self.to)


class ReceiverForm(StepForm):
    receiver = SelectField(_l("接收方"), validate_choice=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        offered = [(one.code, consent.receiver_name(one)) for one in receivers.offered(access.account())]
        self.receiver.choices = choices([("", _l("还没选")), *offered, (ELSEWHERE, _l("其他机构，我来填它的邮箱"))])


class DetailsForm(StepForm):
    email = StringField(_l("对方的邮箱"))
    reference = StringField(_l("参考编号"))

    @property
    def example(self) -> str:
        return catalogue.example(self.to.rule)


class DocumentsForm(StepForm):
    documents = SelectMultipleField(_l("要发送的文件"), option_widget=CheckboxInput(), validate_choice=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        reports, transcripts = sending.documents(access.account())
        named = [(one.key, consent.coded(one)) for one in reports]
        self.documents.choices = choices([*named, *((one.key, consent.transcript_name(one)) for one in transcripts)])


class ConsentForm(StepForm):
    """`shown` names the text that stands above the tick: another than that of now is not agreed to."""

    agree = BooleanField(_l("我看过，同意发送"))
    shown = HiddenField()

    @cached_property
    def text(self) -> str:
        reports, transcripts = sending.chosen(access.account(), self.known.get("documents", ()))
        return consent.text(self.to, self.email, self.known.get("reference", ""), reports, transcripts)

    @property
    def email(self) -> str:
        return receivers.address(self.to, self.known.get("email", ""))

    def now(self) -> str:
        return consent.digest(self.text)


def _still_offered(draft: Draft) -> bool:
    try:
        chosen(drafts.answers(draft))
    except Refused:
        return False
    return True


def _asks_more(draft: Draft) -> bool:
    """Is there anything to say about the receiver: an address, a number?"""
    if not _still_offered(draft):
        return True
    to = chosen(drafts.answers(draft))
    return bool(not to.email or to.rule)


def _save_receiver(draft: Draft, form: ReceiverForm) -> None:
    if not form.receiver.data:
        raise Refused("receiver_missing", field="receiver")
    chosen({"receiver": form.receiver.data})
    wizard.keep(draft, receiver=form.receiver.data)


def _save_details(draft: Draft, form: DetailsForm) -> None:
    faults = []
    told = {}
    for name, read in (("email", receivers.address), ("reference", receivers.number)):
        try:
            told[name] = read(form.to, form[name].data)
        except Refused as refused:
            faults.append(refused)
    for refused in faults[:-1]:
        form.refuse(refused)
    if faults:
        raise faults[-1]
    wizard.keep(draft, **told)


def _save_documents(draft: Draft, form: DocumentsForm) -> None:
    sending.chosen(access.account(), form.documents.data or ())
    wizard.keep(draft, documents=form.documents.data)


def _documents_there(draft: Draft) -> bool:
    try:
        sending.chosen(access.account(), drafts.answers(draft).get("documents", ()))
    except Refused:
        return False
    return True


def _send(draft: Draft, form: ConsentForm) -> Response:
    if form.shown.data != form.now():
        raise Refused("consent_changed")
    told = drafts.answers(draft)
    wish = Wish(form.to, form.email, told.get("reference", ""), tuple(told["documents"]))
    with transaction():
        sent = sending.send(access.account(), access.actor(), wish, form.text, form.agree.data, visits.network())
        if not drafts.drop(draft):  # the second of two taps
            raise Refused("moved_on")
    wizard.leave()
    return go(url_for("transfers.transfer", key=sent.key))


wizard = OwnWizard(
    "transfer",
    "transfers",
    Step("receiver", ReceiverForm, _still_offered, _save_receiver, forgets=("email", "reference")),
    Step("details", DetailsForm, lambda draft: "email" in drafts.answers(draft), _save_details, applies=_asks_more),
    Step("documents", DocumentsForm, _documents_there, _save_documents),
    Step("consent", ConsentForm, lambda draft: False, _send),
)
wizard.mount(bp, allow(Can.OWN_RECORD))
