"""The screens of 我的认证: the list, one application in the states that matter, 申请复议, and the queries of anybody."""

from collections.abc import Iterator

from tests.browser.guide import Guide, Shot, Tour
from tests.browser.site import until
from tests.certifying import Office, begun, certified, filed, held, office, proved, refused
from tests.correcting import picture
from tests.reporting import Holder
from webapp.domain.certification import deciding
from webapp.domain.permissions import student
from webapp.models.certification import Application, ApplicationItem, Material


def following(guide: Guide) -> Iterator[Shot]:
    one, there = _somebody(guide, 0), _office(guide)
    me = guide.open(one.account).visit("/applications")
    yield "applications-none", me
    item = filed(one, there.agency)
    place = f"/applications/{item.application.key}"
    yield "application-filed", me.visit(place)
    deciding.ask(held(item, there), there.actor(), ("unclear",), "第 2 页印章看不清")
    yield "application-supplement", me.visit(place)
    proved(one, there.agency)
    done = certified(one, there, en=1)
    until(lambda: ApplicationItem.get_or_none((ApplicationItem.id == done.id) & (ApplicationItem.pdf == "ready")))
    yield "application-issued", me.visit(f"/applications/{done.application.key}")
    for _ in range(9):
        begun(one, there.agency)
    yield "applications", me.visit("/applications?page=2")
    stranger = guide.open().visit(f"/verify/certified/{ApplicationItem.get_by_id(done.id).token}")
    yield "certified-scanned", stranger
    stranger.visit("/verify/certified").fill("报告编号", done.report).fill("证书持有人姓名", one.account.name)
    yield "certified", stranger.press("查询")
    stranger.visit("/applications/progress")
    yield "progress-errors", stranger.press("查询")
    stranger.fill("申请单编号", item.application.number).fill("申请人手机号", one.account.phone)
    yield "progress", stranger.press("查询")


def reconsidering(guide: Guide) -> Iterator[Shot]:
    one, there = _somebody(guide, 1), _office(guide)
    item = refused(one, there, "unrecognised")
    me = guide.open(one.account).visit(f"/applications/{item.application.key}")
    yield "application-refused", me
    place = f"/applications/{item.application.key}/{item.key}/reconsider"
    me.visit(place).attach("从相册选", "paper.jpg", picture()).press("上传")
    until(lambda: Material.get_or_none(Material.item == item))
    yield "reconsider-errors", me.visit(place).press("申请复议")


def _somebody(guide: Guide, n: int) -> Holder:
    """Who has a record, another one in each language."""
    record = guide.several("confirmed", 60)[44 + 2 * n + (guide.language == "en")]
    return Holder(record.account, student(record.account.key), record)


def _office(guide: Guide) -> Office:
    name = f"学历认证中心 {Application.select().count()}"
    return office(f"青溪省{name}", f"{Application.select().count()}{guide.language}")


STUDENTS: tuple[Tour, ...] = (following, reconsidering)
