"""公告 on the pages: written, looked at, published for its days, read by everybody, withdrawn; each by who may."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.certifying import Office
from tests.correcting import picture
from tests.people import School, make_colleague, make_school
from tests.person import Person
from tests.world import World
from webapp.domain import clock, defaults, news, sessions
from webapp.domain.news import Publisher, Text
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.models.journal import Event
from webapp.models.news import News, NewsFile
from webapp.models.photos import Upload

Visitors = Callable[..., Person]

PDF = b"%PDF-1.7\nnothing in it"
EICAR = b"%PDF-1.7 " + rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def text(title: str = "期末考试安排", **more: object) -> Text:
    return Text(**({"kind": "notice", "title": title, "body": "第一段\n\n第二段", "starts": clock.today()} | more))


def published(title: str, publisher: Publisher = Publisher(), **more: object) -> News:  # noqa: B008 (frozen)
    return news.NEWS.move(news.write(SYSTEM, publisher, text(title, **more)), "publish", SYSTEM)


@pytest.mark.req("MSG-17")
def test_the_office_writes_looks_publishes_and_withdraws(world: World, school: School, person: Visitors) -> None:
    ni, me = world.log_in(person(), school.staff("ni")), person()
    ni.visit("/staff/news").sees("还没有公告").follow("写公告").sees_not("谁发布").tick("要闻").fill("标题", "新生报到")
    ni.fill("正文", "九月一日报到。\n\n<script>带好通知书").fill("从哪天起显示", "2026-11-17").fill("显示到哪天", "2026/11/18")
    ni.press("保存并预览").sees("草稿", "九月一日报到。", "<script>带好通知书", "云溪职业技术学院")
    key = News.get().key
    assert me.visit(f"/news/{key}").status == 404
    ni.press("发布").sees("已发布")
    assert me.visit(f"/news/{key}").status == 404 and me.visit("/news").sees("现在没有")
    world.wait(days=1)
    me.visit("/").sees("新生报到").follow("更多新闻").sees("要闻", "云溪职业技术学院").follow("新生报到").sees(
        "<script>带好通知书"
    )
    me.visit("/news?kind=topic").sees_not("新生报到").visit("/help").follow("新闻和通知").sees("新生报到")
    world.log_in(ni, school.staff("ni")).visit(f"/staff/news/{key}").follow("修改").sees("马上换成新的内容").fill(
        "标题", "新生报到须知"
    ).tick("置顶").press("保存并预览")
    me.visit("/").sees("新生报到须知")
    world.wait(days=2)
    me.visit("/").sees_not("新生报到").visit("/news").sees_not("新生报到").visit(f"/news/{key}").sees("已经过期")
    world.log_in(ni, school.staff("ni")).visit(f"/staff/news/{key}").press("撤下").sees("已撤下").press("发布").sees(
        "截止日期已经过了"
    )
    assert me.visit(f"/news/{key}").status == 410
    me.sees("这条已经撤下").sees_not("带好通知书")
    deeds = [event.action for event in Event.select().where(Event.action.startswith("news.")).order_by(Event.seq)]
    assert deeds == ["news.write", "news.publish", "news.change", "news.withdraw"]


@pytest.mark.req("MSG-17")
def test_each_mistake_is_told_and_nothing_typed_is_lost(world: World, school: School, visitor: Visitors) -> None:
    ni = world.log_in(visitor(), school.staff("ni")).visit("/staff/news/new").fill("从哪天起显示", "下周").press("保存并预览")
    assert ni.errors() == ["选要闻、专题或重要信息", "写标题", "写正文", "日期写成 2026-11-16 这样"]
    ni.tick("专题").fill("标题", "长" * 61).fill("正文", "正文").fill("从哪天起显示", "2026-11-16").press("保存并预览")
    assert ni.errors() == ["标题最多 60 字"] and ni.value("正文").strip() == "正文"
    ni.fill("标题", "好").fill("显示到哪天", "2026-11-15").press("保存并预览")
    assert ni.errors() == ["截止日期在开始日期之前，改其中一个"]
    for wrong, code in ((text(kind="gossip"), "news_kind"), (text(title=""), "news_title"), (text(body=""), "news_body")):
        with pytest.raises(Refused, match=code):
            news.check(wrong)
    with pytest.raises(Refused, match="news_body_long"):
        news.check(text(body="长" * 4001))


@pytest.mark.req("MSG-17")
def test_a_file_is_looked_over_and_then_saved_or_seen_by_everybody(world: World, school: School, person: Visitors) -> None:
    one = published("放假安排", Publisher(unit=school.unit))
    ni, me = world.log_in(person(), school.staff("ni")).visit(f"/staff/news/{one.key}"), person()
    assert ni.press("添加附件").errors() == ["先选一个 PDF 或图片"]
    assert ni.attach("附件", "a.html", b"<html>").press("添加附件").errors() == ["附件只能是 PDF、JPG 或 PNG"]
    ni.attach("附件", "放假安排.pdf", PDF).press("添加附件").sees("放假安排.pdf", "正在检查")
    ni.attach("附件", "地图.jpg", picture()).press("添加附件")
    me.visit(f"/news/{one.key}").sees_not("放假安排.pdf")
    first, second = NewsFile.select().order_by(NewsFile.id)
    assert me.visit(f"/news/{one.key}/files/{first.key}").status == 404
    world.work()
    me.visit(f"/news/{one.key}").sees("放假安排.pdf", "地图.jpg").follow("放假安排.pdf")
    assert me.answer.data == PDF and me.answer.headers["Content-Disposition"].startswith("attachment")
    assert me.answer.headers["X-Content-Type-Options"] == "nosniff"
    assert me.visit(f"/news/{one.key}/files/{second.key}").answer.mimetype == "image/jpeg"
    ni.visit(f"/staff/news/{one.key}").press("去掉放假安排.pdf").sees_not("放假安排.pdf")
    assert me.visit(f"/news/{one.key}/files/{first.key}").status == 404
    news.NEWS.move(one, "withdraw", SYSTEM)
    assert me.visit(f"/news/{one.key}/files/{second.key}").status == 404
    for _ in range(news.FILES - 1):
        news.attach(SYSTEM, one, Upload.create(purpose="news_file", created=clock.now()), "空.pdf")
    assert ni.visit(f"/staff/news/{one.key}").attach("附件", "多.pdf", PDF).press("添加附件").errors() == [
        "最多 5 个附件，先去掉一个"
    ]


@pytest.mark.req("MSG-17")
def test_each_writes_for_the_own_house_alone(world: World, school: School, office: Office, visitor: Visitors) -> None:
    other = make_school("远山大学", "99998")
    lead = world.log_in(visitor(), office.lead).visit("/staff/news/new").sees_not("谁发布").tick("重要信息")
    lead.fill("标题", "受理时间调整").fill("正文", "周五下午不受理").press("保存并预览").sees("青溪省学历认证中心").press(
        "发布"
    )
    theirs = News.get()
    assert theirs.agency == office.agency
    assert world.log_in(visitor(), office.certifier).visit("/staff/news").status == 403
    ni = world.log_in(visitor(), school.staff("ni")).visit("/staff/news").sees_not("受理时间调整")
    for place in ("", "/edit"):
        assert ni.visit(f"/staff/news/{theirs.key}{place}").status == 404
    for deed in ("publish", "withdraw", "edit", "files"):
        assert ni.visit("/staff/news").post(f"/staff/news/{theirs.key}/{deed}").status == 404
    with pytest.raises(Refused, match="not_allowed"):
        news.write(sessions.staff_actor(school.staff("ni")), Publisher(unit=other.unit), text())
    province = make_colleague(None, "sheng", "P", province=school.unit.province)
    keeper = make_colleague(None, "guan", "O")
    assert [one.code for one in news.publishers(sessions.staff_actor(province))] == [school.unit.province]
    assert [one.code for one in news.publishers(sessions.staff_actor(keeper))] == ["site"]


@pytest.mark.req("MSG-17")
def test_the_front_page_shows_the_newest_and_certification_its_own_notices(
    world: World, school: School, office: Office, visitor: Visitors
) -> None:
    today = clock.today()
    for n in range(3):
        published(f"学校通知 {n}", Publisher(unit=school.unit), starts=today - timedelta(days=n))
    published("置顶的老通知", starts=today - timedelta(days=30), pinned=True)
    published("机构停电", Publisher(agency=office.agency))
    published("省里的要闻", Publisher(province="33"), kind="news")
    assert [one.title for one in news.current()] == ["置顶的老通知", "省里的要闻", "机构停电"]
    assert [one.title for one in news.current("certification")] == ["置顶的老通知", "机构停电"]
    me = visitor().visit("/news").sees("浙江省级教育行政部门", "青溪省学历认证中心")
    for n in range(20):
        published(f"更早 {n:02}", starts=today - timedelta(days=40 + n))
    me.visit("/news").sees("每页 20 条", "更早 13").sees_not("更早 14").follow("下一页").sees("更早 19").follow("上一页").sees(
        "学校通知 0"
    )


@pytest.mark.req("MSG-18")
def test_the_administrator_brings_the_code_to_scan(world: World, school: School, person: Visitors) -> None:
    keeper = world.log_in(person(), make_colleague(None, "guan", "O"))
    defaults.change("help.account", "云溪学籍", SYSTEM)
    keeper.visit("/staff/news").follow("公众号").sees("云溪学籍", "没填")
    assert keeper.press("上传二维码").status == 422
    keeper.attach("从相册选", "qr.png", picture()).press("上传二维码").sees("正在检查")
    assert person().visit("/help/official.jpg").status == 404
    world.work()
    me = person().visit("/help")
    assert me.page.find("img", src="/help/official.jpg")["alt"] == "云溪学籍的二维码"
    assert me.visit("/help/official.jpg").answer.mimetype == "image/jpeg"
    assert keeper.visit("/staff/official/picture.jpg").answer.mimetype == "image/jpeg"
    keeper.visit("/staff/official").press("去掉二维码")
    assert me.visit("/help/official.jpg").status == 404 and not me.visit("/help").page.find("img")
    assert world.log_in(person(), school.staff("ni")).visit("/staff/official").status in (403, 404)
