"""Three pairs of 密保问题 and 答案, for every form that asks them (R-ACC-27)."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField

from webapp.domain import profile
from webapp.web.forms import Form, choices

WORDS = {
    "teacher": _l("你印象最深的小学老师叫什么"),
    "friend": _l("你小时候最好的朋友叫什么"),
    "hospital": _l("你在哪家医院出生"),
    "pet": _l("你的第一只宠物叫什么"),
    "street": _l("你小时候住在哪条街"),
    "journey": _l("你第一次坐火车去了哪里"),
    "book": _l("你读完的第一本厚书叫什么"),
    "dish": _l("家里哪道菜你最爱吃"),
    "toy": _l("你小时候最喜欢的玩具是什么"),
    "nickname": _l("家里人小时候怎么叫你"),
}

CHOICES = choices([("", _l("选一个")), *((code, WORDS[code]) for code in profile.QUESTIONS)])


class QuestionFields:
    """Mixin: nothing is required in the form, `profile` says what is missing."""

    question1 = SelectField(_l("密保问题1"), choices=CHOICES, default="")
    answer1 = StringField(_l("答案1"))
    question2 = SelectField(_l("密保问题2"), choices=CHOICES, default="")
    answer2 = StringField(_l("答案2"))
    question3 = SelectField(_l("密保问题3"), choices=CHOICES, default="")
    answer3 = StringField(_l("答案3"))


def chosen(form: Form) -> list[tuple[str, str]]:
    """The pairs in which something was filled in, each with its place on the form kept by the ones before it."""
    pairs = [(form[f"question{n}"].data, form[f"answer{n}"].data or "") for n in range(1, profile.MOST_QUESTIONS + 1)]
    while pairs and not any(pairs[-1]):
        pairs.pop()
    return pairs
