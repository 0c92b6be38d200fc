"""附件: pictures brought for the items of an application, in their order, none twice; and 再次提交 (R-CRT-16–19, 32, 43).

Not here: which papers an item needs (`required.py`), the pictures' bytes, and who of the agency looks at them.
"""

from collections import Counter
from datetime import timedelta
from typing import NamedTuple

from webapp.domain import clock, defaults, journal, limits, workdays
from webapp.domain.certification import required, retaining, steps
from webapp.domain.certification.catalogue import Slot
from webapp.domain.certification.filing import PROOF_WORKDAYS
from webapp.domain.certification.prices import items
from webapp.domain.permissions import Actor
from webapp.domain.refused import Refused
from webapp.models.base import transaction
from webapp.models.certification import Application, ApplicationItem, Material
from webapp.models.photos import Upload

PURPOSE = "material"

MOST_BYTES = 2 << 20
"""Of a picture as it is stored (R-CRT-17)."""

LEAST_SIDE = 200
"""Pixels on the shorter side."""

QUARTERS = 4

GIVEN_BACK = ("supplement", "refused")
"""States in which an item takes more: what the agency asked for, and what comes with 申请复议."""


class Lack(NamedTuple):
    """What an item still needs: at least `slot.least` pictures that can be read, of which `there` are there."""

    item: ApplicationItem
    slot: Slot
    there: int


def find(application: Application, key: str) -> ApplicationItem | None:
    """The item under that address, of this application."""
    return ApplicationItem.get_or_none((ApplicationItem.application == application) & (ApplicationItem.key == key))


def of(item: ApplicationItem) -> list[Material]:
    """All pictures of an item with their files, in their order."""
    query = Material.select(Material, Upload).join(Upload).where(Material.item == item)
    return list(query.order_by(Material.place, Material.id))


def shown(item: ApplicationItem) -> list[tuple[Slot, list[Material]]]:
    """The slots of an item with what lies in each; one that is not asked for any more stays while something lies in it."""
    brought = of(item)
    slots = required.slots(item)
    left = {one.slot for one in brought} - {slot.code for slot in slots}
    slots += [Slot(code, 0, 0) for code in sorted(left)]
    return [(slot, [one for one in brought if one.slot == slot.code]) for slot in slots]


def readable(material: Material) -> bool:
    """So far nothing says that it cannot be looked at."""
    return material.upload.state in ("raw", "clean")


def missing(application: Application) -> list[Lack]:
    """What lacks before 提交申请, item by item, in the order of the page."""
    return [lack for item in items(application) for lack in lacking(item)]


def lacking(item: ApplicationItem) -> list[Lack]:
    there = Counter(one.slot for one in of(item) if readable(one))
    return [Lack(item, slot, there[slot.code]) for slot in required.slots(item) if there[slot.code] < slot.least]


def loose(item: ApplicationItem, material: Material) -> bool:
    """May it still be taken away: what was handed in once stays as the agency saw it."""
    return item.state == "draft" or (item.state in GIVEN_BACK and material.round > item.round)


def check_open(item: ApplicationItem) -> None:
    """Pictures come with a draft, and with an item that the agency gave back.

    Raises material_locked (the holder was there already), material_waits (handed in; it can be called back).
    """
    application = item.application
    if item.state in GIVEN_BACK or application.state == "draft":
        return
    raise Refused("material_waits" if application.state == "proving" else "material_locked")


def expect(item: ApplicationItem, code: str, digest: str) -> Material | None:
    """May a picture come, by the digest of its bytes? Asked before they are stored, and counted where they are new.

    Returns the picture that it is, where the same one lies in this slot already. Raises as `check_open`, material_slot,
    material_most (most), material_there (slot: it lies in another one), material_spoilt (it could not be read), photos_many.
    """
    check_open(item)
    same = _same(item, code, digest)
    if same is None:
        _room(item, code)
        limits.spend("material:account", item.application.account.key)
    return same


def attach(item: ApplicationItem, code: str, digest: str, upload: Upload) -> Material:
    """Put a stored picture last in its slot. The same bytes a second time, at whatever speed, are the first picture."""
    with transaction():
        item = _held(item)
        check_open(item)
        same = _same(item, code, digest)
        if same is not None:
            _let_go(upload)
            return same
        _room(item, code)
        last = max((one.place for one in of(item)), default=0)
        round = item.round + (item.state in GIVEN_BACK)
        made = Material(item=item, slot=code, place=last + 1, upload=upload, round=round, added=clock.now(), digest=digest)
        made.save(force_insert=True)
        Upload.update(expires=retaining.until(item)).where(Upload.id == upload.id).execute()
        journal.promise("images.clean", key=upload.key)
    return made


