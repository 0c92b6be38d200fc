"""更正申请 on screen: a student asks, three desks decide, the record and its history tell of it."""

import pytest

from tests.correcting import Case, make_case, picture
from tests.pages import counted
from tests.people import make_account
from tests.web.test_papers import words
from webapp.domain import clock, in_person, records, standing
from webapp.domain.corrections import asking, deciding
from webapp.models.accounts import Account
from webapp.models.corrections import Correction, Evidence
from webapp.models.records import Record
from webapp.models.staff import Staff


@pytest.fixture
def case(world, school) -> Case:
    return make_case(world, school)


def officer(world, person, login: str):
    return world.log_in(person(), Staff.get(Staff.login == login))


@pytest.mark.req("COR-01", "COR-03", "COR-05", "COR-15", "COR-17")
def test_a_student_asks_and_four_people_decide(case, world, person):
    lin = world.log_in(person(), case.account).visit("/corrections")
    lin.follow("申请更正").follow("姓名")
    assert lin.sees("现在登记的是：林晓溪")
    lin.press("继续")
    assert lin.status == 422 and lin.sees("选一种情况")
    lin.tick("登记时写错了").fill("应该是", "林晓曦").fill("理由", "身份证上是曦").press("继续")
    assert lin.sees("身份证，正反两面")
    key = Correction.get(Correction.account == case.account).key
    lin.visit(f"/corrections/{key}/check").press("提交申请")
    assert lin.status == 422 and lin.sees("还缺材料：身份证，正反两面")
    for kind in ("id_card", "household"):
        lin.visit(f"/corrections/{key}/papers/{kind}").attach("从相册选", f"{kind}.jpg", picture()).press("上传")
        assert lin.sees("第 1 张")
    world.work()
    lin.visit(f"/corrections/{key}/check").press("提交申请")
    assert lin.path == f"/corrections/{key}" and lin.sees("待学院初审") and lin.sees("在学院教学办")

    xinxi = officer(world, person, "xinxi").visit("/staff/corrections").follow("林晓溪").press("接手")
    assert xinxi.sees("看第 1 张")
    xinxi.press("初审通过，交学籍科")
    ni = officer(world, person, "ni").visit("/staff/corrections").follow("林晓溪").press("接手")
    ni.press("同意，报到省里")
    assert ni.status == 422 and ni.sees("原件还没有核验：户口簿，首页、本人页和变更页")
    ni.tick("户口簿，首页、本人页和变更页").fill("在哪里看的", "行政楼 2002 室").press("记下")
    assert ni.sees("原件已核验：倪老师")
    ni.press("同意，报到省里")
    ni.visit(f"/staff/corrections/{key}/sheet").sees("审查人员", "部门负责人", "分管校领导", "林晓曦")
    ni.press("生成 PDF").sees("正在生成文件")
    paper = ni.path
    world.work()
    drawn = words(ni.visit(paper).follow("下载 PDF").answer)
    assert "审查人员" in drawn and "林晓曦" in drawn and "户口簿" in drawn and "110105" not in drawn
    zheng = officer(world, person, "zheng").visit("/staff/corrections").follow("林晓溪").press("接手")
    zheng.press("同意，交第二个人复核")
    assert zheng.status == 422 and zheng.sees("填写文号")
    zheng.fill("文号", "浙教学〔2026〕77号").press("同意，交第二个人复核")
    qian = officer(world, person, "qian").visit("/staff/corrections").follow("林晓溪").press("接手")
    qian.press("复核同意，马上生效")
    assert Record.by_key(case.record.key).name == "林晓曦"
    assert lin.visit(f"/corrections/{key}").sees("已更改")


@pytest.mark.req("COR-05")
def test_earlier_values_stay_for_their_owner_and_nobody_else(case, world, person):
    sent = case.sent("major", "school_major", "软件工程")
    case.yes(case.yes(sent, "xinxi"), "ni")
    lin = world.log_in(person(), case.account).visit(f"/records/{case.record.key}/history")
    assert lin.sees("计算机应用技术，改成 软件工程")
    other = beside(case)
    assert world.log_in(person(), other).visit(f"/records/{case.record.key}/history").status == 404


