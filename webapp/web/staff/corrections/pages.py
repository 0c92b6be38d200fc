"""The queue of requests, one case with its decision, its papers and the printed sheet.

Not here: who may do what when (`domain/corrections/`), and the school's last day (`deadline.py`).
"""

from collections.abc import Callable

from flask import Response as Answer
from flask import abort, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.domain import clock, filters, papers
from webapp.domain.corrections import deciding, lifecycle, listing
from webapp.domain.corrections.blocking import of as rules_of
from webapp.domain.enrolment import fields
from webapp.domain.identity import documents
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.corrections import Correction
from webapp.web import access, language, told, words
from webapp.web.access import allow, takes
from webapp.web.corrections import evidence as pictures_of
from webapp.web.corrections import words as own_words
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.staff import filtering, paging, pictures
from webapp.web.staff.corrections import (
    deadline,  # noqa: F401 (its routes)
    printing,
)
from webapp.web.staff.corrections.blueprint import bp
from webapp.web.staff.corrections.forms import NoForm, OriginalForm, PaperForm, YesForm
from webapp.web.staff.moments import lately

LISTS = {"mine": _l("等你处理"), "away": _l("在别处"), "over": _l("已办结"), "fraud": _l("不予受理")}

YES = {
    "forward": _l("初审通过，交学籍科"),
    "decide": _l("同意更改，马上生效"),
    "pass_on": _l("同意，报到省里"),
    "agree": _l("同意，交第二个人复核"),
    "approve": _l("复核同意，马上生效"),
}


@bp.get("")
@allow(Can.CORRECTIONS)
def index() -> Response:
    actor, shown = access.actor(), request.args.get("show", "mine")
    if shown not in listing.SHOWN:
        abort(404)
    grants = actor.where(Can.CORRECTIONS)
    bar = filtering.bar("corrections", grants)
    page = listing.page(actor, shown, paging.place(Correction), filters.within(grants, bar.choice))
    counts = listing.counts(actor)
    return show(
        "staff/corrections/index.html",
        page=page,
        shown=shown,
        bar=bar,
        lists=[(words_, counts.get(one), url_for(".index", show=one), one == shown) for one, words_ in LISTS.items()],
        late=counts["late"],
        now=clock.now(),
        held=lambda one: one.holder is not None and one.lease is not None and one.lease >= clock.now(),
        states=own_words.STATES,
        column=told.column_label,
        lately=lately,
        day=lambda moment: told.short_day(clock.shown(moment).date()) if moment else "—",
        neighbours=paging.neighbours(page, "staff_corrections.index", show=shown),
        may_state=actor.may(Can.CORRECT_SCHOOL),
    )


@bp.get("/<key>")
@allow(Can.CORRECTIONS)
def case(key: str) -> Response:
    return _case(_found(key))


@bp.post("/<key>/take")
@allow(Can.CORRECTIONS)
def take(key: str) -> Response:
    return _done(_found(key), deciding.take)


@bp.post("/<key>/put-back")
@allow(Can.CORRECTIONS)
def put_back(key: str) -> Response:
    return _done(_found(key), deciding.put_back, on=True)


@bp.post("/<key>/pull")
@allow(Can.CORRECT_SCHOOL)
def pull(key: str) -> Response:
    return _done(_found(key), deciding.pull)


@bp.post("/<key>")
@allow(Can.CORRECTIONS)
def agree(key: str) -> Response:
    """The desk's yes."""
    found, form = _found(key), YesForm()
    try:
        if form.validate():
            deciding.agree(found, access.actor(), form.paper.data, form.note.data)
            return go(url_for("staff_corrections.index"))
    except Refused as refused:
        _beside(form, refused)
    return _case(_found(key), 422, yes=form)


@bp.post("/<key>/no")
@allow(Can.CORRECTIONS)
def say_no(key: str) -> Response:
    found, form = _found(key), NoForm()
    try:
        if form.validate():
            deciding.say_no(found, access.actor(), form.how.data or "", tuple(form.reasons.data or ()), form.note.data)
            return go(url_for("staff_corrections.index"))
    except Refused as refused:
        _beside(form, refused)
    return _case(_found(key), 422, no=form)


@bp.post("/<key>/original")
@allow(Can.CORRECT_SCHOOL)
def saw_original(key: str) -> Response:
    found = _found(key)
    form = OriginalForm(list(lifecycle.needs(found)))
    try:
        if form.validate():
            deciding.saw_original(found, access.actor(), form.kind.data or "", form.where.data)
            return go(url_for("staff_corrections.case", key=key))
    except Refused as refused:
        form.refuse(refused, "kind" if refused.code == "evidence_kind" else None)
    return _case(_found(key), 422, original=form)


@bp.post("/<key>/paper")
@allow(Can.CORRECT_SCHOOL)
@takes(pictures_of.MOST + (64 << 10))
def bring(key: str) -> Response:
    """The school's own paper for a 学历勘误."""
    found, form = _found(key), PaperForm()
    try:
        if form.validate():
            deciding.brings(found, access.actor())
            kept = pictures_of.files().keep(pictures_of.sent(form), "correction_file", unit=found.unit)
            deciding.bring(found, access.actor(), kept)
            return go(url_for("staff_corrections.case", key=key))
    except Refused as refused:
        form.refuse(refused, "album")
    return _case(_found(key), 422, paper=form)


