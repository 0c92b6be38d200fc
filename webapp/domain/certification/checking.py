"""核查: an item's papers go to the school or the province, on this site or with a letter, and an answer comes (R-CRT-35, 49).

Every question is a step that the applicant reads. Not here: what is decided upon the answer (`deciding.py`).
"""

from typing import NamedTuple

from peewee import JOIN, Expression, IntegrityError, ModelSelect, fn

from webapp.domain import clock, journal, workdays
from webapp.domain.certification import agencies, comparing, grounds, retaining, steps
from webapp.domain.certification.lifecycle import of_the_agency
from webapp.domain.enrolment import schools
from webapp.domain.identity.tables import PROVINCES
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import ROLES, SYSTEM, Actor, Can
from webapp.domain.refused import Refused
from webapp.models import keyset, scope
from webapp.models.base import transaction
from webapp.models.certification import Application, ApplicationItem
from webapp.models.checking import Checking
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.photos import Upload
from webapp.models.school import Unit
from webapp.models.staff import Grant, Staff

ANSWERS = ("same", "differs", "unknown")
"""一致, 不一致, 查无此人."""

WORKDAYS = {"school": 10, "province": 10, "letter": 15}
"""Working days within which an answer should be there; nothing happens by itself when they are over."""

NAME, ADDRESS = 60, 120
"""Characters of a school's name and of its address on a letter."""


class Office(NamedTuple):
    """Who may be asked on this site, by a key of its own: a school's records office, or the authority of a province."""

    key: str
    unit: Unit | None
    province: str


def in_reach(checking: Checking, actor: Actor) -> None:
    """It was asked of a school or a province for which the actor answers."""
    if not Checking.select().where((Checking.id == checking.id) & reach(actor)).exists():
        raise Refused("not_allowed")


def of_own_agency(checking: Checking, actor: Actor) -> None:
    """The actor's agency asked."""
    of_the_agency(checking.item, actor)


def is_a_letter(checking: Checking, actor: Actor) -> None:
    """Its answer comes on paper: nobody else files it."""
    if checking.way != "letter":
        raise Refused("not_allowed")


CHECKING = Lifecycle(
    Checking,
    #    name       from       to           who may         guards
    Move("answer", ("open",), "answered", Can.VOUCH_FOR, (in_reach,)),
    Move("file", ("open",), "answered", Can.CERTIFY, (of_own_agency, is_a_letter)),
    Move("recall", ("open",), "recalled", Can.CERTIFY, (of_own_agency,)),
)
"""等答复 → 已答复, or taken back by who asked."""


def reach(actor: Actor) -> Expression:
    """What was asked of the schools and the provinces for which the actor answers."""
    grants = actor.where(Can.VOUCH_FOR)
    provinces = [grant.province for grant in grants if grant.province]
    units = scope.units(grant for grant in grants if not grant.province)
    return ((Checking.way == "school") & Checking.unit.in_(units)) | (
        (Checking.way == "province") & Checking.province.in_(provinces)
    )


def waiting(actor: Actor) -> Expression:
    return reach(actor) & (Checking.state == "open")


def offices(item: ApplicationItem) -> list[Office]:
    """Who of this site can be asked about the item: the school that it names, the province, where somebody answers there."""
    told, found = comparing.details(item), []
    for unit in schools.named(told.get("school", "")):
        if _answers(Grant.unit == unit):
            found.append(Office(f"school:{unit.key}", unit, unit.province))
    province = told.get("province", "")
    if province in PROVINCES and _answers(Grant.province == province):
        found.append(Office(f"province:{province}", None, province))
    return found


def _answers(where: Expression) -> bool:
    at = clock.now()
    roles = [role for role, abilities in ROLES.items() if Can.VOUCH_FOR in abilities]
    live = (Grant.starts <= at) & (Grant.ends.is_null() | (Grant.ends > at)) & Grant.role.in_(roles)
    return Grant.select().join(Staff).where(live & where & (Staff.state == "active")).exists()


def send(item: ApplicationItem, actor: Actor, key: str, question: str) -> Checking:
    """Ask an office of this site (`key` of one of `offices`).

    Raises Refused: office_missing, question_missing, note_long (most), checking_open, and as any decision.
    """
    office = next((one for one in offices(item) if one.key == key), None)
    if office is None:
        raise Refused("office_missing", field="office")
    if office.unit is not None:
        return _ask(item, actor, question, way="school", unit=office.unit, name=office.unit.name)
    return _ask(item, actor, question, way="province", province=office.province)


def write(item: ApplicationItem, actor: Actor, question: str, name: str, address: str) -> Checking:
    """核查函 to a school that is not on this site: it has the next number of the agency's year. Raises as `send`, and
    letter_name, letter_address (most)."""
    name, address = name.strip(), address.strip()
    if not name or len(name) > NAME:
        raise Refused("letter_name", field="name", most=NAME)
    if not address or len(address) > ADDRESS:
        raise Refused("letter_address", field="address", most=ADDRESS)
    return _ask(item, actor, question, way="letter", name=name, address=address)


