"""大学成绩验证: courses in the page or by sheet, the original beside them, the school's word, the signed paper."""

from hashlib import sha256
from io import BytesIO

import pytest
import xlsxwriter

from tests.correcting import picture
from tests.people import School, make_school
from tests.reporting import Holder, holder
from tests.web.test_papers import words
from tests.world import World
from webapp.domain import evidence, records, sessions, signing
from webapp.domain.refused import Refused
from webapp.domain.reports import files
from webapp.domain.transfers import confirming, courses, paper, sending, transcripts
from webapp.jobs import retention
from webapp.models.journal import Event
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.staff import Staff
from webapp.models.transfers import Course, Transcript

MATHS = {"name": "高等数学", "english": "Advanced Mathematics", "credit": "4.5", "mark": "92", "kind": "required"}
HEAD = ["课程名称", "课程英文名称", "学分", "成绩", "性质"]


@pytest.fixture
def hers(world: World, school: School) -> Holder:
    made = holder(school)
    records.pass_gate(made.account, school.unit.name)
    return made


def sheet(*rows: list, head: list = HEAD) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        for at, row in enumerate((head, *rows)):
            page.write_row(at, 0, row)
    return out.getvalue()


def drafted(world: World, me) -> Transcript:
    """A transcript with two courses and a page of its original."""
    me.visit("/transfers/transcripts").press("填 云溪职业技术学院 本科 的成绩单")
    found = Transcript.get()
    transcripts.add(found, courses.line(**MATHS))
    transcripts.add(
        found, courses.line(name="毕业设计", english="Graduation Project", credit="8", mark="优秀", kind="毕业设计（论文）")
    )
    me.visit(f"/transfers/transcripts/{found.key}/original").tick("学校出具的英文成绩单原件")
    me.attach("从相册选", "page.jpg", picture()).press("上传").sees("第 1 张")
    world.work()
    return found


def waiting(world: World, me) -> Transcript:
    found = drafted(world, me)
    me.visit(f"/transfers/transcripts/{found.key}").press("提交学校核对").sees("待学校核对")
    return found


@pytest.mark.req("INT-07")
def test_courses_are_entered_one_by_one_in_both_languages(world: World, hers: Holder, person) -> None:
    me = world.log_in(person(), hers.account).visit("/transfers").follow("我的成绩单")
    me.press("填 云溪职业技术学院 本科 的成绩单").sees("草稿", "还没有")
    me.follow("课程，在网页上填").fill("课程名称", "高等数学").fill("课程英文名称", "高等数学").press("添加")
    assert len(me.errors()) == 4 and me.errors()[0] == "用英文字母写课程的英文名称，最多 120 个字符"
    me.fill("课程英文名称", "Advanced Mathematics").fill("学分", "4.5").fill("成绩", "92").fill("性质", "必修").press("添加")
    me.sees("已经填了 1 门", "Advanced Mathematics").follow("填完了").press("拿掉 高等数学").sees("还没有")
    assert me.press("提交学校核对").errors() == ["还没有课程，先加上课程"]


@pytest.mark.req("INT-07")
@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("english", "线性代数"), ("credit", "0"), ("credit", "3,5"), ("mark", "101"), ("kind", "必")],
)
def test_a_course_that_says_too_little_is_refused_beside_its_field(field: str, value: str) -> None:
    with pytest.raises(Refused, match=f"course_{field}") as refused:
        courses.line(**MATHS | {field: value})
    assert refused.value.facts == {"field": field, "value": value}
    assert len(courses.faults(**dict.fromkeys(MATHS, ""))) == 5


@pytest.mark.req("INT-07")
def test_a_sheet_is_taken_whole_or_told_row_by_row(world: World, hers: Holder, person) -> None:
    me = world.log_in(person(), hers.account).visit("/transfers/transcripts")
    found = drafted(world, me)
    me.visit(f"/transfers/transcripts/{found.key}/sheet").follow("下载表格模板")
    template = me.answer.get_data()
    me.visit(f"/transfers/transcripts/{found.key}/sheet")
    bad = sheet(
        ["大学英语", "College English", 4, 88, "必修"], ["体育", "体育", 1, "优", "必修"], ["美术", "Fine Arts", 2, 120, "选修"]
    )
    me.attach("填好的表格", "courses.xlsx", bad).press("上传")
    assert me.status == 422
    me.sees("有误 2 行，一行都没有写入", "用英文字母写课程的英文名称", "成绩是 0 到 100 的数")
    assert [one.name for one in transcripts.lines(found)] == ["高等数学", "毕业设计"]
    good = sheet(["大学英语", "College English", 4, 88, "必修"], ["体育", "Physical Education", 1.5, "优", "选修"])
    me.attach("填好的表格", "courses.xlsx", good).press("上传").sees("大学英语", "Physical Education", "优秀")
    assert [(one.credit, one.mark, one.kind) for one in transcripts.lines(found)] == [
        ("4", "88", "required"),
        ("1.5", "优秀", "elective"),
    ]
    me.visit(f"/transfers/transcripts/{found.key}/sheet").attach("填好的表格", "courses.xlsx", template).press("上传").sees(
        "高等数学"
    )
    no_heads = sheet(["数学", "90"], head=["课程", "分数"])
    me.visit(f"/transfers/transcripts/{found.key}/sheet").attach("填好的表格", "courses.xlsx", no_heads).press("上传")
    assert me.errors()[0].startswith("表头要有课程名称")


