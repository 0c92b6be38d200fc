"""How long the pictures of an item are kept: `ret.crt_days` after its end, behind an entry in 失信行为名单 longer (R-SYS-06).

Not here: pictures that nothing names (`materials.py`), nor shredding (`jobs/retention.py`).
"""

from datetime import datetime, timedelta

from webapp.domain import clock, defaults
from webapp.models.certification import ApplicationItem, Material
from webapp.models.checking import Checking
from webapp.models.photos import Upload

OVER = ("issued", "refused", "upheld", "fraud", "cancelled", "closed")
"""States in which nobody works on an item; 申请复议 takes a refused one up again."""


def until(item: ApplicationItem, since: datetime | None = None) -> datetime | None:
    """Until when its pictures are kept, `since` a moment (now); None, no end yet, for an item that is not over."""
    return (since or clock.now()) + timedelta(days=defaults.value("ret.crt_days")) if item.state in OVER else None


def keep(item: ApplicationItem, since: datetime | None = None) -> None:
    """Give what the applicant brought, and replies of schools, the end that the item's state asks for."""
    brought = Material.select(Material.upload).where(Material.item == item)
    replies = Checking.select(Checking.upload).where((Checking.item == item) & Checking.upload.is_null(False))
    here = (Upload.id.in_(brought) | Upload.id.in_(replies)) & Upload.name.is_null(False)
    Upload.update(expires=until(item, since)).where(here).execute()
