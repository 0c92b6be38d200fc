"""证明材料: which papers a request needs, a page for each with its pictures, taken and taken back (R-COR-03).

A picture is stored sealed as it comes and made harmless by a job: nothing is decoded in a request.
"""

from flask import Response as Answer
from flask import abort, url_for
from werkzeug.wrappers import Response

from webapp.domain import windows
from webapp.domain.corrections import asking, blocking, lifecycle
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.corrections import Correction, Evidence
from webapp.web import access, stored
from webapp.web.access import allow, takes
from webapp.web.brought_pictures import MOST, PictureForm, sent
from webapp.web.corrections import words as own_words
from webapp.web.corrections.blueprint import bp, own
from webapp.web.corrections.new import OF
from webapp.web.page import go, show


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
            kept = stored.files().keep(data, "correction_file", account=access.account(), expires=asking.kept_until())
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
    return stored.picture(found and found.upload)


def _open(key: str) -> Correction:
    draft = own(key)
    return draft if draft.state in ("draft", "returned") else abort(404)


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
