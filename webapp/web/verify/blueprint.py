"""The blueprint of the pages for who checks a report, and what all of them share.

Not here: the pages (`pages.py` names them all).
"""

from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app

bp = Blueprint("verify", __name__)

WHY = "whoever was given a code may check it"


@bp.after_request
def keep_out(answer: Response) -> Response:
    """Search engines keep none of it; `show` says already that nobody else does either.

    Referrers stay `same-origin`, as everywhere: under `no-referrer` browsers call a form's origin "null", which is taken for
    another site's.
    """
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def host() -> str:
    """The site's own address as one types it, in large print on every answer (R-RPT-18)."""
    return urlsplit(current_app.config["SETTINGS"].url).netloc
