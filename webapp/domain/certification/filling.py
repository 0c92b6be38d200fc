"""Step 2 of an application: the certificates and transcripts, one by one (R-CRT-10, R-CRT-11, R-CRT-15, R-CRT-47).

Not here: their questions (`forms.py`) and their pictures (`materials.py`).
"""

import json
from collections.abc import Mapping

from webapp.domain.certification import choosing, drafting, forms, guards, prices
from webapp.domain.permissions import Actor
from webapp.domain.refused import Refused
from webapp.models.base import transaction
from webapp.models.certification import Application, ApplicationItem


class Unread(Exception):
    """The answers of a form that are wrong, each a Refused with its field."""

    def __init__(self, faults: list[Refused]) -> None:
        super().__init__([fault.code for fault in faults])
        self.faults = faults


def details(item: ApplicationItem) -> dict[str, str]:
    """What was answered; nothing where the item waits to be filled in."""
    return json.loads(item.details or "{}")


def is_filled(item: ApplicationItem) -> bool:
    return item.details is not None


def holder(application: Application) -> str:
    """证书持有人, as far as it is known: who applies, until a unit names somebody."""
    return application.holder_name or application.account.name


def write(
    application: Application, actor: Actor, kind: str, typed: Mapping[str, str], item: ApplicationItem | None
) -> ApplicationItem:
    """Keep the answers in `item`, or as one more of a kind that was chosen: then with as many copies as its first.

    Whether the certificate needs it at all is said before anything else is asked. Raises Unread with every fault; Refused:
    applied_already, registered_online, item_unchosen, copies_many (most), application_locked, and what `drafting.held` raises.
    """
    if kind == "degree" and typed.get("number"):
        guards.check(application, typed["number"], item)
    told, faults = forms.read(kind, typed)
    if faults:
        raise Unread(faults)
    with transaction():
        application = drafting.held(application, actor)
        item = _place(application, kind) if item is None else _again(application, item)
        if kind == "degree":
            guards.check(application, told["number"], item)
        item.details, item.certificate = json.dumps(told, ensure_ascii=False), told.get("number")
        item.summary = forms.summary(kind, holder(application), told)
        item.save()
        choosing.check_copies(application)
        drafting.keep(application)
    return item


def take_out(application: Application, actor: Actor, item: ApplicationItem) -> None:
    """删除: the last of its kind only becomes empty again, because the kind is still chosen.

    Raises Refused: application_locked, what `drafting.held` raises.
    """
    with transaction():
        application = drafting.held(application, actor)
        drafting.check_loose(application)
        there = [one for one in prices.items(application) if one.kind == item.kind]
        if item not in there:
            return
        choosing.drop(item)
        if len(there) == 1:
            empty = choosing.add(application, item.kind)
            empty.zh, empty.en, empty.place = item.zh, item.en, item.place
            empty.save()
        drafting.keep(application)


def summarise(application: Application) -> None:
    """Write every 概要 anew: the holder has another name now."""
    for item in prices.items(application):
        if is_filled(item):
            item.summary = forms.summary(item.kind, holder(application), details(item))
            item.save()


def check(application: Application) -> None:
    """Raises Refused: items_unfilled unless every item is filled in with answers that hold today (R-CRT-10)."""
    for item in prices.items(application):
        if not is_filled(item) or forms.read(item.kind, details(item))[1]:
            raise Refused("items_unfilled")


def _place(application: Application, kind: str) -> ApplicationItem:
    """The item of that kind that waits to be filled in, or one more."""
    there = [one for one in prices.items(application) if one.kind == kind]
    if not there:
        raise Refused("item_unchosen")
    empty = next((one for one in there if not is_filled(one)), None)
    if empty is not None:
        return empty
    drafting.check_loose(application)
    more = choosing.add(application, kind)
    more.zh, more.en = there[0].zh, there[0].en
    return more


def _again(application: Application, item: ApplicationItem) -> ApplicationItem:
    """The same row as it is now; it may have been deleted in another window."""
    found = next((one for one in prices.items(application) if one == item), None)
    if found is None:
        raise Refused("item_unchosen")
    return found
