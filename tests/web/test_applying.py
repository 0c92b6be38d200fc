"""网上申请 on screen: six steps, what stops them, the holder's check between 提交申请 and 确认提交."""

from io import BytesIO

import pytest
from PIL import Image

from tests.certifying import Office, begun
from tests.pages import weighed
from tests.people import School, id_number, make_account
from tests.reporting import Holder
from tests.world import World
from webapp.domain.certification import choosing, filing
from webapp.models.certification import Application, ApplicationItem

DIPLOMA = {
    "证书编号": "999991200005000001",
    "院校名称": "云溪职业技术学院",
    "院校所在省市": "浙江",
    "学历类别": "普通高等教育",
    "层次": "本科",
    "入学日期": "1996-09-01",
    "毕业日期": "2000-07-01",
    "专业名称": "计算机应用技术",
    "毕业结论": "毕业",
}


def picture(n: int) -> bytes:
    """A small picture, another one for each number."""
    out = BytesIO()
    Image.new("RGB", (400, 300), (20 * n, 120, 90)).save(out, "JPEG")
    return out.getvalue()


def chosen(me, aim: str = "继续教育 - 专升本", *items: str):
    """Through step 1, up to the 申请须知."""
    me.visit("/apply").follow("点击进入网上申请系统").press("新申请").fill("申请目的", aim)
    for item in items or ("高等学历认证 中文",):
        me.tick(item)
    return me.press("下一步").sees("申请须知", "失信行为名单")


def agreed(world: World, me):
    world.wait(seconds=20)
    return me.press("我已阅读并同意上述内容")


def filled(me, **more: str):
    """The form of a diploma, as on paper."""
    me.follow("添加高等学历认证").sees("只有“学校编号”和“NO.号”的，填“学校编号”", "NO.号（选填）", "在“层次”里选“专升本”")
    for label, value in (DIPLOMA | more).items():
        me.fill(label, value)
    return me.press("保存")


def with_files(me):
    """Step 3: the pictures of the diploma and of both sides of the card."""
    application, item = Application.get(), ApplicationItem.get()
    for n, slot in enumerate(("certificate", "identity", "identity")):
        me.visit(f"/apply/{application.key}/files/{item.key}/{slot}").attach("从相册选", f"{n}.jpg", picture(n)).press("上传")
    return me.visit(f"/apply/{application.key}").sees("填写申请人信息")


def told(me):
    return me.tick("个人").fill("申请人所在地", "浙江").fill("报告接收邮箱", "lin@example.edu.cn").press("保存并进入下一步")


@pytest.mark.req("CRT-01", "CRT-03", "CRT-04", "CRT-08", "CRT-10", "CRT-12", "CRT-13", "CRT-26", "CRT-27", "CRT-29")
def test_six_steps_lead_to_an_agency_and_what_is_free_is_not_paid(world: World, hers: Holder, office: Office, person) -> None:
    me = world.log_in(person(), hers.account)
    chosen(me)
    assert me.press("我已阅读并同意上述内容").errors() == ["再读 20 秒，就可以选择同意"]
    agreed(world, me).sees("你还未添加高等学历认证")
    assert me.press("下一步").errors() == ["所有项目必须填写完整"]
    filled(me).sees("云溪职业技术学院", "普通高等教育", "999991200005000001", "林晓溪")
    me.press("下一步").sees("上传电子附件 Upload")
    with_files(me)
    told(me).sees("0.00 元", "林晓溪-云溪职业技术学院-本科", "提交申请后不允许添加和删除业务")
    assert me.press("提交申请").errors() == ["请选择受理机构"]
    me.tick("青溪省学历认证中心").press("提交申请").sees("确认申请信息", "未实人验证", "请先完成实人验证")
    found = Application.get()
    assert (found.state, len(found.number), found.total) == ("proving", 16, 0)
    assert me.press("确认提交").errors() == ["请先完成实人验证"]
    filing.prove(found, "photo")
    me.visit(f"/apply/{found.key}").sees("实人验证已完成", "尚未确认提交，申请未生效").sees_not("返回修改")
    me.press("确认提交")
    assert (me.path, Application.get().state, ApplicationItem.get().state) == (f"/applications/{found.key}", "filed", "proof")


