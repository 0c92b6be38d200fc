"""失信行为名单 as it is read: by the agency's people, by the holder, and by the job that ends entries.

Not here: what happens to an entry (`discredit.py`).
"""

from webapp.domain import clock
from webapp.domain.certification import agencies
from webapp.domain.permissions import Actor, Can
from webapp.models import keyset
from webapp.models.accounts import Account
from webapp.models.certification import Application, ApplicationItem, Material
from webapp.models.discredit import Discredit
from webapp.models.keyset import FIRST, Page, Place

LISTS = {"waiting": ("proposed", "appealed"), "holds": ("listed", "upheld"), "past": ("over", "lifted", "dropped")}
"""What waits for a second or a third person, what holds, and what is over."""


def listed(actor: Actor, which: str, place: Place = FIRST) -> Page:
    """Entries of the actor's agency with their items, newest first."""
    query = Discredit.select(Discredit, ApplicationItem, Application).join(ApplicationItem).join(Application)
    here = (Discredit.agency == agencies.mine(actor)) & Discredit.state.in_(LISTS[which])
    return keyset.cut(query.where(here), (Discredit.proposed, Discredit.id), place, newest=True)


def find(actor: Actor, key: str) -> Discredit | None:
    """One of the actor's agency."""
    actor.require(Can.CERTIFY)
    return Discredit.get_or_none((Discredit.key == key) & (Discredit.agency == agencies.mine(actor)))


def item(actor: Actor, key: str) -> ApplicationItem | None:
    """An item of the actor's agency, about which an entry can be proposed."""
    actor.require(Can.CERTIFY)
    return ApplicationItem.get_or_none((ApplicationItem.key == key) & (ApplicationItem.agency == agencies.mine(actor)))


def of_item(found: ApplicationItem) -> Discredit | None:
    """The entry about this item, but for one that was dropped."""
    return Discredit.get_or_none((Discredit.item == found) & (Discredit.state != "dropped"))


def materials(entry: Discredit) -> list[Material]:
    """What was brought for the item: the pictures on which the evidence rests."""
    mine = Material.item == entry.item_id
    return list(Material.select().where(mine).order_by(Material.slot, Material.place, Material.id))


def of_holder(account: Account) -> list[Discredit]:
    """Entries about the person whose account this is, newest first; nobody reads one that waits or was dropped."""
    told = Discredit.state.not_in(("proposed", "dropped"))
    mine = (Discredit.identity_index == account.identity_index) & told
    return list(Discredit.select().where(mine).order_by(Discredit.decided.desc(), Discredit.id.desc()))


def find_own(account: Account, key: str) -> Discredit | None:
    """One of these, by its key."""
    return next((one for one in of_holder(account) if one.key == key), None)


def over() -> list[Discredit]:
    """Entries whose day has come."""
    held = Discredit.state.in_(("listed", "upheld")) & (Discredit.ends <= clock.today())
    return list(Discredit.select().where(held).order_by(Discredit.id))
