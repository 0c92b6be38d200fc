"""The pictures of one paper: brought one by one or all together, looked at, put in order, turned, taken away (R-CRT-16–18).

A picture is stored sealed as it comes and made harmless by a job: nothing is decoded in a request.
"""

import hashlib
from collections.abc import Iterator

from flask import Response as Answer
from flask import abort, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, MultipleFileField
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from webapp.domain.certification import materials, required
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.certification import ApplicationItem, Material
from webapp.providers.images_pillow import kind_of
from webapp.web import access, stored, words
from webapp.web import certification_words as names
from webapp.web.access import allow, takes
from webapp.web.brought_pictures import MOST
from webapp.web.forms import Form
from webapp.web.materials import words as own_words
from webapp.web.materials.blueprint import bp, own_item
from webapp.web.page import go, leave, show, swap

TOGETHER = 72 << 20
"""Bytes of one form: a browser without scripts sends all pictures that were chosen at once. The server reads 80 MB."""

PAGE = 40
"""Pictures of one page: eighty of them would weigh more than a step may."""

ACTS = {
    "up": lambda item, material: materials.shift(item, material, -1),
    "down": lambda item, material: materials.shift(item, material, 1),
    "turn": materials.turn,
    "delete": materials.detach,
}
"""What may be done with a picture, by the name of its button."""


class MaterialForm(Form):
    """Two ways to a file, because some phones offer only the camera, or only the album."""

    camera = FileField(_l("拍照"))
    album = MultipleFileField(_l("从相册选"))


@bp.get("/apply/<key>/files/<item>/<slot>")
@allow(Can.APPLY)
def slot(key: str, item: str, slot: str) -> Response:
    return _slot(own_item(key, item), slot, MaterialForm())


@bp.post("/apply/<key>/files/<item>/<slot>")
@allow(Can.APPLY)
@takes(TOGETHER)
def bring(key: str, item: str, slot: str) -> Response:
    """Take each picture on its own; those that were taken stay, whatever became of the others."""
    found, form = own_item(key, item), MaterialForm()
    if form.validate():
        faults = list(_taken(found, slot, form))
        if not faults:
            return go(url_for("materials.slot", key=key, item=item, slot=slot))
        form.album.errors = list(dict.fromkeys(faults))
    return _slot(found, slot, form, 422)


def _taken(item: ApplicationItem, slot: str, form: MaterialForm) -> Iterator[str]:
    """Keep what was brought; a sentence for each picture that was not taken."""
    files = [file for file in (form.camera.data, *(form.album.data or ())) if file]
    if not files:
        yield words.say(Refused("material_missing"))
    for n, file in enumerate(files, start=1):
        try:
            _keep(item, slot, file)
        except Refused as refused:
            said = words.say(refused)
            yield said if len(files) == 1 else _("第 %(n)s 张：%(why)s", n=n, why=said)


def _keep(item: ApplicationItem, slot: str, file: FileStorage) -> None:
    data = file.read(MOST + 1)
    if len(data) > MOST:
        raise Refused("material_heavy")
    if kind_of(data) is None:
        raise Refused("material_kind")
    digest = hashlib.sha256(data).hexdigest()
    if materials.expect(item, slot, digest) is None:
        until = materials.waits_until()
        kept = stored.files().keep(data, materials.PURPOSE, account=access.account(), expires=until)
        materials.attach(item, slot, digest, kept)


@bp.post("/apply/<key>/files/<item>/<slot>/<file>")
@allow(Can.APPLY)
def change(key: str, item: str, slot: str, file: str) -> Response:
    """Put a picture elsewhere, turn it, take it away."""
    found, form = own_item(key, item), MaterialForm()
    material = _find(found, slot, file)
    act = next((ACTS[name] for name in ACTS if name in request.form), None)
    try:
        if material is not None and act is not None and form.validate():
            act(found, material)
    except Refused as refused:
        form.refuse(refused)
        return _slot(found, slot, form, 422)
    return go(url_for("materials.slot", key=key, item=item, slot=slot, page=_page_of(found, slot, material)))


@bp.get("/apply/<key>/files/<item>/<slot>/brought")
@allow(Can.APPLY)
def brought(key: str, item: str, slot: str) -> Response:
    """The moving part of the page: asked for until the machine has looked at every picture."""
    found, place = own_item(key, item), url_for("materials.slot", key=key, item=item, slot=slot)
    there = _in(found, slot)
    if not any(_busy(one) for one in there):
        return leave(place)
    return swap("materials/_looking.html", place, place=place, item=found, code=slot)


@bp.get("/apply/<key>/files/<item>/<slot>/<file>.jpg")
@allow(Can.APPLY)
def picture(key: str, item: str, slot: str, file: str) -> Answer:
    """The applicant's own picture, once it was made harmless."""
    found = _find(own_item(key, item), slot, file)
    return stored.picture(found and found.upload)


def _in(item: ApplicationItem, slot: str) -> list[Material]:
    return [one for one in materials.of(item) if one.slot == slot]


def _find(item: ApplicationItem, slot: str, key: str) -> Material | None:
    return next((one for one in _in(item, slot) if one.key == key), None)


def _page_of(item: ApplicationItem, code: str, material: Material | None) -> int | None:
    """The page of its slot on which a picture lies, or lay before it was taken away; none where there is one page."""
    there = _in(item, code)
    if material is None or len(there) <= PAGE:
        return None
    before = sum(one.place < material.place for one in there)
    return min(before, len(there) - 1) // PAGE + 1


def _busy(material: Material) -> bool:
    return material.upload.state == "raw" or (material.upload.state == "clean" and materials.quarters(material) > 0)


def _slot(item: ApplicationItem, code: str, form: MaterialForm, status: int = 200) -> Response:
    there, wanted = _in(item, code), required.slot(item, code)
    if wanted is None and not there:
        abort(404)
    mine = [one for one in there if materials.loose(item, one)]
    closed, pages = _closed(item), max(1, -(-len(there) // PAGE))
    page = min(max(request.args.get("page", pages, int), 1), pages)
    return show(
        "materials/slot.html",
        status,
        form=form,
        item=item,
        code=code,
        wanted=wanted,
        name=names.SLOTS[code],
        kind=names.KINDS[item.kind],
        hint=own_words.HINTS.get(code, ""),
        there=[(n, one, _fault(one), one in mine and not closed) for n, one in enumerate(there, start=1)][_rows(page)],
        many=len(there),
        page=page,
        pages=pages,
        busy=any(_busy(one) for one in there),
        closed=closed,
        room=wanted is not None and not closed and sum(materials.readable(one) for one in mine) < wanted.most,
    )


def _rows(page: int) -> slice:
    """The last page is the one that is shown: there lies what was brought just now."""
    return slice((page - 1) * PAGE, page * PAGE)


def _closed(item: ApplicationItem) -> str:
    """Why nothing can be brought or taken away; nothing where it can."""
    try:
        materials.check_open(item)
    except Refused as refused:
        return words.say(refused)
    return ""


def _fault(material: Material) -> str:
    """Why the machine could not take a picture, in the page's own words."""
    if materials.readable(material):
        return ""
    return words.say(Refused(own_words.FAULTS.get(material.upload.reason, "material_spoilt")))
