"""The agency's desk: its own items in lists, and taking one so that no two people have it in hand (R-CRT-32, R-CRT-48).

Every list is one query for its page and one for all counts. Not here: decisions (`deciding.py`).
"""

from datetime import timedelta

from peewee import JOIN, Case, Expression, fn

from webapp.domain import clock, journal
from webapp.domain.certification import agencies
from webapp.domain.certification.lifecycle import holds_it, is_a_stranger, is_another, of_the_agency
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models import keyset
from webapp.models.base import transaction
from webapp.models.certification import OVER, Application, ApplicationItem, Material
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.photos import Upload
from webapp.models.staff import Staff

LEASE = timedelta(minutes=15)
"""How long an item stays with who took it before somebody else may take it; each step of the work renews it."""

WORK = ("proof", "accepted", "delayed", "reconsider")
"""States in which a certifier has to do something."""

AWAY = ("checking", "supplement")
"""States in which somebody else has."""

SHOWN = {
    "todo": WORK,
    "second": ("second",),
    "away": AWAY,
    "issued": ("issued",),
    "refused": ("refused",),
    "over": OVER,
}
"""The lists and what lies in them: 等人办, 待复核, 在别处, 已出报告, 查询结果通知, 其他结束的."""

PAST = ("issued", "refused", "over")

OPEN = (*WORK, "second", *AWAY)

TAKEN = (*WORK, "second", "checking")
"""States in which an item may be taken: one that is being checked to ask back, or to file a letter's answer."""


def reach(actor: Actor) -> Expression:
    """Items that were sent to the actor's agency; nothing for who works for none."""
    agency = agencies.mine(actor)
    return ApplicationItem.agency == (agency.id if agency else None)


def find(actor: Actor, key: str) -> ApplicationItem | None:
    """An item of the own agency, handed in at least once."""
    return ApplicationItem.get_or_none((ApplicationItem.key == key) & reach(actor) & (ApplicationItem.state != "draft"))


def by_number(actor: Actor, number: str) -> ApplicationItem | None:
    """The first item of the application with that 申请单编号, where the own agency has it."""
    query = ApplicationItem.select().join(Application).where((Application.number == number.strip()) & reach(actor))
    return query.where(ApplicationItem.state != "draft").order_by(ApplicationItem.place, ApplicationItem.id).first()


def waiting(actor: Actor) -> Expression:
    """What waits for the actor at the desk; for a lead also the refusals that somebody has to confirm."""
    states = (*WORK, "second") if actor.may(Can.LEAD) else WORK
    return reach(actor) & ApplicationItem.state.in_(states)


def page(actor: Actor, shown: str, place: Place = FIRST) -> Page:
    """A page of one list: what is on its way by the day until which it is due, what is over the latest first.

    What a report or a notice ended keeps its day, and is listed by it; what ended otherwise by when it did.
    """
    of_the_list = ApplicationItem.is_over() if shown == "over" else ApplicationItem.state.in_(SHOWN[shown])
    query = (
        ApplicationItem.select(ApplicationItem, Application, Staff)
        .join(Application)
        .switch(ApplicationItem)
        .join(Staff, JOIN.LEFT_OUTER, on=ApplicationItem.holder)
        .where(reach(actor) & of_the_list)
    )
    column = ApplicationItem.since if shown == "over" else ApplicationItem.due
    return keyset.cut(query, (column, ApplicationItem.id), place, newest=shown in PAST)


def counts(actor: Actor) -> dict[str, int]:
    """How many the lists hold of what is under way, and how many of the first are late: one query."""
    lists = [ApplicationItem.state.in_(SHOWN[name]) for name in ("todo", "second", "away")]
    late = lists[0] & (ApplicationItem.due < clock.now())
    sums = [fn.SUM(Case(None, [(one, 1)], 0)) for one in (*lists, late)]
    found = ApplicationItem.select(*sums).where(reach(actor) & ApplicationItem.state.in_(OPEN)).tuples().get()
    return dict(zip(("todo", "second", "away", "late"), (number or 0 for number in found), strict=True))


def next_item(actor: Actor) -> ApplicationItem | None:
    """The item that the actor has in hand, else the one that is due first, taken; None where nothing is left."""
    here, at = reach(actor) & ApplicationItem.state.in_(WORK), clock.now()
    mine = ApplicationItem.holder.in_(Staff.select(Staff.id).where(Staff.key == actor.key)) & (ApplicationItem.lease >= at)
    if (held := ApplicationItem.select().where(here & mine).first()) is not None:
        return take(held, actor)
    free = ApplicationItem.holder.is_null() | (ApplicationItem.lease < at)
    query = ApplicationItem.select().where(here & free).order_by(ApplicationItem.due, ApplicationItem.id)
    for item in query.limit(50):
        try:
            return take(item, actor)
        except Refused:
            continue  # somebody was faster, or it is not for this certifier
    return None


def take(item: ApplicationItem, actor: Actor) -> ApplicationItem:
    """接手 an item that nobody has in hand, or whose lease ran out; whoever has it keeps it for another fifteen minutes.

    Raises Refused: not_allowed, own_case, second_person, item_held (name), moved_on.
    """
    actor.require(Can.CERTIFY)
    with transaction():
        item = item.locked()
        of_the_agency(item, actor)
        if item.state not in TAKEN:
            raise Refused("moved_on", state=item.state)
        is_a_stranger(item, actor)
        if item.state in ("second", "reconsider"):
            is_another(item, actor)
        if item.state == "second":
            actor.require(Can.LEAD)
        if not holds(item, actor) and item.holder is not None and item.lease >= clock.now():
            raise Refused("item_held", name=item.holder.name)
        item.holder, item.lease = Staff.by_key(actor.key), clock.now() + LEASE
        item.save()
        journal.record("application_item.take", actor.name, item)
    return item


def put_back(item: ApplicationItem, actor: Actor) -> ApplicationItem:
    """放回: somebody else may take it. Raises not_held."""
    with transaction():
        item = item.locked()
        holds_it(item, actor)
        item.holder, item.lease = None, None
        item.save()
        journal.record("application_item.put_back", actor.name, item)
    return item


def holds(item: ApplicationItem, actor: Actor) -> bool:
    """Does the actor have it in hand?"""
    return item.state in TAKEN and item.holder is not None and item.holder.key == actor.key


def look(item: ApplicationItem, actor: Actor) -> None:
    """Who has it in hand sees the whole number of the document: an Event before anything is shown. Raises not_held."""
    with transaction():
        holds_it(item, actor)
        journal.record("application_item.look", actor.name, item)


def pictures(item: ApplicationItem) -> list[Material]:
    """What was brought for the item, slot by slot in its order, with the files."""
    query = Material.select(Material, Upload).join(Upload).where(Material.item == item)
    return list(query.order_by(Material.slot, Material.place, Material.id))


def see_picture(item: ApplicationItem, actor: Actor, key: str) -> Upload | None:
    """One picture of the item, for who has it in hand; the look is an Event first. Raises not_held."""
    with transaction():
        holds_it(item, actor)
        found = Material.get_or_none((Material.item == item) & (Material.key == key))
        if found is not None:
            journal.record("material.look", actor.name, found)
    return found.upload if found else None
