"""上传电子附件: the papers of each item as a task list, what is asked beside them, and 修改附件 (R-CRT-16, 19, 20, 32, 43).

Not here: the pictures of one paper (`slots.py`).
"""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.validators import Optional

from webapp.domain import clock
from webapp.domain.certification import filling, materials, prices, required, steps
from webapp.domain.certification.catalogue import Slot
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.certification import Application, ApplicationItem, Material
from webapp.web import access, told
from webapp.web import certification_words as names
from webapp.web.access import allow, public
from webapp.web.forms import Form, choices
from webapp.web.materials import words as own_words
from webapp.web.materials.blueprint import bp, own, own_item
from webapp.web.page import go, show


class DiffersForm(Form):
    differs = RadioField(
        _l("证书上的姓名、出生日期和身份证一致吗？"),
        [Optional()],
        choices=choices(own_words.DIFFERS.items()),
        validate_choice=False,
    )


@bp.get("/apply/scanning")
@public("what a scan should look like, before anybody has an account")
def scanning() -> Response:
    return show("materials/scanning.html")


@bp.get("/apply/<key>/files")
@allow(Can.APPLY)
def files(key: str) -> Response:
    application = own(key)
    if application.state != "draft":
        return go(url_for("applying.confirm", key=key))
    if not all(filling.is_filled(item) for item in prices.items(application)):
        return go(url_for("applying.certificates", key=key))
    return _files(application, Form())


@bp.post("/apply/<key>/files")
@allow(Can.APPLY)
def files_done(key: str) -> Response:
    """下一步: everything that is needed is there."""
    application, form = own(key), Form()
    if form.validate():
        lacking = materials.missing(application)
        if not lacking:
            return go(url_for("applying.contact", key=key))
        form.form_errors += [_lack(lack) for lack in lacking]
    return _files(application, form, 422)


def _lack(lack: materials.Lack) -> str:
    name, item = names.SLOTS[lack.slot.code], names.KINDS[lack.item.kind]
    return _("%(item)s：还要传%(paper)s（至少 %(n)s 张）", item=item, paper=name, n=lack.slot.least)


@bp.post("/apply/<key>/files/<item>")
@allow(Can.APPLY)
def differ(key: str, item: str) -> Response:
    """Does the certificate name the holder as the document does? More papers follow from it."""
    found, form = own_item(key, item), DiffersForm()
    try:
        if form.validate():
            materials.differ(found, form.differs.data or "")
            return go(url_for("materials.files", key=key))
    except Refused as refused:
        form.refuse(refused)
    return _files(own(key), form, 422)


def _files(application: Application, form: Form, status: int = 200) -> Response:
    return show(
        "materials/files.html",
        status,
        form=form,
        application=application,
        parts=[_part(item) for item in prices.items(application)],
    )


def _part(item: ApplicationItem) -> dict[str, Any]:
    """One item with its slots as rows for `tasks`, and why more is asked for."""
    return {
        "item": item,
        "name": names.KINDS[item.kind],
        "reasons": [own_words.REASONS[rule.code] for rule in required.rules(item)],
        "rows": [_row(item, slot, there) for slot, there in materials.shown(item)],
        "form": DiffersForm(formdata=None, differs=item.differs) if item.kind == "degree" else None,
    }


def _row(item: ApplicationItem, slot: Slot, there: list[Material]) -> tuple[str, str, str, str, str]:
    """For `tasks`: address, what paper, how many it may be, kind of pill, how many there are."""
    good = sum(materials.readable(one) for one in there)
    kind, state = _state(slot, good, len(there) - good)
    title = f"{names.SLOTS[slot.code]}{'*' if slot.least else ''}"
    most = _("（不超过%(n)s张）", n=slot.most) if slot.most else ""
    address = url_for("materials.slot", key=item.application.key, item=item.key, slot=slot.code)
    return address, f"{title}{most}", str(own_words.HINTS.get(slot.code, "")), kind, state


def _state(slot: Slot, good: int, spoilt: int) -> tuple[str, str]:
    if spoilt:
        return "bad", _("有打不开的，重新拍")
    if good < slot.least:
        return ("warn", _("还差 %(n)s 张", n=slot.least - good)) if good else ("", _("还没传"))
    return ("ok", _("%(n)s 张", n=good)) if good else ("", _("选填"))


@bp.get("/applications/<key>/files")
@allow(Can.APPLY)
def supplement(key: str) -> Response:
    """修改附件: the items that the agency gave back, with what it asks for; none leads to the application."""
    application = own(key)
    return _supplement(application, Form()) if _asked(application) else go(url_for("applications.application", key=key))


@bp.post("/applications/<key>/files")
@allow(Can.APPLY)
def supplement_done(key: str) -> Response:
    """再次提交: the item goes back to the agency."""
    application, form = own(key), Form()
    item = materials.find(application, request.form.get("item", ""))
    try:
        if item is not None and form.validate():
            materials.send_again(item, access.actor())
            return go(url_for("materials.supplement", key=key))
    except Refused as refused:
        form.refuse(refused)
    return _supplement(application, form, 422)


def _asked(application: Application) -> list[ApplicationItem]:
    return [item for item in prices.items(application) if item.state == "supplement"]


def _supplement(application: Application, form: Form, status: int = 200) -> Response:
    parts = [{**_part(item), "asked": _note(item), "due": _due(item)} for item in _asked(application)]
    return show("materials/supplement.html", status, form=form, application=application, parts=parts)


def _note(item: ApplicationItem) -> str:
    """What the agency asks for: its reasons, and what it wrote beside them."""
    last = next((one for one in reversed(steps.of(item)) if one.move == "ask"), None)
    return _("；").join([*map(str, names.grounds(last.reasons)), *filter(None, [last.note])]) if last else ""


def _due(item: ApplicationItem) -> str:
    return told.day(clock.shown(item.due).date()) if item.due else ""
