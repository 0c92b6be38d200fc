"""The agency's desk on screen: certifiers, their lead, and the schools that answer them."""

import pytest

from tests.certifying import Office, filed
from tests.correcting import picture
from tests.people import make_colleague
from tests.reporting import Holder
from tests.web.test_papers import words
from webapp.domain import clock
from webapp.models.certification import ApplicationItem, Material
from webapp.models.checking import Checking
from webapp.models.journal import Event
from webapp.models.photos import Upload
from webapp.models.school import Unit
from webapp.providers.files import Files


@pytest.fixture
def item(hers: Holder, office: Office) -> ApplicationItem:
    return filed(hers, office.agency)


def at_desk(world, person, office: Office, who: str = "certifier"):
    return world.log_in(person(), getattr(office, who)).visit("/staff/certification")


def brought(world, item: ApplicationItem, slot: str = "certificate") -> Material:
    files = Files(world.worker.outside.storage)
    upload = files.keep(picture(), "material", state="clean", media="image/jpeg")
    return Material.create(item=item, slot=slot, place=1, upload=upload, added=clock.now(), digest=f"{slot:0<64}")


@pytest.mark.req("CRT-32", "CRT-34", "CRT-36", "CRT-42")
def test_a_certifier_takes_the_next_item_looks_at_it_and_issues_a_report(world, person, item, office):
    paper = brought(world, item)
    ren = at_desk(world, person, office)
    assert ren.sees("待校对") and ren.sees("1")
    ren.visit("/staff").sees("申请认证的学历，等你核对")
    number = item.application.holder_document
    ren.visit(f"/staff/certification/{item.key}").sees_not(number).sees("接手")
    assert ren.visit(f"/staff/certification/{item.key}/pictures/{paper.key}.jpg").status == 404
    ren.visit("/staff/certification").press("办下一项")
    assert ren.path == f"/staff/certification/{item.key}" and ren.sees(number) and ren.sees("不一致")
    ren.visit(f"/staff/certification/{item.key}/pictures/{paper.key}.jpg")
    assert ren.status == 200 and ren.answer.headers["Cache-Control"] == "no-store"
    assert Event.select().where(Event.action == "material.look").count() == 1
    lou = at_desk(world, person, office, "other").visit(f"/staff/certification/{item.key}")
    assert lou.sees(f"{office.certifier.name} 正在办这一项")
    ren.visit(f"/staff/certification/{item.key}").press("材料齐全，受理")
    assert ren.sees("已受理")
    ren.press("出具报告")
    assert ren.path == "/staff/certification"
    found = ApplicationItem.get_by_id(item.id)
    assert ren.visit(f"/staff/certification/{item.key}").sees(found.report)
    ren.visit("/staff/certification?show=issued").sees(item.summary)
    ren.visit("/staff/certification").fill("申请单编号", "2026000000000000").press("查找")
    assert ren.status == 422
    ren.fill("申请单编号", item.application.number).press("查找")
    assert ren.path == f"/staff/certification/{item.key}"


@pytest.mark.req("CRT-19", "CRT-38")
def test_asking_back_and_refusing_say_why_and_a_lead_confirms(world, person, item, office, hers):
    ren = at_desk(world, person, office).press("办下一项")
    ren.press("要求补充材料")
    assert ren.status == 422 and ren.sees("至少选一条原因")
    ren.tick("无法办理学位认证，请上传毕业证书").press("要求补充材料")
    assert ApplicationItem.get_by_id(item.id).state == "supplement"
    other = filed(hers, office.agency)
    ren.visit("/staff/certification").press("办下一项").press("材料齐全，受理")
    ren.press("提交复核")
    assert ren.status == 422
    ren.tick("不属于国家承认学历证书")
    ren.fill("理由，复核同意后原样给申请人看", "发证学校没有办学资格").press("提交复核")
    zhu = at_desk(world, person, office, "lead").visit("/staff/certification?show=second").follow(other.summary)
    zhu.press("接手").press("退回")
    assert zhu.status == 422 and zhu.sees("写明依据")
    zhu.press("同意，出查询结果通知")
    found = ApplicationItem.get_by_id(other.id)
    assert (found.state, found.conclusion) == ("refused", "unrecognised")
    assert ren.visit("/staff/certification?show=refused").sees(other.summary)


@pytest.mark.req("CRT-35")
def test_the_school_on_this_site_is_asked_and_answers_beside_its_record(world, person, item, office, school):
    unit = Unit.get(Unit.id == school.unit.id)
    officer = make_colleague(unit, "answerer", "R")
    ren = at_desk(world, person, office).press("办下一项").press("材料齐全，受理")
    ren.tick(f"{unit.name} 学校学籍科").fill("要核查什么", "证书编号和毕业日期").press("送出核查")
    assert ApplicationItem.get_by_id(item.id).state == "checking"
    found = Checking.get()
    assert found.way == "school" and found.unit_id == unit.id
    ni = world.log_in(person(), officer).visit("/staff/checking-requests").follow(item.summary)
    assert ni.sees("证书编号和毕业日期") and ni.sees("申请人填写")
    ni.press("答复")
    assert ni.status == 422 and ni.sees("选一个答复")
    ni.tick("不一致").fill("说明", "毕业日期是 2001 年").press("答复")
    assert ni.path == "/staff/checking-requests" and ni.sees("都答复了")
    assert ApplicationItem.get_by_id(item.id).state == "accepted"
    assert ren.visit(f"/staff/certification/{item.key}").sees("毕业日期是 2001 年")
    assert ni.visit(f"/staff/checking-requests/{found.key}").sees("不一致")


@pytest.mark.req("CRT-49")
def test_a_letter_is_numbered_printed_overdue_and_its_reply_filed(world, person, item, office):
    ren = at_desk(world, person, office).press("办下一项").press("材料齐全，受理")
    ren.press("编号并写核查函")
    assert ren.status == 422
    ren.fill("学校名称", "北岭工学院").fill("寄往的地址", "北岭市 3 号").fill("函里问什么", "有没有这张证书").press(
        "编号并写核查函"
    )
    letter = Checking.get()
    assert (letter.number, letter.name) == (f"{clock.today():%Y}-0001", "北岭工学院")
    ren.press("生成核查函 PDF")
    world.work()
    drawn = words(ren.visit(ren.path).follow("下载 PDF").answer)
    assert "北岭工学院" in drawn and letter.number in drawn and "110105" not in drawn
    world.wait(days=40)
    assert at_desk(world, person, office).visit("/staff/certification/checkings").sees("已过期")
    ren = at_desk(world, person, office).visit(f"/staff/certification/{item.key}")
    ren.press("归档")
    assert ren.status == 422 and ren.sees("选一个答复")
    ren.tick("查无此人").attach("从相册选", "reply.jpg", picture()).press("归档")
    world.work()
    filed_ = Checking.get_by_id(letter.id)
    assert (filed_.answer, filed_.state) == ("unknown", "answered")
    assert Upload.get_by_id(filed_.upload_id).state == "clean"
    ren.visit(f"/staff/certification/{item.key}").press("接手").follow("看回函")
    assert ren.status == 200