@pytest.mark.req("CRT-02", "CRT-05", "CRT-06", "CRT-25", "CRT-28", "CRT-46", "CRT-47", "PAY-01")
def test_a_unit_pays_for_copies_in_english_and_may_go_back_until_the_holder_was_there(
    world: World, hers: Holder, office: Office, person
) -> None:
    me = world.log_in(person(), hers.account).visit("/apply/new").press("新申请")
    assert me.press("下一步").errors() == ["选一个申请目的"]
    me.fill("申请目的", "出国留学 - 其他留学").tick("高考成绩验证 英文").fill("高考成绩验证 英文 份数", "2")
    assert me.press("下一步").errors() == ["填要去的国家或地区，用它的中文或英文名称"]
    me.fill("要去的国家或地区", "新西兰").sees("150.00 元/份", "全国普通高考成绩验证").press("下一步")
    agreed(world, me).follow("添加高考成绩验证")
    assert me.press("保存").errors() == ["考试年份还没填", "考试所在省市还没填", "考生号还没填"]
    me.fill("考试年份", "1996").press("English")
    assert (me.status, me.value("Year of the examination")) == (200, "1996")
    me.press("中文").fill("考试所在省市", "浙江").fill("考生号", "96330105000001").press("保存").sees("林晓溪")
    me.press("下一步")
    application, item = Application.get(), ApplicationItem.get()
    for n in range(2):
        me.visit(f"/apply/{application.key}/files/{item.key}/identity").attach("从相册选", f"{n}.jpg", picture(n)).press("上传")
    me.visit(f"/apply/{application.key}").tick("单位").fill("单位名称", "青溪设计院").fill("申请人所在地", "浙江")
    me.fill("报告接收邮箱", "lin@example.edu.cn").fill("证书持有人姓名", "吴䶮").fill("证书持有人手机号", "13800000009")
    assert me.press("保存并进入下一步").errors() == ["填写证件号码"]
    me.fill("证书持有人证件号码", id_number("19780401", 11)).press("保存并进入下一步").sees("吴䶮-浙江-1996", "300.00 元")
    me.tick("青溪省学历认证中心").press("提交申请").sees("单位", "青溪设计院", "1*****", "300.00 元")
    me.press("返回修改").sees("选择项目", "提交申请后不允许添加和删除业务").fill("高考成绩验证 英文 份数", "3")
    assert me.press("下一步").errors() == ["提交申请后不允许添加和删除业务"]
    me.visit(f"/apply/{application.key}/contact").fill("单位名称", "青溪研究院").press("保存并进入下一步")
    cheap = {"agency": office.agency.key, "total": "1", "en_fen": "1", f"{item.key}-en_fen": "1", "price": "0.01"}
    assert me.post(f"/apply/{application.key}/submit", cheap).path.endswith("/confirm")
    assert (Application.get().state, Application.get().total, ApplicationItem.get().en_fen) == ("proving", 30_000, 15_000)
    filing.prove(Application.get(), "photo")
    edit = f"/apply/{application.key}/contact"
    assert me.visit(edit).path.endswith("/confirm")
    assert me.post(edit, {"unit_name": "别人"}).status == 409
    me.sees("验证通过后，不允许修改信息及申请材料")
    me.visit(f"/apply/{application.key}").press("确认提交")
    assert me.path == f"/applications/{application.key}/pay"
    assert (Application.get().state, Application.get().total, Application.get().unit_name) == ("paying", 30_000, "青溪研究院")


@pytest.mark.req("CRT-24")
def test_the_thirty_first_copy_of_all_items_is_refused(world: World, hers: Holder, office: Office, person) -> None:
    me = world.log_in(person(), hers.account).visit("/apply/new").press("新申请").fill("申请目的", "继续教育 - 专升本")
    for item, copies in (("高等学历认证 英文", "30"), ("大学成绩验证 中文", "1")):
        me.tick(item).fill(f"{item} 份数", copies)
    assert me.press("下一步").errors() == ["一个申请单申请的中英文项目份数总计不能超过30。"]
    me.fill("高等学历认证 英文 份数", "29").press("下一步").sees("申请须知")


@pytest.mark.req("CRT-10", "CRT-15", "CRT-45")
def test_a_draft_goes_on_from_another_device_and_its_certificates_can_be_changed(
    world: World, hers: Holder, office: Office, person
) -> None:
    me = world.log_in(person(), hers.account)
    chosen(me)
    agreed(world, me)
    filled(me, **{"证书编号": "999991200005000009"})
    other = world.log_in(person(), hers.account).visit("/continue").sees("认证申请还没有确认提交").follow("学历认证申请")
    assert other.path.endswith("/files")
    application = Application.get()
    other.visit(f"/apply/{application.key}/certificates").follow("修改")
    other.fill("专业名称", "软件技术").press("保存").sees("软件技术")
    other.follow("添加高等学历认证").fill("证书编号", "999991200005000009")
    assert other.press("保存").errors()[0].startswith("已申请过学历认证")
    other.follow("打开「我的认证」")
    assert other.path == "/applications"
    other.visit(f"/apply/{application.key}/certificates").press("删除").sees("你还未添加高等学历认证")
    other.visit(f"/apply/{application.key}/notice").press("放弃申请").sees("点击进入网上申请系统")
    assert not Application.select().exists()


@pytest.mark.req("CRT-44")
def test_anybody_reads_what_it_takes_and_only_the_own_application_opens(
    world: World, hers: Holder, office: Office, school: School, person
) -> None:
    stranger = person().visit("/apply").sees(office.agency.name, office.agency.address, office.agency.phone, "20 个工作日")
    stranger.sees("普通高等学校招生全国统一考试成绩报告", "申请进度查询", "报告查询", "常见问题")
    assert stranger.follow("点击进入网上申请系统").path == "/login"
    mine = begun(hers, office.agency)
    nosy = world.log_in(person(), make_account(school.record("何苗"), "13800000002"))
    for page in ("", "/items", "/notice", "/certificates", f"/certificates/{mine.items[0].key}", "/contact", "/submit"):
        assert nosy.visit(f"/apply/{mine.key}{page}").status == 404, page
    me = world.log_in(person(), hers.account).visit(f"/apply/{mine.key}/confirm")
    assert not me.path.endswith("/confirm")


def test_each_step_weighs_a_few_kilobytes(world: World, hers: Holder, office: Office, visitor) -> None:
    draft, waiting = begun(hers, office.agency), filing.submit(begun(hers, office.agency), hers.actor)
    Application.update(version=choosing.VERSION).execute()
    me = world.log_in(visitor(), hers.account).visit("/apply")
    pages = [f"/apply/{draft.key}/{slug}" for slug in ("items", "notice", "certificates", "certificates/add/degree")]
    for path in ("/apply", "/apply/new", *pages, f"/apply/{waiting.key}/confirm"):
        for headers in ({}, {"HX-Request": "true"}):
            assert weighed(me.client, path, **headers).page <= 5 * 1024, path