def _ask(item: ApplicationItem, actor: Actor, question: str, **told: object) -> Checking:
    question = question.strip()
    if not question:
        raise Refused("question_missing", field="question")
    if len(question) > grounds.NOTE:
        raise Refused("note_long", field="question", most=grounds.NOTE)
    at, way = clock.now(), told["way"]
    try:
        with transaction():
            moved = steps.make(item, "check", actor, reasons=(way,), note=_where(told), since=at, holder=None, lease=None)
            number = _number(moved) if way == "letter" else None
            made = Checking(item=moved, agency=moved.agency, number=number, asked=at, staff=Staff.by_key(actor.key), **told)
            made.due, made.question = workdays.due(at, WORKDAYS[way]), question
            made.save(force_insert=True)
            journal.record("checking.send", actor.name, made, way=way)
    except IntegrityError:
        raise Refused("checking_open") from None
    return made


def _where(told: dict[str, object]) -> str:
    """What the applicant reads: the school by its name, a province by that of its authority's place."""
    return str(told.get("name") or PROVINCES[told["province"]].zh)


def _number(item: ApplicationItem) -> str:
    """The next number of the agency's year, as in 2026-0017: who writes one waits for who is writing."""
    item.agency.locked()
    year = f"{clock.today():%Y}-"
    last = Checking.select(fn.MAX(Checking.number)).where((Checking.agency == item.agency) & Checking.number.startswith(year))
    taken = last.scalar()
    return f"{year}{int(taken[5:]) + 1 if taken else 1:04d}"


def answer(checking: Checking, actor: Actor, said: str, note: str = "") -> Checking:
    """The office of this site says 一致, 不一致 or 查无此人. Raises checking_answer, note_long, not_allowed, moved_on."""
    return _answered(checking, "answer", actor, said, note)


def file(checking: Checking, actor: Actor, said: str, note: str = "", upload: Upload | None = None) -> Checking:
    """A letter's reply is filed to the case, with its picture where there is one. Raises as `answer`."""
    with transaction():
        if upload is not None:
            journal.promise("images.clean", key=upload.key)
        filed = _answered(checking, "file", actor, said, note, upload=upload)
        retaining.keep(ApplicationItem.get_by_id(filed.item_id))
    return filed


def files(checking: Checking, actor: Actor, said: str) -> None:
    """May a reply be filed now? Asked before its picture is stored."""
    actor.require(Can.CERTIFY)
    of_own_agency(checking, actor)
    is_a_letter(checking, actor)
    if checking.state != "open":
        raise Refused("moved_on", state=checking.state)
    if said not in ANSWERS:
        raise Refused("checking_answer", field="answer")


def _answered(checking: Checking, move: str, actor: Actor, said: str, note: str, **more: object) -> Checking:
    if said not in ANSWERS:
        raise Refused("checking_answer", field="answer")
    note = note.strip()
    if len(note) > grounds.NOTE:
        raise Refused("note_long", field="note", most=grounds.NOTE)
    at = clock.now()
    told = {"answer": said, "note": note or None, "answered": at, "by": Staff.by_key(actor.key), **more}
    with transaction():
        moved = CHECKING.move(checking, move, actor, **told)
        _go_on(moved)
    return moved


def recall(checking: Checking, actor: Actor) -> Checking:
    """No answer is waited for any more: the item is decided without it. Raises not_allowed, moved_on."""
    with transaction():
        moved = CHECKING.move(checking, "recall", actor, answered=clock.now(), by=Staff.by_key(actor.key))
        _go_on(moved)
    return moved


def _go_on(checking: Checking) -> None:
    """Back to the desk, unless the item went another way meanwhile."""
    item = checking.item.locked()
    if item.state == "checking":
        steps.make(item, "answered", SYSTEM, since=clock.now())


def print_letter(checking: Checking, actor: Actor) -> None:
    """The letter leaves on paper: an Event. Raises not_allowed."""
    with transaction():
        of_own_agency(checking, actor)
        journal.record("checking.print", actor.name, checking)


def look(checking: Checking, actor: Actor) -> None:
    """An office opens what it is asked about: an Event before anything is shown."""
    with transaction():
        journal.record("checking.look", actor.name, checking)


def of(item: ApplicationItem) -> list[Checking]:
    """What was asked about an item, oldest first, with who asked."""
    query = Checking.select(Checking, Staff).join(Staff, on=Checking.staff).where(Checking.item == item)
    return list(query.order_by(Checking.id))


def find(item: ApplicationItem, key: str) -> Checking | None:
    return Checking.get_or_none((Checking.key == key) & (Checking.item == item))


def asked(actor: Actor, key: str) -> Checking | None:
    """A question to the actor's office."""
    return Checking.get_or_none((Checking.key == key) & reach(actor))


def requests(actor: Actor, state: str, place: Place = FIRST) -> Page:
    """Questions to the actor's office: open ones by their day, answered ones the newest first."""
    query = _rows().where(reach(actor) & (Checking.state == state))
    return keyset.cut(query, (Checking.due, Checking.id), place, newest=state != "open")


def letters(actor: Actor, place: Place = FIRST) -> Page:
    """What the own agency waits for, by the day until which it should be there: the overdue ones come first (R-CRT-49)."""
    agency = agencies.mine(actor)
    here = Checking.agency == (agency.id if agency else None)
    return keyset.cut(_rows().where(here & (Checking.state == "open")), (Checking.due, Checking.id), place)


def _rows() -> ModelSelect:
    query = Checking.select(Checking, ApplicationItem, Application, Unit).join(ApplicationItem).join(Application)
    return query.switch(Checking).join(Unit, JOIN.LEFT_OUTER)
