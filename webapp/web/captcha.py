"""The captcha on a form: a picture and a sum in words for who has no scripts, a proof of work for everybody else.

Not here: what counts as right (`domain/captchas.py`), nor which forms ask.
"""

from functools import cached_property
from typing import Any, NamedTuple

from flask import Blueprint, Response, abort, current_app, make_response, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from webapp.domain import captchas, limits
from webapp.domain.refused import Refused
from webapp.providers import captcha_image, outbox
from webapp.web import visits
from webapp.web.access import public
from webapp.web.forms import Form

bp = Blueprint("captcha", __name__)

NUMBERS = (_l("零"), _l("一"), _l("二"), _l("三"), _l("四"), _l("五"), _l("六"), _l("七"), _l("八"), _l("九"))


class Picture(NamedTuple):
    """What the macro `captcha` of `_fields.html` takes: the image's address, the sum in words, the puzzle."""

    url: str
    question: str
    challenge: dict


class CaptchaFields:
    """Mixin for a form that asks 图片验证码. `form.picture` is a new one at each showing; `check(form)` takes the answer."""

    captcha = StringField(_l("图片验证码"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._fields["captcha"] = self._fields.pop("captcha")  # it stands above the button, so its error comes last

    @cached_property
    def picture(self) -> Picture:
        name = captchas.new()
        session.permanent = True
        session["captcha"] = name
        settings = current_app.config["SETTINGS"]
        if settings.demo:
            outbox.captcha(settings.data_dir / outbox.NAME, captchas.digits(name))
        one, other = (NUMBERS[number] for number in captchas.addends(name))
        return Picture(
            url_for("captcha.image", name=name),
            _("%(one)s加%(other)s等于几", one=one, other=other),
            captchas.challenge(hard=self.hard()),
        )

    def hard(self) -> bool:
        """Is the proof of work to be a long one?"""
        return limits.used_up("sms:network", visits.network())


def check(form: Form) -> bool:
    """Take the proof of work or the typed answer; where neither is right the field says so, and a new one is shown."""
    typed, form.captcha.data = form.captcha.data or "", ""
    name = session.pop("captcha", None)
    try:
        if proof := request.form.get("altcha"):
            captchas.check_proof(proof)
        else:
            captchas.check(name, typed)
    except Refused as refused:
        form.refuse(refused, "captcha")
        return False
    return True


@bp.get("/captcha/<name>.png")
@public("the picture of the form that this visitor is looking at")
def image(name: str) -> Response:
    """Draw the captcha that was given to this browser last, and no other."""
    if name != session.get("captcha"):
        abort(404)
    answer = make_response(captcha_image.draw(captchas.digits(name)))
    answer.mimetype = "image/png"
    answer.headers["Cache-Control"] = "no-store"
    return answer
