"""公众号: the picture to scan, which the administrator brings; its other facts are settings (R-MSG-18)."""

from flask import Blueprint, abort, current_app, url_for
from werkzeug.wrappers import Response

from webapp.domain import clock, news, official
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.providers.files import Files
from webapp.web import access, stored
from webapp.web.access import allow, takes
from webapp.web.brought_pictures import MOST, PictureForm, sent
from webapp.web.forms import Form
from webapp.web.page import go, show

bp = Blueprint("staff_official", __name__, url_prefix="/staff/official")

BYTES = MOST + (1 << 20)


@bp.before_request
def whole_site() -> None:
    """The account is the site's: who keeps one school among several has nothing here."""
    if not official.may_change(access.actor()):
        abort(404)


@bp.get("")
@allow(Can.SETTINGS)
def index() -> Response:
    return _screen(PictureForm())


@bp.post("")
@allow(Can.SETTINGS)
@takes(BYTES)
def keep() -> Response:
    form = PictureForm()
    if form.validate_on_submit():
        try:
            data = sent(form)
            files = Files(current_app.extensions["worker"].outside.storage)
            official.show(access.actor(), files.keep(data, official.PURPOSE, expires=clock.now() + news.UNNAMED))
            return go(url_for("staff_official.index"))
        except Refused as refused:
            form.refuse(refused, "album")
    return _screen(form, 422)


@bp.post("/remove")
@allow(Can.SETTINGS)
def remove() -> Response:
    if not Form().validate_on_submit():
        return _screen(PictureForm(formdata=None), 422)
    official.remove(access.actor())
    return go(url_for("staff_official.index"))


@bp.get("/picture.jpg")
@allow(Can.SETTINGS)
def picture() -> Response:
    return stored.picture(official.qr())


def _screen(form: PictureForm, status: int = 200) -> Response:
    facts = {"account": official.account(), "there": official.qr() is not None, "waits": official.waits()}
    return show("staff/official/index.html", status, form=form, plain=Form(formdata=None), **facts)
