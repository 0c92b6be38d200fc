"""证明材料: which papers a request needs, a page for each with its pictures, taken and taken back (R-COR-03).

A picture is stored sealed as it comes and made harmless by a job: nothing is decoded in a request.
"""

from flask import Response as Answer
from flask import abort, current_app, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.wrappers import Response

from webapp.domain import windows
from webapp.domain.corrections import asking, blocking, lifecycle
from webapp.domain.permissions import Can
from webapp.domain.ports import Missing
from webapp.domain.refused import Refused
from webapp.models.corrections import Correction, Evidence
from webapp.providers.files import Files
from webapp.providers.images_pillow import kind_of
from webapp.web import access
from webapp.web.access import allow, takes
from webapp.web.corrections import words as own_words
from webapp.web.corrections.blueprint import bp, own
from webapp.web.corrections.new import OF
from webapp.web.forms import Form
from webapp.web.page import go, show

MOST = 15 << 20
"""Bytes of a picture as a phone takes it; what is stored is 2 MB at most."""


class PictureForm(Form):
    """Two ways to a file, because some phones offer only the camera, or only the album."""

    camera = FileField(_l("拍照"))
    album = FileField(_l("从相册选"))


@bp.get("/corrections/<key>/papers")
@allow(Can.OWN_RECORD)
def papers(key: str) -> Response:
    """The papers as a task list; none are needed for some fields, and the last look comes at once."""
    draft = _open(key)
    needed = lifecycle.needs(draft)
    if not needed:
        return go(url_for("corrections.check", key=key))
    originals, there = set(blocking.of(draft.record).originals), lifecycle.evidence(draft)
    tasks = [(kind, own_words.KINDS[kind], kind in originals, _state(there, kind)) for kind in needed]
    return show(
        "corrections/papers.html",
        draft=draft,
        tasks=tasks,
        offices=[one for one in windows.offices() if one.unit_id == draft.unit_id],
        of=OF,
    )


def _state(there: list[Evidence], kind: str) -> str:
    """How far one kind is: empty, refused (no picture of it can be read), seen (the original was) or there."""
    some = [one for one in there if one.kind == kind]
    if any(one.seen_by_id is not None for one in some):
        return "seen"
    if any(lifecycle.readable(one) for one in some):
        return "there"
    return "refused" if some else "empty"


@bp.get("/corrections/<key>/papers/<kind>")
@allow(Can.OWN_RECORD)
def paper(key: str, kind: str) -> Response:
    return _paper(_open(key), kind, PictureForm())


@bp.post("/corrections/<key>/papers/<kind>")
@allow(Can.OWN_RECORD)
@takes(MOST + (64 << 10))
def bring(key: str, kind: str) -> Response:
    draft, form = _open(key), PictureForm()
    try:
        if form.validate():
            data = sent(form)
            asking.takes(draft, kind)
            kept = files().keep(data, "correction_file", account=access.account(), expires=asking.kept_until())
            asking.attach(draft, kind, kept)
            return go(url_for("corrections.paper", key=key, kind=kind))
    except Refused as refused:
        form.refuse(refused, "album")
    return _paper(_open(key), kind, form, 422)


@bp.post("/corrections/<key>/papers/<kind>/<file>")
@allow(Can.OWN_RECORD)
def take_back(key: str, kind: str, file: str) -> Response:
    asking.detach(_open(key), file)
    return go(url_for("corrections.paper", key=key, kind=kind))


@bp.get("/corrections/<key>/papers/<kind>/<file>.jpg")
@allow(Can.OWN_RECORD)
def picture(key: str, kind: str, file: str) -> Answer:
    """The holder's own picture, once it was made harmless."""
    found = next((one for one in lifecycle.evidence(own(key)) if one.key == file and one.staff_id is None), None)
    upload = found.upload if found else None
    if upload is None or upload.state != "clean":
        abort(404)
    try:
        return Answer(files().read(upload), mimetype="image/jpeg", headers={"Cache-Control": "no-store"})
    except Missing:
        abort(404)


def _open(key: str) -> Correction:
    draft = own(key)
    return draft if draft.state in ("draft", "returned") else abort(404)


def sent(form: PictureForm) -> bytes:
    """The bytes of whichever field has a file; by its first bytes it is a picture.

    Raises picture_missing, picture_heavy (most, in MB), picture_kind.
    """
    file = next((field.data for field in (form.camera, form.album) if field.data), None)
    data = file.read(MOST + 1) if file else b""
    if not data:
        raise Refused("picture_missing")
    if len(data) > MOST:
        raise Refused("picture_heavy", most=MOST >> 20)
    if kind_of(data) is None:
        raise Refused("picture_kind")
    return data


def files() -> Files:
    return Files(current_app.extensions["worker"].outside.storage)


def _paper(draft: Correction, kind: str, form: PictureForm, status: int = 200) -> Response:
    if kind not in lifecycle.needs(draft):
        abort(404)
    brought = [one for one in lifecycle.evidence(draft) if one.kind == kind and one.upload_id is not None]
    return show(
        "corrections/paper.html",
        status,
        form=form,
        draft=draft,
        kind=kind,
        name=own_words.KINDS[kind],
        brought=brought,
        loose=[one.id for one in brought if asking.loose(draft, one)],
        original=kind in blocking.of(draft.record).originals,
        most=asking.FILES,
    )
