"""The blueprint of an organisation's pages, and for whom the member who is logged in acts.

Not here: the pages (`pages.py` names them all).
"""

from flask import Blueprint, url_for
from flask_babel import gettext as _
from flask_login import current_user

from webapp.domain.organisations import asking
from webapp.models.organisations import Organisation
from webapp.web import access

bp = Blueprint("staff_verify", __name__, url_prefix="/staff/verify")


def mine() -> Organisation:
    """Raises Refused: not_allowed, member_suspended (reason)."""
    return asking.organisation(current_user.staff, access.actor())


def tabs(current: str) -> list[tuple[str, None, str, bool]]:
    """The pages beside each other, for `p.filters`."""
    named = {"index": _("查一个"), "lists": _("批量核验"), "log": _("查验记录"), "keys": _("接口密钥")}
    return [(words, None, url_for(f"staff_verify.{name}"), name == current) for name, words in named.items()]
