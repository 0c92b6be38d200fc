"""没有大陆手机号: 实人验证 of who signs up, in the place of a visit to the office (R-ACC-54).

It is done where the sign-up was handed in, or where it was resumed: no other device is sent for, as a code that opens
somebody's account would be worth stealing. Not here: the visit (`overseas.py`).
"""

from flask import abort, session, url_for

from webapp.domain.liveness import newcomers
from webapp.domain.signups import links, proof
from webapp.models.liveness import PersonCheck
from webapp.models.signups import Signup
from webapp.web.access import public
from webapp.web.accounts.email_registration import WHY, bp
from webapp.web.accounts.overseas import mine
from webapp.web.liveness.blueprint import faces
from webapp.web.liveness.journey import Journey, mount
from webapp.web.page import go


def _enter(signup: Signup | None) -> Signup:
    """Without a provider this way is not there; a sign-up that became an account leads to the log-in."""
    if not faces().online():
        abort(404)
    return signup or abort(go(url_for("signup.done" if links.is_done(session.get("signup")) else "signup.ask_resume")))


def _onward(signup: Signup, check: PersonCheck | None) -> str:
    """A pass of which no account came leaves the office."""
    return url_for("signup.waiting") if check is not None and check.state == "passed" else ""


mount(
    Journey(
        name="person",
        purpose="overseas",
        address="/email/person",
        guard=public(WHY),
        thing=mine,
        enter=_enter,
        find=newcomers.of,
        begin=newcomers.begin,
        onward=_onward,
        facts=lambda signup: {"holder": proof.identity_of(signup).name, "instead": url_for("signup.in_person")},
        telephone=False,
        room=bp,
    )
)
