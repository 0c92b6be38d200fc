"""人工审核: the photos as a task list, one page for each, and handing them in (R-DUP-06 to 12, R-DUP-25).

A photo is stored as it comes and looked at by a job: nothing is decoded in a request. Not here: what becomes of it.
"""

import hashlib
import json
from typing import NamedTuple

from flask import abort, current_app, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.domain import defaults
from webapp.domain.duplicates import sending
from webapp.domain.identity import documents, phones
from webapp.domain.liveness import claims
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.duplicates import Party, Photo
from webapp.providers.files import Files
from webapp.providers.images_pillow import kind_of
from webapp.web.access import allow, takes
from webapp.web.brought_pictures import MOST, PictureForm
from webapp.web.duplicates import words
from webapp.web.duplicates.blueprint import bp, claimant, first_choose
from webapp.web.forms import Form
from webapp.web.page import go, leave, show, swap
from webapp.web.words import told

UNDER_WAY = ("checking", "waiting")


class Slot(NamedTuple):
    """One photo of the set: its place (from 1), its name, and how far it is: empty, raw, clean, warn, refused."""

    n: int
    code: str
    name: str
    state: str
    photo: Photo | None


@bp.get("/duplicate/photos")
@allow(Can.CLAIM)
def photos() -> Response:
    party = claimant()
    return _list(party, Form()) if party else first_choose()


@bp.post("/duplicate/photos")
@allow(Can.CLAIM)
def hand_in() -> Response:
    """提交审核: the whole set; the machine looks once more before a try is spent."""
    party, form = claimant(), Form()
    if party is None:
        return first_choose()
    try:
        if form.validate():
            sending.submit(sending.now(party) or sending.draft(party))
            return go(url_for("duplicates.status"))
    except Refused as refused:
        if refused.code == "photos_missing":
            kind = party.account.document_kind
            form.form_errors += [_("上传：%(photo)s", photo=words.slot(slot, kind)) for slot in refused.facts["slots"]]
        else:
            form.refuse(refused)
    return _list(party, form, 422)


@bp.get("/duplicate/photos/<slot>")
@allow(Can.CLAIM)
def photo(slot: str) -> Response:
    party = claimant()
    return _one(party, slot, PictureForm()) if party else first_choose()


@bp.post("/duplicate/photos/<slot>")
@allow(Can.CLAIM)
@takes(MOST + (64 << 10))
def upload(slot: str) -> Response:
    """Take one photo: stored sealed as it came, and the job that looks at it is promised."""
    party, form = claimant(), PictureForm()
    if party is None:
        return first_choose()
    if slot not in sending.slots_of(party):
        abort(404)
    try:
        if form.validate():
            _keep(party, slot, _sent(form))
            return go(url_for("duplicates.photo", slot=slot))
    except Refused as refused:
        form.refuse(refused, "album")
    return _one(party, slot, form, 422)


def _sent(form: PictureForm) -> bytes:
    """The bytes of whichever field has a file; by its first bytes it is a picture. Raises photo_missing, _heavy, _format."""
    file = next((field.data for field in (form.camera, form.album) if field.data), None)
    if file is None:
        raise Refused("photo_missing")
    data = file.read(MOST + 1)
    if not data:
        raise Refused("photo_missing")
    if len(data) > MOST:
        raise Refused("photo_heavy")
    if kind_of(data) is None:
        raise Refused("photo_format")
    return data


def _keep(party: Party, slot: str, data: bytes) -> None:
    submission = sending.draft(party)
    sending.expect(submission, slot, hashlib.sha256(data).hexdigest())
    files = Files(current_app.extensions["worker"].outside.storage)
    kept = files.keep(data, "claim_photo", account=party.account, expires=sending.kept_until())
    sending.attach(submission, slot, kept)


@bp.get("/duplicate/photos/<slot>/verdict")
@allow(Can.CLAIM)
def verdict(slot: str) -> Response:
    """The moving part of a photo's page: asked for until the machine has looked."""
    party, place = claimant(), url_for("duplicates.photo", slot=slot)
    found = _find(party, slot) if party else None
    if found is None or found.state != "raw":
        return leave(place)
    return swap("duplicates/_looking.html", place, slot=found)


def _slots(party: Party) -> list[Slot]:
    current = sending.now(party)
    known = sending.photos(current) if current else {}
    kind = party.account.document_kind
    return [
        Slot(n, code, words.slot(code, kind), _state(known.get(code)), known.get(code))
        for n, code in enumerate(sending.slots_of(party), start=1)
    ]


def _find(party: Party, slot: str) -> Slot | None:
    return next((one for one in _slots(party) if one.code == slot), None)


def _state(photo: Photo | None) -> str:
    if photo is None or photo.upload.state == "shredded":
        return "empty"
    if photo.upload.state == "clean" and noticed(photo):
        return "warn"
    return photo.upload.state


def noticed(photo: Photo) -> list[str]:
    """The machine's hints that the student can do something about."""
    return [code for code in json.loads(photo.hints).get("codes", ()) if code in words.HINTS]


def _list(party: Party, form: Form, status: int = 200) -> Response:
    current, slots, tries = sending.now(party), _slots(party), sending.tries(party)
    return show(
        "duplicates/photos.html",
        status,
        form=form,
        slots=slots,
        tries=tries,
        again=told(tries.again) if tries.again else "",
        most_today=defaults.value("dup.per_day"),
        most_total=defaults.value("dup.total"),
        days=defaults.value("ret.dup_days_ok"),
        under_way=current is not None and current.state in UNDER_WAY,
        username=_username(party),
        document=documents.masked(party.account.document),
        card=party.account.document_kind == "1",
        unlike=defaults.value("rpv.online_tries") if claims.failed(party) else 0,
    )


def _username(party: Party) -> str:
    return phones.grouped(party.account.phone) if party.account.phone else documents.masked(party.account.document)


def _one(party: Party, slot: str, form: PictureForm, status: int = 200) -> Response:
    found = _find(party, slot) or abort(404)
    current = sending.now(party)
    if current is not None and current.state in UNDER_WAY:
        return go(url_for("duplicates.status"))
    slots = _slots(party)
    following = next((one for one in slots[found.n :] + slots[: found.n - 1] if one.state in ("empty", "refused")), None)
    photo = found.photo
    return show(
        "duplicates/photo.html",
        status,
        form=form,
        slot=found,
        of=len(slots),
        following=following,
        fault=words.fault(photo.upload.reason) if found.state == "refused" else "",
        hints=_hints(photo) if found.state in ("clean", "warn") else [],
    )


def _hints(photo: Photo) -> list[tuple[str, str, str]]:
    """A line for each thing that the machine judged: (ok or bad, what, what helps); only sizes where it judged nothing."""
    told = json.loads(photo.hints)
    if "codes" not in told:
        return [("ok", str(words.HINTS["size"][0]), "")]
    bad = set(told["codes"])
    return [("bad", str(no), str(do)) if code in bad else ("ok", str(yes), "") for code, (yes, no, do) in words.HINTS.items()]
