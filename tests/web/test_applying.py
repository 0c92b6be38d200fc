"""网上申请 on screen: six steps, what stops them, the holder's check between 提交申请 and 确认提交."""

from io import BytesIO

import pytest
from PIL import Image

from tests.certifying import Office
from tests.reporting import Holder
from tests.world import World
from webapp.domain.certification import filing
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
    me.follow("添加高等学历认证")
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


@pytest.mark.req("CRT-01", "CRT-03", "CRT-04", "CRT-08", "CRT-10", "CRT-26", "CRT-27", "CRT-29")
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
