"""The screens of an agency's desk: the queue, an item in hand, its checking, a lead; and the school that answers."""

import json
from collections.abc import Iterator

from tests.browser.guide import Guide, Shot
from tests.browser.visitor import DESK
from tests.certifying import Office, filed, office
from tests.correcting import picture
from tests.reporting import Holder
from webapp.domain import clock, permissions, sessions
from webapp.domain.certification import checking, comparing, deciding, desk
from webapp.models.certification import ApplicationItem, Material
from webapp.models.checking import Checking
from webapp.models.records import Record
from webapp.providers.files import Files


def certifying(guide: Guide) -> Iterator[Shot]:
    there = office(f"青溪省学历认证中心（{guide.language}）", f"-{guide.language}")
    record = guide.several("confirmed", 24)[20 + (guide.language == "en")]
    item, other = _filed(guide, there, record), _filed(guide, there, record)
    files = Files(guide.site.worker.outside.storage)
    for n, slot in enumerate(("certificate", "identity", "other")):
        upload = files.keep(picture(), "material", state="clean", media="image/jpeg", account=record.account)
        Material.create(item=item, slot=slot, place=n, upload=upload, added=clock.now(), digest=str(n) * 64)
    ren = guide.open(there.certifier, DESK).visit("/staff/certification")
    yield "certification-queue", ren
    yield "certification-item", ren.visit(f"/staff/certification/{item.key}")
    yield "certification-item-held", ren.press("接手")
    deciding.accept(desk.take(item, there.actor()), there.actor())
    ren.visit(f"/staff/certification/{item.key}")
    yield "certification-item-errors", ren.open("要求补充材料").press("要求补充材料")
    checking.write(desk.take(item, there.actor()), there.actor(), "有没有这张证书", "北岭工学院", "北岭市学院路 3 号")
    yield "certification-letter", ren.visit(f"/staff/certification/{item.key}")
    yield "certification-checkings", ren.visit("/staff/certification/checkings")
    yield from _answering(guide, there, other)
    mine = desk.take(ApplicationItem.get_by_id(other.id), there.actor())
    deciding.want_refusal(mine, there.actor(), "unrecognised", "发证学校没有办学资格")
    zhu = guide.open(there.lead, DESK).visit(f"/staff/certification/{other.key}")
    yield "certification-second", zhu.press("接手")
    yield "certification-nothing", zhu.visit("/staff/certification?show=issued")


def _answering(guide: Guide, there: Office, item: ApplicationItem) -> Iterator[Shot]:
    accepted = deciding.accept(desk.take(item, there.actor()), there.actor())
    ni = guide.staff("ni")
    checking.send(accepted, there.actor(), f"school:{guide.unit.key}", "证书编号和毕业日期对不对")
    asked = Checking.get((Checking.item == item) & (Checking.way == "school"))
    page = guide.open(ni, DESK).visit("/staff/checking-requests")
    yield "checking-requests", page
    yield "checking-request", page.visit(f"/staff/checking-requests/{asked.key}")
    yield "checking-request-errors", page.press("答复")
    checking.answer(asked, sessions.staff_actor(ni), "differs", "毕业日期是 2001 年")


def _filed(guide: Guide, there: Office, record: Record) -> ApplicationItem:
    account = record.account
    item = filed(Holder(account, permissions.student(account.key), record), there.agency)
    item.details = json.dumps(comparing.details(item) | {"school": guide.unit.name})
    item.save()
    return item


STAFF = (certifying,)
