"""实人验证 through the door: the computer and the phone, the camera, the photo, a unit's holder, and the desk."""

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest

from tests.certifying import Office, begun
from tests.graduation import photo
from tests.people import School
from tests.person import Person
from tests.reporting import Holder
from tests.world import World
from webapp.domain import limits
from webapp.domain.certification import filing
from webapp.models.certification import Application
from webapp.models.liveness import Handoff, PersonCheck, Shot
from webapp.providers.faces_manual import ManualFaces

Visitors = Callable[..., Person]


@pytest.fixture
def application(hers: Holder, office: Office) -> Application:
    return filing.submit(begun(hers, office.agency), hers.actor)


def film(phone: Person, prompts: int = 4) -> Person:
    """Do what the script of the page does: a few pictures after each prompt, then the form."""
    places = [one["data-url"] for one in phone.page.find_all(attrs={"data-url": True})]
    assert len(places) == 4
    for place in places[:prompts]:
        sent = {"csrf_token": phone.token(), "frames": [(frame(), "frame.jpg"), (frame(), "frame.jpg")]}
        answer = phone.client.post(place, data=sent, content_type="multipart/form-data")
        assert answer.status_code == 204, place
    return phone.post("/m/face")


def frame() -> BytesIO:
    return BytesIO(photo(size=(60, 80)))


def tell(world: World, *verdicts: str) -> None:
    (world.settings.data_dir / "faces.txt").write_text("\n".join(verdicts))


@pytest.mark.req("RPV-01", "RPV-02", "RPV-08", "RPV-13", "RPV-15", "RPV-16", "CRT-28")
def test_a_phone_films_what_a_computer_waits_for(
    world: World, school: School, hers: Holder, application: Application, person: Visitors, visitor: Visitors
) -> None:
    place = f"/applications/{application.key}/person"
    me = world.log_in(person(), hers.account).visit(place)
    me.sees("实人验证", "确认证书持有人本人在场", "验证通过后，不允许修改信息及申请材料", "传手持证件照", "在这台设备上做")
    me.press("换手机做：显示二维码").sees("用手机扫这个二维码", "不用装 App", "等待手机扫码", "只能用一次")
    made = Handoff.get()
    assert made.match in me.text and made.code in me.text and me.page.find(class_="qr").find("svg")
    assert (made.until - made.created).seconds == 300
    phone = visitor().visit("/m").fill("电脑上显示的 7 位代码", made.code.lower()).press("下一步")
    phone.sees("你正在 the tests' browser 的电脑上申请学历认证，是你吗", made.match, "不是我").press("是我")
    piece = f"{place}/state?was=open-0-shown"
    assert me.client.get(piece, headers={"HX-Request": "true"}).headers["HX-Redirect"] == place
    me.visit(place).sees("手机已打开")
    assert visitor().visit(f"/m/{made.token}").status == 409
    phone.sees("证书持有人本人来做", "比对完马上删除画面", "不同意，传手持证件照").press("同意比对人脸，开始")
    phone.sees("将人脸放入取景框中，按提示音操作", "网络慢时识别会久一点", "正对镜头", "改传手持证件照")
    film(phone).sees("正在比对")
    assert phone.client.get("/m/state", headers={"HX-Request": "true"}).status_code == 200
    world.work()
    phone.visit("/m/face").sees("实人验证已完成", "可以回到电脑了", "人脸画面已经删除")
    assert Application.get_by_id(application.id).proved_by == "face" and not Shot.select().exists()
    assert me.client.get(piece, headers={"HX-Request": "true"}).headers["HX-Redirect"].endswith("/confirm")
    me.visit(place).sees("实人验证已完成", "人脸比对", "接着确认提交")


@pytest.mark.req("RPV-04", "RPV-05", "RPV-09", "RPV-10")
def test_two_failures_lead_to_the_photo_and_a_broken_network_counts_for_none(
    world: World, hers: Holder, application: Application, visitor: Visitors
) -> None:
    place = f"/applications/{application.key}/person"
    me = world.log_in(visitor(), hers.account).visit(place).press("在这台设备上做")
    me.sees("不同意，传手持证件照").press("同意比对人脸，开始")
    tell(world, "down", "fail", "other")
    film(me, prompts=2).sees("还没有拍完")
    for said in ("没能连上验证服务，这一次不算", "验证未通过，还可尝试1次", "改用手持证件照"):
        film(me.visit("/m/face"))
        world.work()
        me.visit("/m/face").sees(said)
    assert PersonCheck.get().tries == 2
    me.visit(place).sees("线上验证 2 次没有通过，改用手持证件照", "由人审核").sees_not("在这台设备上做")
    assert me.post("/m/consent").status == 409
    me.visit("/m/face").follow("传手持证件照").sees("二代身份证", "香港、澳门居民身份证", "台湾居民来往大陆通行证", "护照")
    assert me.page.find("svg", class_="sample")


