"""The six steps of an application, as one wizard on its row (R-CRT-04): /apply/<key>/<slug>.

Files are asked on a page of their own (`materials`), each certificate on one of `certificates.py`.
"""

from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from webapp.domain.certification import applicants, applying, choosing, drafting, filling, materials
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.certification import Application
from webapp.web import access
from webapp.web.access import allow
from webapp.web.applying import shown
from webapp.web.applying.blueprint import after, bp, own
from webapp.web.applying.forms import CertificatesForm, ConfirmForm, ContactForm, ItemsForm, NoticeForm, SubmitForm
from webapp.web.forms import Form
from webapp.web.page import go
from webapp.web.wizard import RowWizard, Step


def read(application: Application) -> dict[str, Any]:
    """The answers that stand in the row, by the names of the forms' fields; `row` is the application itself."""
    account = application.account
    copies = {
        f"{kind}_{language}": count for kind, each in choosing.chosen(application).items() for language, count in each.items()
    }
    return {
        "row": application,
        "aim": f"{application.purpose}/{application.detail}" if application.purpose else "",
        "country": shown.country(application.country),
        **dict.fromkeys(copies, True),
        **{f"{name}_copies": str(count) for name, count in copies.items()},
        "nature": application.nature or None,
        "unit_name": application.unit_name,
        "applicant": application.applicant or account.name,
        "place": application.place,
        "phone": application.phone or account.phone,
        "email": application.email or (account.email if account.email_proved else ""),
        **(shown.holder(application) if application.nature == "unit" else {}),
        "agency": application.agency.key if application.agency else None,
        "remark": application.remark or "",
    }


def _save_items(application: Application, form: ItemsForm) -> None:
    aim, _, detail = form.aim.data.partition("/")
    choosing.choose(application, access.actor(), (aim, detail), form.country.data, form.copies())


def _agree(application: Application, form: NoticeForm) -> None:
    choosing.agree(application, access.actor(), form.mark.data)


def _give_up(application: Application, form: Form) -> Response:
    drafting.give_up(application, access.actor())
    return go(url_for("applying.start"))


def _save_contact(application: Application, form: ContactForm) -> None:
    try:
        applicants.tell(application, access.actor(), form.data)
    except filling.Unread as unread:
        shown.refuse(form, unread)


def _send(application: Application, form: SubmitForm) -> Response:
    sent = applying.send(application, access.actor(), form.agency.data or "", form.remark.data or "")
    return go(wizard.resume(sent))


def _confirm(application: Application, form: Form) -> Response:
    return go(after(applying.confirm(application, access.actor())))


def _back(application: Application, form: Form) -> Response:
    return go(url_for("applying.items", key=applying.back(application, access.actor()).key))


def _is_written(application: Application) -> bool:
    """After 提交申请 only the last step is left, until 返回修改."""
    return application.state == "draft"


def _check_filled(application: Application, form: Form) -> None:
    filling.check(application)


def _all_filled(application: Application) -> bool:
    try:
        filling.check(application)
    except Refused:
        return False
    return True


def _answered_elsewhere(application: Application, form: Form) -> None:
    raise AssertionError("the page of the files answers for itself")


wizard = RowWizard(
    "applying",
    own,
    read,
    Step("items", ItemsForm, lambda row: bool(row.purpose), _save_items, _is_written),
    Step("notice", NoticeForm, choosing.has_agreed, _agree, _is_written, acts={"give_up": _give_up}),
    Step("certificates", CertificatesForm, _all_filled, _check_filled, _is_written),
    Step("files", Form, lambda row: not materials.missing(row), _answered_elsewhere, _is_written, page="materials.files"),
    Step("contact", ContactForm, applicants.is_told, _save_contact, _is_written),
    Step("submit", SubmitForm, lambda row: False, _send, _is_written),
    Step("confirm", ConfirmForm, lambda row: False, _confirm, acts={"back": _back}),
)
wizard.mount(bp, allow(Can.APPLY))
