"""What the kinds and states of a question are called, and which answers of the help page fit a kind."""

import re

from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from webapp.web import language
from webapp.web.templating import context, template

CATEGORIES = {
    "account": (_l("账号和登录"), _l("收不到短信、忘了密码、证件号码已被注册")),
    "records": (_l("学籍、学历和自查"), _l("没有显示出来、信息有误、不知道怎么核对")),
    "site": (_l("页面打不开或出错"), _l("一直转圈、提示出错、看不清")),
    "other": (_l("其他"), _l("上面都不是")),
}

STATES = {
    "waiting": ("warn", _l("待回复")),
    "answered": ("ok", _l("已回复")),
    "solved": ("", _l("已解决")),
    "closed": ("", _l("已关闭")),
}

SUGGESTED = {"account": (1, 2, 4), "records": (7, 8), "site": (4, 9), "other": (9,)}
"""Numbers of the help page's questions, by kind."""

_QUESTION = re.compile(r"<details.*?<summary>.*?<span>(\d+)\..*?</details>", re.DOTALL)


def suggested(category: str) -> Markup:
    """The help page's answers that fit, as it shows them."""
    wanted = _questions(language.chosen())
    return Markup("\n").join(wanted[number] for number in SUGGESTED[category] if number in wanted)


def _questions(lang: str) -> dict[int, Markup]:
    markup = template(f"texts/{lang}/faq.html").render(context())
    return {int(found[1]): Markup(found[0]) for found in _QUESTION.finditer(markup)}  # noqa: S704 (our own template)
