"""照片校对有误, for the college: what its students say is wrong, and handing all of it on in one go (R-IMG-08)."""

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from webapp.domain.permissions import Can
from webapp.domain.photos import gathering
from webapp.domain.refused import Refused
from webapp.models.graduation_photos import GraduationPhoto
from webapp.web import access
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.staff import paging, photo_words
from webapp.web.staff.moments import lately

bp = Blueprint("staff_photo_errors", __name__, url_prefix="/staff/photo-errors")


@bp.get("")
@allow(Can.COLLECT)
def index() -> Response:
    return _index(Form())


@bp.post("")
@allow(Can.COLLECT)
def collect() -> Response:
    form = Form()
    if form.validate_on_submit():
        try:
            gathering.collect(access.actor())
            return go(url_for("staff_photo_errors.index", state="collected"))
        except Refused as refusal:
            form.refuse(refusal)
    return _index(form, 409)


def _index(form: Form, status: int = 200) -> Response:
    grants = access.actor().where(Can.COLLECT)
    state = "collected" if request.args.get("state") == "collected" else "wrong"
    page = gathering.page(grants, state, paging.place(GraduationPhoto))
    return show(
        "staff/photo_errors.html",
        status,
        form=form,
        state=state,
        counts=gathering.counts(grants),
        page=page,
        neighbours=paging.neighbours(page, "staff_photo_errors.index", state=state),
        said=photo_words.said,
        lately=lately,
    )
