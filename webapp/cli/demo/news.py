"""公告 of the demo: what the site, the first school and its agency tell everybody, one of them on top.

Not here: who writes them (`domain/news.py`).
"""

from datetime import timedelta

from webapp.domain import clock, news
from webapp.domain.news import Publisher, Text
from webapp.domain.permissions import SYSTEM
from webapp.models.certification import Agency
from webapp.models.school import Unit

SITE = (
    (
        "notice",
        "认证报告一律是电子版",
        "认证结果只出电子报告，在“我的认证”里下载，也会寄到你写的邮箱。\n纸质报告不再出具。",
        20,
        True,
    ),
)
SCHOOL = (
    ("news", "新生学籍自查已经开始", "新生要在截止以前登录核对一遍。\n有错直接在页面上标出来，学籍科收到以后处理。", 4, False),
    ("topic", "毕业照片怎么拍", "蓝色背景，免冠，正面，不修图。\n拍完大约一个月可以在网上看到。", 9, False),
)
AGENCY = (("notice", "国庆后第一周受理较慢", "申请集中，核对材料的时间可能多两三天。\n着急用的，尽早提交。", 12, False),)


def make(unit: Unit) -> None:
    """Publish them all: the site's, this school's, the agency's."""
    for publisher, lines in ((Publisher(), SITE), (Publisher(unit=unit), SCHOOL), (Publisher(agency=Agency.get()), AGENCY)):
        for kind, title, body, ago, pinned in lines:
            text = Text(kind, title, body, clock.today() - timedelta(days=ago), pinned=pinned)
            news.NEWS.move(news.write(SYSTEM, publisher, text), "publish", SYSTEM)
