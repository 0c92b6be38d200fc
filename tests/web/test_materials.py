"""上传电子附件 on screen: what is needed, pictures brought alone and together, put in order; and 修改附件."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from tests.certifying import Office, begun
from tests.correcting import picture
from tests.pages import counted, weighed
from tests.reporting import Holder
from webapp.domain import clock
from webapp.domain.certification import filing, materials, steps
from webapp.models.certification import Application, ApplicationItem, Material
from webapp.models.photos import Upload
from webapp.web.brought_pictures import MOST

STEP = 5 * 1024
"""Bytes of a step, packed."""


def small(kind: str = "JPEG", size: tuple[int, int] = (240, 210), shade: int = 0) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (200, shade * 60 % 256, 90)).save(out, kind)
    return out.getvalue()


def send(person, place: str, *files: bytes) -> int:
    """Post pictures together, as a browser without scripts does, or one that a page does not offer any more."""
    album = [(BytesIO(data), f"{n}.jpg") for n, data in enumerate(files)]
    answer = person.client.post(place, data={"csrf_token": person.token(), "album": album}, headers=person.headers)
    person.page, person.html = BeautifulSoup(answer.text, "html5lib"), answer.text
    return answer.status_code


def item_of(application: Application) -> ApplicationItem:
    return ApplicationItem.get(ApplicationItem.application == application)


def page(application: Application, slot: str = "") -> str:
    place = f"/apply/{application.key}/files"
    return f"{place}/{item_of(application).key}/{slot}" if slot else place


@pytest.fixture
def me(world, person, hers: Holder):
    return world.log_in(person(), hers.account)


@pytest.mark.req("CRT-16", "CRT-19", "CRT-20")
def test_every_paper_is_a_task_and_those_with_a_star_are_needed(me, world, hers: Holder, office: Office):
    application = begun(hers, office.agency)
    me.visit(page(application)).sees(
        "每张上传图片大小限制在2MB，仅限jpg/png格式",
        "分辨率在200*200以上",
        "身份证正反两面",
        "带星号为必填项",
        "毕业证书*（不超过2张）",
        "身份证*（不超过2张）",
        "其他材料（不超过80张）",
        "不要上传学位证书，无法办理学位认证",
    )
    me.press("下一步")
    assert me.status == 422 and me.sees("还要传毕业证书（至少 1 张）", "还要传身份证（至少 2 张）")
    me.follow("毕业证书").attach("从相册选", "page.png", small("PNG")).press("上传").sees("第 1 张", "正在检查")
    world.work()
    me.visit(page(application, "certificate")).sees("向右转")
    for n in range(2):
        me.visit(page(application, "identity")).attach("拍照", "side.jpg", small(shade=n)).press("上传")
    me.follow("这一样好了").press("下一步")
    assert me.path == f"/apply/{application.key}/contact"
    me.visit(page(application)).follow("点击查看扫描要求").sees("这样可以", "这样不行", "四角完整")


@pytest.mark.req("CRT-17", "CRT-18")
def test_a_picture_that_does_not_fit_is_told_in_the_words_of_the_rules(me, world, hers: Holder, office: Office):
    application = begun(hers, office.agency)
    me.visit(page(application, "certificate")).press("上传")
    assert me.status == 422 and me.sees("还没选照片")
    me.attach("从相册选", "certificate.pdf", b"%PDF-1.7 nothing").press("上传")
    assert me.status == 422 and me.sees("仅限jpg/png格式")
    me.attach("从相册选", "huge.jpg", b"\xff\xd8\xff" + bytes(MOST)).press("上传")
    assert me.status == 422 and me.sees("每张上传图片大小限制在2MB")
    me.attach("从相册选", "tiny.png", small("PNG", (199, 400))).press("上传")
    world.work()
    me.visit(page(application, "certificate")).sees("分辨率在200*200以上").press("删除").attach("从相册选", "a.jpg", small())
    me.press("上传").attach("从相册选", "b.jpg", small(shade=1)).press("上传")
    assert "从相册选" not in me.text
    assert send(me, page(application, "certificate"), small(shade=2)) == 422
    assert me.sees("不超过2张") and Material.select().count() == 2


def test_a_large_photo_of_a_phone_is_kept_smaller(me, world, hers: Holder, office: Office):
    application, out = begun(hers, office.agency), BytesIO()
    Image.effect_noise((2600, 1900), 90).convert("RGB").save(out, "JPEG", quality=97)
    assert len(out.getvalue()) > materials.MOST_BYTES
    me.visit(page(application, "certificate")).attach("拍照", "photo.jpg", out.getvalue()).press("上传")
    world.work()
    kept = Upload.get(Upload.purpose == materials.PURPOSE)
    assert (kept.state, kept.media, kept.expires) == ("clean", "image/jpeg", None)
    assert kept.size <= materials.MOST_BYTES


@pytest.mark.req("CRT-18")
def test_many_pictures_of_one_form_are_kept_one_by_one_and_sent_again_they_are_the_same(me, hers: Holder, office: Office):
    application = begun(hers, office.agency)
    place = me.visit(page(application, "other")).path
    four = [small(shade=n) for n in range(4)]
    assert send(me, place, *four[:2], b"no picture", *four[2:]) == 422
    assert me.sees("第 3 张：仅限jpg/png格式", "第 4 张")
    assert send(me, place, *four) == 303
    assert Material.select().count() == 4


def test_a_post_that_breaks_off_leaves_nothing_half(me, hers: Holder, office: Office):
    application = begun(hers, office.agency)
    me.visit(page(application, "other"))
    head = f'--edge\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{me.token()}\r\n--edge\r\n'
    head += 'Content-Disposition: form-data; name="album"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    answer = me.client.post(
        me.path,
        input_stream=BytesIO(head.encode() + small()[:200]),
        headers={**me.headers, "Content-Length": "90000", "Content-Type": "multipart/form-data; boundary=edge"},
    )
    assert answer.status_code in (400, 422)
    assert Upload.select().where(Upload.purpose == materials.PURPOSE).count() == Material.select().count() == 0


def test_pictures_are_put_in_order_and_turned_with_buttons(me, world, hers: Holder, office: Office):
    application = begun(hers, office.agency)
    for n in range(2):
        me.visit(page(application, "certificate")).attach("从相册选", f"{n}.jpg", small(shade=n)).press("上传")
    world.work()
    first, second = materials.of(item_of(application))
    me.visit(page(application, "certificate")).press("下移 第 1 张")
    assert materials.of(item_of(application)) == [second, first]
    me.press("向右转 第 1 张").sees("正在转")
    world.work()
    turned = Material.by_key(second.key)
    answer = me.visit(page(application, "certificate")).client.get(f"{me.path}/{second.key}.jpg", headers=me.headers)
    assert (turned.turned, Image.open(BytesIO(answer.data)).size) == (1, (210, 240))
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.req("CRT-43")
def test_a_name_that_differs_asks_for_more_papers_before_anything_is_brought(me, hers: Holder, office: Office):
    application = begun(hers, office.agency)
    me.visit(page(application)).tick("不一致，毕业后改过名").press("保存").sees("户口簿变更页*", "改过名的，还要户口簿的变更页")
    me.press("下一步")
    assert me.status == 422 and me.sees("还要传户口簿变更页（至少 1 张）")


@pytest.mark.req("CRT-28", "CRT-32")
def test_an_item_that_was_given_back_takes_more_pictures_and_goes_to_the_agency_again(me, world, hers: Holder, office: Office):
    application = begun(hers, office.agency)
    filing.submit(application, hers.actor)
    assert me.visit(page(application, "certificate")).sees("先在确认页按「返回修改」")
    filing.confirm(filing.prove(Application.get_by_id(application.id), "photo"), hers.actor)
    me.visit(page(application, "other")).sees("验证通过后，不允许修改信息及申请材料")
    item = item_of(application)
    ApplicationItem.update(state="supplement").where(ApplicationItem.id == item.id).execute()
    steps.add(item_of(application), "ask", office.actor(), note="毕业证书看不清")
    back = f"/applications/{application.key}/files"
    me.visit(back).sees("要补的：毕业证书看不清").press("再次提交")
    assert me.status == 422 and me.sees("先传要补的照片")
    for slot, shades in (("certificate", (1,)), ("identity", (2, 3))):
        for shade in shades:
            me.visit(page(application, slot)).attach("从相册选", "a.jpg", small(shade=shade)).press("上传")
    me.follow("附件清单").press("再次提交")
    assert (item_of(application).state, item_of(application).round) == ("proof", 2)


def test_pages_are_small_and_ask_the_database_as_often_however_many_pictures_there_are(me, hers: Holder, office: Office):
    application = begun(hers, office.agency)
    place = page(application, "other")
    send(me.visit(place), place, picture())
    with counted() as few:
        me.visit(place)
    send(me, place, *(small(shade=n) for n in range(6)))
    with counted() as many:
        me.visit(place)
    assert many.reads <= few.reads
    for path in (place, page(application)):
        assert weighed(me.client, path).page <= STEP


@pytest.mark.req("CRT-16", "CRT-18")
def test_eighty_pictures_lie_on_two_pages_that_are_as_small_as_any_step(me, hers: Holder, office: Office):
    application = begun(hers, office.agency)
    place, item = page(application, "other"), item_of(application)
    rows = [Upload.create(purpose=materials.PURPOSE, state="clean", created=clock.now()) for _ in range(80)]
    for n, upload in enumerate(rows):
        Material.create(item=item, slot="other", place=n, upload=upload, added=clock.now(), digest=f"{n:064d}")
    me.visit(place).sees("第 80 张", "第 41 张", "第 2 页，共 2 页").sees_not("第 40 张")
    for address in (place, f"{place}?page=1", page(application)):
        for headers in ({}, {"HX-Request": "true"}):
            assert weighed(me.client, address, **headers).page <= STEP, address
    me.follow("上一页").sees("第 1 张", "第 40 张").sees_not("第 41 张")
    first, second, third = materials.of(item)[:3]
    me.press("下移 第 1 张").sees("第 1 页，共 2 页")
    assert materials.of(item)[:3] == [second, first, third]
    before = materials.of(item)[40]
    me.follow("下一页").press("上移 第 41 张").sees("第 2 页，共 2 页")
    assert materials.of(item)[39] == before
    me.press("删除 第 80 张").sees("第 79 张", "第 2 页，共 2 页")
    for odd in ("0", "-3", "9", "x"):
        assert me.visit(f"{place}?page={odd}").status == 200