def waits_until() -> object:
    """Until when a file waits for `attach`: after that no item names it, and the sweep takes it."""
    return clock.now() + timedelta(hours=defaults.value("ret.draft_hours"))


def detach(item: ApplicationItem, material: Material) -> None:
    """Take a picture away before it is handed in; its bytes go with the next sweep."""
    with transaction():
        _own(item, material)
        _let_go(material.upload)
        material.delete_instance()


def shift(item: ApplicationItem, material: Material, by: int) -> None:
    """Move a picture one place on (`by` 1) or back (-1) within its slot; the first and the last stay where they are."""
    with transaction():
        there = [one for one in of(_own(item, material)) if one.slot == material.slot]
        at = there.index(material)
        if 0 <= at + by < len(there):
            other = there[at + by]
            here = there[at]
            here.place, other.place = other.place, here.place
            here.save()
            other.save()


def turn(item: ApplicationItem, material: Material) -> None:
    """Turn a picture that was made harmless to the right by a quarter; a job does it, never the request."""
    with transaction():
        _own(item, material)
        material = material.locked()
        if material.upload.state != "clean":
            return
        material.turn = (material.turn + 1) % QUARTERS
        material.save()
        journal.promise("materials.turn", key=material.key)


def quarters(material: Material) -> int:
    """How often the stored picture has still to be turned to the right."""
    return (material.turn - material.turned) % QUARTERS


def turned(material: Material, before: int, upload: Upload) -> None:
    """The job is done: the turned picture takes the place of the one that was turned `before` times. Once."""
    with transaction():
        row = material.locked()
        if row.turned != before or row.upload_id != material.upload_id:
            return
        upload.expires = row.upload.expires
        _let_go(row.upload)
        upload.save(force_insert=True)
        row.upload, row.turned = upload, material.turn
        row.save()


def leave(material: Material) -> None:
    """It cannot be turned: it stays as it is stored."""
    with transaction():
        row = material.locked()
        row.turn = row.turned
        row.save()


def differ(item: ApplicationItem, differs: str) -> None:
    """Say whether certificate and document name the holder alike; more papers may follow from it. Raises material_differs."""
    if differs not in required.DIFFERS:
        raise Refused("material_differs")
    with transaction():
        item = _held(item)
        check_open(item)
        item.differs = differs
        item.save()


def send_again(item: ApplicationItem, actor: Actor) -> ApplicationItem:
    """再次提交 after 待补充材料: with something new, and whole (R-CRT-32).

    Raises Refused: material_nothing_new, materials_missing, not_allowed, moved_on.
    """
    with transaction():
        item = _held(item)
        if item.state == "supplement" and not any(loose(item, one) and readable(one) for one in of(item)):
            raise Refused("material_nothing_new")
        if item.state == "supplement" and lacking(item):
            raise Refused("materials_missing")
        at = clock.now()
        due = workdays.due(at, PROOF_WORKDAYS)
        return steps.make(item, "again", actor, round=item.round + 1, since=at, due=due, holder=None, lease=None)


def forget(application: Application) -> None:
    """Let go of all pictures of a draft that is dropped; whoever drops it deletes its rows."""
    with transaction():
        mine = Material.item.in_(ApplicationItem.select(ApplicationItem.id).where(ApplicationItem.application == application))
        uploads = Material.select(Material.upload).where(mine)
        Upload.update(expires=clock.now()).where(Upload.id.in_(uploads)).execute()
        Material.delete().where(mine).execute()


def _held(item: ApplicationItem) -> ApplicationItem:
    """The item as it is now. What its next move locks first is held, so that nothing comes after it was handed in.

    The 30 days of a draft begin again.
    """
    if item.application.state == "filed":
        return item.locked()
    application = item.application.locked()
    if application.state == "draft":
        application.updated = clock.now()
        application.save()
    return ApplicationItem.get_by_id(item.id)


def _own(item: ApplicationItem, material: Material) -> ApplicationItem:
    item = _held(item)
    check_open(item)
    if not loose(item, material):
        raise Refused("material_locked")
    return item


def _same(item: ApplicationItem, code: str, digest: str) -> Material | None:
    found = next((one for one in of(item) if one.digest == digest), None)
    if found is None:
        return None
    if not readable(found):
        raise Refused("material_spoilt")
    if found.slot != code:
        raise Refused("material_there", slot=found.slot)
    return found


def _room(item: ApplicationItem, code: str) -> None:
    """Is there room in the slot for one more, beside what is there of this round."""
    slot = required.slot(item, code)
    if slot is None:
        raise Refused("material_slot")
    if sum(one.slot == code and readable(one) and loose(item, one) for one in of(item)) >= slot.most:
        raise Refused("material_most", most=slot.most)


def _let_go(upload: Upload) -> None:
    Upload.update(expires=clock.now()).where(Upload.id == upload.id).execute()
