"""The camera: consent first, prompts in the server's order, their frames one prompt at a time, and the verdict (R-RPV-02, 10).

A frame is stored sealed as it comes; nothing is decoded in a request. Without scripts or camera the photo is the way.
"""

from flask import Response as Answer
from flask import abort, request, url_for
from werkzeug.wrappers import Response

from webapp.domain import defaults
from webapp.domain.liveness import agreeing, asking, purposes
from webapp.domain.refused import Refused
from webapp.models.liveness import Handoff
from webapp.providers.images_pillow import kind_of
from webapp.web import access, stored, visits
from webapp.web.access import public, takes
from webapp.web.forms import Form
from webapp.web.liveness import words
from webapp.web.liveness.blueprint import bp, faces, online
from webapp.web.liveness.telephone import WHY, proved
from webapp.web.page import go, leave, show, swap

MOVING = ("judging", "looking")
"""States that end within seconds, by a job."""


@bp.get("/m/face")
@public(WHY)
def face() -> Response:
    """Consent, the camera, the wait or the result: whatever the check stands at."""
    return _screen(proved())


@bp.post("/m/consent")
@public(WHY)
def consent() -> Response:
    """同意: asked before the first picture, and for this check alone."""
    way = proved()
    if not online(way.check_row):
        abort(404)
    if way.check_row.state == "open":
        visitor = access.visitor()
        agreeing.agree(way, access.actor(), visits.network(), visitor.account if visitor is not None else None)
    return go(url_for("liveness.face"))


@bp.post("/m/frames/<prompt>")
@public(WHY)
@takes(asking.FRAMES * asking.HEAVIEST + (64 << 10))
def frames(prompt: str) -> Answer:
    """What was seen after one prompt. Sent twice, the second stands. 422 for what is no small JPEG."""
    check, files = proved().check_row, stored.files()
    sent = [one.read(asking.HEAVIEST + 1) for one in request.files.getlist("frames")[: asking.FRAMES + 1]]
    if any(len(one) > asking.HEAVIEST or kind_of(one) != "JPEG" for one in sent):
        abort(Answer(status=422))
    if check.state != "open" or prompt not in check.prompts.split():
        abort(404)
    kept = [files.keep(one, "face_shot", account=check.account, expires=asking.kept_until()) for one in sent]
    asking.keep(check, prompt, kept, access.actor())
    return Answer(status=204)


@bp.post("/m/face")
@public(WHY)
def capture() -> Response:
    """The last prompt is done: a job compares. A second tap finds it under way."""
    way = proved()
    try:
        if way.check_row.state == "open":
            asking.capture(way.check_row, access.actor())
    except Refused as refused:
        form = Form()
        form.refuse(refused)
        return _screen(way, form, 422)
    return go(url_for("liveness.face"))


@bp.get("/m/state")
@public(WHY)
def state() -> Response:
    """The moving part while a job is at it."""
    check = proved().check_row
    if check.state not in MOVING:
        return leave(url_for("liveness.face"))
    return swap("liveness/_moving.html", url_for("liveness.face"), state=check.state)


def _screen(way: Handoff, form: Form | None = None, status: int = 200) -> Response:
    check = way.check_row
    return show(
        "liveness/face.html",
        status,
        form=form or Form(formdata=None),
        way=way,
        check=check,
        state=check.state,
        online=online(check),
        provided=faces().online(),
        left=asking.left(check),
        most=defaults.value("rpv.online_tries"),
        days=defaults.value("rpv.workdays"),
        prompts=[(code, words.PROMPTS[code]) for code in check.prompts.split()],
        fault=words.fault(check),
        onward=purposes.onward(check) if way.way == "here" else "",
        instead=purposes.instead(check),
    )
