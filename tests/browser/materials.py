"""The screens of 上传电子附件: the papers of an application, the pictures of one, what a scan looks like, and 修改附件."""

from collections.abc import Iterator

from tests.browser.guide import Guide, Shot, Tour
from tests.browser.visitor import Visitor
from tests.correcting import picture
from webapp.models.certification import Application, ApplicationItem


def _sent(me: Visitor, name: str, data: bytes, then: str, **facts: object) -> Visitor:
    """Choose a file, which is sent at once, and wait for what follows."""
    me.attach("从相册选", name, data)
    me.page.get_by_text(me.say(then, **facts)).first.wait_for()
    return me


def bringing(guide: Guide) -> Iterator[Shot]:
    draft = Application.select().where(Application.state == "draft").order_by(Application.id).get()  # the demo's, not a tour's
    me = guide.open(draft.account).visit(f"/apply/{draft.key}/files")
    yield "materials", me
    yield "materials-lacking", me.press("下一步")
    identity = f"/apply/{draft.key}/files/{draft.items[0].key}/identity"
    yield "materials-identity", me.visit(identity)
    yield "materials-identity-errors", _sent(me, "front.pdf", b"%PDF-1.7", "仅限jpg/png格式")
    yield "materials-identity-brought", _sent(me, "front.jpg", picture(), "第 %(n)s 张", n=1)
    yield "materials-scanning", me.visit("/apply/scanning")


def supplementing(guide: Guide) -> Iterator[Shot]:
    item = ApplicationItem.get(ApplicationItem.state == "supplement")
    application = item.application
    yield "materials-supplement", guide.open(application.account).visit(f"/applications/{application.key}/files")


STUDENTS: tuple[Tour, ...] = (bringing, supplementing)
