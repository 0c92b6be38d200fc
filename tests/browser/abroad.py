"""The screens of 国际合作申请: sending abroad, a transcript, the receiver's page, and the school's side of both."""

from collections.abc import Iterator
from datetime import timedelta

from tests.browser.guide import Guide, Shot, Tour
from tests.browser.site import until
from tests.browser.visitor import DESK
from tests.correcting import picture
from tests.tables import csv_bytes
from webapp.domain import clock, sessions
from webapp.domain.permissions import student
from webapp.domain.reports import issuing
from webapp.domain.reports.issuing import Wish
from webapp.domain.transfers import confirming, courses, receiving, sending, transcripts
from webapp.models.records import Record
from webapp.models.reports import OnlineReport
from webapp.models.transfers import Transcript, TranscriptPage, Transfer, TransferItem

MAIL = "intake@wes.org"
HERE = "198.51.100.0/24"
HEAD = ["课程名称", "课程英文名称", "学分", "成绩", "性质"]
COURSES = (
    ("高等数学（一）", "Advanced Mathematics I", "4.5", "92", "必修"),
    ("大学英语", "College English", "4", "A-", "必修"),
    ("数字图像处理", "Digital Image Processing", "2.5", "优秀", "选修"),
    ("毕业设计（论文）", "Graduation Project (Thesis)", "8", "良好", "毕业设计（论文）"),
)


def sending_one(guide: Guide) -> Iterator[Shot]:
    record = _somebody(guide, 0)
    me = guide.open(record.account).visit("/transfers/services")
    yield "transfers-services", me
    yield (
        "transfers-services-errors",
        me.choose("要办什么", "纸质报告" if guide.language == "zh" else "Reports on paper").press("开始办理"),
    )
    yield "transfers-none", me.visit("/transfers")
    yield "transfers-receiver", me.visit("/transfers/receiver")
    yield "transfers-receiver-errors", me.press("继续")
    me.field("接收方").select_option("wes")
    yield "transfers-details", me.press("继续")
    yield "transfers-details-errors", me.fill("对方的邮箱", "intake@example.cn").press("继续")
    me.fill("对方的邮箱", MAIL).fill("参考编号", "1234567")
    yield "transfers-documents-none", me.press("继续")
    report = issuing.issue(record.account, student(record.account.key), Record.get_by_id(record.id), Wish())
    until(lambda: OnlineReport.get_or_none((OnlineReport.id == report.id) & (OnlineReport.pdf == "ready")))
    me.visit("/transfers/documents").page.locator("input[name=documents]").check()
    yield "transfers-consent", me.press("继续")
    yield "transfers-consent-errors", me.press("发送")
    yield "transfer-waiting", me.tick("我看过，同意发送").press("发送")
    found = _sent(report.id)
    yield "transfer-sent", me.visit(f"/transfers/{found.key}")
    stranger = guide.open().visit(f"/t/{sending.token(found)}")
    yield "transfer-link", stranger.press("中文") if guide.language == "zh" else stranger  # it begins in English
    yield "transfer-link-code", stranger.press("发送验证码")
    yield "transfer-link-errors", stranger.fill("验证码", "000000").press("打开文件")
    stranger.fill("验证码", receiving.digits(Transfer.get_by_id(found.id)))
    yield "transfer-link-open", stranger.press("打开文件")
    receiving.take(Transfer.get_by_id(found.id), sending.items(found)[0].key, HERE)
    yield "transfer-received", me.visit(f"/transfers/{found.key}")
    _set(found, state="failed", fault="receiver")
    yield "transfer-failed", me.visit(f"/transfers/{found.key}")
    yield "transfer-failed-errors", me.fill("对方的邮箱", "new@wes.org").press("再发一次")
    _set(found, state="expired", ends=clock.now() - timedelta(days=1))
    yield "transfer-expired", me.visit(f"/transfers/{found.key}")
    yield "transfer-link-over", stranger.visit(f"/t/{sending.token(found)}")
    yield "transfers", me.visit("/transfers")


