"""我的咨询: a kind, answers that may fit, then the question; the thread with its answers (R-MSG-03, R-MSG-04, R-MSG-05).

Open to who cannot log in, too: the thread is then reached by the link in a mail. Not here: the office (`staff/tickets/`).
"""

from flask import Blueprint, abort, current_app, session, url_for
from werkzeug.wrappers import Response

from webapp.domain import clock, defaults, no_record, windows
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.domain.tickets import asking, listing
from webapp.domain.tickets.lifecycle import OPEN
from webapp.models.accounts import Account
from webapp.models.photos import Upload
from webapp.models.school import Unit
from webapp.models.tickets import Ticket
from webapp.providers.files import Files
from webapp.web import access, captcha, told, words
from webapp.web.access import allow, public, takes
from webapp.web.page import go, show
from webapp.web.tickets.forms import AskForm, ThreadForm, VisitorForm
from webapp.web.tickets.words import CATEGORIES, STATES, SUGGESTED

bp = Blueprint("tickets", __name__, url_prefix="/ask")

BYTES = 32 * 1024 * 1024
"""What one question may weigh on its way in, pictures included."""


def _account() -> Account | None:
    who = access.visitor()
    return who.account if who else None


@bp.get("")
@public("who cannot log in needs it most")
def index() -> Response:
    mine = listing.own(_account()) if _account() else []
    return show(
        "tickets/index.html",
        categories=CATEGORIES,
        mine=mine,
        states=STATES,
        signed_in=_account() is not None,
        told=words.told,
        waiting=listing.waiting(asking.unit_of(_account()) or no_record.the_only_unit()),
        hours=_hours(),
    )


@bp.get("/about/<category>")
@public("who cannot log in needs it most")
def about(category: str) -> Response:
    """Answers that may fit already stand between the kind and the form."""
    title, _ = CATEGORIES.get(category) or abort(404)
    facts = {"category": category, "name": title, "slugs": SUGGESTED[category]}
    return show("tickets/about.html", **facts, reachable=_reachable(), offices=windows.offices())


@bp.get("/about/<category>/write")
@public("who cannot log in needs it most")
def write(category: str) -> Response:
    """The form; what was asked of the help centre's assistant stands in it already."""
    form = _form()
    form.text.data = session.get("handed_over", "")
    return _write(category, form)


@bp.post("/about/<category>/write")
@public("who cannot log in needs it most")
@takes(BYTES)
def ask(category: str) -> Response:
    """Nothing is stored before everything about it holds, the captcha of a visitor included."""
    if category not in CATEGORIES or not _reachable():
        abort(404)
    form, account = _form(), _account()
    units = _units(account)
    form.offer(units)
    asked = form.asked(category, units)
    try:
        if not form.validate():
            return _write(category, form, 422)
        pictures = form.pictures()
        asking.look_over(asked, len(pictures), account)
        if account is None and not captcha.check(form):
            return _write(category, form, 422)
        ticket = asking.ask(asked, [_keep(data, account) for data in pictures], account)
    except Refused as refused:
        form.refuse(refused)
        return _write(category, form, 422)
    session.pop("handed_over", None)
    if account is not None:
        return go(url_for("tickets.ticket", key=ticket.key))
    session["asked"] = [ticket.code, clock.seconds(ticket.due)]
    return go(url_for("tickets.sent"))


def _form() -> AskForm:
    return AskForm() if _account() else VisitorForm()


def _write(category: str, form: AskForm, status: int = 200) -> Response:
    title, _ = CATEGORIES.get(category) or abort(404)
    if not _reachable():
        abort(404)
    units = _units(_account())
    form.offer(units)
    return show(
        "tickets/write.html",
        status,
        form=form,
        category=category,
        name=title,
        support=category in asking.SUPPORT,
        visitor_asks=_account() is None,
        units=units,
        most=asking.MOST,
        files=asking.FILES,
        due=words.told(asking.due_from(clock.now())),
    )


def _hours() -> str:
    """When a person answers: as the help page says, else as the records office does."""
    return defaults.value("help.hours") or next((one.hours for one in windows.offices() if one.hours), "")


def _reachable() -> bool:
    """Can the office's answer reach the asker? A visitor's goes by mail."""
    return _account() is not None or current_app.config["SETTINGS"].mail != "none"


def _units(account: Account | None) -> list[Unit]:
    """The schools to choose from; none where it is known which one is meant."""
    if asking.unit_of(account) or no_record.the_only_unit():
        return []
    return list(Unit.select().order_by(Unit.id))


def _keep(data: bytes, account: Account | None) -> Upload:
    files = Files(current_app.extensions["worker"].outside.storage)
    return files.keep(data, "ticket_file", account=account, expires=clock.now() + asking.UNNAMED)


@bp.get("/sent")
@public("says to a visitor that the question arrived")
def sent() -> Response:
    code, due = session.get("asked") or abort(404)
    return show("tickets/sent.html", code=code, due=words.told(clock.moment(due)))


@bp.get("/<key>")
@allow(Can.OWN_ACCOUNT)
def ticket(key: str) -> Response:
    return _thread(_own(key), ThreadForm())


@bp.post("/<key>")
@allow(Can.OWN_ACCOUNT)
@takes(BYTES)
def follow(key: str) -> Response:
    return _follow(_own(key), url_for("tickets.ticket", key=key))


@bp.post("/<key>/solve")
@allow(Can.OWN_ACCOUNT)
def solve(key: str) -> Response:
    asking.solve(_own(key))
    return go(url_for("tickets.ticket", key=key))


@bp.get("/by/<token>")
@public("the link of a mail to who asked without an account")
def by_mail(token: str) -> Response:
    return _thread(_by(token), ThreadForm(), token=token)


@bp.post("/by/<token>")
@public("the link of a mail to who asked without an account")
@takes(BYTES)
def follow_by_mail(token: str) -> Response:
    return _follow(_by(token), url_for("tickets.by_mail", token=token), token)


@bp.post("/by/<token>/solve")
@public("the link of a mail to who asked without an account")
def solve_by_mail(token: str) -> Response:
    asking.solve(_by(token))
    return go(url_for("tickets.by_mail", token=token))


def _own(key: str) -> Ticket:
    return listing.find(access.account(), key) or abort(404)


def _by(token: str) -> Ticket:
    return asking.by_token(token) or abort(404)


def _follow(found: Ticket, place: str, token: str = "") -> Response:
    form = ThreadForm()
    try:
        if not form.validate():
            return _thread(found, form, 422, token)
        pictures = form.pictures()
        asking.check_text(form.text.data)
        asking.check_files(len(pictures))
        account = found.account if found.account_id else None
        asking.follow(found, form.text.data, [_keep(data, account) for data in pictures])
    except Refused as refused:
        form.refuse(refused)
        return _thread(found, form, 422, token)
    return go(place)


def _thread(found: Ticket, form: ThreadForm, status: int = 200, token: str = "") -> Response:
    return show(
        "tickets/ticket.html",
        status,
        ticket=found,
        name=CATEGORIES[found.category][0],
        posts=listing.posts(found),
        files=listing.files(found),
        form=form,
        token=token,
        state=STATES[found.state],
        open=found.state in OPEN,
        late=found.state == "waiting" and found.due < clock.now(),
        due=words.told(found.due),
        before=listing.ahead(found) if found.state == "waiting" else 0,
        hours=_hours(),
        told=told.moment,
        most=asking.MOST,
        count=asking.FILES,
    )
