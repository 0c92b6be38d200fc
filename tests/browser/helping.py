"""The screens of the help centre, its assistant, the announcements, and the office's side of them."""

from collections.abc import Iterator

from tests.browser.guide import Guide, Shot, Tour
from tests.browser.site import until
from tests.browser.visitor import DESK
from tests.correcting import picture
from tests.people import make_colleague
from webapp.domain import defaults, news
from webapp.domain.permissions import SYSTEM
from webapp.models.news import News, NewsFile
from webapp.models.photos import Upload

OFFICIAL = {"account": "云溪学籍", "email": "help@example.edu.cn", "hours": "9:00–17:00", "media": "微博 @云溪、抖音 云溪"}


def seeking(guide: Guide) -> Iterator[Shot]:
    zh = guide.language == "zh"
    me = guide.open().visit("/help").fill("遇到问题搜一搜", "校验码" if zh else "text message")
    yield "help-found", me.press("搜索")
    yield "help-found-nothing", me.fill("遇到问题搜一搜", "食堂" if zh else "canteen").press("搜索")
    yield "help-all", me.visit("/help/all")
    yield "help-article", me.visit("/help/taken")
    me.visit("/help/assistant").fill("你的问题", "收不到短信验证码" if zh else "no text message").press("问助手")
    yield "help-assistant", me.fill("你的问题", "食堂" if zh else "canteen").press("问助手")


def reading(guide: Guide) -> Iterator[Shot]:
    me = guide.open().visit("/news")
    yield "news", me
    one = News.get(News.pinned)
    yield "news-article", me.visit(f"/news/{one.key}")
    news.NEWS.move(one, "withdraw", SYSTEM)
    yield "news-withdrawn", me.visit(f"/news/{one.key}")
    news.NEWS.move(one, "publish", SYSTEM)


def announcing(guide: Guide) -> Iterator[Shot]:
    ni = guide.open(guide.staff("ni"), DESK).visit("/staff/news")
    yield "staff-news", ni
    yield "staff-news-write", ni.visit("/staff/news/new")
    yield "staff-news-write-errors", ni.press("保存并预览")
    one = News.get(News.unit == guide.unit)
    ni.visit(f"/staff/news/{one.key}").attach("附件", "地图.jpg", picture()).press("添加附件")
    until(lambda: NewsFile.select().join(Upload).where((NewsFile.news == one) & (Upload.state == "clean")).first())
    yield "staff-news-one", ni.visit(f"/staff/news/{one.key}")
    for name, value in OFFICIAL.items():
        defaults.change(f"help.{name}", value, SYSTEM)
    keeper = guide.open(make_colleague(None, f"official-{guide.language}", "O"), DESK).visit("/staff/official")
    keeper.attach("从相册选", "qr.png", picture()).press("上传二维码")
    until(lambda: Upload.get_or_none((Upload.purpose == "official_qr") & (Upload.state == "clean")))
    yield "staff-official", keeper.visit("/staff/official")
    yield "help-official", guide.open().visit("/help")
    for name in OFFICIAL:
        defaults.change(f"help.{name}", "", SYSTEM)


STUDENTS: tuple[Tour, ...] = (seeking, reading)
STAFF: tuple[Tour, ...] = (announcing,)
