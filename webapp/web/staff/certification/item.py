"""One item: what the applicant wrote and brought beside the record of this site, who has it, its way (R-CRT-42).

Not here: what is decided there (`decisions.py`), and papers sent out (`sending.py`).
"""

from collections import Counter
from collections.abc import Callable

from flask import Response as Answer
from flask import abort, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.domain import clock
from webapp.domain.certification import checking, comparing, deciding, desk, grounds, steps
from webapp.domain.identity import documents
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.certification import ApplicationItem, Material
from webapp.web import access, told
from webapp.web import certification_words as every
from webapp.web import words as sentences
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.staff import pictures
from webapp.web.staff.certification import words
from webapp.web.staff.certification.blueprint import bp
from webapp.web.staff.certification.forms import (
    AskForm,
    BackForm,
    DelayForm,
    LetterForm,
    NoteForm,
    OfficeForm,
    RefusalForm,
    ReplyForm,
)
from webapp.web.staff.certification.queue import where

FORMS: dict[str, type[Form]] = {
    "ask": AskForm,
    "delay": DelayForm,
    "refusal": RefusalForm,
    "back": BackForm,
    "uphold": NoteForm,
    "letter": LetterForm,
    "reply": ReplyForm,
}
"""The forms of the page by their prefix, beside that of an office, which depends on the item."""


@bp.get("/<key>")
@allow(Can.CERTIFY)
def item(key: str) -> Response:
    return screen(found(key))


@bp.post("/<key>/take")
@allow(Can.CERTIFY)
def take(key: str) -> Response:
    return done(found(key), desk.take)


@bp.post("/<key>/put-back")
@allow(Can.CERTIFY)
def put_back(key: str) -> Response:
    return done(found(key), desk.put_back, on=True)


@bp.get("/<key>/pictures/<file>.jpg")
@allow(Can.CERTIFY)
def picture(key: str, file: str) -> Answer:
    """Only for who has the item in hand; the look is in the history before the bytes leave."""
    there = found(key)
    try:
        upload = desk.see_picture(there, access.actor(), file)
    except Refused:
        abort(404)
    return pictures.marked(upload, there.key)


def found(key: str) -> ApplicationItem:
    return desk.find(access.actor(), key) or abort(404)


def done(there: ApplicationItem, deed: Callable[..., object], *more: object, on: bool = False) -> Response:
    """Do it and show the item as it is now, or go back to the list; or say beside the item why not."""
    try:
        deed(there, access.actor(), *more)
    except Refused as refused:
        return screen(found(there.key), 409, said=sentences.say(refused))
    return go(url_for(".queue") if on else url_for(".item", key=there.key))


def screen(there: ApplicationItem, status: int = 200, said: str = "", **forms: Form) -> Response:
    """The page of an item; `forms` are those that were just sent and not taken."""
    actor = access.actor()
    mine = desk.holds(there, actor)
    if mine:
        desk.look(there, actor)
    blank = {name: kind(prefix=name, formdata=None) for name, kind in FORMS.items()}
    blank["office"] = OfficeForm(checking.offices(there) if mine else [], prefix="office", formdata=None)
    return show(
        "staff/certification/item.html",
        status,
        item=there,
        mine=mine,
        said=said,
        forms=blank | forms,
        wrong=next(iter(forms.values()), None),
        lead=actor.may(Can.LEAD),
        takes=there.state in desk.TAKEN and not mine,
        held=there.holder if there.lease is not None and there.lease >= clock.now() and not mine else None,
        unexplained=deciding.lacks_reason(there),
        most=grounds.NOTE,
        moment=told.moment,
        **_facts(there, mine),
    )


def _facts(there: ApplicationItem, mine: bool) -> dict[str, object]:
    """What is told of an item; the whole number of the document only to who has it in hand."""
    application, number = there.application, there.application.holder_document or ""
    brought = _numbered(there)
    return {
        "application": application,
        "kind": every.KINDS[there.kind],
        "state": every.ITEMS[there.state],
        "number": number if mine else documents.masked(number),
        "answers": words.answers(comparing.details(there)),
        "matches": [(one, words.rows(one, mine)) for one in comparing.matches(there)],
        "papers": [pair for pair in brought if pair[0].slot != "other"],
        "others": [pair for pair in brought if pair[0].slot == "other"],
        "purpose": every.PURPOSES.get(application.purpose, ""),
        "nature": every.NATURES.get(application.nature, ""),
        "proved": words.PROVED.get(application.proved_by, ""),
        "line": [(words.STEPS[one.move], every.grounds(one.reasons), one) for one in steps.of(there)],
        "conclusion": "".join(every.grounds(there.conclusion)),
        "checkings": [(one, words.WAYS[one.way], where(one), words.CHECKINGS[one.state]) for one in checking.of(there)],
        "said_of": words.ANSWERS,
    }


def _numbered(there: ApplicationItem) -> list[tuple[Material, str]]:
    """Each picture with the name of its slot and its number there."""
    counted: Counter[str] = Counter()
    found = []
    for one in desk.pictures(there):
        counted[one.slot] += 1
        found.append((one, _("%(name)s 第 %(n)s 张", name=every.SLOTS[one.slot], n=counted[one.slot])))
    return found
