"""The screens on which an application for certification is written, from the landing page to 确认提交."""

from collections.abc import Iterator

from tests.browser.guide import Guide, Shot, Tour
from tests.certifying import begun, office
from tests.reporting import Holder
from webapp.domain import clock
from webapp.domain.certification import choosing, drafting, filing
from webapp.domain.permissions import student
from webapp.models.certification import Agency, Application, ApplicationItem, Material
from webapp.models.photos import Upload
from webapp.models.records import Record


def writing(guide: Guide) -> Iterator[Shot]:
    record = _somebody(guide)
    agency = Agency.select().first() or office().agency
    yield "applying", guide.open().visit("/apply")
    me = guide.open(record.account).visit("/apply/new").press("新申请")
    yield "applying-items-errors", me.press("下一步")
    me.field("申请目的").select_option("study/top_up")
    me.page.locator("input[name=degree_zh]").check()
    yield "applying-notice", me.press("下一步")
    draft = drafting.unfinished(record.account)[0]
    Application.update(version=choosing.VERSION).where(Application.id == draft.id).execute()
    yield "applying-certificates-errors", me.visit(f"/apply/{draft.key}/certificates").press("下一步")
    me.follow("添加%(kind)s", kind=me.say("高等学历认证"))
    yield "applying-certificate-errors", me.press("保存")
    hers = Holder(record.account, student(record.account.key), record)
    whole = begun(hers, agency)
    Application.update(version=choosing.VERSION).where(Application.id == whole.id).execute()
    yield "applying-certificates", me.visit(f"/apply/{whole.key}/certificates")
    _bring(whole.items[0])
    yield "applying-contact", me.visit(f"/apply/{whole.key}/contact")
    yield "applying-contact-unit-errors", me.tick("单位").press("保存并进入下一步")
    yield "applying-submit-errors", me.visit(f"/apply/{whole.key}/submit").fill("备注", "备" * 51).press("提交申请")
    yield "applying-new", me.visit("/apply/new")
    yield "applying-continue", me.visit("/continue")
    sent = filing.submit(begun(hers, agency, purpose="abroad"), hers.actor)
    yield "applying-confirm", me.visit(f"/apply/{sent.key}/confirm")
    filing.prove(sent, "photo")
    yield "applying-confirm-proved", me.visit(f"/apply/{sent.key}/confirm")


def _bring(item: ApplicationItem) -> None:
    """The pictures that a diploma needs, as far as a list of them goes."""
    for n, slot in enumerate(("certificate", "identity", "identity")):
        upload = Upload.create(purpose="material", state="clean", mime="image/jpeg", created=clock.now())
        Material.create(item=item, slot=slot, place=n, upload=upload, added=clock.now(), digest=str(n) * 64)


def _somebody(guide: Guide) -> Record:
    """Who has a record, another one in each language."""
    return guide.several("confirmed", 60)[50 + (guide.language == "en")]


STUDENTS: tuple[Tour, ...] = (writing,)
