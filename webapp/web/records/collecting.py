"""The holder's own pictures for the qualification: the 图像采集码 to show the photographer, and the 学历照片 (R-IMG-15, 19).

Not here: checking the photo, which is a feature of its own.
"""

from io import BytesIO

import segno
from flask import Response, abort, current_app
from werkzeug.wrappers import Response as AnyResponse

from webapp.domain.permissions import Can
from webapp.domain.photos import collection, importing
from webapp.domain.photos.lifecycle import SHOWN
from webapp.domain.ports import Missing
from webapp.domain.refused import Refused
from webapp.models.records import Record
from webapp.providers.files import Files
from webapp.web import access
from webapp.web.access import allow
from webapp.web.page import show
from webapp.web.records.blueprint import bp, own


@bp.get("/records/<key>/collection")
@allow(Can.OWN_RECORD)
def collection_code(key: str) -> AnyResponse:
    record = _own(key)
    if not collection.may_have(record):
        raise Refused("collection_none")
    return show("records/collection.html", record=record, year=collection.year())


@bp.get("/records/<key>/collection.png")
@allow(Can.OWN_RECORD)
def collection_picture(key: str) -> Response:
    """The code as a picture that a phone keeps by a long press; another one each time it is asked for."""
    out = BytesIO()
    segno.make(collection.code(_own(key)), error="m", micro=False).save(out, kind="png", scale=8, border=4)
    return Response(out.getvalue(), mimetype="image/png", headers={"Cache-Control": "no-store"})


@bp.get("/records/<key>/graduation.jpg")
@allow(Can.OWN_RECORD)
def graduation_picture(key: str) -> Response:
    """学历照片, opened from the sealed store for its holder alone; nothing keeps a copy."""
    photo = importing.current(_own(key))
    if photo is None or photo.state not in SHOWN:
        abort(404)
    try:
        data = Files(current_app.extensions["worker"].outside.storage).read(photo.upload)
    except Missing:
        abort(404)
    return Response(data, mimetype="image/jpeg", headers={"Cache-Control": "no-store"})


def _own(key: str) -> Record:
    return Record.get_by_id(own(key, access.visitor()).id)
