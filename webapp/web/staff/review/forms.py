"""The decision on one case as a form: a tick for each row, reasons, a note, and which button was pressed.

Not here: what follows from it (`domain/duplicates/review.py`).
"""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import RadioField, SelectMultipleField, StringField
from wtforms.validators import Optional

from webapp.domain import reasons
from webapp.domain.duplicates.file_of_case import Papers
from webapp.domain.reasons import PHOTOS, Picked
from webapp.web.forms import Form, choices
from webapp.web.staff.review.words import SHORT, TICKS

SAME, DIFFERS = "same", "differs"


class DecideForm(Form):
    """Nothing is ticked beforehand. `papers` decides which rows there are, and whether somebody has to be chosen."""

    party = RadioField(_l("是哪一位的"), [Optional()], validate_choice=False)
    name = RadioField(TICKS["name"][0], [Optional()])
    number = RadioField(TICKS["number"][0], [Optional()])
    valid_until = RadioField(TICKS["valid_until"][0], [Optional()])
    person = RadioField(TICKS["person"][0], [Optional()])
    in_frame = RadioField(TICKS["in_frame"][0], [Optional()])
    card = RadioField(TICKS["card"][0], [Optional()])
    original = RadioField(TICKS["original"][0], [Optional()])
    admission = RadioField(TICKS["admission"][0], [Optional()])
    reasons = SelectMultipleField(_l("退回原因"), validate_choice=False)
    note = StringField(_l("补充说明（可不填，学生看得到）"), filters=[lambda text: (text or "").strip()])
    retyped = StringField(_l("照片上证件号码的最后六位"), filters=[lambda text: (text or "").replace(" ", "").upper()])

    def __init__(self, papers: Papers, retype: bool, **more: Any) -> None:
        super().__init__(**more)
        for name in TICKS:
            self[name].choices = choices([(SAME, _("一致")), (DIFFERS, _("不符"))])
        if papers.record is None or papers.record.photo_id is None:
            del self.admission
        if not retype:
            del self.retyped
        if len(papers.claimants) == 1:
            del self.party
        else:
            self.party.choices = choices((one.party.key, one.account.name) for one in papers.claimants)
        self.reasons.choices = choices((code, SHORT[code]) for code in PHOTOS)

    @property
    def rows(self) -> list[str]:
        """The rows to tick, in their order."""
        return [name for name in TICKS if name in self]

    def seen(self) -> dict[str, str]:
        """What was ticked, for the decision's row."""
        return {name: self[name].data for name in self.rows if self[name].data}

    def whole(self) -> bool:
        """Does every row say 一致, and is somebody chosen? Tells beside the form what is missing."""
        unseen = [name for name in self.rows if not self[name].data]
        wrong = [name for name in self.rows if self[name].data == DIFFERS]
        if unseen:
            names = _("、").join(str(TICKS[name][0]) for name in unseen)
            told = ngettext("还有 %(num)s 项没看：%(names)s", "还有 %(num)s 项没看：%(names)s", len(unseen), names=names)
            self[unseen[0]].errors = [told]
        if wrong:
            names = _("、").join(str(TICKS[name][0]) for name in wrong)
            self[wrong[0]].errors = [_("有不符的项目，不能通过：%(names)s", names=names)]
        if "party" in self and not self.party.data:
            self.party.errors = [_("选一位：证件是谁的")]
        return not self.errors

    def picked(self) -> Picked:
        """The reasons as chosen; without scripts, a row that differs brings its reason if none was chosen."""
        chosen = self.reasons.data or []
        wrong = {name for name in self.rows if self[name].data == DIFFERS}
        by_rows = [code for code, reason in PHOTOS.items() if reason.tick in wrong]
        return Picked(tuple(chosen or by_rows[:1]), self.note.data)


def by_tick() -> dict[str, str]:
    """Row → the reason that it brings up, the first where there are several: for the script."""
    found: dict[str, str] = {}
    for code, reason in reasons.PHOTOS.items():
        found.setdefault(reason.tick, code)
    return found
