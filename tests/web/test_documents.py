"""The notice, the guide and the questions: one content as page, Word file and PDF; and the look before a campaign opens."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from docx import Document

from tests.pages import counted
from tests.people import School, make_account, make_record, make_school
from tests.web.test_papers import words
from webapp.domain import clock
from webapp.models.records import Record
from webapp.models.school import Class, Contact
from webapp.models.staff import Grant
from webapp.web import blocks

SAID = ("11 月 12 日到 11 月 20 日 24:00", "行政楼 2002 室", "0555-000 0000", "工作日 8:30–17:00")


def read(answer) -> str:
    return " ".join(one.text for one in Document(BytesIO(answer.get_data())).paragraphs)


def test_a_page_becomes_blocks() -> None:
    html = (
        "<h2>标题</h2><p>一 <strong>二</strong><br>三</p><svg><path d='M0'/><text>图</text></svg>"
        "<ol><li><span aria-hidden='true'>1</span><div>步骤<p>说明</p></div></li></ol><details><summary><svg></svg>问</summary>"
        "<div><p>答 &amp; 再答</p></div></details><ul><li>一项</li></ul>尾"
    )
    told = [("heading", "标题"), ("text", "一 二"), ("text", "三"), ("step", "步骤"), ("text", "说明")]
    told += [("heading", "问"), ("text", "答 & 再答"), ("item", "一项"), ("text", "尾")]
    assert blocks.read(html) == told


@pytest.mark.req("CHK-19")
def test_page_word_and_pdf_say_the_same_dates_and_rooms(visitor, world, school: School) -> None:
    officer = world.log_in(visitor(), school.staff("ni"))
    officer.visit(f"/staff/campaigns/{school.campaign.key}").follow("通知、指南和常见问题")
    index = officer.path
    public = visitor().visit(f"/campaigns/{school.campaign.key}").sees(*SAID)
    for document, own in (("notice", "后果由学生本人承担"), ("guide", "逐项核对"), ("faq", "收不到短信验证码")):
        public.sees(own)
        told = read(officer.visit(f"{index}/{document}.docx").answer)
        for one in (*SAID, own, f"/campaigns/{school.campaign.key}", "云溪职业技术学院", "2026 年 11 月 16 日"):
            assert one in told, (document, one)
        officer.visit(index).post(f"{index}/{document}")
        paper = officer.path
        world.work()
        drawn = words(officer.visit(paper).follow("下载 PDF").answer)
        for one in (*SAID, own, school.campaign.key):
            assert one.replace(" ", "") in drawn, (document, one)


@pytest.mark.req("CHK-19")
def test_a_room_that_changed_has_changed_in_the_next_document(visitor, world, school: School) -> None:
    officer = world.log_in(visitor(), school.staff("ni"))
    place = f"/staff/campaigns/{school.campaign.key}/documents"
    Contact.update(room="图书馆 101 室").execute()
    assert "图书馆 101 室" in read(officer.visit(f"{place}/guide.docx").answer)
    school.campaign.notice, school.campaign.ends = "第一段。\x08\ufffe\n第二段。", date(2026, 12, 1)
    school.campaign.save()
    told = read(officer.visit(f"{place}/notice.docx").answer)
    assert "第二段。" in told and "12 月 1 日 24:00" in told and "11 月 20 日" not in told


def troubled(school: School) -> None:
    """A roster with one of everything that a campaign stumbles over."""
    arts = Class.get(Class.name == "视传 2601 班")
    at = clock.now() - timedelta(days=1)
    colleague = school.staff("luo")
    for klass in Class.select().where(Class.name == "计应 2602 班"):
        Grant.create(staff=colleague, role="C", unit=school.unit, klass=klass, starts=at)
    make_record(school.unit, arts, ("赵?", "20080101", "女"), "2026019901", 701, name_gap=True)
    make_record(school.unit, arts, ("钱\U0002ebf0", "20080102", "女"), "2026019902", 702)
    twin = school.record("何苗")
    other = make_record(school.unit, arts, ("何苗", "20080103", "女"), "2026019903", 703, phone="13800000077")
    Record.update(identity_index=twin.identity_index).where(Record.id == other.id).execute()
    lost = make_record(school.unit, arts, ("孙无班", "20080104", "女"), "2026019904", 704)
    Record.update(klass=None, college=None).where(Record.id == lost.id).execute()
    school.campaign.starts, school.campaign.ends = date(2026, 12, 28), date(2027, 1, 2)
    school.campaign.save()


@pytest.mark.req("CHK-18")
def test_a_rehearsal_names_what_a_campaign_would_stumble_over(visitor, world, school: School) -> None:
    troubled(school)
    make_account(school.record("林晓溪"), "13800000001")
    officer = world.log_in(visitor(), school.staff("ni"))
    officer.visit(f"/staff/campaigns/{school.campaign.key}").follow("开窗体检")
    officer.sees(
        "应查 16 人", "1 个姓名里有缺字", "赵?", "1 个姓名里有字体画不出的字", "U+2EBF0", "2 条学籍和别的学籍是同一个证件号码"
    )
    officer.sees("1 人没有分班", "16 人没有录取照片", "15 人没有登记手机", "1 个班没有辅导员", "视传 2601 班")
    officer.sees("1 人已有账号", "至少要发 15 条验证码，约 0.68 元（一条 0.045 元）", "要 1 小时发完")
    officer.sees("12 月 28 日到 1 月 2 日，其中 4 个工作日", "里面有假日：1 月 1 日", "最后一天不上班")


@pytest.mark.req("CHK-18")
def test_a_rehearsal_asks_the_same_number_of_questions_of_any_roster(visitor, world, school: School) -> None:
    officer = world.log_in(visitor(), school.staff("ni"))
    place = f"/staff/campaigns/{school.campaign.key}/rehearsal"
    officer.visit(place)
    with counted() as few:
        officer.visit(place)
    troubled(school)
    klass = Class.get(Class.name == "计应 2601 班")
    for n in range(60):
        make_record(school.unit, klass, (f"学生\U0002ebf0{n}", "20080202", "男"), f"20260188{n:02}", 800 + n)
    with counted() as many:
        officer.visit(place).sees("61 个姓名里有字体画不出的字", "共 61 人，这里列出前 20 人")
    assert many.reads == few.reads


@pytest.mark.req("CHK-18", "CHK-19", "SYS-09")
def test_another_schools_campaign_is_not_found(visitor, world, school: School) -> None:
    other = make_school("88888", "白沙学院")
    officer = world.log_in(visitor(), school.staff("ni"))
    for page in ("rehearsal", "documents", "documents/notice.docx"):
        assert officer.visit(f"/staff/campaigns/{other.campaign.key}/{page}").status == 404, page
    counsellor = world.log_in(visitor(), school.staff("luo"))
    assert counsellor.visit(f"/staff/campaigns/{school.campaign.key}/rehearsal").status == 403
