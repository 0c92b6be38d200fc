"""The pages of an import: the list, the upload, and one address that shows each batch as far as it is."""

import json

from flask import Response as FileResponse
from flask import abort, current_app, request, url_for
from werkzeug.wrappers import Response

from webapp.domain import journal
from webapp.domain.imports import batches, listing
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.base import transaction
from webapp.models.imports import Batch
from webapp.models.staff import Grant
from webapp.providers.files import Files
from webapp.web import access, words
from webapp.web.access import allow, takes
from webapp.web.forms import Form
from webapp.web.page import go, leave, show, swap
from webapp.web.staff import paging, photo_words
from webapp.web.staff.imports import bp, shown
from webapp.web.staff.imports.forms import ColumnsForm, ConfirmForm, PhotosForm, RosterForm, UploadForm
from webapp.web.staff.moments import lately

MOST = 64 << 20
"""Bytes of an uploaded roster or photo set; a bigger one goes by the command line."""

FEW, MANY = 10, 1_000


@bp.get("")
@allow(Can.IMPORT)
def index() -> Response:
    page = listing.batches(_grants(), paging.place(Batch))
    neighbours = paging.neighbours(page, "staff_imports.index")
    return show("staff/imports/index.html", page=page, neighbours=neighbours, shown=shown, lately=lately, counts=batches.counts)


@bp.get("/<any(new, photos, graduation):what>")
@allow(Can.IMPORT)
def new(what: str) -> Response:
    return _new(what, _upload_form(what))


@bp.post("/<any(new, photos, graduation):what>")
@allow(Can.IMPORT)
@takes(MOST + (64 << 10))
def upload(what: str) -> Response:
    form, units = _upload_form(what), scope.schools(_grants())
    if not form.validate_on_submit():
        return _new(what, form, 422)
    data = form.file.data.read()
    kind, purpose = (form.kind.data, "roster") if what == "new" else (what, "photo_archive")
    unit, name = form.chosen(units), form.file.data.filename or ""
    try:
        if len(data) > MOST:
            raise Refused("sheet_too_big", field="file")
        file = _files().keep(data, purpose, unit=unit)
        batch = batches.receive(unit, kind, name, file, file.digest, access.actor())
    except Refused as refusal:
        form.refuse(refusal)
        return _new(what, form, 422)
    return go(url_for("staff_imports.batch", key=batch.key))


@bp.get("/<key>")
@allow(Can.IMPORT)
def batch(key: str) -> Response:
    found = _found(key)
    if found.state == "mapping":
        return _columns(found, ColumnsForm.of(found, _asked(found)))
    return _batch(found, ConfirmForm())


@bp.get("/<key>/progress")
@allow(Can.IMPORT)
def progress(key: str) -> Response:
    """The moving part of the page: asked for every two seconds, until there is something else to show."""
    found, place = _found(key), url_for("staff_imports.batch", key=key)
    if found.state not in shown.BUSY or request.args.get("state") != found.state:
        return leave(place)
    return swap("staff/imports/_progress.html", place, batch=found)


@bp.post("/<key>/columns")
@allow(Can.IMPORT)
def columns(key: str) -> Response:
    found = _found(key)
    if found.state != "mapping":
        raise Refused("moved_on")
    asked = _asked(found)
    form = ColumnsForm.of(found, asked)
    if form.validate_on_submit():
        try:
            batches.choose(found, form.mapping(asked), access.actor())
            return go(url_for("staff_imports.batch", key=key))
        except Refused as refusal:
            form.refuse(refusal)
    return _columns(found, form, 422)


@bp.post("/<key>/confirm")
@allow(Can.IMPORT)
def confirm(key: str) -> Response:
    found, form = _found(key), ConfirmForm()
    if form.validate_on_submit():
        try:
            batches.confirm(found, access.actor(), form.reason.data or "")
            return go(url_for("staff_imports.batch", key=key))
        except Refused as refusal:
            form.refuse(refusal)
    return _batch(found, form, 422)


@bp.post("/<key>/refuse")
@allow(Can.IMPORT)
def refuse(key: str) -> Response:
    batches.refuse(_found(key), access.actor())
    return go(url_for("staff_imports.batch", key=key))


@bp.get("/<key>/undo")
@allow(Can.IMPORT)
def ask_undo(key: str) -> Response:
    return show("staff/imports/undo.html", batch=_found(key), counts=batches.counts(_found(key)), form=Form())


@bp.post("/<key>/undo")
@allow(Can.IMPORT)
def undo(key: str) -> Response:
    found, form = _found(key), Form()
    try:
        batches.undo(found, access.actor())
        return go(url_for("staff_imports.batch", key=key))
    except Refused as refusal:
        form.refuse(refusal)
    return show("staff/imports/undo.html", 422, batch=found, counts=batches.counts(found), form=form)


@bp.get("/<key>/<any(new, changed, same, wrong, missing, frozen, doubt, failing, doubtful):group>")
@allow(Can.IMPORT)
def group(key: str, group: str) -> Response:
    found = _found(key)
    faults = listing.faults(found, group, MANY) if group in ("wrong", "doubt") else []
    samples = [] if group in ("wrong", "doubt") else listing.samples(found, group, MANY)
    count = batches.counts(found).get(group, 0)
    told = {"shown": shown, "checked": photo_words}
    return show("staff/imports/group.html", batch=found, group=group, faults=faults, samples=samples, count=count, **told)


@bp.get("/<key>/copy")
@allow(Can.IMPORT)
def copy(key: str) -> Response:
    """The uploaded table with the column 问题; it holds whole ID numbers, so the look is an Event (R-SYS-02)."""
    found = _found(key)
    if found.annotated is None:
        abort(404)
    with transaction():
        journal.record("batch.copy", access.actor().name, found)
    answer = FileResponse(_files().read(found.annotated), mimetype=found.annotated.media)
    answer.headers["Content-Disposition"] = "attachment; filename=problems.xlsx"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _grants() -> tuple[Grant, ...]:
    return access.actor().where(Can.IMPORT)


def _found(key: str) -> Batch:
    return listing.batch(_grants(), key) or abort(404)


def _files() -> Files:
    return Files(current_app.extensions["worker"].outside.storage)


def _upload_form(what: str) -> UploadForm:
    form = RosterForm() if what == "new" else PhotosForm()
    form.offer(scope.schools(_grants()))
    return form


def _new(what: str, form: UploadForm, status: int = 200) -> Response:
    return show(f"staff/imports/{'new' if what == 'new' else 'photos'}.html", status, form=form, what=what)


def _asked(found: Batch) -> list[str]:
    return json.loads(found.headers)["asked"]


def _columns(found: Batch, form: ColumnsForm, status: int = 200) -> Response:
    told = json.loads(found.headers)
    return show("staff/imports/columns.html", status, batch=found, form=form, told=told, shown=shown)


def _batch(found: Batch, form: ConfirmForm, status: int = 200) -> Response:
    counts = batches.counts(found)
    fault = json.loads(found.fault) if found.fault else None
    return show(
        "staff/imports/batch.html",
        status,
        batch=found,
        form=form,
        counts=counts,
        to_write=batches.to_write(counts),
        faults=listing.faults(found, "wrong", FEW) if counts.get("wrong") else [],
        why=words.say(Refused(fault["code"], **fault["facts"])) if fault else "",
        shown=shown,
        lately=lately,
    )
