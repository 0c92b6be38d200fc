"""申请复议: why, with new papers, once and in time; and what it cannot change (R-CRT-38, R-CRT-39).

Not here: which of one's items can be asked for, which the list and the page of an application show.
"""

from hashlib import sha256

from flask import Response as File
from flask import url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import TextAreaField

from webapp.domain import clock
from webapp.domain.certification import grounds, materials, reconsidering
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.certification import ApplicationItem
from webapp.web import access, stored, told, words
from webapp.web.access import allow, takes
from webapp.web.applications import words as own_words
from webapp.web.applications.blueprint import bp, own_item
from webapp.web.brought_pictures import MOST, PictureForm, sent
from webapp.web.forms import Form
from webapp.web.page import go, show


class WhyForm(Form):
    BESIDE = {"reconsider_text": "text"}

    text = TextAreaField(_l("为什么要复议"))


@bp.get("/<key>/<item>/reconsider")
@allow(Can.APPLY)
def reconsider(key: str, item: str) -> Response:
    return _screen(own_item(key, item), WhyForm(), PictureForm())


@bp.post("/<key>/<item>/reconsider")
@allow(Can.APPLY)
def ask_again(key: str, item: str) -> Response:
    found, form = own_item(key, item), WhyForm()
    try:
        if form.validate():
            reconsidering.ask(found, access.actor(), form.text.data)
            return go(url_for("applications.application", key=key))
    except Refused as refused:
        form.refuse(refused)
    return _screen(own_item(key, item), form, PictureForm(formdata=None), 422)


@bp.post("/<key>/<item>/reconsider/picture")
@allow(Can.APPLY)
@takes(MOST + (64 << 10))
def bring(key: str, item: str) -> Response:
    """One new picture; the same one a second time is the first."""
    found, form = own_item(key, item), PictureForm()
    try:
        if form.validate():
            reconsidering.check(found)
            data = sent(form)
            digest = sha256(data).hexdigest()
            if materials.expect(found, reconsidering.SLOT, digest) is None:
                kept = stored.files().keep(data, materials.PURPOSE, account=access.account(), expires=materials.waits_until())
                materials.attach(found, reconsidering.SLOT, digest, kept)
            return go(url_for("applications.reconsider", key=key, item=item))
    except Refused as refused:
        form.refuse(refused, refused.facts.get("field", "album"))
    return _screen(own_item(key, item), WhyForm(formdata=None), form, 422)


@bp.post("/<key>/<item>/reconsider/<picture>/drop")
@allow(Can.APPLY)
def drop(key: str, item: str, picture: str) -> Response:
    found = own_item(key, item)
    one = next((one for one in reconsidering.brought(found) if one.key == picture), None)
    if one is not None and Form().validate():
        materials.detach(found, one)
    return go(url_for("applications.reconsider", key=key, item=item))


@bp.get("/<key>/<item>/reconsider/<picture>.jpg")
@allow(Can.APPLY)
def brought_picture(key: str, item: str, picture: str) -> File:
    """The applicant's own new picture, once it was made harmless."""
    one = next((one for one in reconsidering.brought(own_item(key, item)) if one.key == picture), None)
    return stored.picture(one and one.upload)


def _screen(found: ApplicationItem, form: WhyForm, pictures: PictureForm, status: int = 200) -> Response:
    refused = None
    try:
        reconsidering.check(found)
    except Refused as fault:
        refused = fault
    return show(
        "applications/reconsider.html",
        status,
        form=form,
        pictures=pictures,
        found=found,
        key=found.application.key,
        kind=own_words.kind(found),
        conclusion=own_words.conclusion(found),
        fixed=found.conclusion in grounds.FINAL,
        closed=words.say(refused) if refused else "",
        until=told.day(clock.shown(reconsidering.until(found)).date()) if found.decided else "",
        brought=reconsidering.brought(found),
        most=reconsidering.MOST,
    )
