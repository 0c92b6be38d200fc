"""线下验证: the photo with the document, offered from the start (R-RPV-06, R-RPV-07, R-RPV-09).

It is stored sealed as it comes and made harmless by a job: nothing is decoded in a request.
"""

from flask import url_for
from werkzeug.wrappers import Response

from webapp.domain import defaults
from webapp.domain.liveness import photos, purposes
from webapp.domain.refused import Refused
from webapp.models.liveness import Handoff
from webapp.providers.images_pillow import kind_of
from webapp.web import access, stored
from webapp.web.access import public, takes
from webapp.web.brought_pictures import MOST, PictureForm, sent
from webapp.web.liveness import words
from webapp.web.liveness.blueprint import bp
from webapp.web.liveness.telephone import WHY, proved
from webapp.web.page import go, show
from webapp.web.words.reasons import REASONS

SEED = {"picture_kind": "holder_picture_kind", "picture_heavy": "holder_picture_heavy"}
"""What the seed says in these cases, word for word."""


@bp.get("/m/photo")
@public(WHY)
def photo() -> Response:
    way = proved()
    if elsewhere := purposes.instead(way.check_row):
        return go(elsewhere)
    return _screen(way, PictureForm()) if way.check_row.state == "open" else go(url_for("liveness.face"))


@bp.post("/m/photo")
@public(WHY)
@takes(MOST + (64 << 10))
def bring() -> Response:
    """Take it; a second tap finds it under way."""
    way, form = proved(), PictureForm()
    check = way.check_row
    if check.state != "open" or purposes.instead(check):
        return go(url_for("liveness.face"))
    try:
        if form.validate():
            kept = stored.files().keep(_picture(form), "holder_photo", account=check.account, expires=photos.kept_until())
            photos.bring(check, kept, access.actor())
            return go(url_for("liveness.face"))
    except Refused as refused:
        form.refuse(Refused(SEED.get(refused.code, refused.code), **refused.facts), "album")
    return _screen(way, form, 422)


def _picture(form: PictureForm) -> bytes:
    data = sent(form)
    if kind_of(data) == "GIF":
        raise Refused("picture_kind")
    return data


def _screen(way: Handoff, form: PictureForm, status: int = 200) -> Response:
    check = way.check_row
    holder = photos.kind_of_holder(check)
    return show(
        "liveness/photo.html",
        status,
        form=form,
        way=way,
        check=check,
        holder=holder,
        holders=words.HOLDERS,
        fault=words.EXCUSES.get(check.why, ""),
        reasons=[REASONS[code] for code in check.reasons.split()],
        days=defaults.value("rpv.workdays"),
        kept=defaults.value("ret.dup_days_ok"),
    )
