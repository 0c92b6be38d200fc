"""怎样看照片: in shades of grey, or covered at first, as each reviewer likes it; the visit keeps it, which names nobody.

Not here: the photos and the case (`pages.py`).
"""

from flask import session, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField

from webapp.domain.permissions import Can
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import go
from webapp.web.staff.review.blueprint import bp

PLACE = "sight"


class SightForm(Form):
    grey = BooleanField(_l("照片用黑白显示"))
    covered = BooleanField(_l("照片先遮住，要看时再揭开"))


def chosen() -> dict[str, bool]:
    """What this browser keeps; nothing is switched on by itself."""
    kept = session.get(PLACE, ())
    return {"grey": "grey" in kept, "covered": "covered" in kept}


@bp.post("/sight")
@allow(Can.SECOND)
def sight() -> Response:
    form = SightForm()
    if form.validate():
        session.permanent = True
        session[PLACE] = [name for name in ("grey", "covered") if form[name].data]
    return go(url_for("staff_review.index"))