def transcript(guide: Guide) -> Iterator[Shot]:
    record = _somebody(guide, 1)
    me = guide.open(record.account).visit("/transfers/transcripts")
    yield "transcripts-none", me
    me.page.locator("main form button").first.click()
    found = until(lambda: Transcript.get_or_none(Transcript.record == record))
    place = f"/transfers/transcripts/{found.key}"
    yield "transcript-empty", me.visit(place)
    yield "transcript-errors", me.press("提交学校核对")
    yield "transcript-course", me.visit(f"{place}/course")
    yield "transcript-course-errors", me.fill("课程名称", "高等数学").press("添加")
    yield "transcript-sheet", me.visit(f"{place}/sheet")
    bad = csv_bytes([HEAD, ["体育", "体育", "1", "优", "必修"], ["美术", "Fine Arts", "2", "120", "选修"]], "utf-8")
    yield "transcript-sheet-errors", me.attach("填好的表格", "courses.csv", bad).press("上传")
    me.attach("填好的表格", "courses.csv", csv_bytes([HEAD, *COURSES], "utf-8")).press("上传")
    yield "transcript-courses", me.visit(f"{place}/course")
    yield "transcript-original", me.visit(f"{place}/original")
    yield "transcript-original-errors", me.press("上传")
    me.tick("学校出具的英文成绩单原件").attach("从相册选", "page.jpg", picture())
    yield "transcript-original-brought", me.press("上传")
    yield "transcript", me.visit(place)
    yield "transcript-waiting", me.press("提交学校核对")
    found.state, found.reason, found.note = "returned", "seal", "第 2 页没有章"
    found.save()
    yield "transcript-returned", me.visit(place)
    Transcript.update(state="waiting").where(Transcript.id == found.id).execute()
    yield "transcripts", me.visit("/transfers/transcripts")
    confirming.confirm(found, sessions.staff_actor(guide.staff("ni")), compared=True)
    drawn = until(lambda: Transcript.get_or_none((Transcript.id == found.id) & (Transcript.pdf == "ready")))
    yield "transcript-confirmed", me.visit(place)
    yield "transcript-verified", guide.open().visit(f"/transcripts/{drawn.token}")


def comparing(guide: Guide) -> Iterator[Shot]:
    record = _somebody(guide, 2)
    found = _waiting(record, guide)
    ni = guide.open(guide.staff("ni"), DESK).visit("/staff/transcripts")
    yield "staff-transcripts", ni
    yield "staff-transcripts-nothing", ni.visit("/staff/transcripts?show=over")
    yield "staff-transcript", ni.visit(f"/staff/transcripts/{found.key}")
    yield "staff-transcript-errors", ni.press("确认属实，生成成绩单")
    ni.visit(f"/staff/transcripts/{found.key}").open("退回")
    yield "staff-transcript-return-errors", ni.press("退回给学生")
    ni.visit(f"/staff/transcripts/{found.key}").tick("和学校的成绩档案逐门核对过，课程、学分、成绩、英文名称都一致")
    yield "staff-transcripts-done", ni.press("确认属实，生成成绩单")
    yield "staff-receivers", ni.visit("/staff/receivers")
    yield "staff-receivers-add", ni.visit("/staff/receivers/add")
    yield "staff-receivers-add-errors", ni.press("添加")


def _somebody(guide: Guide, n: int) -> Record:
    """Who has a record, another one in each language."""
    return guide.several("confirmed", 40)[28 + 2 * n + (guide.language == "en")]


def _waiting(record: Record, guide: Guide) -> Transcript:
    me = student(record.account.key)
    found = transcripts.begin(record.account, me, Record.get_by_id(record.id))
    transcripts.replace(found, [courses.line(**dict(zip(courses.COLUMNS, one, strict=True))) for one in COURSES])
    transcripts.say_source(found, "translation")
    browser = guide.open(record.account).visit(f"/transfers/transcripts/{found.key}/original")
    browser.attach("从相册选", "page.jpg", picture()).press("上传")
    until(lambda: TranscriptPage.get_or_none(TranscriptPage.transcript == found))
    return transcripts.submit(found, me)


def _sent(report: int) -> Transfer:
    """The transfer of that report, once its mail has left."""
    item = until(lambda: TransferItem.get_or_none(TransferItem.report == report))
    return until(lambda: Transfer.get_or_none((Transfer.id == item.transfer_id) & (Transfer.state == "sent")))


def _set(found: Transfer, **changes: object) -> None:
    Transfer.update(**changes).where(Transfer.id == found.id).execute()


STUDENTS: tuple[Tour, ...] = (sending_one, transcript)
STAFF: tuple[Tour, ...] = (comparing,)
