"""The queue, one case with its decision, and the bytes of its photos.

Not here: restoring accounts (`archives.py`).
"""

import json
from collections.abc import Callable
from datetime import datetime

from flask import Response as Answer
from flask import abort, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from webapp.domain import clock
from webapp.domain.duplicates import by_ticket, file_of_case, listing, marks, review
from webapp.domain.duplicates.file_of_case import Papers
from webapp.domain.liveness import claims
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.duplicates import Claim, Photo
from webapp.web import access, told, words
from webapp.web.access import allow
from webapp.web.page import go, show
from webapp.web.staff import paging, pictures
from webapp.web.staff.moments import lately
from webapp.web.staff.review import archives, sight  # noqa: F401 (archives: its routes)
from webapp.web.staff.review.blueprint import address, bp, read
from webapp.web.staff.review.forms import DecideForm, by_tick
from webapp.web.staff.review.words import HINTS, READ, SIGNALS, SLOTS, STATES, TICKS, waited


@bp.get("")
@allow(Can.SECOND)
def index() -> Response:
    chosen = request.args.get("show", "all")
    if chosen not in listing.FILTERS:
        abort(404)
    page = listing.queue(access.actor(), chosen, paging.place(Claim))
    rows = page._replace(rows=[line.claim for line in page.rows])
    return show(
        "staff/review/index.html",
        page=page,
        chosen=chosen,
        today=listing.today(access.actor()),
        neighbours=paging.neighbours(rows, "staff_review.index", show=chosen),
        states=STATES,
        signals=SIGNALS,
        lately=lately,
        waited=waited,
        middle=None if page.rows else listing.waited(access.actor()),
        minutes=_minutes,
        decided=_decided(),
        sight=sight.SightForm(data=sight.chosen(), formdata=None),
    )


@bp.post("/next")
@allow(Can.SECOND)
def take_next() -> Response:
    claim = review.next_case(access.actor())
    return go(url_for("staff_review.case", key=claim.key) if claim else url_for("staff_review.index"))


@bp.get("/<key>")
@allow(Can.SECOND)
def case(key: str) -> Response:
    return _case(_found(key))


@bp.post("/<key>/take")
@allow(Can.SECOND)
def take(key: str) -> Response:
    return _done(_found(key), review.take)


@bp.post("/<key>")
@allow(Can.SECOND)
def decide(key: str) -> Response:
    claim, actor = _found(key), access.actor()
    if not review.holds(claim, actor):
        return _case(claim, status=409, said=words.say(Refused("not_held")))
    papers = file_of_case.open_(claim, actor)
    form = DecideForm(papers, review.must_retype(claim))
    verdict = request.form.get("verdict", "")
    try:
        if form.validate() and (verdict != "approve" or form.whole()) and _decide(claim, papers, form, verdict):
            return _on(claim, verdict)
    except Refused as refusal:
        form.refuse(refusal)
    return _case(_found(key), form, 422)


def _decide(claim: Claim, papers: Papers, form: DecideForm, verdict: str) -> bool:
    actor = access.actor()
    match verdict:
        case "approve":
            chosen = form.party.data if "party" in form else papers.claimants[0].party.key
            party = next((one.party for one in papers.claimants if one.party.key == chosen), None) or abort(404)
            review.approve(claim, actor, party, form.seen(), form.retyped.data if "retyped" in form else "")
        case "refuse":
            review.refuse(claim, actor, form.picked(), form.seen())
        case "skip" | "second":
            review.put_back(claim, actor, "second_person" if verdict == "second" else "unclear")
        case "allege":
            review.allege(claim, actor, form.note.data)
        case _:
            form.form_errors.append(gettext("选「通过」「退回」或「跳过」"))
            return False
    return True


