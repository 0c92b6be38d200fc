"""The PDF of a report: drawn once, with every character or not at all, signed, signed anew after a revocation, shredded."""

import json
from hashlib import sha256
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.providers import pictures
from tests.reporting import Holder
from tests.world import World
from webapp.domain import signing
from webapp.domain.identity import verification_codes
from webapp.domain.reports import drawing, issuing
from webapp.jobs import reports as jobs
from webapp.models.journal import Job
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.reports import OnlineReport
from webapp.providers.files import Files

NOWHERE = "\U00033479"
"""The last character of extension J, which no font of the chain holds."""


def again(report: OnlineReport) -> OnlineReport:
    return OnlineReport.get_by_id(report.id)


def file(world: World, report: OnlineReport) -> bytes:
    return Files(world.worker.outside.storage).read(again(report).upload)


def words(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace("\n", "").replace(" ", "")


@pytest.mark.req("RPT-03", "RPT-05")
@pytest.mark.parametrize(
    ("language", "title", "more"),
    [
        ("zh", "云溪职业技术学院学籍在线验证报告", ("在籍（注册学籍）", "2026年12月16日", "以在线查验为准")),
        ("en", "OnlineVerificationReportofStudentEnrolment", ("Enrolled(registered)", "16December2026", "dayofissue")),
    ],
)
def test_a_report_is_drawn_and_signed_with_its_code_in_its_language(world: World, hers: Holder, language, title, more) -> None:
    report = hers.issue(language=language)
    world.work()
    report, pdf = again(report), file(world, report)
    assert (report.pdf, report.digest, report.kid) == ("ready", sha256(pdf).hexdigest(), signing.signer().kid)
    read = PdfReader(BytesIO(pdf))
    assert (len(read.pages), read.metadata["/Keywords"]) == (1, report.code)
    assert [float(side) for side in read.pages[0].mediabox[2:]] == pytest.approx([595, 842], abs=1)
    assert read.trailer["/Root"]["/Lang"].startswith(language)
    told = words(pdf)
    for one in (
        title,
        "林晓溪",
        verification_codes.grouped(report.code).replace(" ", ""),
        f"{world.settings.url}/verify",
        *more,
    ):
        assert one in told, one
    for one in ("教育部", "学信网", "CHSI", "Ministry", hers.record.document, hers.record.student_number):
        assert one not in told, one
    assert {"name", "status", "updated"} <= {field for field, _label, _value in json.loads(report.told)["rows"]}


@pytest.mark.req("RPT-03")
def test_a_photo_stands_on_it_where_the_holder_chose_so(world: World, hers: Holder) -> None:
    picture = pictures.file(pictures.drawing(900, 1200))
    kept = Files(world.worker.outside.storage).keep(picture, "admission_photo", state="clean", media="image/jpeg")
    Record.update(photo=kept).where(Record.id == hers.record.id).execute()
    bare, shown = hers.issue(), hers.issue(shows=("photo",))
    world.work()
    assert [len(PdfReader(BytesIO(file(world, one))).pages[0].images) for one in (bare, shown)] == [0, 1]
    assert len(file(world, shown)) < 250_000


@pytest.mark.req("RPT-05")
def test_a_name_with_a_character_of_no_font_has_no_pdf_and_the_character_is_named(world: World, hers: Holder) -> None:
    Record.update(name=f"林{NOWHERE}溪").where(Record.id == hers.record.id).execute()
    report = hers.issue()
    world.work()
    report = again(report)
    assert (report.pdf, report.lacking, report.upload) == ("failed", NOWHERE, None)
    assert jobs.draw_again(world.worker.outside) == 0
    Record.update(name="林晓溪").where(Record.id == hers.record.id).execute()
    OnlineReport.update(lacking="晓").where(OnlineReport.id == report.id).execute()
    assert jobs.draw_again(world.worker.outside) == 1
    world.work()
    assert (again(report).pdf, again(report).lacking) == ("ready", "")


def test_a_worker_that_died_after_the_deed_draws_no_second_file(world: World, hers: Holder) -> None:
    report = hers.issue()
    world.work()
    before = again(report).digest
    Job.update(state="queued").where(Job.name == "reports.draw").execute()
    world.work()
    assert again(report).digest == before
    stale = OnlineReport.get_by_id(report.id)
    late = Files(world.worker.outside.storage).stored(b"late", "report_pdf")
    assert drawing.drawn(stale, late, "{}", "0" * 64, "0" * 16) is None
    assert again(report).digest == before


@pytest.mark.req("RPT-05")
def test_after_a_revocation_what_still_answers_is_signed_anew(world: World, hers: Holder) -> None:
    report, ended = hers.issue(), hers.issue()
    world.work()
    old = again(report)
    OnlineReport.update(ends="2026-11-15").where(OnlineReport.id == ended.id).execute()
    signing.revoke(old.kid, "compromise")
    assert jobs.draw_again(world.worker.outside) == 1
    world.work()
    new = again(report)
    assert new.pdf == "ready"
    assert new.kid != old.kid
    assert new.digest != old.digest
    assert Upload.get_by_id(old.upload_id).name is None
    assert jobs.draw_again(world.worker.outside) == 0


def test_a_pdf_is_shredded_half_a_year_after_the_last_day_and_drawn_again_when_extended(world: World, hers: Holder) -> None:
    report = hers.issue(months=1)
    world.work()
    upload = again(report).upload
    world.wait(days=30 + 180)
    assert jobs.shred_reports(world.worker.outside) == 0
    world.wait(days=1)
    assert jobs.shred_reports(world.worker.outside) == 1
    assert (again(report).pdf, again(report).told, again(report).upload) == ("gone", None, None)
    assert Upload.get_by_id(upload.id).name is None
    assert jobs.shred_reports(world.worker.outside) == 0
    issuing.extend(again(report), hers.actor, 1)
    world.work()
    assert (again(report).pdf, again(report).digest) == ("ready", sha256(file(world, report)).hexdigest())