@bp.get("/<key>/papers/<file>.jpg")
@allow(Can.CORRECTIONS)
def picture(key: str, file: str) -> Answer:
    """Only for who has the request in hand; the look is in the history before the bytes leave."""
    try:
        upload = deciding.see_picture(_found(key), access.actor(), file)
    except Refused:
        abort(404)
    return pictures.send(upload, "correction")


@bp.get("/<key>/sheet")
@allow(Can.CORRECT_SCHOOL)
def sheet(key: str) -> Response:
    """The request on paper, with the places of three signatures (R-COR-17)."""
    found = _found(key)
    deciding.print_sheet(found, access.actor())
    return show("staff/corrections/sheet.html", **_facts(found, whole=False), papers=printing.evidence(found), form=Form())


@bp.post("/<key>/sheet")
@allow(Can.CORRECT_SCHOOL)
def print_sheet(key: str) -> Response:
    """The same as a PDF, which a job draws."""
    found, back = _found(key), url_for(".sheet", key=key)
    data = printing.data(_facts(found, whole=False))
    deciding.print_sheet(found, access.actor())
    asked = papers.ask(current_user.staff, "correction_sheet", data, name="correction", back=back)
    return go(url_for("staff_papers.paper", key=asked.key))


def _found(key: str) -> Correction:
    return deciding.find(access.actor(), key) or abort(404)


def _beside(form: Form, refused: Refused) -> None:
    """A refusal that names kinds of evidence tells them; the rest stands where it belongs."""
    if kinds := refused.facts.get("kinds"):
        one = "evidence_unseen" if refused.code == "originals_unseen" else "evidence_lacking"
        form.form_errors += [words.say(Refused(one, kind=own_words.KINDS[kind])) for kind in kinds]
    else:
        form.refuse(refused)


def _done(found: Correction, deed: Callable[..., Correction], on: bool = False) -> Response:
    """Do it and show the case as it is now, or go back to the list; or say beside the case why not."""
    try:
        deed(found, access.actor())
    except Refused as refused:
        return _case(found, 409, said=words.say(refused))
    return go(url_for("staff_corrections.index") if on else url_for("staff_corrections.case", key=found.key))


def _case(found: Correction, status: int = 200, said: str = "", **forms: Form) -> Response:
    actor = access.actor()
    mine = deciding.holds(found, actor)
    if mine:
        deciding.look(found, actor)
    brought = lifecycle.evidence(found)
    needed = lifecycle.needs(found)
    return show(
        "staff/corrections/case.html",
        status,
        **_facts(found, whole=mine),
        mine=mine,
        turn=deciding.may(found, actor),
        said=said,
        papers=[(kind, own_words.KINDS[kind], [one for one in brought if one.kind == kind]) for kind in (*needed, "roster")],
        needed=needed,
        originals=rules_of(found.record).originals,
        yes=forms.get("yes") or YesForm(formdata=None),
        no=forms.get("no") or NoForm(formdata=None),
        original=forms.get("original") or OriginalForm(list(needed), formdata=None),
        paper=forms.get("paper") or PaperForm(formdata=None),
        yes_words=YES[_yes(found)] if found.state in deciding.YES else "",
        school=actor.may(Can.CORRECT_SCHOOL),
        pulls=found.state == "college" and actor.may(Can.CORRECT_SCHOOL),
        most=deciding.NOTE,
        held=found.holder if found.lease is not None and found.lease >= clock.now() and not mine else None,
    )


def _yes(found: Correction) -> str:
    move = deciding.YES[found.state]
    return "pass_on" if move == "decide" and lifecycle.decider(found) == "province" else move


def _facts(found: Correction, whole: bool) -> dict[str, object]:
    """What case and sheet tell of a request; `whole` shows the numbers in full, to who has it in hand."""
    record = found.record
    return {
        "found": found,
        "record": record,
        "label": told.column_label(found.field),
        "number": (record.document if whole else documents.masked(record.document or "")) or "—",
        "before": _value(found, found.before, whole),
        "wanted": _value(found, found.wanted, whole),
        "now": _value(found, fields.text_of(getattr(record, found.field)), whole),
        "ground": own_words.ground(found.ground)[0],
        "state": own_words.STATES[found.state],
        "who": own_words.WHO.get(found.state),
        "reasons": own_words.reasons(found.reasons),
        "steps": [(own_words.MOVES[one.move], one, own_words.reasons(one.reasons)) for one in listing.steps(found)],
        "moment": told.moment,
        "level": told.label("levels", record.level),
    }


def _value(found: Correction, text: str | None, whole: bool) -> str:
    if whole and found.field == "document":
        return text or "—"
    return fields.shown(found.field, text or "", language.chosen()) or "—"
