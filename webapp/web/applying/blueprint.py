"""The blueprint of the pages on which an application is written, and whose application an address may name."""

from flask import Blueprint, abort, redirect, request, url_for

from webapp.domain.certification import drafting
from webapp.models.certification import Application
from webapp.web import access

bp = Blueprint("applying", __name__, url_prefix="/apply")

WRITTEN = ("draft", "proving", "proved")
"""States in which an application is still with who writes it."""

TO_PAY = ("paying", "lapsed")

LAST = "applying.confirm_answer"
"""The endpoint that may change an application after 提交申请."""


def own(key: str) -> Application:
    """The visitor's application of that address; another's, and none, are 404 alike.

    One that was handed in is looked at elsewhere, and is changed by nothing but its last step. Raises what
    `drafting.check_open` raises.
    """
    found = drafting.find(access.account(), key) or abort(404)
    if request.method == "POST" and request.endpoint != LAST:
        drafting.check_open(found)
    if found.state not in WRITTEN:
        abort(redirect(after(found), 303))
    return found


def after(application: Application) -> str:
    """Where it goes on: to its payment, or to its own page."""
    return url_for("payments.pay" if application.state in TO_PAY else "applications.application", key=application.key)
