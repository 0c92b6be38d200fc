"""The report of a certified item: drawn in the ordered languages, signed, mailed; and the reminders to confirm."""

from hashlib import sha256
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.certifying import Office, certified, proved
from tests.providers import pictures
from tests.reporting import Holder
from tests.world import World
from webapp.domain import signing
from webapp.domain.certification import filing, paper
from webapp.jobs import certification as jobs
from webapp.models.certification import Agency, Application, ApplicationItem
from webapp.models.journal import Job
from webapp.models.messages import Notice
from webapp.models.school import Unit
from webapp.providers.files import Files

NOWHERE = "\U00033479"
"""The last character of extension J, which no font of the chain holds."""


def again(item: ApplicationItem) -> ApplicationItem:
    return ApplicationItem.get_by_id(item.id)


def kept(world: World, item: ApplicationItem) -> bytes:
    return Files(world.worker.outside.storage).read(again(item).upload)


def told(holder: Holder) -> list[str]:
    return [notice.template for notice in Notice.select().where(Notice.account == holder.account).order_by(Notice.id)]


@pytest.mark.req("CRT-36")
def test_a_report_has_a_page_for_each_language_that_was_ordered(world: World, hers: Holder, office: Office) -> None:
    files = Files(world.worker.outside.storage)
    seal = files.keep(pictures.file(pictures.drawing(300, 300)), "agency_seal", state="clean", media="image/jpeg")
    Agency.update(seal=seal).execute()
    item = certified(hers, office, zh=1, en=2)
    ApplicationItem.update(record=hers.record).execute()
    Unit.update(english="Yunxi Vocational College").execute()
    world.work()
    item = again(item)
    pdf = files.read(item.upload)
    assert (item.pdf, item.digest, item.kid) == ("ready", sha256(pdf).hexdigest(), signing.signer().kid)
    read = PdfReader(BytesIO(pdf))
    assert (len(read.pages), read.metadata["/Keywords"], len(read.pages[0].images)) == (2, item.report, 1)
    zh, en = ("".join(page.extract_text().split()) for page in read.pages)
    for one in (
        "青溪省学历认证中心",
        "高等学历认证报告",
        "林晓溪",
        "云溪职业技术学院",
        "2000年07月01日",
        "普通高等教育",
        item.report,
    ):
        assert one in zh, one
    for one in (
        "QingxiCentre",
        "HigherEducationQualification",
        "LINXiaoxi(林晓溪)",
        "YunxiVocationalCollege(云溪职业技术学院)",
        "1July2000",
        "Undergraduate",
        item.report,
    ):
        assert one in en, one
    for one in ("教育部", "学信网", "CHSI", "Ministry", hers.account.document):
        assert one not in zh + en, one
    (mail,) = [line for line in world.outbox() if line.startswith("MAIL lin@example.edu.cn ")]
    assert item.report in mail and "certification-1.pdf" in mail
    assert told(hers)[-1] == "certification_issued"


@pytest.mark.req("CRT-36")
def test_a_report_is_drawn_once_and_again_when_its_key_was_revoked(world: World, hers: Holder, office: Office) -> None:
    item = certified(hers, office)
    world.work()
    first = again(item)
    Job.update(state="queued").where(Job.name == "certification.draw").execute()  # its worker died before the tick
    world.work()
    assert (again(item).upload, again(item).token) == (first.upload, first.token)
    signing.revoke(first.kid, "compromise")
    assert jobs.draw_certifications_again(world.worker.outside) == 1
    world.work()
    anew = again(item)
    assert (anew.pdf, anew.token) == ("ready", first.token) and anew.kid != first.kid
    assert first.upload.__class__.by_key(first.upload.key).name is None
    assert told(hers).count("certification_issued") == 1
    assert len([line for line in world.outbox() if line.startswith("MAIL lin@example.edu.cn ")]) == 2


@pytest.mark.req("CRT-48")
def test_a_report_is_signed_by_its_agencys_own_key_and_anew_once_that_is_revoked(
    world: World, hers: Holder, office: Office
) -> None:
    before = certified(hers, office)
    world.work()
    own = signing.rotate(office.agency)
    item = certified(hers, office, zh=1, en=1)
    world.work()
    assert (again(before).kid, again(item).kid) == (signing.signer().kid, own.kid)
    zh, en = (page.extract_text() for page in PdfReader(BytesIO(kept(world, item))).pages)
    for one in ("由青溪省学历认证中心出具并电子签名", "Issued and signed electronically by Qingxi Centre"):
        assert one in zh.replace("\n", "") and one in en.replace("\n", "")
    signing.revoke(own.kid, "compromise")
    assert jobs.draw_certifications_again(world.worker.outside) == 1
    world.work()
    assert again(item).kid == signing.current(office.agency).kid != own.kid
    assert paper.signatory(again(item), "zh") == "青溪省学历认证中心"
    signing.revoke(again(item).kid, "ended")
    assert paper.signatory(again(item), "zh") == "", "until it is signed anew nobody did"
    assert jobs.draw_certifications_again(world.worker.outside) == 1
    world.work()
    assert again(item).kid == signing.signer().kid
    assert "出具并电子签名" not in PdfReader(BytesIO(kept(world, item))).pages[0].extract_text()


@pytest.mark.req("CRT-36")
def test_a_name_that_no_font_can_draw_gives_no_file_and_is_told(world: World, hers: Holder, office: Office) -> None:
    Application.update(holder_name=f"林{NOWHERE}").where(Application.id == certified(hers, office).application_id).execute()
    world.work()
    item = ApplicationItem.get()
    assert (item.pdf, item.upload, item.digest) == ("failed", None, "")
    assert told(hers)[-1] == "certification_issued"


@pytest.mark.req("CRT-30")
def test_who_forgot_to_confirm_is_told_after_an_hour_and_after_a_day(world: World, hers: Holder, office: Office) -> None:
    application = proved(hers, office.agency)
    assert jobs.remind_to_confirm(world.worker.outside) == 0
    world.wait(hours=1)
    assert [jobs.remind_to_confirm(world.worker.outside) for _ in range(2)] == [1, 0]
    world.wait(hours=22, minutes=59)
    assert jobs.remind_to_confirm(world.worker.outside) == 0
    world.wait(minutes=1)
    assert [jobs.remind_to_confirm(world.worker.outside) for _ in range(2)] == [1, 0]
    assert told(hers) == ["certification_unconfirmed"] * 2
    assert any("尚未确认提交，申请未生效" in line for line in world.outbox() if line.startswith("SMS 138 0000 0001"))
    filing.confirm(application, hers.actor)
    late = proved(hers, office.agency)
    world.wait(days=3)
    assert [jobs.remind_to_confirm(world.worker.outside) for _ in range(2)] == [1, 0], "after a long pause one is enough"
    assert Application.get_by_id(late.id).reminded == 2
