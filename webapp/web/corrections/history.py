"""更改记录: what stood in the record before somebody changed it; kept for ever, for the holder to read (R-COR-05).

Never printed on a report.
"""

from werkzeug.wrappers import Response

from webapp.domain.enrolment import editing
from webapp.domain.permissions import Can
from webapp.models.enrolment import Kept
from webapp.web import told
from webapp.web.access import allow
from webapp.web.corrections import words as own_words
from webapp.web.corrections.blueprint import bp, own_record
from webapp.web.corrections.new import shown
from webapp.web.page import show


@bp.get("/records/<key>/history")
@allow(Can.OWN_RECORD)
def history(key: str) -> Response:
    record = own_record(key)
    return show("corrections/history.html", record=record, rows=[_row(one) for one in editing.kept(record)])


def _row(one: Kept) -> dict[str, object]:
    return {
        "label": told.COLUMNS.get(one.field, one.field),
        "before": shown(one.field, one.before or ""),
        "after": shown(one.field, one.after or ""),
        "at": told.moment(one.at),
        "source": own_words.SOURCES[one.source],
        "paper": one.paper,
    }
