"""The school's own English original, or a sealed translation: what it is, and its pages as pictures (R-INT-08).

A picture is stored sealed as it comes and made harmless by a job: nothing is decoded in a request.
"""

from flask import Response as Answer
from flask import url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.validators import Optional

from webapp.domain import clock
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.domain.transfers import lifecycle, transcripts
from webapp.models.transfers import Transcript
from webapp.web import access, stored
from webapp.web.access import allow, takes
from webapp.web.brought_pictures import MOST, PictureForm, sent
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.transfers import words as own_words
from webapp.web.transfers.blueprint import bp, own_transcript
from webapp.web.transfers.transcripts import writable


class OriginalForm(PictureForm):
    """What it is, and a page of it."""

    source = RadioField(_l("你交的是哪一种"), [Optional()], validate_choice=False)


@bp.get("/transcripts/<transcript>/original")
@allow(Can.OWN_RECORD)
def original(transcript: str) -> Response:
    found = writable(transcript)
    return _screen(found, _form(found))


@bp.post("/transcripts/<transcript>/original")
@allow(Can.OWN_RECORD)
@takes(MOST + (64 << 10))
def bring(transcript: str) -> Response:
    """What the pages are is kept with every sending; a picture where there is one."""
    found = writable(transcript)
    form = _form(found)
    try:
        if form.validate():
            transcripts.say_source(found, form.source.data or "")
            data = sent(form)
            transcripts.takes(found)
            until = clock.now() + transcripts.DRAFT
            kept = stored.files().keep(data, "transcript_page", account=access.account(), expires=until)
            transcripts.attach(found, kept)
            return go(url_for("transfers.original", transcript=transcript))
    except Refused as refused:
        form.refuse(refused, refused.facts.get("field", "album"))
    return _screen(found, form, 422)


@bp.post("/transcripts/<transcript>/original/<picture>")
@allow(Can.OWN_RECORD)
def take_back_page(transcript: str, picture: str) -> Response:
    found = writable(transcript)
    if Form().validate():
        transcripts.detach(found, picture)
    return go(url_for("transfers.original", transcript=transcript))


@bp.get("/transcripts/<transcript>/original/<picture>.jpg")
@allow(Can.OWN_RECORD)
def picture(transcript: str, picture: str) -> Answer:
    """The holder's own picture, once it was made harmless."""
    found = next((one for one in lifecycle.pages(own_transcript(transcript)) if one.key == picture), None)
    return stored.picture(found and found.upload)


def _form(found: Transcript) -> OriginalForm:
    form = OriginalForm(data={"source": found.source or None})
    form.source.choices = choices(own_words.SOURCES.items())
    return form


def _screen(found: Transcript, form: OriginalForm, status: int = 200) -> Response:
    return show(
        "transfers/original.html",
        status,
        found=found,
        form=form,
        pages=lifecycle.pages(found),
        texts=own_words.SOURCE_TEXTS,
        most=transcripts.PAGES,
    )
