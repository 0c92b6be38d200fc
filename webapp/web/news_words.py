"""What the kinds and states of an announcement are called, who published one, and what its deeds are called in the history."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.domain import defaults
from webapp.domain.news import Publisher
from webapp.models.news import News
from webapp.web import language
from webapp.web.told import label

KINDS = {"news": _l("要闻"), "topic": _l("专题"), "notice": _l("重要信息")}

EVERY = _l("全部")

STATES = {"draft": ("", _l("草稿")), "published": ("ok", _l("已发布")), "withdrawn": ("bad", _l("已撤下"))}

ACTIONS = {
    "news.write": _l("写公告"),
    "news.change": _l("修改公告"),
    "news.publish": _l("发布公告"),
    "news.withdraw": _l("撤下公告"),
    "news.attach": _l("给公告加附件"),
    "news.detach": _l("去掉公告的附件"),
    "official.show": _l("换公众号的二维码"),
    "official.remove": _l("去掉公众号的二维码"),
}


def whose(news: News | Publisher) -> str:
    """The school, agency or province that says it; else the site's own name."""
    kept = news.unit or news.agency
    if kept is not None:
        return kept.name
    if news.province:
        return _("%(place)s省级教育行政部门", place=label("provinces", news.province))
    return defaults.site(language.chosen())["name"]