def beside(case: Case) -> Account:
    """Another student of the school."""
    account = make_account(case.school.record("何苗"), "13800008802")
    records.bind(account)
    records.pass_gate(account, case.school.unit.name)
    return Account.by_key(account.key)


@pytest.mark.req("COR-06", "COR-11")
def test_who_is_sent_back_sees_why_brings_more_and_sends_again(case, world, person):
    sent = case.sent()
    xinxi = officer(world, person, "xinxi").visit(f"/staff/corrections/{sent.key}").press("接手")
    xinxi.tick("退回补充材料").tick("材料看不清，重新拍一张").fill("告诉学生", "第二页看不清").press("退回或不通过")
    lin = world.log_in(person(), case.account).visit(f"/corrections/{sent.key}")
    assert lin.sees("材料看不清，重新拍一张") and lin.sees("第二页看不清")
    lin.follow("补充材料").follow("户口簿").press("拿掉")
    lin.attach("从相册选", "again.jpg", picture()).press("上传").follow("这一样好了").follow("继续").press("提交申请")
    assert lin.sees("待学院初审")
    lin.press("撤回申请")
    assert lin.sees("已撤回")


@pytest.mark.req("SYS-09")
def test_papers_are_seen_by_who_holds_the_request_alone(case, world, visitor):
    sent = case.sent()
    paper = Evidence.get(Evidence.correction == sent)
    address = f"/staff/corrections/{sent.key}/papers/{paper.key}.jpg"
    xinxi = officer(world, visitor, "xinxi")
    assert xinxi.client.get(address).status_code == 404
    deciding.take(sent, case.officer("xinxi"))
    answer = xinxi.client.get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert officer(world, visitor, "ni").client.get(address).status_code == 404
    own = f"/corrections/{sent.key}/papers/{paper.kind}/{paper.key}.jpg"
    assert world.log_in(visitor(), case.account).client.get(own).status_code == 200


@pytest.mark.req("COR-02", "COR-16")
def test_who_was_never_seen_is_led_to_the_desk(case, world, visitor):
    named = {"school_proved": clock.now(), "records_seen": clock.now()}
    Account.update(person_proved=None, **named).where(Account.id == case.account.id).execute()
    lin = world.log_in(visitor(), Account.by_key(case.account.key)).visit("/corrections/new")
    lin.follow("改用实人验证，不用去").sees("换手机做：显示二维码").visit("/corrections/new")
    assert lin.follow("带证件去核验").sees("显示数字")
    lin.press("显示数字")
    meeting = in_person.last(case.account, "level")
    for login in ("ni", "admin"):
        actor = case.officer(login)
        meeting = in_person.take(actor, in_person.number(meeting)) if meeting.state == "open" else meeting
        meeting = in_person.agree(meeting, actor, case.account.document[-6:])
    assert standing.level(Account.by_key(case.account.key)) == 3
    lin.visit("/me/identity").sees("学校登记的学籍不会跟着改").follow("学籍登记错了，申请更正").follow("申请更正")
    lin.sees_not("带证件去核验")


@pytest.mark.req("COR-14")
def test_the_office_states_its_last_day_and_late_students_read_what_follows(case, world, visitor):
    ni = officer(world, visitor, "ni").visit("/staff/corrections/deadline")
    ni.fill("最后一天", clock.today().isoformat()).press("保存")
    assert ni.status == 422 and ni.sees("写明过了这天会怎样")
    ni.fill("过了这天会怎样", "逾期不再办理").press("保存")
    world.wait(days=1)
    lin = world.log_in(visitor(), case.account).visit(f"/corrections/new/{case.record.key}/klass")
    assert lin.sees("已超过受理时间") and lin.sees("逾期不再办理")


@pytest.mark.req("COR-15")
def test_the_lists_cost_the_same_however_long_they_are(case, world, visitor):
    zheng = officer(world, visitor, "zheng").visit("/staff/corrections")

    def cost() -> int:
        with counted() as spent:
            assert zheng.client.get("/staff/corrections?show=away").status_code == 200
        return spent.reads

    case.sent()
    before = cost()
    for field, ground, value in (("sex", "sex_typed", "男"), ("klass", "school_class", "计应 2601 班")):
        asking.send(case.draft(field, ground, value), case.student)
    assert cost() == before
