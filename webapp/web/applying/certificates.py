"""Step 2, one certificate at a time: its form, and 删除 (R-CRT-10, R-CRT-11, R-CRT-15).

Not here: the list of them, which is the wizard's step (`steps.py`).
"""

from flask import abort, request, url_for
from werkzeug.wrappers import Response

from webapp.domain import records
from webapp.domain.certification import choosing, filling, forms, materials
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.certification import Application, ApplicationItem
from webapp.web import access, certification_words, language
from webapp.web.access import allow
from webapp.web.applying import shown, words
from webapp.web.applying.blueprint import bp, own
from webapp.web.applying.forms import certificate, fill_in
from webapp.web.forms import Form
from webapp.web.page import go, show


@bp.get("/<key>/certificates/add/<kind>")
@allow(Can.APPLY)
def new_certificate(key: str, kind: str) -> Response:
    """添加: empty, for one more of a kind that was chosen."""
    return _screen(_chosen(key, kind), kind, None, _form(kind))


@bp.post("/<key>/certificates/add/<kind>")
@allow(Can.APPLY)
def add_certificate(key: str, kind: str) -> Response:
    return _write(_chosen(key, kind), kind, None)


@bp.get("/<key>/certificates/<item>", endpoint="certificate")
@allow(Can.APPLY)
def edit_certificate(key: str, item: str) -> Response:
    found = _item(key, item)
    return _screen(found.application, found.kind, found, _form(found.kind, filling.details(found)))


@bp.post("/<key>/certificates/<item>")
@allow(Can.APPLY)
def write_certificate(key: str, item: str) -> Response:
    found = _item(key, item)
    return _write(found.application, found.kind, found)


@bp.post("/<key>/certificates/<item>/delete")
@allow(Can.APPLY)
def drop_certificate(key: str, item: str) -> Response:
    """删除; after 提交申请 it is refused with its sentence."""
    found = _item(key, item)
    if Form().validate():
        filling.take_out(found.application, access.actor(), found)
    return go(url_for("applying.certificates", key=key))


def _write(application: Application, kind: str, item: ApplicationItem | None) -> Response:
    turned, form = language.turned(), _form(kind)
    if turned:
        return _screen(application, kind, item, form)
    try:
        if form.validate():
            _keep(application, kind, item, form)
            return go(url_for("applying.certificates", key=application.key))
    except Refused as refused:
        form.refuse(refused)
        return _screen(application, kind, item, form, 422, refused.code)
    return _screen(application, kind, item, form, 422)


def _keep(application: Application, kind: str, item: ApplicationItem | None, form: Form) -> None:
    try:
        filling.write(application, access.actor(), kind, form.data, item)
    except filling.Unread as unread:
        shown.refuse(form, unread)


def _chosen(key: str, kind: str) -> Application:
    application = own(key)
    return application if kind in choosing.chosen(application) else abort(404)


def _item(key: str, item: str) -> ApplicationItem:
    return materials.find(own(key), item) or abort(404)


def _form(kind: str, told: dict[str, str] | None = None) -> Form:
    form = certificate(kind)(data=told)
    fill_in(kind, form)
    return form


def _screen(
    application: Application,
    kind: str,
    item: ApplicationItem | None,
    form: Form,
    status: int = 200,
    refused: str | None = None,
) -> Response:
    published = [one for one in records.mine(application.account) if one.published is not None] if kind == "degree" else []
    return show(
        "applying/certificate.html",
        status,
        application=application,
        name=certification_words.KINDS[kind],
        item=item,
        form=form,
        hints={one.name: words.hint(kind, one.name) for one in forms.FORMS[kind]},
        selects=[one.name for one in forms.FORMS[kind] if one.kind in ("table", "school")],
        online=[one.unit.name for one in published],
        refused=refused,
        back=url_for("applying.certificates", key=application.key),
        action=request.path,
    )