@pytest.mark.req("RPV-06", "RPV-07", "RPV-14")
def test_a_photo_is_offered_from_the_start_and_decided_at_the_desk(
    world: World, school: School, hers: Holder, office: Office, application: Application, person: Visitors, visitor: Visitors
) -> None:
    place = f"/applications/{application.key}/person"
    me = world.log_in(person(), hers.account).visit(place).press("传手持证件照").sees("只有审核的人能看", "照片要求")
    for data, said in (
        (b"GIF89a....", "仅支持 .jpg .jpeg .png 的图片格式"),
        (b"PK\x03\x04", "仅支持 .jpg .jpeg .png 的图片格式"),
    ):
        assert me.attach("从相册选", "photo.gif", data).press("提交审核").errors() == [said]
    assert me.attach("从相册选", "a.jpg", b"\xff\xd8\xff" + bytes(15 << 20)).press("提交审核").errors() == ["图片大小不超过1MB"]
    me.visit("/m/photo").attach("从相册选", "a.jpg", photo(size=(300, 400))).press("提交审核").sees("照片已收到")
    world.work()
    me.visit("/m/photo").sees("图片分辨率最小500*500")
    me.attach("从相册选", "a.jpg", photo(size=(600, 800))).press("提交审核")
    world.work()
    me.visit(place).sees("照片等人审核", "前有结果")
    check = PersonCheck.get()
    case = f"/staff/person-checks/{check.key}"
    ni = world.log_in(person(), school.staff("ni")).visit("/staff/person-checks").sees(hers.account.name, "照片待审核")
    assert visitor_status(world, visitor(), school.staff("luo"), case) == 403
    ni.visit(case).sees("只给正在审的人看").sees_not(hers.account.document)
    assert ni.client.get(f"{case}/photo.jpg").status_code == 404
    ni.visit("/staff/person-checks").press("审下一件").sees(hers.account.document, "逐项核对")
    answer = ni.client.get(f"{case}/photo.jpg")
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("image/jpeg", "no-store")
    assert ni.press("通过").errors() == ["四项都核对过才能通过"]
    assert ni.press("退回，让对方重拍").errors() == ["至少选一条原因"]
    ni.tick("字看不清").fill("补充说明", "灯光太暗").press("退回，让对方重拍").sees("都审完了")
    me.visit(place).sees("上一张照片没有通过")
    me.press("传手持证件照").sees("证件信息不清晰", "灯光太暗").attach("从相册选", "b.jpg", photo(size=(600, 800))).press(
        "提交审核"
    )
    world.work()
    ren = world.log_in(person(), office.certifier).visit(case).press("接手")
    for words in ("姓名和上面的一致", "证件号码和上面的一致", "拿证件的人", "证件有效"):
        ren.tick(words)
    ren.press("通过")
    ren.visit(case).sees("实人验证已完成", "手持证件照")
    me.visit(place).sees("实人验证已完成", "手持证件照")
    texts = [line for line in world.outbox() if line.startswith("SMS") and "手持证件照" in line]
    assert len(texts) == 2 and not any(hers.account.name in line for line in texts)


def visitor_status(world: World, browser: Person, who: object, path: str) -> int:
    return world.log_in(browser, who).visit(path).status


