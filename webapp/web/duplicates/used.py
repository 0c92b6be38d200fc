"""有人冒用过你的身份: what was done in the holder's name, and when; linked from the message that says so (R-DUP-28)."""

from flask import abort
from werkzeug.wrappers import Response

from webapp.domain.duplicates import in_their_name
from webapp.domain.permissions import Can
from webapp.web import access, told
from webapp.web.access import allow
from webapp.web.duplicates.blueprint import bp
from webapp.web.duplicates.words import DEEDS
from webapp.web.page import show


@bp.get("/duplicate/used/<key>")
@allow(Can.OWN_RECORD)
def used(key: str) -> Response:
    account = access.account()
    claim = in_their_name.find(account, key) or abort(404)
    deeds = [(told.moment(deed.at), str(DEEDS[deed.what]), None) for deed in in_their_name.deeds(claim, account)]
    return show("duplicates/used.html", deeds=deeds, most=in_their_name.MOST)