@pytest.mark.req("INT-08")
def test_the_slot_asks_for_an_original_or_a_sealed_translation(world: World, hers: Holder, person) -> None:
    me = world.log_in(person(), hers.account).visit("/transfers/transcripts")
    found = drafted(world, me)
    place = f"/transfers/transcripts/{found.key}"
    me.visit(f"{place}/original").sees("学校出具的原件", "有资质的翻译机构翻译并盖章的译本", "自己翻译的不收")
    me.press("拿掉 第 1 张")
    assert me.visit(place).press("提交学校核对").errors() == ["还没有能看清的原件或译本的照片"]
    assert me.visit(f"{place}/original").attach("从相册选", "page.pdf", b"%PDF-1.7").press("上传").errors() == [
        "照片要 JPG、PNG、HEIC 或 WebP"
    ]


@pytest.mark.req("INT-06", "INT-07", "INT-09")
def test_the_school_confirms_and_a_signed_paper_in_both_languages_follows(world: World, hers: Holder, person, visitor) -> None:
    me = world.log_in(person(), hers.account)
    found = waiting(world, me)
    ni = world.log_in(person(), Staff.get(Staff.login == "ni")).visit("/staff").sees("成绩单")
    ni.visit("/staff/transcripts").follow("林晓溪").sees("Advanced Mathematics", "优秀 Excellent", "12.5 学分 credits")
    place = f"/staff/transcripts/{found.key}/pages/{found.pages[0].key}.jpg"
    assert ni.visit(place).answer.mimetype == "image/jpeg"
    assert Event.select().where(Event.action.contains("picture")).exists()
    ni.visit(f"/staff/transcripts/{found.key}")
    assert ni.press("确认属实，生成成绩单").errors() == ["和学校的成绩档案逐门核对以后再确认"]
    ni.tick("和学校的成绩档案逐门核对过").press("确认属实，生成成绩单")
    world.work()
    me.visit(f"/transfers/transcripts/{found.key}").sees("学校已确认").follow("下载 PDF")
    told = words(me.answer)
    for one in (
        "云溪职业技术学院大学成绩单",
        "UniversityTranscript",
        "林晓溪",
        "AdvancedMathematics",
        "优秀Excellent",
        "12.5学分credits",
    ):
        assert one in told, one
    assert b"/ByteRange" in me.answer.get_data()
    answer = files.check(sha256(me.answer.get_data()).hexdigest(), lambda: pytest.fail("its signature need not be read"), "")
    assert answer == files.Answer("transcript", found.key)
    anyone = visitor().visit(f"/transcripts/{Transcript.get().token}").sees("成绩单属实", "林晓溪", "Graduation Project")
    assert anyone.visit("/transcripts/00000000000000000000000000").status == 404


@pytest.mark.req("INT-08")
def test_a_transcript_comes_back_with_a_reason_and_is_handed_in_again(world: World, hers: Holder, person) -> None:
    me = world.log_in(person(), hers.account)
    found = waiting(world, me)
    assert me.visit(f"/transfers/transcripts/{found.key}/course").status == 404
    ni = world.log_in(person(), Staff.get(Staff.login == "ni")).visit(f"/staff/transcripts/{found.key}")
    assert ni.press("退回给学生").errors() == ["选一个原因"]
    ni.tick("看不到学校或翻译机构的章").fill("说明", "第 2 页").press("退回给学生")
    me.visit(f"/transfers/transcripts/{found.key}").sees("已退回", "看不到学校或翻译机构的章", "第 2 页").press("提交学校核对")
    assert Transcript.get().state == "waiting"
    me.press("取回").sees("草稿")


@pytest.mark.req("INT-08")
def test_only_a_confirmed_transcript_goes_abroad_and_only_its_own_school_confirms(world: World, hers: Holder, person) -> None:
    found = waiting(world, world.log_in(person(), hers.account))
    with pytest.raises(Refused, match="document_gone"):
        sending.chosen(hers.account, [found.key])
    make_school("99998", "山湖学院")
    far = Staff.get(Staff.login == "ni-99998")
    assert world.log_in(person(), far).visit(f"/staff/transcripts/{found.key}").status == 404
    with pytest.raises(Refused, match="not_allowed"):
        confirming.confirm(found, sessions.staff_actor(far), True)
    ni = sessions.staff_actor(Staff.get(Staff.login == "ni"))
    Record.update(account=None).where(Record.id == hers.record.id).execute()
    with pytest.raises(Refused, match="transcript_left"):
        confirming.confirm(found, ni, True)
    Record.update(account=hers.account).where(Record.id == hers.record.id).execute()
    confirming.confirm(found, ni, True)
    assert sending.chosen(hers.account, [found.key])[1] == [found]


@pytest.mark.req("INT-08")
def test_the_pictures_are_gone_thirty_days_after_the_decision(world: World, hers: Holder, person) -> None:
    found = waiting(world, world.log_in(person(), hers.account))
    confirming.confirm(found, sessions.staff_actor(Staff.get(Staff.login == "ni")), True)
    world.wait(days=30)
    retention.purge(world.worker.outside)
    assert Upload.get(Upload.purpose == "transcript_page").state == "clean"
    world.wait(seconds=1)
    retention.purge(world.worker.outside)
    assert Upload.get(Upload.purpose == "transcript_page").state == "shredded"
    assert "transcript_page" in evidence.PICTURES and Course.select().exists()


def test_a_paper_that_a_revoked_key_signed_is_signed_anew(world: World, hers: Holder, person) -> None:
    found = waiting(world, world.log_in(person(), hers.account))
    confirming.confirm(found, sessions.staff_actor(Staff.get(Staff.login == "ni")), True)
    world.work()
    before = Transcript.get()
    signing.revoke(before.kid, "compromise")
    assert paper.again() == 1
    world.work()
    after = Transcript.get()
    assert after.kid != before.kid and after.digest != before.digest and after.token == before.token
    assert Upload.get_by_id(before.upload_id).state == "shredded"