def _on(claim: Claim, verdict: str) -> Response:
    """After a decision: the next case, with the way back for thirty seconds."""
    following = review.next_case(access.actor()) if verdict in ("approve", "refuse") else None
    if following is None or following.id == claim.id:
        return go(url_for("staff_review.index", decided=claim.key))
    return go(url_for("staff_review.case", key=following.key, decided=claim.key))


@bp.post("/<key>/undo")
@allow(Can.REVIEW)
def undo(key: str) -> Response:
    return _done(_found(key), review.undo)


@bp.post("/<key>/close")
@allow(Can.REVIEW)
def close(key: str) -> Response:
    claim = _found(key)
    if request.form.get("end") not in ("clear", "settle", "blame"):
        return _case(claim, status=422)
    return _done(claim, review.close_alleged, request.form["end"])


@bp.get("/<key>/photos/<ticket>")
@allow(Can.SECOND)
def picture(key: str, ticket: str) -> Answer:
    """The bytes, with who looks and when across them; the look is in the history before they leave."""
    claim, actor = _found(key), access.actor()
    photo = file_of_case.photo(claim, read(ticket) or "") or abort(404)
    if photo.upload.state != "clean":
        abort(404)
    review.look(photo, actor)
    return pictures.marked(photo.upload, claim.key)


@bp.get("/<key>/admission-photo")
@allow(Can.SECOND)
def admission_photo(key: str) -> Answer:
    claim = _found(key)
    record = file_of_case.record(claim)
    if record is None or not review.holds(claim, access.actor()):
        abort(404)
    return pictures.send(record.photo, "claim")


def _done(claim: Claim, deed: Callable[..., Claim], *more: object) -> Response:
    """Do it and show the case as it is now; or say beside it why not."""
    try:
        deed(claim, access.actor(), *more)
    except Refused as refusal:
        return _case(claim, status=409, said=words.say(refusal))
    return go(url_for("staff_review.case", key=claim.key))


def _found(key: str) -> Claim:
    return review.of(access.actor(), key) or abort(404)


def _read_on(claim: Claim, photo: Photo) -> str:
    """What a machine read on the card; nothing where the reviewer is to read it without help (T05)."""
    if photo.slot != marks.NUMBERED or review.must_retype(claim):
        return ""
    return str(READ[json.loads(photo.hints).get("number", "")])


def _minutes(moment: datetime | None) -> int | None:
    return None if moment is None else max(0, int((clock.now() - moment).total_seconds() // 60))


def _decided() -> tuple[Claim, datetime] | None:
    """The case decided just now, if its decision can still be taken back: named by the address that led here."""
    claim = review.of(access.actor(), request.args.get("decided", ""))
    until = review.undo_until(claim, access.actor()) if claim else None
    return (claim, until) if until else None


def _case(claim: Claim, form: DecideForm | None = None, status: int = 200, said: str = "") -> Response:
    actor = access.actor()
    mine = review.holds(claim, actor)
    papers = file_of_case.open_(claim, actor)
    return show(
        "staff/review/case.html",
        status,
        claim=claim,
        mine=mine,
        papers=papers,
        form=form or DecideForm(papers, review.must_retype(claim), formdata=None),
        said=said,
        address=lambda photo: address(claim, photo),
        sight=sight.chosen(),
        slots=SLOTS,
        states=STATES,
        signals=SIGNALS,
        hints=HINTS,
        noticed_in=lambda photo: json.loads(photo.hints).get("codes", []),
        read_on=lambda photo: _read_on(claim, photo),
        faced=claims.passed,
        ticks=TICKS,
        by_tick=by_tick(),
        today=listing.today(actor),
        following=listing.after(actor, claim),
        decided=_decided(),
        tickets=by_ticket.of_case(claim),
        may_answer=actor.may(Can.SUPPORT),
        paused=review.paused(actor),
        retype=review.must_retype(claim),
        waited=waited,
        minutes=_minutes,
        told=told,
        until=lambda moment: f"{clock.shown(moment):%H:%M}",
    )
