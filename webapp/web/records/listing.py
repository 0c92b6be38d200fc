"""The list of one's records, the question before it, and the identity that is bound to the account."""

from flask import redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField

from webapp.domain import defaults, matching, records
from webapp.domain.certification import following
from webapp.domain.identity import documents, phones
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.records import Record
from webapp.web import access, told
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.liveness.blueprint import faces
from webapp.web.page import go, show
from webapp.web.records.blueprint import ahead_of_gate, bp


@bp.get("/records")
@allow(Can.OWN_RECORD)
def index() -> Response:
    """Opening the list binds what can be bound and is written into the view log (R-BND-01)."""
    if first := ahead_of_gate():
        return first
    account = access.account()
    found = records.bind(account)
    records.look_at_list(account, access.actor(), "records.index")
    if not found:
        return redirect(url_for("records.none"), 303)
    marks = {one.key: _marks(one, account) for one in found}
    enrolments, qualifications = ([one for one in found if one.kind == kind] for kind in ("enrolment", "qualification"))
    sure = account.identity_confirmed
    lists = {"enrolments": enrolments, "qualifications": qualifications, "marks": marks}
    facts = {"owned": records.owned(account), "unconfirmed": following.unconfirmed(account)}
    return show("records/index.html", **lists, sure=sure, **facts)


def _marks(record: Record, account: Account) -> list[str]:
    """What stands beside a record whose name or number is not the account's (R-BND-10, R-BND-21)."""
    former = [_("以曾用信息绑定")] if record.bound_how == "former" else []
    return former + ([_("姓名待补字")] if matching.lacks(record.name, account.name) else [])


class GateForm(Form):
    school = StringField(_l("院校名称"))


@bp.get("/records/gate")
@allow(Can.OWN_RECORD)
def gate() -> Response:
    if not ahead_of_gate():
        return redirect(url_for("records.index"), 303)
    return _gate(GateForm(), 200)


@bp.post("/records/gate")
@allow(Can.OWN_RECORD)
def pass_gate() -> Response:
    form = GateForm()
    try:
        records.pass_gate(access.account(), form.school.data or "")
    except Refused as refused:
        form.refuse(refused, "school")
        return _gate(form, 422)
    return go(url_for("records.index"))


def _gate(form: GateForm, status: int) -> Response:
    tries, days = defaults.value("bnd.school_tries"), defaults.value("bnd.gate_idle_days")
    other = {"online": faces().online(), "workdays": defaults.value("rpv.workdays")}
    return show("records/gate.html", status, form=form, tries=tries, days=days, **other)


@bp.get("/records/identity")
@allow(Can.OWN_RECORD)
def bound_identity() -> Response:
    """绑定实名信息: what the records are found by (R-BND-13)."""
    return show("records/identity.html", form=Form(), sure=access.account().identity_confirmed, who=identity())


@bp.post("/records/identity")
@allow(Can.OWN_RECORD)
def confirm_identity() -> Response:
    records.confirm_identity(access.account())
    return go(url_for("records.bound_identity"))


def identity() -> dict[str, str]:
    """Name, document and phone of the visitor, as a page may show them to the holder."""
    account = access.account()
    return {
        "name": account.name,
        "kind": told.label("documents", account.document_kind),
        "document": documents.masked(account.document),
        "phone": phones.grouped(account.phone) if account.phone else "",
    }