@pytest.mark.req("CRT-46")
def test_a_units_holder_answers_on_the_own_phone(world: World, hers: Holder, office: Office, visitor: Visitors) -> None:
    application = filing.submit(begun_for_unit(hers, office), hers.actor)
    place = f"/applications/{application.key}/person"
    unit = world.log_in(visitor(), hers.account).visit(place).sees("验证要由证书持有人用自己的手机做", "138 0000 7777")
    assert unit.post(f"{place}/here").status == unit.post(f"{place}/code").status == 404
    unit.visit(place).press("发短信给证书持有人").sees("短信已发出，等持有人打开")
    (text,) = [line for line in world.outbox() if line.startswith("SMS 138 0000 7777")]
    assert hers.account.name not in text and hers.account.document not in text
    holder = visitor().visit(re.search(r"https?://[^/\s]+(/m/\w+)", text)[1])
    holder.sees("青溪贸易公司在给你申请学历认证", "是你同意的吗").press("是我").sees("138 **** 7777")
    assert holder.visit("/m/face").heading == "确认这是你的手机"
    holder.fill("图片验证码", world.captcha()).press("发送验证码")
    assert holder.fill("短信验证码", "000000").press("下一步").errors()
    holder.fill("短信验证码", world.code("13800007777")).press("下一步").press("同意比对人脸，开始")
    film(holder)
    world.work()
    holder.visit("/m/face").sees("实人验证已完成", "申请的单位会接着办")
    unit.visit(place).sees("实人验证已完成")
    second = filing.submit(begun_for_unit(hers, office), hers.actor)
    unit.visit(f"/applications/{second.key}/person").press("发短信给证书持有人")
    link = re.search(r"(/m/\w+)", [line for line in world.outbox() if line.startswith("SMS 138 0000 7777")][-1])[1]
    visitor().visit(link).press("不是我").sees("已经停止")
    unit.visit(f"/applications/{second.key}/person").sees("持有人说不是本人同意的")


def begun_for_unit(hers: Holder, office: Office) -> Application:
    draft = begun(hers, office.agency)
    draft.nature, draft.unit_name, draft.holder_phone = "unit", "青溪贸易公司", "13800007777"
    draft.save()
    return draft


@pytest.mark.req("RPV-05", "RPV-10")
def test_what_is_no_small_jpeg_or_comes_too_late_is_not_kept(
    world: World, hers: Holder, application: Application, visitor: Visitors
) -> None:
    me = world.log_in(visitor(), hers.account).visit(f"/applications/{application.key}/person").press("在这台设备上做")
    place = "/m/frames/front"

    def send(data: bytes) -> int:
        sent = {"csrf_token": me.token(), "frames": [(BytesIO(data), "f.jpg")]}
        return me.client.post(place, data=sent, content_type="multipart/form-data").status_code

    assert send(photo(size=(60, 80))) == 404
    me.press("同意比对人脸，开始")
    assert [send(one) for one in (b"", b"<svg/>", b"\xff\xd8\xff" + bytes(160_000))] == [422, 422, 422]
    assert send(photo(size=(60, 80))) == 204
    world.wait(minutes=31)
    assert send(photo(size=(60, 80))) == 409
    me.visit("/m/face").sees("已经失效")
    assert visitor().visit("/m/face").status == 409


@pytest.mark.req("RPV-12")
def test_without_a_provider_the_page_says_so_and_the_photo_is_the_way(
    world: World, hers: Holder, application: Application, visitor: Visitors
) -> None:
    outside = world.worker.outside
    world.worker.outside = replace(outside, faces=ManualFaces())
    place = f"/applications/{application.key}/person"
    me = world.log_in(visitor(), hers.account).visit(place)
    me.sees("这个网站没有线上实人验证", "传手持证件照", "3 个工作日内").sees_not("在这台设备上做")
    me.press("用手机拍：显示二维码").sees("用手机扫这个二维码")
    phone = visitor().visit(f"/m/{Handoff.get().token}").press("是我").sees("这个网站没有线上实人验证")
    assert phone.post("/m/consent").status == 404
    phone.visit("/m/face").follow("传手持证件照").attach("拍照", "a.jpg", photo(size=(600, 800))).press("提交审核")
    world.work()
    phone.visit("/m/photo").sees("照片等人审核")
    assert me.visit(place).sees("照片等人审核").post(f"{place}/here").path == "/m/face"


def test_who_guesses_codes_solves_a_captcha_and_nobody_is_refused(
    world: World, hers: Holder, application: Application, visitor: Visitors
) -> None:
    me = world.log_in(visitor(), hers.account).visit(f"/applications/{application.key}/person").press("换手机做：显示二维码")
    code, phone = Handoff.get().code, visitor().visit("/m")
    for _ in range(20):
        limits.note("handoff:network", "192.0.2.0/24")
    assert phone.fill("电脑上显示的 7 位代码", code).press("下一步").errors()
    phone.fill("图片验证码", world.captcha()).fill("电脑上显示的 7 位代码", code).press("下一步").sees("是你吗")
    assert me.visit("/m").status == 200
