"""实人验证 of who is logged in: instead of the name of the school, before records are shown (R-BND-11), or of the office's
desk, before a record is corrected.

Not here: the other ways (`web/records/`, `web/corrections/`).
"""

from flask import url_for

from webapp.domain import standing
from webapp.domain.liveness import level
from webapp.domain.permissions import Can
from webapp.models.accounts import Account
from webapp.models.liveness import PersonCheck
from webapp.web import access
from webapp.web.access import allow
from webapp.web.liveness.journey import Journey, mount


def _onward(account: Account, check: PersonCheck | None) -> str:
    """Who was seen goes on to the records."""
    return url_for("records.index") if standing.level(account) >= standing.SEEN else ""


mount(
    Journey(
        name="level",
        purpose="level",
        address="/records/person",
        guard=allow(Can.OWN_RECORD),
        thing=access.account,
        find=level.of,
        begin=level.begin,
        onward=_onward,
        facts=lambda account: {"holder": account.name, "back": (url_for("records.index"), None)},
    )
)
